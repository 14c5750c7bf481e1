"""What clinicians keep for the next program: their own doses, and whole programs as protocols."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models import ClinicOwned


class DoseHabit(ClinicOwned):
    """The dose one clinician last gave an exercise: offered next time instead of the library's own."""

    clinician = models.ForeignKey("clinic.User", on_delete=models.CASCADE, related_name="+")
    exercise_key = models.SlugField(max_length=60)
    dose = models.JSONField(help_text="programs.progression.dose.Dose as JSON, without its side.")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "clinician", "exercise_key"], name="one_habit_per_exercise")
        ]

    def __str__(self) -> str:
        return self.exercise_key


class ClinicProtocol(ClinicOwned):
    """A program kept for reuse: lines with doses and side rules, never a patient's data. Private until it is shared."""

    name = models.CharField(_("Name"), max_length=120)
    owner = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    is_shared = models.BooleanField(_("Shared in the clinic"), default=False)
    diagnosis = models.CharField(max_length=20, blank=True)
    stage = models.PositiveSmallIntegerField(null=True, blank=True)
    content = models.JSONField(help_text="phases: title, criteria, lines (exercise key, dose, side rule, note).")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "owner", "name"],
                condition=models.Q(retired_at=None),
                name="protocol_name_once_per_owner",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="protocol_has_a_name"),
        ]

    def __str__(self) -> str:
        return str(self.id)
