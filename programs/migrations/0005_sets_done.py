"""A runner who stops after two of three sets can say so. Old code neither reads nor writes the column: it stays empty."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0004_reminder_sending")]

    operations = [
        migrations.AddField(
            model_name="exerciselog",
            name="sets_done",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="As ticked on the page; empty when no box was used.",
                null=True,
                verbose_name="Sets done",
            ),
        ),
    ]
