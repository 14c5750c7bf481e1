"""Who may have lost a link: for one exact e-mail address, in whichever clinic, ids and nothing else.

The function runs as the owner, and only the owner has the policy that makes a row with this very address readable; so
neither the application nor the owner reads a whole row of another clinic. Archived runners and refused addresses are
not found.
"""

from django.db import migrations

UP = """
CREATE INDEX patient_by_email ON clinic_patient (lower(email)) WHERE email <> '';

CREATE POLICY by_address ON clinic_patient FOR SELECT TO CURRENT_USER
    USING (email <> '' AND 'address:' || lower(email) = strideback_lookup());

CREATE FUNCTION strideback_runners_at(address text) RETURNS TABLE (clinic_id uuid, patient_id uuid)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before text := coalesce(current_setting('strideback.lookup', true), '');
BEGIN
    PERFORM set_config('strideback.lookup', 'address:' || lower(address), true);
    RETURN QUERY SELECT p.clinic_id, p.id FROM clinic_patient p
        WHERE p.email <> '' AND lower(p.email) = lower(address) AND p.archived_at IS NULL AND p.email_refused = ''
        ORDER BY p.created_at DESC LIMIT 10;
    PERFORM set_config('strideback.lookup', before, true);
END $$;
"""
DOWN = """
DROP FUNCTION strideback_runners_at(text); DROP POLICY by_address ON clinic_patient; DROP INDEX patient_by_email;
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0006_choices_of_runners_and_staff")]

    operations = [migrations.RunSQL(UP, DOWN)]
