"""A link that the runner closed, and the new one after it, change why the runner is listed: the database marks the standing."""

from django.db import migrations

MARKS = """
CREATE FUNCTION strideback_link_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE programs_standing SET attention_until = '0001-01-01' WHERE program_id = NEW.program_id;
    RETURN NULL;
END $$;
CREATE TRIGGER link_made AFTER INSERT ON programs_patientlink FOR EACH ROW EXECUTE FUNCTION strideback_link_changed();
CREATE TRIGGER link_closed AFTER UPDATE OF revoked_at ON programs_patientlink FOR EACH ROW
    WHEN (OLD.revoked_at IS DISTINCT FROM NEW.revoked_at) EXECUTE FUNCTION strideback_link_changed();
"""
UNMARK = """
DROP TRIGGER link_closed ON programs_patientlink; DROP TRIGGER link_made ON programs_patientlink;
DROP FUNCTION strideback_link_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("programs", "0022_cases_settled")]

    operations = [migrations.RunSQL(MARKS, UNMARK)]
