"""Which answers were typed back from a ticked sheet and by whom, and whether a letter carries the progress chart."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programs", "0020_stopped_by_the_runner"),
    ]

    operations = [
        migrations.AddField(
            model_name="exerciselog",
            name="source",
            field=models.CharField(
                blank=True,
                choices=[("", "Told by the runner"), ("paper", "From paper")],
                db_default="",
                default="",
                help_text="From paper: typed back from the ticked sheet, pain being the day’s worst; the runner’s own answer goes before.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="exerciselog",
            name="typed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="exerciselog",
            constraint=models.CheckConstraint(
                condition=models.Q(source="", typed_by=None) | models.Q(source="paper", typed_by__isnull=False),
                name="log_from_paper_typed_by_a_person",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="has_chart",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="As of the day the letter is issued.",
                verbose_name="Add the progress chart",
            ),
        ),
    ]
