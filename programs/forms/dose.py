"""A dose, typed in one line or field by field. Both give the same value; what is wrong is said where it was written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import (
    MAX_EVERY_N_DAYS,
    MAX_HOLD_S,
    MAX_LOAD_CHARACTERS,
    MAX_REPS,
    MAX_REST_S,
    MAX_SETS,
    MAX_TIMES_PER_DAY,
    MAX_WORK_S,
    Dose,
    DoseError,
)
from programs.progression.dose_shorthand import parse_shorthand, to_shorthand
from programs.progression.load import NUMBER, UNITS, joined_load, split_load

WEEKDAYS = [
    ("0", _("Mon")),
    ("1", _("Tue")),
    ("2", _("Wed")),
    ("3", _("Thu")),
    ("4", _("Fri")),
    ("5", _("Sat")),
    ("6", _("Sun")),
]
SIDES = [
    (DoseSide.LEFT.value, _("Left")),
    (DoseSide.RIGHT.value, _("Right")),
    (DoseSide.BOTH.value, _("Both together")),
    (DoseSide.ALTERNATE.value, _("Each in turn")),
]
LOADS = [
    ("kg", _("kg")),
    ("lb", _("lb")),
    ("yellow band", _("yellow band")),
    ("red band", _("red band")),
    ("green band", _("green band")),
    ("blue band", _("blue band")),
    ("black band", _("black band")),
    ("", _("as I write it")),
]
LONGEST_SHORTHAND = 120


def _whole(label: Any, most: int, *, least: int = 1, required: bool = False) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required)


class DoseForm(forms.Form):
    """Every field of a dose. `cleaned_data["dose"]` is the value when the form is valid."""

    sets = _whole(_("Sets"), MAX_SETS, required=True)
    reps = _whole(_("Repetitions"), MAX_REPS)
    reps_max = _whole(_("up to"), MAX_REPS)
    hold_s = _whole(_("Hold, s"), MAX_HOLD_S)
    work_s = _whole(_("Keep going, s"), MAX_WORK_S)
    rest_s = _whole(_("Rest, s"), MAX_REST_S, least=0)
    load = forms.CharField(label=_("Load"), max_length=MAX_LOAD_CHARACTERS, required=False)
    load_unit = forms.ChoiceField(label=_("Unit or band"), choices=LOADS, required=False)
    tempo = forms.CharField(label=_("Tempo"), max_length=10, required=False)
    side = forms.ChoiceField(label=_("Side"), choices=SIDES)
    times_per_day = _whole(_("Times a day"), MAX_TIMES_PER_DAY, required=True)
    every_n_days = _whole(_("Every … days"), MAX_EVERY_N_DAYS, required=True)
    weekdays = forms.MultipleChoiceField(
        label=_("Or on these days"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("Note to the runner"), max_length=300, required=False)

    def __init__(self, *args: Any, has_sides: bool = True, **kwargs: Any) -> None:
        """`has_sides` False: the exercise is done with both sides together and the choice is left out."""
        super().__init__(*args, **kwargs)
        side: Any = self.fields["side"]
        side.choices = [choice for choice in SIDES if (choice[0] == DoseSide.BOTH.value) is not has_sides]
        if not has_sides:
            side.widget = forms.HiddenInput()

    @staticmethod
    def initial_of(dose: Dose, note: str) -> dict[str, Any]:
        """What the fields show for this dose."""
        values = {name: getattr(dose, name) for name in DoseForm.base_fields if hasattr(dose, name)}
        amount, unit = split_load(dose.load)
        values |= {"load": amount, "load_unit": unit if dose.load else UNITS[0]}
        return values | {"side": dose.side.value, "weekdays": [str(day) for day in sorted(dose.weekdays)], "note": note}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if cleaned.get("load_unit") in UNITS and cleaned["load"] and not NUMBER.fullmatch(cleaned["load"]):
            self.add_error("load", _("Write a number, for example 8 or 7.5; or choose “as I write it”."))
            return cleaned
        fields = {name: value for name, value in cleaned.items() if name not in ("note", "load_unit")}
        fields["load"] = joined_load(cleaned["load"], cleaned["load_unit"])
        fields["side"] = DoseSide(fields["side"])
        fields["weekdays"] = frozenset(int(day) for day in fields["weekdays"])
        try:
            cleaned["dose"] = Dose(**fields)
        except DoseError as error:
            _tell(self, error, self.fields)
        return cleaned


class ShorthandForm(forms.Form):
    """The same in one line, as staff type it: `3x10 h5 2/d MWF each`."""

    dose = forms.CharField(
        label=_("Dose in one line"),
        max_length=LONGEST_SHORTHAND,
        help_text=_("For example 3x10 h5 r60 2/d MWF each"),
    )

    @staticmethod
    def initial_of(dose: Dose) -> dict[str, Any]:
        return {"dose": to_shorthand(dose)}

    def __init__(self, *args: Any, side: DoseSide = DoseSide.BOTH, **kwargs: Any) -> None:
        """`side` is what the dose has now: kept when the line does not name one; both means the exercise has no sides."""
        self.side = side
        super().__init__(*args, **kwargs)

    def clean_dose(self) -> Dose:
        try:
            dose = parse_shorthand(self.cleaned_data["dose"])
        except DoseError as error:
            raise forms.ValidationError([problem.text(gettext) for problem in error.problems]) from error
        if self.side is DoseSide.BOTH and dose.side is not DoseSide.BOTH:
            raise forms.ValidationError(_("This exercise is done with both sides together: leave the side out."))
        return replace(dose, side=self.side) if dose.side is DoseSide.BOTH else dose


def _tell(form: forms.Form, error: DoseError, fields: Mapping[str, Any]) -> None:
    for problem in error.problems:
        form.add_error(problem.field if problem.field in fields else None, problem.text(gettext))
