"""What the runner may answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import ExerciseLog, MorningCheck

PAIN = [(str(value), str(value)) for value in range(11)]
SETS = [(str(value), str(value)) for value in range(1, 21)]
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
    sets = forms.MultipleChoiceField(choices=SETS, required=False)
    reason = forms.ChoiceField(choices=[("", ""), *SKIP_REASONS], required=False)

    def clean(self) -> dict[str, object]:
        """Boxes are counted, whichever were ticked; none ticked is not known, never none done."""
        cleaned = super().clean() or {}
        is_done = cleaned.get("status") == ExerciseLog.Status.DONE
        cleaned["sets_done"] = len(cleaned.pop("sets", [])) or None
        if is_done:
            cleaned["reason"] = ""
        return cleaned


class MorningReport(forms.Form):
    change = forms.ChoiceField(
        choices=MorningCheck.Change.choices,
        error_messages={"required": _("Choose better, the same or worse.")},
    )
    pain = PainField()
