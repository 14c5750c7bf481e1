"""Questions about a patient and an episode of care."""

from dataclasses import asdict
from datetime import date, time
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from clinic.forms.questions import DayField, NumberField, PhoneField, Questions, hours, time_zone_field
from clinic.models import Episode, Patient, RunningProfile
from clinic.values import PROFILE_FIELDS, PatientDetails

OLDEST = 110  # years
ONE_LINE = {"class": "choices-line"}


class PatientForm(Questions):
    first_name = forms.CharField(label=_("What is the runner's first name?"), max_length=80)
    last_name = forms.CharField(label=_("And the last name?"), max_length=80)
    date_of_birth = DayField(label=_("When was the runner born?"))
    sex = forms.ChoiceField(
        label=_("Which sex should the record state?"),
        choices=[("", _("Not stated")), *Patient.Sex.choices],
        required=False,
    )
    email = forms.EmailField(
        label=_("At which e-mail address can the runner be reached?"),
        required=False,
        help_text=_("For reminders. Nothing about the complaint is ever written in them."),
    )
    phone = PhoneField(label=_("And by telephone?"), required=False)
    running_type = forms.ChoiceField(
        label=_("What kind of running is it?"),
        choices=RunningProfile.RunningType.choices,
        widget=forms.RadioSelect(ONE_LINE),
    )
    weekly_km = NumberField(
        label=_("How far in a usual week, before the pain?"),
        min_value=0,
        max_value=400,
        decimal_places=1,
        required=False,
        help_text=_("Kilometres a week."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short"}),
    )
    run_days = forms.MultipleChoiceField(
        label=_("On which days does the runner usually run?"),
        choices=[(str(day), name) for day, name in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple(ONE_LINE),
    )
    goal = forms.CharField(
        label=_("What is the runner working towards?"),
        max_length=120,
        required=False,
        help_text=_("A race, or simply running without pain."),
    )
    goal_date = DayField(label=_("When is that?"), required=False)
    time_zone = time_zone_field(
        _("In which time zone does the runner live?"), _("Reminders and days follow the runner's own clock.")
    )
    language = forms.ChoiceField(
        label=_("In which language should papers and pages be?"),
        choices=settings.PATIENT_LANGUAGES,
        help_text=_(
            "German, French and Spanish are drafts that no native clinician has read yet: look them over first."
        ),
    )
    reminders = forms.BooleanField(
        label=_("Send a reminder by e-mail while a session of the day is still open"), required=False
    )
    reminder_hour = forms.TypedChoiceField(label=_("From what time, where the runner lives?"), coerce=int)
    another_person = forms.BooleanField(
        label=_("This is another person with the same name and date of birth"), required=False
    )

    SECTIONS = (
        (_("Who"), ("first_name", "last_name", "date_of_birth", "sex")),
        (_("Contact"), ("email", "phone", "language", "time_zone")),
        (_("Running"), ("running_type", "weekly_km", "run_days", "goal", "goal_date")),
        (_("Reminders"), ("reminders", "reminder_hour")),
    )

    def __init__(self, *args: Any, today: date, quiet: tuple[time, time], **kwargs: Any) -> None:
        """`quiet`: from and until when the clinic sends no reminder; those hours are not offered."""
        super().__init__(*args, **kwargs)
        self.today = today
        now = self.initial.get("reminder_hour")
        field = self.fields["reminder_hour"]
        field.choices = [(hour, text) for hour, text in hours() if hour == now or not is_quiet(time(hour), *quiet)]  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Headings with their questions, for the template."""
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def clean_date_of_birth(self) -> date:
        born: date = self.cleaned_data["date_of_birth"]
        if born > self.today:
            raise forms.ValidationError(_("This day is still to come. Check the year."))
        if self.today.year - born.year > OLDEST:
            raise forms.ValidationError(_("That is more than 110 years ago. Check the year."))
        return born

    def clean_run_days(self) -> str:
        return "".join(sorted(self.cleaned_data["run_days"]))

    def details(self) -> PatientDetails:
        return PatientDetails(**{name: value for name, value in self.cleaned_data.items() if name != "another_person"})


def is_quiet(moment: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether the clinic stays silent at that time of day; the quiet hours may pass midnight."""
    if quiet_from <= quiet_until:
        return quiet_from <= moment < quiet_until
    return moment >= quiet_from or moment < quiet_until


def as_answers(patient: Patient) -> dict[str, Any]:
    """The record as the form shows it."""
    names = [name for name in PatientDetails.__dataclass_fields__ if name not in PROFILE_FIELDS]
    answers = {name: getattr(patient, name) for name in names}
    running = getattr(patient, "running", None)
    if running:
        answers |= {name: getattr(running, name) for name in PROFILE_FIELDS} | {"run_days": list(running.run_days)}
        if running.weekly_km is not None:
            answers["weekly_km"] = f"{running.weekly_km.normalize():f}"
    return answers


def blank_answers(*, time_zone: str, language: str, reminder_hour: int = 18) -> dict[str, Any]:
    """A new patient lives, until told otherwise, where the clinic is. How the runner runs is asked, never assumed."""
    blank = asdict(
        PatientDetails("", "", date.min, time_zone=time_zone, language=language, reminder_hour=reminder_hour)
    )
    return blank | {"date_of_birth": None, "running_type": None, "run_days": []}


class EpisodeForm(Questions):
    painful_side = forms.ChoiceField(
        label=_("Which side hurts?"), choices=Episode.Side.choices, widget=forms.RadioSelect(ONE_LINE)
    )
    began_on = DayField(
        label=_("When did it begin?"),
        required=False,
        help_text=_("About when is good enough. Leave it empty if nobody knows."),
    )
    note = forms.CharField(
        label=_("How does the runner put it?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the runner's own words."),
    )
    clinician = forms.TypedChoiceField(label=_("Who treats it?"), coerce=UUID)

    def __init__(self, *args: Any, today: date, clinicians: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["clinician"].choices = clinicians  # type: ignore[attr-defined]

    def clean_began_on(self) -> date | None:
        began: date | None = self.cleaned_data["began_on"]
        if began and began > self.today:
            raise forms.ValidationError(_("This day is still to come. Check the date."))
        if began and self.today.year - began.year > OLDEST:
            raise forms.ValidationError(_("That is more than 110 years ago. Check the year."))
        return began


class CloseEpisodeForm(Questions):
    reason = forms.CharField(
        label=_("Why does this episode end?"),
        max_length=200,
        help_text=_("For example: back to full running, referred on, did not come back."),
    )
