"""What the runner reported about planned sessions and mornings. A missing answer is a gap, never a zero; every answer can be corrected."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class ExerciseLog(ClinicOwned):
    """One planned exercise on one day, done or skipped. Keyed by the line's place in the issued version."""

    class Status(models.TextChoices):
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")

    class Source(models.TextChoices):
        RUNNER = "", _("Told by the runner")
        PAPER = "paper", _("From paper")

    version = models.ForeignKey("programs.ProgramVersion", on_delete=models.CASCADE, related_name="logs")
    day = models.DateField()
    line = models.CharField(max_length=40, help_text="Key of the line in the version's content.")
    occasion = models.PositiveSmallIntegerField(default=1, help_text="1 for the first time that day, 2 for the second.")
    status = models.CharField(max_length=10, choices=Status)
    pain = models.PositiveSmallIntegerField(_("Pain while doing it"), null=True, blank=True)
    sets_done = models.PositiveSmallIntegerField(
        _("Sets done"), null=True, blank=True, help_text="As ticked on the page; empty when no box was used."
    )
    reason = models.CharField(max_length=200, blank=True)
    is_ticked = models.BooleanField(
        default=False, db_default=False, help_text="Ticked with the whole day; an answer of its own goes before."
    )
    source = models.CharField(
        max_length=10,
        choices=Source,
        blank=True,
        default="",
        db_default="",
        help_text="From paper: typed back from the ticked sheet, pain being the day’s worst; the runner’s own answer goes before.",
    )
    typed_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(
        null=True, help_text="When the runner said it, by the phone; empty in rows from before phones told it."
    )
    reported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "day", "line", "occasion"], name="one_log_per_planned_occasion"),
            models.CheckConstraint(
                condition=models.Q(pain=None) | models.Q(pain__lte=10), name="log_pain_on_the_scale"
            ),
            models.CheckConstraint(
                condition=models.Q(source="", typed_by=None) | models.Q(source="paper", typed_by__isnull=False),
                name="log_from_paper_typed_by_a_person",
            ),
        ]
        indexes = [models.Index(fields=["version", "day"], name="logs_by_day")]

    def __str__(self) -> str:
        return str(self.id)


class MorningCheck(ClinicOwned):
    """The next-morning question: better, same or worse, and pain 0 to 10."""

    class Change(models.TextChoices):
        BETTER = "better", _("Better")
        SAME = "same", _("The same")
        WORSE = "worse", _("Worse")

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="mornings")
    day = models.DateField()

    class Leg(models.TextChoices):
        NONE = "none", _("None")
        SETTLED = "settled", _("Gone within minutes")
        LASTED = "lasted", _("They lasted")
        SPREAD = "spread", _("They moved further down the leg")

    change = models.CharField(max_length=10, choices=Change)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    has_limp = models.BooleanField(null=True, help_text="Empty: not answered.")
    is_settled = models.BooleanField(
        null=True, help_text="Pain was back to usual within 24 hours; empty: not answered."
    )
    leg = models.CharField(
        max_length=10, choices=Leg, blank=True, default="", db_default="", help_text="Tingling or leg symptoms since."
    )
    told_at = models.DateTimeField(
        null=True, help_text="When the runner said it, by the phone; empty in rows from before phones told it."
    )
    reported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "day"], name="one_morning_answer_per_day"),
            models.CheckConstraint(
                condition=models.Q(pain=None) | models.Q(pain__lte=10), name="morning_pain_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TakenReport(ClinicOwned):
    """The key of a report that was taken, so that the same report sent twice counts once."""

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="taken_reports")
    key = models.UUIDField(help_text="Random, made by the phone for this one report.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="one_report_per_key")]

    def __str__(self) -> str:
        return str(self.key)
