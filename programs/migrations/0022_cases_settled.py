"""The one reason a program is listed under is kept in its standing, so that the caseload of twenty thousand runners is
counted and paged from an index. The database itself marks a standing whose facts changed, wherever they were written."""

import datetime

from django.db import migrations, models
from django.db.models import F, OrderBy, Q

MARKS = """
CREATE FUNCTION strideback_case_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.is_running, NEW.starts_on, NEW.review_on, NEW.begun_on, NEW.ceiling, NEW.last_report_on, NEW.told_on,
        NEW.last_pain, NEW.last_pain_on, NEW.worse_mornings, NEW.last_morning_on, NEW.verdict, NEW.is_answered,
        NEW.proposal ->> 'signature', NEW.new_symptom_at, NEW.quiet_until, NEW.quiet_facts)
       IS DISTINCT FROM
       (OLD.is_running, OLD.starts_on, OLD.review_on, OLD.begun_on, OLD.ceiling, OLD.last_report_on, OLD.told_on,
        OLD.last_pain, OLD.last_pain_on, OLD.worse_mornings, OLD.last_morning_on, OLD.verdict, OLD.is_answered,
        OLD.proposal ->> 'signature', OLD.new_symptom_at, OLD.quiet_until, OLD.quiet_facts)
    THEN NEW.attention_until := '0001-01-01'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_changed BEFORE UPDATE ON programs_standing FOR EACH ROW EXECUTE FUNCTION strideback_case_changed();

CREATE FUNCTION strideback_runner_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programs_standing SET attention_until = '0001-01-01' WHERE program_id IN (
        SELECT p.id FROM programs_program p JOIN clinic_episode e ON e.id = p.episode_id WHERE e.patient_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER runner_changed AFTER UPDATE OF email_refused, archived_at ON clinic_patient FOR EACH ROW
    WHEN ((OLD.email_refused, OLD.archived_at) IS DISTINCT FROM (NEW.email_refused, NEW.archived_at))
    EXECUTE FUNCTION strideback_runner_changed();

CREATE FUNCTION strideback_version_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programs_standing SET attention_until = '0001-01-01' WHERE program_id =
        (SELECT v.program_id FROM programs_programversion v WHERE v.id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid);
    RETURN NULL;
END $$;
CREATE TRIGGER version_issued AFTER INSERT ON programs_programversion FOR EACH ROW
    EXECUTE FUNCTION strideback_version_changed('id');
CREATE TRIGGER handover_changed AFTER INSERT OR UPDATE ON programs_handover FOR EACH ROW
    EXECUTE FUNCTION strideback_version_changed('version_id');
CREATE TRIGGER handout_made AFTER INSERT ON programs_handout FOR EACH ROW WHEN (NEW.state = 'failed')
    EXECUTE FUNCTION strideback_version_changed('version_id');
CREATE TRIGGER handout_changed AFTER UPDATE OF state ON programs_handout FOR EACH ROW
    WHEN ((OLD.state = 'failed') <> (NEW.state = 'failed')) EXECUTE FUNCTION strideback_version_changed('version_id');
"""
UNMARK = """
DROP TRIGGER handout_changed ON programs_handout; DROP TRIGGER handout_made ON programs_handout;
DROP TRIGGER handover_changed ON programs_handover; DROP TRIGGER version_issued ON programs_programversion;
DROP TRIGGER runner_changed ON clinic_patient; DROP TRIGGER case_changed ON programs_standing;
DROP FUNCTION strideback_version_changed(); DROP FUNCTION strideback_runner_changed();
DROP FUNCTION strideback_case_changed();
"""
SILENT_FIRST = OrderBy(F("last_report_on"), nulls_first=True)
LONG_AGO = datetime.date(1, 1, 1)


def _standing(name: str, field: models.Field) -> migrations.AddField:
    return migrations.AddField(model_name="standing", name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_runners_by_address"),
        ("programs", "0021_from_paper_and_letter_chart"),
    ]

    operations = [
        migrations.AddField(
            model_name="casehandling",
            name="taken_back_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        _standing(
            "attention",
            models.PositiveSmallIntegerField(
                db_default=0,
                default=0,
                help_text="The one reason it is listed under (programs.caseload.reasons); 0: not listed.",
            ),
        ),
        _standing(
            "attention_until",
            models.DateField(
                db_default=LONG_AGO,
                default=LONG_AGO,
                help_text="The day `attention` may change by itself; the database puts it long ago when something was "
                "told.",
            ),
        ),
        _standing(
            "facts",
            models.JSONField(help_text="Reason → what it rests on, for every reason that holds.", null=True),
        ),
        _standing(
            "handover_missing",
            models.PositiveSmallIntegerField(
                db_default=0, default=0, help_text="Steps of the newest version's handover that are open, as bits."
            ),
        ),
        _standing(
            "quiet_facts",
            models.JSONField(help_text="The facts that were known when it was dealt with or put off.", null=True),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                F("clinic"),
                F("attention"),
                SILENT_FIRST,
                F("id"),
                condition=Q(attention__gt=0),
                name="standing_cases",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                F("clinic"),
                SILENT_FIRST,
                F("id"),
                condition=Q(attention__gt=0, handover_missing__gt=0),
                name="standing_handovers",
            ),
        ),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(fields=["clinic", "attention_until"], name="standing_to_settle"),
        ),
        migrations.RunSQL(MARKS, UNMARK),
    ]
