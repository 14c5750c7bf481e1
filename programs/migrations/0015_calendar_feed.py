"""The runner's calendar address."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from clinic.protection import protect_table


class Migration(migrations.Migration):
    dependencies = [("programs", "0014_reminder_asked_for"), ("clinic", "0005_refused_address")]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.clinic",
                    ),
                ),
                (
                    "program",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to="programs.program",
                    ),
                ),
            ],
        ),
        protect_table(
            "programs_calendarfeed",
            parents={"program_id": "programs_program"},
            hidden=("token_hash", "key"),
            readable_if="strideback_lookup() = 'calendar:' || token_hash",
        ),
    ]
