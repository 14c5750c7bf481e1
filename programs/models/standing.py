"""How a running program stands: one small row each, so that the caseload sorts thousands without reading their logs."""

from django.db import models

from clinic.models import ClinicOwned


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

    class Meta:
        indexes = [models.Index(fields=["clinic", "review_on"], name="standing_by_review")]

    def __str__(self) -> str:
        return str(self.program_id)
