"""An exercise may have had several pictures: issued programs keep the one they were issued with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programs", "0010_protect_them")]

    operations = [
        migrations.AlterField(
            model_name="exercisepicture",
            name="exercise",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="programs.exercise"
            ),
        ),
        migrations.AddField(
            model_name="exercisepicture",
            name="removed_at",
            field=models.DateTimeField(
                blank=True, help_text="No longer shown with the exercise; programs issued with it keep it.", null=True
            ),
        ),
    ]
