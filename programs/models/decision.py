"""What clinicians made of the proposals to progress, hold, step back or review, and of a case on the caseload."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class ProgramDecision(ClinicOwned):
    """One answered proposal, with everything it was based on. Never changed afterwards."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        CHANGED = "changed", _("Changed")
        DISMISSED = "dismissed", _("Dismissed")

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="decisions")
    day = models.DateField(help_text="The runner's day the proposal was made for.")
    verdict = models.CharField(max_length=10, help_text="programs.progression Verdict as proposed.")
    signature = models.TextField(help_text="Decision.signature: the same proposal does not come back.")
    proposal = models.JSONField(help_text="programs.progression decision_to_json.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["program", "created_at"], name="decisions_by_program")]

    def __str__(self) -> str:
        return str(self.id)


class CaseHandling(ClinicOwned):
    """A case of the caseload that somebody dealt with or put off. It comes back for something worse, something newer, or
    when its day has come."""

    class Way(models.TextChoices):
        HANDLED = "handled", _("Handled")
        SNOOZED = "snoozed", _("Snoozed")

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="handlings")
    attention = models.PositiveSmallIntegerField(help_text="The reason it stood on the caseload (programs.caseload).")
    way = models.CharField(max_length=10, choices=Way)
    until = models.DateField(
        null=True, blank=True, help_text="The day it comes back; empty: when something new is told."
    )
    note = models.CharField(_("What was done, or why later"), max_length=300, blank=True)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["program", "created_at"], name="handlings_by_program")]

    def __str__(self) -> str:
        return str(self.id)
