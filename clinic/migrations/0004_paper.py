"""The clinic's colour and logo on paper."""

import django.db.models.deletion
import uuid
from django.db import migrations, models

from clinic.protection import protect_table


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0003_invitations'),
    ]

    operations = [
        migrations.AddField(
            model_name='clinic',
            name='colour',
            field=models.CharField(blank=True, db_default='', default='', max_length=7, verbose_name='Colour on paper'),
        ),
        migrations.CreateModel(
            name='ClinicLogo',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('image', models.BinaryField(help_text='PNG, drawn anew by clinic.pictures.')),
                ('width', models.PositiveSmallIntegerField()),
                ('height', models.PositiveSmallIntegerField()),
                ('clinic', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('clinic',), name='one_logo_per_clinic')],
            },
        ),
        protect_table("clinic_cliniclogo", hidden=("image",)),
    ]
