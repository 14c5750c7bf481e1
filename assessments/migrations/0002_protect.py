"""Row-level security for this app's tables, and signed assessments that can no longer change."""

from django.db import migrations

from clinic.protection import protect_table

FREEZE = """
CREATE FUNCTION strideback_signed_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a signed assessment can no longer change: amend it instead' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION strideback_part_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    belongs uuid; signed boolean;
BEGIN
    FOREACH belongs IN ARRAY CASE TG_OP
        WHEN 'INSERT' THEN ARRAY[NEW.assessment_id]
        WHEN 'DELETE' THEN ARRAY[OLD.assessment_id]
        ELSE ARRAY[OLD.assessment_id, NEW.assessment_id] END
    LOOP
        SELECT state = 'signed' INTO signed FROM assessments_assessment WHERE id = belongs FOR SHARE;
        IF signed THEN
            RAISE EXCEPTION 'a signed assessment can no longer change: amend it instead' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER signed_is_final BEFORE UPDATE OR DELETE ON assessments_assessment
    FOR EACH ROW WHEN (OLD.state = 'signed') EXECUTE FUNCTION strideback_signed_is_final();
CREATE TRIGGER part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON assessments_answer
    FOR EACH ROW EXECUTE FUNCTION strideback_part_of_signed();
CREATE TRIGGER part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON assessments_conclusion
    FOR EACH ROW EXECUTE FUNCTION strideback_part_of_signed();
CREATE TRIGGER part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON assessments_redflagdecision
    FOR EACH ROW EXECUTE FUNCTION strideback_part_of_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_start"), ("clinic", "0002_protect")]

    operations = [
        protect_table(
            "assessments_assessment",
            parents={"episode_id": "clinic_episode", "amends_id": "assessments_assessment"},
            hidden=("shown",),
        ),
        protect_table("assessments_answer", parents={"assessment_id": "assessments_assessment"}),
        protect_table("assessments_redflagdecision", parents={"assessment_id": "assessments_assessment"}),
        protect_table("assessments_conclusion", parents={"assessment_id": "assessments_assessment"}),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
