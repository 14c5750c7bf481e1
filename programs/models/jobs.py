"""Rows that are jobs: the database is the truth and the broker only a doorbell (programs.jobs)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class Job(ClinicOwned):
    """Claimed by one conditional update with a lease; a lease that ran out is anybody's again."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        WORKING = "working", _("Being made")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Handout(Job):
    """One print of one issued version. The same version and kind is made once."""

    class Kind(models.TextChoices):
        FRIDGE = "fridge", _("Fridge sheet")

    version = models.ForeignKey("programs.ProgramVersion", on_delete=models.CASCADE, related_name="handouts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FRIDGE)
    pdf = models.BinaryField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "kind"], name="one_handout_per_version_and_kind")]
        indexes = [models.Index(fields=["state", "claimed_until"], name="handouts_open")]

    def __str__(self) -> str:
        return str(self.id)


class Reminder(Job):
    """One evening's reminder of one program: unique per patient's local day, so it can never go twice."""

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="reminders")
    local_day = models.DateField()
    message_id = models.CharField(max_length=200, blank=True)
    sending_at = models.DateTimeField(
        null=True, blank=True, help_text="Set just before the mail leaves: after that it is never tried again blindly."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "local_day"], name="one_reminder_per_day")]
        indexes = [models.Index(fields=["state", "claimed_until"], name="reminders_open")]

    def __str__(self) -> str:
        return str(self.id)
