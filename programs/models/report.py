"""What else the runner tells: runs, measured checks, and something new. A missing answer is a gap, never a zero."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class RunLog(ClinicOwned):
    """One run or walk of one day. How it was the next day is the morning's answer (MorningCheck of the day after)."""

    class Surface(models.TextChoices):
        FLAT = "flat", _("Flat")
        UP = "up", _("Uphill")
        DOWN = "down", _("Downhill")
        SPEED = "speed", _("Fast")

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="runs")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=1, help_text="1 for the first run of that day.")
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    metres = models.PositiveIntegerField(_("Distance"), null=True, blank=True)
    surface = models.CharField(_("Surface"), max_length=10, choices=Surface, blank=True)
    pain = models.PositiveSmallIntegerField(_("Pain while running"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Rung of the walk-run ladder it was meant to be, 0 to 7."
    )
    is_removed = models.BooleanField(default=False, help_text="Taken back by the runner: it did not happen.")
    told_at = models.DateTimeField(help_text="When the runner said it, by the phone.")
    reported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "day", "number"], name="run_number_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(pain=None) | models.Q(pain__lte=10), name="run_pain_on_the_scale"
            ),
            models.CheckConstraint(
                condition=models.Q(level=None) | models.Q(level__lte=7), name="run_level_on_the_ladder"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CheckResult(ClinicOwned):
    """One measured check of programs.progression.criteria: by the runner at home (`by` empty) or by staff.

    Seconds, times or degrees as its criterion says: `left` and `right`, or `value` for both; `passed` for yes or no.
    """

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="checks")
    key = models.CharField(max_length=40)
    day = models.DateField()
    left = models.FloatField(null=True, blank=True)
    right = models.FloatField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    passed = models.BooleanField(null=True)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    has_cramp = models.BooleanField(null=True)
    hip_drops = models.BooleanField(null=True)
    by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField(help_text="When it was said: by the phone, or when staff wrote it down.")
    reported_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "key", "day"], condition=models.Q(by=None), name="one_own_check_per_day"
            ),
            models.CheckConstraint(
                condition=models.Q(pain=None) | models.Q(pain__lte=10), name="check_pain_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class NewSymptom(ClinicOwned):
    """Something new: the red-flag questions as the runner answered them. Staff deal with it by name and time."""

    program = models.ForeignKey("programs.Program", on_delete=models.CASCADE, related_name="new_symptoms")
    day = models.DateField()
    answers = models.JSONField(help_text="Question → true, false or null (left open).")
    note = models.CharField(_("In the runner’s words"), max_length=500, blank=True)
    is_urgent = models.BooleanField(help_text="At least one question was answered with yes.")
    told_at = models.DateTimeField(help_text="When the runner said it, by the phone; it arrived at created_at.")
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey("clinic.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    handled_note = models.CharField(_("What was done"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="new_symptom_handled_by_a_person",
                condition=models.Q(handled_at=None, handled_by=None)
                | models.Q(handled_at__isnull=False, handled_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["program", "created_at"], name="new_symptoms_by_program")]

    def __str__(self) -> str:
        return str(self.id)
