"""Whether a link was closed by the runner, who then stopped everything. Older code leaves the column alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0017_protect_reports_and_decisions")]

    operations = [
        migrations.AddField(
            model_name="patientlink",
            name="closed_by_runner",
            field=models.BooleanField(
                db_default=False, default=False, help_text="The runner stopped everything: no reminder, no link."
            ),
        ),
    ]
