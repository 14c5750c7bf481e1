"""What the runner may answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import ExerciseLog, MorningCheck

PAIN = [(str(value), str(value)) for value in range(11)]
SKIP_REASONS = [
    ("pain", _("It hurt too much")),
    ("time", _("No time")),
    ("equipment", _("Nothing to do it with")),
    ("unsure", _("Not sure how to do it")),
    ("other", _("Another reason")),
]


class PainField(forms.TypedChoiceField):
    """0 to 10 or not said."""

    def __init__(self) -> None:
        message = _("Choose a number from 0 to 10, or leave it open.")
        super().__init__(
            choices=PAIN,
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": message},
        )


class ExerciseReport(forms.Form):
    status = forms.ChoiceField(
        choices=ExerciseLog.Status.choices, error_messages={"required": _("Press Done or Skip.")}
    )
    pain = PainField()
    reason = forms.ChoiceField(choices=[("", ""), *SKIP_REASONS], required=False)


class MorningReport(forms.Form):
    change = forms.ChoiceField(
        choices=MorningCheck.Change.choices,
        error_messages={"required": _("Choose better, the same or worse.")},
    )
    pain = PainField()
