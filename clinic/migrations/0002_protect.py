"""Row-level security, same-clinic keys and the audit trigger for this app's tables."""

from django.db import migrations

from clinic.protection import DROP_FUNCTIONS, FUNCTIONS, protect_table

CLINIC = """
ALTER TABLE clinic_clinic ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic_clinic FORCE ROW LEVEL SECURITY;
CREATE POLICY own_clinic ON clinic_clinic USING (id = strideback_clinic()) WITH CHECK (id = strideback_clinic());
CREATE POLICY looked_up ON clinic_clinic FOR SELECT USING (EXISTS (
    SELECT 1 FROM clinic_membership m
     WHERE m.clinic_id = clinic_clinic.id AND 'user:' || m.user_id::text = strideback_lookup()));
CREATE POLICY ids_for_sweeps ON clinic_clinic FOR SELECT TO CURRENT_USER USING (true);
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON clinic_clinic
    FOR EACH ROW EXECUTE FUNCTION strideback_audit();
"""


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_start")]

    operations = [
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
        migrations.RunSQL(CLINIC, migrations.RunSQL.noop),
        protect_table("clinic_membership", readable_if="'user:' || user_id::text = strideback_lookup()"),
        protect_table("clinic_patient"),
        protect_table("clinic_runningprofile", parents={"patient_id": "clinic_patient"}),
        protect_table("clinic_episode", parents={"patient_id": "clinic_patient"}),
        protect_table("clinic_auditentry", audited=False),
        protect_table("clinic_accessentry", parents={"patient_id": "clinic_patient"}, audited=False),
    ]
