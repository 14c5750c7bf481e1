"""A co-signature stands under a signed assessment only; the database says so too."""

from django.db import migrations

SIGNED_ONLY = """
CREATE FUNCTION strideback_cosign_signed_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM assessments_assessment WHERE id = NEW.assessment_id AND state = 'signed') THEN
        RAISE EXCEPTION 'only a signed assessment can be co-signed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cosign_signed_only BEFORE INSERT OR UPDATE ON assessments_cosignature
    FOR EACH ROW EXECUTE FUNCTION strideback_cosign_signed_only();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0006_activities_keep_their_words")]

    operations = [migrations.RunSQL(SIGNED_ONLY, migrations.RunSQL.noop)]
