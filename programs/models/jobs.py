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
        FULL = "full", _("Full handout")
        LARGE = "large", _("Large print")

    version = models.ForeignKey("programs.ProgramVersion", on_delete=models.CASCADE, related_name="handouts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FRIDGE)
    paper = models.CharField(max_length=6, default="A4", db_default="A4", help_text="A4 or Letter.")
    language = models.CharField(max_length=10, default="en", db_default="en")
    content_key = models.CharField(
        max_length=64, blank=True, db_default="", help_text="SHA-256 of all that is printed and how."
    )
    pdf = models.BinaryField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "kind", "paper", "language"], name="one_handout_per_version_and_print"
            )
        ]
        indexes = [models.Index(fields=["state", "claimed_until"], name="handouts_open")]

    def __str__(self) -> str:
        return str(self.id)


class HandoutBatch(ClinicOwned):
    """Many handouts asked for at once, for example after the clinic's telephone number changed. Progress is counted."""

    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    handouts = models.ManyToManyField(Handout, through="BatchItem", related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)


class BatchItem(ClinicOwned):
    """One handout of a batch."""

    batch = models.ForeignKey(HandoutBatch, on_delete=models.CASCADE, related_name="items")
    handout = models.ForeignKey(Handout, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "handout"], name="handout_once_per_batch")]

    def __str__(self) -> str:
        return str(self.id)


class Mail(Job):
    """A job whose work is one message: what was said to and by the server stays with it."""

    message_id = models.CharField(max_length=200, blank=True)
    sending_at = models.DateTimeField(
        null=True, blank=True, help_text="Set just before the mail leaves: after that it is never tried again blindly."
    )
    smtp_code = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="What the mail server answered when it did not take the mail."
    )

    class Meta:
        abstract = True


class Reminder(Mail):
    """One reminder of one program: unique per patient's local day and kind, so it can never go twice."""

    class Kind(models.TextChoices):
        EVENING = "evening", _("Something is still open")
        MORNING = "morning", _("The next morning")

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PUSH = "push", _("On the phone")

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="reminders")
    local_day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EVENING, db_default="evening")
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.EMAIL, db_default="email", help_text="The one it went by."
    )
    asked_by = models.ForeignKey(
        "clinic.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who wanted it sent again: then the runner's hour, the week's number and a pause do not hold it back.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "local_day", "kind"], name="one_reminder_per_day_and_kind")
        ]
        indexes = [models.Index(fields=["state", "claimed_until"], name="reminders_open")]

    def __str__(self) -> str:
        return str(self.id)


class LinkMail(Mail):
    """The runner's link by e-mail: sent by staff (it waits a moment, so that it can be taken back) or asked for by a runner
    who lost it. The address is the patient's at the time of sending."""

    class Kind(models.TextChoices):
        PROGRAM = "program", _("The program")
        LOST = "lost", _("A lost link")

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="link_mails")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["state", "claimed_until"], name="link_mails_open")]

    def __str__(self) -> str:
        return str(self.id)


class Digest(Mail):
    """The week's letter to one member of staff who wants it: unique per week, so it can never go twice."""

    membership = models.ForeignKey("clinic.Membership", on_delete=models.CASCADE, related_name="digests")
    week = models.DateField(help_text="Monday of the week it is sent in.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "week"], name="one_digest_a_week")]
        indexes = [models.Index(fields=["state", "claimed_until"], name="digests_open")]

    def __str__(self) -> str:
        return str(self.id)
