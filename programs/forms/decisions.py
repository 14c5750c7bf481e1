"""The clinician's answer to a proposal, what was done about something new, and one measured check."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import ProgramDecision
from programs.progression.criteria import Criterion, Kind

YES_NO = [("", _("Not looked at")), ("yes", _("Yes")), ("no", _("No"))]
MEASURED_MOST = 1000
UNITS = {"s": _("in seconds"), "times": _("how many times"), "min": _("in minutes")}


class ProposalForm(forms.Form):
    """`seen` is the proposal's signature. A reason is needed for everything but accepting."""

    outcome = forms.ChoiceField(choices=ProgramDecision.Outcome.choices)
    seen = forms.CharField(max_length=20_000)
    reason = forms.CharField(label=_("Why?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        accepts = cleaned.get("outcome") == ProgramDecision.Outcome.ACCEPTED
        if not accepts and not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Say why: the reason is kept with the proposal."))
        return cleaned


class HandledForm(forms.Form):
    until = forms.DateTimeField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("What was done"),
        max_length=300,
        help_text=_("Called, examined, referred: it is kept with the answers."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _number(label: Any, unit: Any) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        required=False,
        min_value=0,
        max_value=MEASURED_MOST,
        localize=False,
        help_text=unit,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def _yes_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        required=False,
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )


class CheckForm(forms.Form):
    """One check, with the fields its criterion asks for; anything may be left open and then stays unknown."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, criterion: Criterion, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        unit = UNITS.get(criterion.unit, _("in any unit, the same for both"))
        self.fields["day"].initial = today
        self.fields["day"].widget.attrs["max"] = today.isoformat()
        if criterion.each_side or criterion.kind is Kind.SYMMETRY:
            self.fields["left"], self.fields["right"] = _number(_("Left"), unit), _number(_("Right"), unit)
        elif criterion.kind in (Kind.AT_LEAST, Kind.AT_MOST):
            self.fields["value"] = _number(_("Measured"), unit)
        elif criterion.kind is Kind.YES:
            self.fields["passed"] = _yes_no(_("Is it so?"))
        if criterion.kind is not Kind.YES:
            self.fields["pain"] = forms.TypedChoiceField(
                label=_("Pain while doing it"),
                choices=[("", _("Not asked")), *((n, str(n)) for n in range(11))],
                required=False,
                coerce=int,
                empty_value=None,
                help_text=_("0 to 10"),
            )
        if criterion.is_clean:
            self.fields["has_cramp"] = _yes_no(_("Did it cramp?"))
            self.fields["hip_drops"] = _yes_no(_("Did a hip drop?"))

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and all(value is None for name, value in cleaned.items() if name != "day"):
            raise forms.ValidationError(_("Nothing was filled in."))
        return cleaned
