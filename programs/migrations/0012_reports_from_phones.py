"""Reports that a phone kept and sends later: when each was told, and each key once. Older code leaves the columns alone."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from clinic.protection import protect_table

TOLD = "When the runner said it, by the phone; empty in rows from before phones told it."


class Migration(migrations.Migration):
    dependencies = [("clinic", "0004_paper"), ("programs", "0011_several_pictures")]

    operations = [
        migrations.AddField(
            model_name="exerciselog",
            name="is_ticked",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Ticked with the whole day; an answer of its own goes before.",
            ),
        ),
        migrations.AddField(
            model_name="exerciselog", name="told_at", field=models.DateTimeField(help_text=TOLD, null=True)
        ),
        migrations.AddField(
            model_name="morningcheck", name="told_at", field=models.DateTimeField(help_text=TOLD, null=True)
        ),
        migrations.CreateModel(
            name="TakenReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("key", models.UUIDField(help_text="Random, made by the phone for this one report.")),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_reports",
                        to="programs.program",
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=["program", "key"], name="one_report_per_key")]},
        ),
        protect_table("programs_takenreport", parents={"program_id": "programs_program"}, audited=False),
    ]
