"""Row-level security for this app's tables; issued versions that can no longer change; a library shared by all clinics."""

from django.db import migrations

from clinic.protection import protect_table

EXERCISES = """
ALTER TABLE programs_exercise ENABLE ROW LEVEL SECURITY;
ALTER TABLE programs_exercise FORCE ROW LEVEL SECURITY;
CREATE POLICY shared_or_own ON programs_exercise FOR SELECT USING (clinic_id IS NULL OR clinic_id = strideback_clinic());
CREATE POLICY own_clinic ON programs_exercise USING (clinic_id = strideback_clinic())
    WITH CHECK (clinic_id = strideback_clinic());
CREATE POLICY library_by_owner ON programs_exercise TO CURRENT_USER USING (clinic_id IS NULL) WITH CHECK (clinic_id IS NULL);
CREATE TRIGGER audit_new AFTER INSERT OR UPDATE ON programs_exercise
    FOR EACH ROW WHEN (NEW.clinic_id IS NOT NULL) EXECUTE FUNCTION strideback_audit();
CREATE TRIGGER audit_gone AFTER DELETE ON programs_exercise
    FOR EACH ROW WHEN (OLD.clinic_id IS NOT NULL) EXECUTE FUNCTION strideback_audit();
"""

FREEZE = """
CREATE FUNCTION strideback_issued_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued version can no longer change: issue a new one' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER issued_is_final BEFORE UPDATE OR DELETE ON programs_programversion
    FOR EACH ROW EXECUTE FUNCTION strideback_issued_is_final();
"""

LINK_LOOKUP = "strideback_lookup() IN ('link:' || token_hash, 'link:' || unsubscribe_hash)"


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_start"), ("assessments", "0002_protect")]

    operations = [
        migrations.RunSQL(EXERCISES, migrations.RunSQL.noop),
        protect_table(
            "programs_program",
            parents={"episode_id": "clinic_episode", "assessment_id": "assessments_assessment"},
        ),
        protect_table("programs_programline", parents={"program_id": "programs_program"}),
        protect_table("programs_programversion", parents={"program_id": "programs_program"}, hidden=("content",)),
        protect_table(
            "programs_patientlink",
            parents={"program_id": "programs_program"},
            hidden=("token_hash", "unsubscribe_hash"),
            readable_if=LINK_LOOKUP,
        ),
        protect_table("programs_handout", parents={"version_id": "programs_programversion"}, hidden=("pdf",)),
        protect_table("programs_reminder", parents={"program_id": "programs_program"}),
        protect_table("programs_exerciselog", parents={"version_id": "programs_programversion"}),
        protect_table("programs_morningcheck", parents={"program_id": "programs_program"}),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
