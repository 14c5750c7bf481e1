"""Runs, checks, something new; answered proposals and handled cases; phones and mails. Older code leaves them alone."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinic', '0006_choices_of_runners_and_staff'),
        ('programs', '0015_calendar_feed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseHandling',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('attention', models.PositiveSmallIntegerField(help_text='The reason it stood on the caseload (programs.caseload).')),
                ('way', models.CharField(choices=[('handled', 'Handled'), ('snoozed', 'Snoozed')], max_length=10)),
                ('until', models.DateField(blank=True, help_text='The day it comes back; empty: when something new is told.', null=True)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='What was done, or why later')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='CheckResult',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('key', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('left', models.FloatField(blank=True, null=True)),
                ('right', models.FloatField(blank=True, null=True)),
                ('value', models.FloatField(blank=True, null=True)),
                ('passed', models.BooleanField(null=True)),
                ('pain', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('has_cramp', models.BooleanField(null=True)),
                ('hip_drops', models.BooleanField(null=True)),
                ('told_at', models.DateTimeField(help_text='When it was said: by the phone, or when staff wrote it down.')),
                ('reported_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('working', 'Being made'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=10)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('sending_at', models.DateTimeField(blank=True, help_text='Set just before the mail leaves: after that it is never tried again blindly.', null=True)),
                ('smtp_code', models.PositiveSmallIntegerField(blank=True, help_text='What the mail server answered when it did not take the mail.', null=True)),
                ('week', models.DateField(help_text='Monday of the week it is sent in.')),
            ],
        ),
        migrations.CreateModel(
            name='LinkMail',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('working', 'Being made'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='queued', max_length=10)),
                ('claim', models.UUIDField(blank=True, null=True)),
                ('claimed_until', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('sending_at', models.DateTimeField(blank=True, help_text='Set just before the mail leaves: after that it is never tried again blindly.', null=True)),
                ('smtp_code', models.PositiveSmallIntegerField(blank=True, help_text='What the mail server answered when it did not take the mail.', null=True)),
                ('kind', models.CharField(choices=[('program', 'The program'), ('lost', 'A lost link')], max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='NewSymptom',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('day', models.DateField()),
                ('answers', models.JSONField(help_text='Question → true, false or null (left open).')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='In the runner’s words')),
                ('is_urgent', models.BooleanField(help_text='At least one question was answered with yes.')),
                ('told_at', models.DateTimeField(help_text='When the runner said it, by the phone; it arrived at created_at.')),
                ('handled_at', models.DateTimeField(blank=True, null=True)),
                ('handled_note', models.CharField(blank=True, max_length=300, verbose_name='What was done')),
            ],
        ),
        migrations.CreateModel(
            name='ProgramDecision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('day', models.DateField(help_text="The runner's day the proposal was made for.")),
                ('verdict', models.CharField(help_text='programs.progression Verdict as proposed.', max_length=10)),
                ('signature', models.TextField(help_text='Decision.signature: the same proposal does not come back.')),
                ('proposal', models.JSONField(help_text='programs.progression decision_to_json.')),
                ('outcome', models.CharField(choices=[('accepted', 'Accepted'), ('changed', 'Changed'), ('dismissed', 'Dismissed')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Reason')),
            ],
            options={
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='PushSubscription',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('endpoint', models.TextField()),
                ('endpoint_hash', models.CharField(help_text='SHA-256 of the address.', max_length=64)),
                ('p256dh', models.CharField(max_length=120)),
                ('auth', models.CharField(max_length=40)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_why', models.CharField(blank=True, help_text='By the runner, or what the push service said.', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='RunLog',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('day', models.DateField()),
                ('number', models.PositiveSmallIntegerField(default=1, help_text='1 for the first run of that day.')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Minutes')),
                ('metres', models.PositiveIntegerField(blank=True, null=True, verbose_name='Distance')),
                ('surface', models.CharField(blank=True, choices=[('flat', 'Flat'), ('up', 'Uphill'), ('down', 'Downhill'), ('speed', 'Fast')], max_length=10, verbose_name='Surface')),
                ('pain', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Pain while running')),
                ('level', models.PositiveSmallIntegerField(blank=True, help_text='Rung of the walk-run ladder it was meant to be, 0 to 7.', null=True)),
                ('is_removed', models.BooleanField(default=False, help_text='Taken back by the runner: it did not happen.')),
                ('told_at', models.DateTimeField(help_text='When the runner said it, by the phone.')),
                ('reported_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='reminder',
            name='one_reminder_per_day',
        ),
        migrations.AddField(
            model_name='morningcheck',
            name='has_limp',
            field=models.BooleanField(help_text='Empty: not answered.', null=True),
        ),
        migrations.AddField(
            model_name='morningcheck',
            name='is_settled',
            field=models.BooleanField(help_text='Pain was back to usual within 24 hours; empty: not answered.', null=True),
        ),
        migrations.AddField(
            model_name='morningcheck',
            name='leg',
            field=models.CharField(blank=True, choices=[('none', 'None'), ('settled', 'Gone within minutes'), ('lasted', 'They lasted'), ('spread', 'They moved further down the leg')], db_default='', default='', help_text='Tingling or leg symptoms since.', max_length=10),
        ),
        migrations.AddField(
            model_name='program',
            name='self_test',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How many of the four self-tests the program builds on; empty: none of them.', null=True),
        ),
        migrations.AddField(
            model_name='reminder',
            name='channel',
            field=models.CharField(choices=[('email', 'E-mail'), ('push', 'On the phone')], db_default='email', default='email', help_text='The one it went by.', max_length=10),
        ),
        migrations.AddField(
            model_name='reminder',
            name='kind',
            field=models.CharField(choices=[('evening', 'Something is still open'), ('morning', 'The next morning')], db_default='evening', default='evening', max_length=10),
        ),
        migrations.AddField(
            model_name='standing',
            name='is_answered',
            field=models.BooleanField(db_default=False, default=False, help_text='This very proposal was accepted, changed or dismissed.'),
        ),
        migrations.AddField(
            model_name='standing',
            name='new_symptom_at',
            field=models.DateTimeField(help_text='When the oldest urgent answer about something new arrived that nobody has dealt with.', null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='proposal',
            field=models.JSONField(help_text='programs.progression decision_to_json; empty: not worked out.', null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='proposed_on',
            field=models.DateField(help_text="The runner's day the proposal was worked out for.", null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='quiet_attention',
            field=models.PositiveSmallIntegerField(help_text='The reason that was dealt with or put off last (CaseHandling).', null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='quiet_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='quiet_until',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='told_on',
            field=models.DateField(help_text='Newest day anything was told about, runs and checks included.', null=True),
        ),
        migrations.AddField(
            model_name='standing',
            name='verdict',
            field=models.CharField(blank=True, db_default='', default='', help_text='What the rules propose; empty: not worked out.', max_length=10),
        ),
        migrations.AddConstraint(
            model_name='reminder',
            constraint=models.UniqueConstraint(fields=('program', 'local_day', 'kind'), name='one_reminder_per_day_and_kind'),
        ),
        migrations.AddField(
            model_name='casehandling',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='casehandling',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='casehandling',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handlings', to='programs.program'),
        ),
        migrations.AddField(
            model_name='checkresult',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkresult',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='checkresult',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='checks', to='programs.program'),
        ),
        migrations.AddField(
            model_name='digest',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='digest',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='clinic.membership'),
        ),
        migrations.AddField(
            model_name='linkmail',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='linkmail',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='linkmail',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='link_mails', to='programs.program'),
        ),
        migrations.AddField(
            model_name='newsymptom',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='newsymptom',
            name='handled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='newsymptom',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='new_symptoms', to='programs.program'),
        ),
        migrations.AddField(
            model_name='programdecision',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='programdecision',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='programdecision',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='programs.program'),
        ),
        migrations.AddField(
            model_name='pushsubscription',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='pushsubscription',
            name='link',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='programs.patientlink'),
        ),
        migrations.AddField(
            model_name='runlog',
            name='clinic',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clinic.clinic'),
        ),
        migrations.AddField(
            model_name='runlog',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='runs', to='programs.program'),
        ),
        migrations.AddIndex(
            model_name='casehandling',
            index=models.Index(fields=['program', 'created_at'], name='handlings_by_program'),
        ),
        migrations.AddConstraint(
            model_name='checkresult',
            constraint=models.UniqueConstraint(condition=models.Q(('by', None)), fields=('program', 'key', 'day'), name='one_own_check_per_day'),
        ),
        migrations.AddConstraint(
            model_name='checkresult',
            constraint=models.CheckConstraint(condition=models.Q(('pain', None), ('pain__lte', 10), _connector='OR'), name='check_pain_on_the_scale'),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(fields=['state', 'claimed_until'], name='digests_open'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('membership', 'week'), name='one_digest_a_week'),
        ),
        migrations.AddIndex(
            model_name='linkmail',
            index=models.Index(fields=['state', 'claimed_until'], name='link_mails_open'),
        ),
        migrations.AddIndex(
            model_name='newsymptom',
            index=models.Index(fields=['program', 'created_at'], name='new_symptoms_by_program'),
        ),
        migrations.AddConstraint(
            model_name='newsymptom',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('handled_at', None), ('handled_by', None)), models.Q(('handled_at__isnull', False), ('handled_by__isnull', False)), _connector='OR'), name='new_symptom_handled_by_a_person'),
        ),
        migrations.AddIndex(
            model_name='programdecision',
            index=models.Index(fields=['program', 'created_at'], name='decisions_by_program'),
        ),
        migrations.AddConstraint(
            model_name='pushsubscription',
            constraint=models.UniqueConstraint(fields=('link', 'endpoint_hash'), name='one_subscription_per_browser'),
        ),
        migrations.AddConstraint(
            model_name='runlog',
            constraint=models.UniqueConstraint(fields=('program', 'day', 'number'), name='run_number_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='runlog',
            constraint=models.CheckConstraint(condition=models.Q(('pain', None), ('pain__lte', 10), _connector='OR'), name='run_pain_on_the_scale'),
        ),
        migrations.AddConstraint(
            model_name='runlog',
            constraint=models.CheckConstraint(condition=models.Q(('level', None), ('level__lte', 7), _connector='OR'), name='run_level_on_the_ladder'),
        ),
    ]
