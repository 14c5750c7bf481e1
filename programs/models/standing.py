"""How a running program stands: one small row each, so that the caseload sorts thousands without reading their logs."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from clinic.models import ClinicOwned

LONG_AGO = date(1, 1, 1)


class Standing(ClinicOwned):
    """Derived from the versions and the runner's reports (programs.caseload.standing); can be rebuilt at any time."""

    program = models.OneToOneField("programs.Program", on_delete=models.CASCADE, related_name="standing")
    starts_on = models.DateField(help_text="Since when there has been a plan without a break.")
    review_on = models.DateField(help_text="First day after the issued plan: time to see the runner.")
    ceiling = models.PositiveSmallIntegerField()
    last_report_on = models.DateField(null=True)
    last_pain = models.PositiveSmallIntegerField(null=True)
    last_pain_on = models.DateField(null=True)
    is_running = models.BooleanField(default=True, help_text="The program was issued and has not ended.")
    begun_on = models.DateField(null=True, help_text="First day of the newest version.")
    last_morning_on = models.DateField(null=True)
    last_morning_pain = models.PositiveSmallIntegerField(null=True)
    worse_mornings = models.PositiveSmallIntegerField(default=0, help_text="Worse answers in a row, the newest last.")
    reminders_ignored = models.PositiveSmallIntegerField(default=0, help_text="Reminders since the last report.")
    verdict = models.CharField(
        max_length=10, blank=True, default="", db_default="", help_text="What the rules propose; empty: not worked out."
    )
    proposal = models.JSONField(null=True, help_text="programs.progression decision_to_json; empty: not worked out.")
    proposed_on = models.DateField(null=True, help_text="The runner's day the proposal was worked out for.")
    is_answered = models.BooleanField(
        default=False, db_default=False, help_text="This very proposal was accepted, changed or dismissed."
    )
    new_symptom_at = models.DateTimeField(
        null=True, help_text="When the oldest urgent answer about something new arrived that nobody has dealt with."
    )
    told_on = models.DateField(null=True, help_text="Newest day anything was told about, runs and checks included.")
    quiet_attention = models.PositiveSmallIntegerField(
        null=True, help_text="The reason that was dealt with or put off last (CaseHandling)."
    )
    quiet_since = models.DateTimeField(null=True)
    quiet_until = models.DateField(null=True)
    quiet_facts = models.JSONField(null=True, help_text="The facts that were known when it was dealt with or put off.")
    facts = models.JSONField(null=True, help_text="Reason → what it rests on, for every reason that holds.")
    attention = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="The one reason it is listed under (programs.caseload.reasons); 0: not listed.",
    )
    attention_until = models.DateField(
        default=LONG_AGO,
        db_default=LONG_AGO,
        help_text="The day `attention` may change by itself; the database puts it long ago when something was told.",
    )
    handover_missing = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Steps of the newest version's handover that are open, as bits."
    )

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "review_on"], name="standing_by_review"),
            models.Index(
                F("clinic"),
                F("attention"),
                F("last_report_on").asc(nulls_first=True),
                F("id"),
                condition=Q(attention__gt=0),
                name="standing_cases",
            ),
            models.Index(
                F("clinic"),
                F("last_report_on").asc(nulls_first=True),
                F("id"),
                condition=Q(attention__gt=0, handover_missing__gt=0),
                name="standing_handovers",
            ),
            models.Index(fields=["clinic", "attention_until"], name="standing_to_settle"),
        ]

    def __str__(self) -> str:
        return str(self.program_id)
