"""Row-level security for pictures, figures, habits, protocols, draft steps, handovers and batches of handouts."""

from django.db import migrations

from clinic.protection import protect_table


class Migration(migrations.Migration):
    dependencies = [("programs", "0009_library_builder_and_prints"), ("clinic", "0002_protect")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE programs_exercise ADD CONSTRAINT programs_exercise_id_clinic UNIQUE (id, clinic_id);",
            migrations.RunSQL.noop,
        ),
        protect_table("programs_exercisepicture", parents={"exercise_id": "programs_exercise"}, hidden=("image",)),
        protect_table("programs_clinicfigure", hidden=("data",)),
        protect_table("programs_dosehabit", audited=False),
        protect_table("programs_clinicprotocol"),
        protect_table("programs_draftstep", parents={"program_id": "programs_program"}, audited=False),
        protect_table("programs_handover", parents={"version_id": "programs_programversion"}),
        protect_table("programs_handoutbatch"),
        protect_table(
            "programs_batchitem",
            parents={"batch_id": "programs_handoutbatch", "handout_id": "programs_handout"},
        ),
    ]
