"""Who asked for a reminder that staff sent again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programs", "0013_reminders_start_again"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="asked_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who wanted it sent again: then the runner's hour, the week's number and a pause do not hold it back.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
