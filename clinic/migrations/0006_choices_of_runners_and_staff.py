"""What a clinic asks runners at the door, what runners choose for themselves, and who wants the weekly letter."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0005_refused_address'),
    ]

    operations = [
        migrations.AddField(
            model_name='clinic',
            name='ask_birth_year',
            field=models.BooleanField(db_default=False, default=False, verbose_name='Ask runners for their year of birth before their page opens'),
        ),
        migrations.AddField(
            model_name='membership',
            name='weekly_digest',
            field=models.BooleanField(db_default=False, default=False, verbose_name='A letter every Monday'),
        ),
        migrations.AddField(
            model_name='patient',
            name='large_text',
            field=models.BooleanField(db_default=False, default=False, verbose_name='Large text'),
        ),
        migrations.AddField(
            model_name='patient',
            name='morning_reminders',
            field=models.BooleanField(db_default=False, default=False, help_text="The runner's own choice.", verbose_name='A question the morning after'),
        ),
    ]
