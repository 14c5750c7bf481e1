"""Row-level security for letters and their paper; an issued letter that can no longer change."""

from django.db import migrations

from clinic.protection import protect_table

FREEZE = """
CREATE FUNCTION strideback_letter_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued letter can no longer change: write a new one' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER letter_is_final BEFORE UPDATE OR DELETE ON programs_letter
    FOR EACH ROW WHEN (OLD.issued_at IS NOT NULL) EXECUTE FUNCTION strideback_letter_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0007_letters"), ("assessments", "0005_protect_them")]

    operations = [
        protect_table(
            "programs_letter",
            parents={"episode_id": "clinic_episode", "assessment_id": "assessments_assessment"},
            hidden=("content",),
        ),
        protect_table("programs_letterpaper", parents={"letter_id": "programs_letter"}, hidden=("pdf",)),
        migrations.RunSQL(FREEZE, migrations.RunSQL.noop),
    ]
