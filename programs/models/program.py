"""Programs: a draft of lines, then immutable versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class Program(ClinicOwned):
    """What one episode's runner does next. The draft changes freely; the patient only ever meets issued versions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ISSUED = "issued", _("Issued")
        ENDED = "ended", _("Ended")

    episode = models.ForeignKey("clinic.Episode", on_delete=models.CASCADE, related_name="programs")
    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="programs")
    clinician = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    diagnosis = models.CharField(max_length=20)
    stage = models.PositiveSmallIntegerField(null=True, blank=True)
    side = models.CharField(max_length=5)
    pain_ceiling = models.PositiveSmallIntegerField(_("Pain ceiling"), default=3)
    running_advice = models.JSONField(
        default=dict, help_text="title, headline, text, move_up; level of the walk-run ladder."
    )
    phases = models.JSONField(default=list, blank=True, help_text="One object per phase: title, criteria to move on.")
    phase = models.PositiveSmallIntegerField(default=1, db_default=1, help_text="The phase the runner is in, from 1.")
    self_test = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="How many of the four self-tests the program builds on; empty: none of them."
    )
    next_visit = models.CharField(_("Next visit"), max_length=120, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reminders_resumed_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Staff started paused reminders again; older ones no longer count as unanswered.",
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(pain_ceiling__lte=10), name="pain_ceiling_on_the_scale"),
            models.UniqueConstraint(
                fields=["episode"], condition=~models.Q(state="ended"), name="one_running_program_per_episode"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ProgramLine(ClinicOwned):
    """One exercise of the draft, with its dose and side."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="lines")
    exercise = models.ForeignKey("programs.Exercise", on_delete=models.PROTECT, related_name="+")
    phase = models.PositiveSmallIntegerField(
        default=1, db_default=1, help_text="Which phase of the program it belongs to."
    )
    position = models.PositiveSmallIntegerField()
    dose = models.JSONField(help_text="programs.progression.dose.Dose as JSON; it carries the side.")
    note = models.CharField(_("Note to the runner"), max_length=300, blank=True)
    override_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position", "created_at"]

    def __str__(self) -> str:
        return str(self.id)


class DraftStep(ClinicOwned):
    """The draft as it stood before one change, so that the change can be undone; only the newest ones are kept."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=120, help_text="The change in words, as the undo button names it.")
    before = models.JSONField(help_text="Lines and settings of the draft before the change.")
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="draft_step_number_once")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.number}"


class ProgramVersion(ClinicOwned):
    """What was issued: everything the paper and the patient's page need, frozen (the database refuses any change)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    content = models.JSONField(
        help_text="Exercises with texts, doses and sides; ceiling; running advice; clinic's words."
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="version_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.number}"


class PatientLink(ClinicOwned):
    """A patient's way in. Tokens are derived from this row's random id with the server's secret (programs.portal.links), so
    the worker can print them; stored are only their hashes, so the database alone opens nothing. Revocable."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    unsubscribe_hash = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    closed_by_runner = models.BooleanField(
        default=False, db_default=False, help_text="The runner stopped everything: no reminder, no link."
    )
    last_opened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class Handover(ClinicOwned):
    """The last two minutes of a visit: shown, demonstrated by the runner, link opened or paper taken."""

    class Way(models.TextChoices):
        LINK = "link", _("Opened the link")
        PAPER = "paper", _("Took the paper")

    version = models.OneToOneField(ProgramVersion, on_delete=models.CASCADE, related_name="handover")
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    demonstrated_at = models.DateTimeField(null=True, blank=True)
    demonstrated_by = models.ForeignKey(
        "clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    way = models.CharField(max_length=5, choices=Way, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_ticks_have_a_person",
                condition=models.Q(shown_at=None, shown_by=None)
                | models.Q(shown_at__isnull=False, shown_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.version_id)

    @property
    def is_complete(self) -> bool:
        return bool(self.shown_at and self.demonstrated_at and self.taken_at)
