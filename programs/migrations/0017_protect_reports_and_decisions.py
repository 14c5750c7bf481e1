"""Row-level security for reports, decisions, handled cases, phones and mails; answered proposals can no longer change."""

from django.db import migrations

from clinic.protection import protect_table

FINAL = """
CREATE FUNCTION strideback_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an answered proposal can no longer change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER decision_is_final BEFORE UPDATE ON programs_programdecision
    FOR EACH ROW EXECUTE FUNCTION strideback_decision_is_final();
"""
OF_A_PROGRAM = {"program_id": "programs_program"}


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0016_reports_decisions_and_mail"),
        ("clinic", "0006_choices_of_runners_and_staff"),
    ]

    operations = [
        protect_table("programs_runlog", parents=OF_A_PROGRAM),
        protect_table("programs_checkresult", parents=OF_A_PROGRAM),
        protect_table("programs_newsymptom", parents=OF_A_PROGRAM),
        protect_table("programs_programdecision", parents=OF_A_PROGRAM, hidden=("proposal",)),
        protect_table("programs_casehandling", parents=OF_A_PROGRAM),
        protect_table(
            "programs_pushsubscription",
            parents={"link_id": "programs_patientlink"},
            hidden=("endpoint", "p256dh", "auth"),
        ),
        protect_table("programs_linkmail", parents=OF_A_PROGRAM),
        protect_table("programs_digest", parents={"membership_id": "clinic_membership"}),
        migrations.RunSQL(FINAL, migrations.RunSQL.noop),
    ]
