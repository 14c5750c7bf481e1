"""Patients, how they run, and their episodes of care."""

import unicodedata
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.models.base import ClinicOwned

# Letters that Unicode does not take apart into a plain letter and an accent.
UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


def sort_key(last_name: str, first_name: str) -> str:
    """A name as people look it up, the same in every database: accents and case removed, never over 200 characters."""
    plain = unicodedata.normalize("NFKD", f"{last_name} {first_name}".casefold().translate(UNDECOMPOSED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:200]


class Patient(ClinicOwned):
    """A runner in care. Time zone and language are the runner's own: reminders and papers follow them."""

    class Sex(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")

    first_name = models.CharField(_("First name"), max_length=80)
    last_name = models.CharField(_("Last name"), max_length=80)
    sort_key = models.CharField(max_length=200, editable=False)
    date_of_birth = models.DateField(_("Date of birth"))
    sex = models.CharField(_("Sex"), max_length=10, choices=Sex, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    email_refused = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Why nothing is sent to this address any more."
    )
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    time_zone = models.CharField(_("Time zone"), max_length=64, default="Europe/London")
    language = models.CharField(_("Language"), max_length=10, default="en")
    reminders = models.BooleanField(_("Reminders by e-mail"), default=True)
    reminder_hour = models.PositiveSmallIntegerField(_("Reminder from (hour)"), default=18)
    morning_reminders = models.BooleanField(
        _("A question the morning after"), default=False, db_default=False, help_text="The runner's own choice."
    )
    large_text = models.BooleanField(_("Large text"), default=False, db_default=False)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["clinic", "sort_key"], name="patient_by_name")]
        constraints = [
            models.CheckConstraint(condition=models.Q(reminder_hour__lte=23), name="reminder_hour_of_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.last_name, self.first_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def age_on(self, day: date) -> int:
        """Full years on that day."""
        born = self.date_of_birth
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class RunningProfile(ClinicOwned):
    """How this patient runs: what the side rules, the goals and the words of the program depend on."""

    class RunningType(models.TextChoices):
        DISTANCE = "distance", _("Distance")
        SPRINT = "sprint", _("Sprint")
        TRAIL = "trail", _("Trail")

    patient = models.OneToOneField(Patient, on_delete=models.CASCADE, related_name="running")
    running_type = models.CharField(_("Kind of running"), max_length=10, choices=RunningType)
    weekly_km = models.DecimalField(_("Kilometres a week"), max_digits=5, decimal_places=1, null=True, blank=True)
    run_days = models.CharField(_("Run days"), max_length=7, blank=True, help_text="Weekdays as digits, Monday is 0.")
    goal = models.CharField(_("Goal"), max_length=120, blank=True)
    goal_date = models.DateField(_("Date of the goal"), null=True, blank=True)

    def __str__(self) -> str:
        return self.running_type


class Episode(ClinicOwned):
    """One injury from the first visit to discharge. Several injuries are several episodes."""

    class Side(models.TextChoices):
        LEFT = "left", _("Left")
        RIGHT = "right", _("Right")
        BOTH = "both", _("Both")

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="episodes")
    painful_side = models.CharField(_("Painful side"), max_length=5, choices=Side)
    began_on = models.DateField(_("Began"), null=True, blank=True)
    note = models.CharField(_("In the runner's words"), max_length=300, blank=True)
    clinician = models.ForeignKey("clinic.User", on_delete=models.PROTECT, related_name="+")
    closed_on = models.DateField(null=True, blank=True)
    close_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.id)
