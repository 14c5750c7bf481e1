"""The caseload reads the standing alone: what it asked of other tables stands there now. Existing rows are filled.

Row-level security is forced on the owner too, so it is eased for the filling, inside this migration's transaction.
"""

from django.db import migrations, models

TABLES = ("programs_standing", "programs_program", "programs_programversion", "programs_morningcheck")
FILL = """
UPDATE programs_standing AS s SET
    is_running = (SELECT p.state <> 'ended' FROM programs_program p WHERE p.id = s.program_id),
    begun_on = (SELECT v.starts_on FROM programs_programversion v WHERE v.program_id = s.program_id
                ORDER BY v.number DESC LIMIT 1),
    last_morning_on = (SELECT m.day FROM programs_morningcheck m WHERE m.program_id = s.program_id
                       ORDER BY m.day DESC LIMIT 1),
    last_morning_pain = (SELECT m.pain FROM programs_morningcheck m WHERE m.program_id = s.program_id
                         ORDER BY m.day DESC LIMIT 1)
"""


def rows(word):
    return [f"ALTER TABLE {table} {word} ROW LEVEL SECURITY" for table in TABLES]


class Migration(migrations.Migration):
    dependencies = [("programs", "0005_sets_done")]

    operations = [
        migrations.AddField(
            "standing",
            "is_running",
            models.BooleanField(default=True, help_text="The program was issued and has not ended."),
        ),
        migrations.AddField("standing", "begun_on", models.DateField(null=True, help_text="First day of the newest version.")),
        migrations.AddField("standing", "last_morning_on", models.DateField(null=True)),
        migrations.AddField("standing", "last_morning_pain", models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField(
            "standing", "starts_on", models.DateField(help_text="Since when there has been a plan without a break.")
        ),
        migrations.RunSQL([*rows("NO FORCE"), FILL, *rows("FORCE")], migrations.RunSQL.noop),
    ]
