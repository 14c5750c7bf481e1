"""What the runner may answer. Whatever is left open is None or "": a missing answer is never a no and never a zero."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from programs.models import ExerciseLog, MorningCheck, NewSymptom, RunLog
from programs.progression.home_checks import HIGHEST, HomeCheck
from programs.progression.runladder import TOP_LEVEL
from programs.progression.screening import QUESTIONS

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


YES_NO = {"yes": True, "no": False}
MOST_MINUTES = 24 * 60
MOST_KM = 250
KILOMETRES = re.compile(r"(\d{1,3})(?:[.,](\d{1,3})\d*)?\s*(?:km)?", re.IGNORECASE)


class YesNoField(forms.Field):
    """Yes, no, or not said. A third button "not sure" counts as not said."""

    widget = forms.RadioSelect

    def __init__(self) -> None:
        super().__init__(required=False)

    def to_python(self, value: object) -> bool | None:
        return YES_NO.get(str(value))


class CountField(forms.IntegerField):
    """A whole number from 0, or not said."""

    def __init__(self, most: int) -> None:
        message = _("Write a whole number, such as 30.")
        kinds = ("invalid", "min_value", "max_value")
        super().__init__(required=False, min_value=0, max_value=most, error_messages=dict.fromkeys(kinds, message))


class MetresField(forms.CharField):
    """Kilometres as runners write them, with a point or a comma; gives metres, or None when nothing is said."""

    def to_python(self, value: object) -> Any:
        text = str(super().to_python(value) or "").strip()
        if not text:
            return None
        found = KILOMETRES.fullmatch(text)
        metres = int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0") or 0) if found else 0
        if not found or metres > MOST_KM * 1000:
            raise ValidationError(_("Write the distance in kilometres, such as 5.2."))
        return metres


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
    limp, settled = YesNoField(), YesNoField()
    leg = forms.ChoiceField(choices=[("", ""), *MorningCheck.Leg.choices], required=False)


class RunReport(forms.Form):
    """`run` is the random id its form was made with; `take_back` says that it did not happen."""

    run = forms.UUIDField(required=False)
    minutes = CountField(MOST_MINUTES)
    km = MetresField(required=False)
    surface = forms.ChoiceField(choices=[("", ""), *RunLog.Surface.choices], required=False)
    pain = PainField()
    level = forms.TypedChoiceField(
        choices=[("", ""), *((str(level), str(level)) for level in range(TOP_LEVEL + 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    take_back = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_said = cleaned.get("minutes") or cleaned.get("km") or cleaned.get("take_back")
        if not self.errors and not is_said:
            raise ValidationError(_("Say how many minutes it was, or how far."))
        return cleaned

    def run_said(self, otherwise: UUID) -> UUID:
        said: UUID | None = self.cleaned_data["run"]
        return said or otherwise


class CheckReport(forms.Form):
    """What one home check asks, and nothing else."""

    def __init__(self, check: HomeCheck, data: Any = None) -> None:
        super().__init__(data)
        if check.unit:
            for name in ("left", "right") if check.each_side else ("value",):
                self.fields[name] = CountField(HIGHEST[check.unit])
        if check.is_yes_no:
            self.fields["passed"] = YesNoField()
        if check.is_clean:
            self.fields["has_cramp"], self.fields["hip_drops"] = YesNoField(), YesNoField()
        if check.asks_pain:
            self.fields["pain"] = PainField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and all(value is None for value in cleaned.values()):
            raise ValidationError(_("Nothing is filled in yet."))
        return cleaned


class SomethingNew(forms.Form):
    """The red-flag questions; each may be left open."""

    note = forms.CharField(required=False, max_length=NewSymptom._meta.get_field("note").max_length)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for question in QUESTIONS:
            self.fields[question.key] = YesNoField()

    @property
    def answers(self) -> dict[str, bool | None]:
        return {question.key: self.cleaned_data[question.key] for question in QUESTIONS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_said = cleaned.get("note") or any(cleaned.get(question.key) is not None for question in QUESTIONS)
        if not self.errors and not is_said:
            raise ValidationError(_("Answer at least one question, or write what is new."))
        return cleaned
