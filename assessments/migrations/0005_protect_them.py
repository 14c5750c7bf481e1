"""Row-level security for the body chart, outcomes, co-signatures and answer streams; what a signature covers is frozen."""

from django.db import migrations

from clinic.protection import protect_table

FREEZE = """
CREATE TRIGGER part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON assessments_painarea
    FOR EACH ROW EXECUTE FUNCTION strideback_part_of_signed();
CREATE TRIGGER part_of_signed BEFORE INSERT OR UPDATE OR DELETE ON assessments_outcomescore
    FOR EACH ROW EXECUTE FUNCTION strideback_part_of_signed();

CREATE FUNCTION strideback_answered_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answered co-signature can no longer change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER answered_is_final BEFORE UPDATE OR DELETE ON assessments_cosignature
    FOR EACH ROW WHEN (OLD.state <> 'asked') EXECUTE FUNCTION strideback_answered_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0004_chart_outcomes_and_cosigning"), ("clinic", "0002_protect")]

    operations = [
        protect_table("assessments_painarea", parents={"assessment_id": "assessments_assessment"}),
        protect_table("assessments_activity", parents={"episode_id": "clinic_episode"}),
        protect_table(
            "assessments_outcomescore",
            parents={"assessment_id": "assessments_assessment", "activity_id": "assessments_activity"},
        ),
        protect_table("assessments_cosignature", parents={"assessment_id": "assessments_assessment"}),
        protect_table("assessments_answerstream", parents={"assessment_id": "assessments_assessment"}, audited=False),
        migrations.RunSQL(
            "ALTER TABLE assessments_answer ADD CONSTRAINT assessments_answer_carried_from_id_same_clinic"
            " FOREIGN KEY (carried_from_id, clinic_id) REFERENCES assessments_assessment (id, clinic_id)"
            " DEFERRABLE INITIALLY DEFERRED;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
