"""Questions about the clinic and its team, and what to look for in the audit."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clinic.colours import colour_in, dark_enough
from clinic.forms.questions import DayField, PhoneField, Questions, time_zone_field
from clinic.models import Clinic, Role
from clinic.pictures import Picture, PictureRefused, clean_picture
from clinic.values import ClinicDetails

LOGO_PIXELS = 600  # 25 mm at 600 dpi
ROLE_WORDS = [
    (Role.CLINICIAN, _("Clinician: examines, concludes, prescribes")),
    (Role.READER, _("Reader: looks at records, changes nothing")),
    (Role.ADMINISTRATOR, _("Administrator: all of this, and the clinic and its team")),
]


class InviteForm(Questions):
    name = forms.CharField(label=_("Whom do you invite?"), max_length=120, help_text=_("First and last name."))
    email = forms.EmailField(label=_("At which e-mail address?"), help_text=_("The invitation goes there."))
    role = forms.ChoiceField(label=_("What should this person do here?"), choices=ROLE_WORDS, widget=forms.RadioSelect)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RoleForm(Questions):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class ClinicForm(Questions):
    name = forms.CharField(label=_("What is the clinic called?"), max_length=120)
    phone = PhoneField(
        label=_("Under which number do patients reach you?"),
        help_text=_("Printed on every handout and shown on the runner's page."),
    )
    email = forms.EmailField(label=_("And by e-mail?"), required=False)
    address = forms.CharField(
        label=_("Where is the clinic?"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    time_zone = time_zone_field(_("In which time zone?"))
    language = forms.ChoiceField(label=_("In which language do you work?"), choices=settings.LANGUAGES)
    paper = forms.ChoiceField(
        label=_("On which paper do you print?"), choices=[("A4", "A4"), ("Letter", "Letter")], widget=forms.RadioSelect
    )
    emergency_number = PhoneField(
        label=_("Which number does a patient call in an emergency?"),
        help_text=_("999 in the United Kingdom, 112 in the European Union, 911 in North America."),
    )
    urgent_number = PhoneField(
        label=_("And for help on the same day?"), required=False, help_text=_("111 in the United Kingdom.")
    )
    emergency_place = forms.CharField(
        label=_("Where does a patient go in an emergency?"), max_length=60, help_text=_("A&E, emergency department.")
    )
    quiet_from = forms.TimeField(
        label=_("From when in the evening is no reminder sent?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    quiet_until = forms.TimeField(
        label=_("Until when in the morning?"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    reminders_per_week = forms.IntegerField(
        label=_("At most how many reminders a week?"),
        min_value=0,
        max_value=7,
        help_text=_("0 sends none."),
    )
    pause_after_ignored = forms.IntegerField(
        label=_("After how many unanswered reminders should they pause?"),
        min_value=1,
        max_value=14,
        help_text=_("The caseload then says so, and somebody can call."),
    )

    ask_birth_year = forms.BooleanField(
        label=_("Ask runners for their year of birth before their page opens"),
        help_text=_(
            "Once on each device. It keeps out a stranger who finds the link, not somebody who knows the runner; and it "
            "costs every runner one more step, and some of them a call to you."
        ),
        required=False,
    )

    SECTIONS = (
        (_("The clinic"), ("name", "phone", "email", "address", "time_zone", "language", "paper")),
        (_("In an emergency"), ("emergency_number", "urgent_number", "emergency_place")),
        (_("Reminders"), ("quiet_from", "quiet_until", "reminders_per_week", "pause_after_ignored")),
        (_("The runner’s page"), ("ask_birth_year",)),
    )

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(heading, [self[name] for name in names]) for heading, names in self.SECTIONS]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if answers.get("quiet_from") and answers.get("quiet_from") == answers.get("quiet_until"):
            self.add_error("quiet_until", _("Give another time than the one in the evening."))
        return answers

    def details(self) -> ClinicDetails:
        return ClinicDetails(**self.cleaned_data)


class PaperForm(Questions):
    """What makes a handout the clinic's own. A colour too light for words is darkened, and `is_darkened` says so."""

    logo = forms.FileField(
        label=_("Which logo stands beside the clinic’s name?"),
        help_text=_("JPEG, PNG or WebP, up to 10 MB. Only its points are kept. A new one replaces the one before."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    is_bare = forms.BooleanField(label=_("Print no logo"), required=False)
    colour = forms.CharField(
        label=_("In which colour is the clinic’s name printed?"),
        help_text=_("Six digits, such as #0b5a6b. Leave it open for black. Nothing else on paper depends on it."),
        max_length=20,
        required=False,
    )
    is_darkened = False

    def clean_logo(self) -> Picture | None:
        upload = self.cleaned_data["logo"]
        if not upload:
            return None
        try:
            return clean_picture(upload, longest=LOGO_PIXELS)
        except PictureRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean_colour(self) -> str:
        typed: str = self.cleaned_data["colour"]
        if not typed:
            return ""
        colour = colour_in(typed)
        if colour is None:
            raise forms.ValidationError(_("Give the colour as six digits, such as #0b5a6b."))
        kept = dark_enough(colour)
        self.is_darkened = kept != colour
        return kept


def clinic_answers(clinic: Clinic) -> dict[str, Any]:
    return {name: getattr(clinic, name) for name in ClinicForm.base_fields}


class AuditForm(Questions):
    """Every question may stay open; a wrong value is left out and said."""

    person = forms.TypedChoiceField(label=_("Who?"), coerce=UUID, empty_value=None, required=False)
    kind = forms.ChoiceField(
        label=_("What?"),
        choices=[("", _("Everything")), ("writes", _("Changes")), ("readings", _("Readings"))],
        required=False,
    )
    since = DayField(label=_("From which day?"), required=False)
    until = DayField(label=_("To which day?"), required=False)
    patient = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.DateTimeField(
        required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"]
    )

    def __init__(self, *args: Any, people: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Anyone")), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        since, until = answers.get("since"), answers.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("The last day lies before the first. Swap them."))
        return answers
