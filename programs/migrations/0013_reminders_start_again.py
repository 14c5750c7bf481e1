"""Paused reminders can be started again by staff, and what the mail server answered is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0012_reports_from_phones"), ("clinic", "0005_refused_address")]

    operations = [
        migrations.AddField(
            model_name="program",
            name="reminders_resumed_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Staff started paused reminders again; older ones no longer count as unanswered.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="smtp_code",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="What the mail server answered when it did not take the mail.", null=True
            ),
        ),
    ]
