"""What the runner may choose about the page."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic, Patient
from programs.reminders.schedule import is_quiet

CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}


class ChoicesForm(forms.Form):
    """Every choice has its place on one page with one button; an hour in the clinic's quiet hours is not offered."""

    language = forms.ChoiceField(choices=settings.PATIENT_LANGUAGES, error_messages=CHOOSE)
    large_text = forms.BooleanField(required=False)
    reminders = forms.BooleanField(required=False)
    reminder_hour = forms.TypedChoiceField(coerce=int, error_messages=CHOOSE)
    morning_reminders = forms.BooleanField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, patient: Patient, clinic: Clinic) -> None:
        held = {name: getattr(patient, name) for name in self.base_fields}
        super().__init__(data, initial=held, auto_id="choice-%s")
        offered = sorted({*hours_of(clinic), patient.reminder_hour})
        self.fields["reminder_hour"].choices = [(hour, f"{hour:02d}:00") for hour in offered]  # type: ignore[attr-defined]


def hours_of(clinic: Clinic) -> list[int]:
    """The full hours of a day at which this clinic sends reminders."""
    return [hour for hour in range(24) if not is_quiet(time(hour), clinic.quiet_from, clinic.quiet_until)]
