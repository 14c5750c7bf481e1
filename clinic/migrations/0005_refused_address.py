"""An address that the mail server refused for good: nothing is sent there until it is corrected."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clinic", "0004_paper")]

    operations = [
        migrations.AddField(
            model_name="patient",
            name="email_refused",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Why nothing is sent to this address any more.",
                max_length=200,
            ),
        ),
    ]
