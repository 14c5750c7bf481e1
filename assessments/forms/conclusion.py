"""What the clinician concludes, and why something is amended. Nothing is chosen beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Conclusion
from clinic.vocabulary.diagnoses import WorkingDiagnosis

UNSAID = ("", "–")
STAGES = [UNSAID, ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]
SIDES = [("left", _("Left")), ("right", _("Right")), ("both", _("Both"))]


class ConclusionForm(forms.Form):
    diagnosis = forms.ChoiceField(
        label=_("What is your working diagnosis?"),
        choices=Conclusion.Diagnosis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a working diagnosis, or “Refer on” or “None of these”.")},
    )
    side = forms.ChoiceField(
        label=_("Which side?"),
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the side the conclusion is about.")},
    )
    stage = forms.TypedChoiceField(
        label=_("Which stage?"),
        help_text=_("Strain and tendinopathy have four stages, joint and nerve three; the rest have none."),
        choices=STAGES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    irritability = forms.ChoiceField(
        label=_("How irritable is it?"),
        choices=[UNSAID, *Conclusion.Level.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    severity = forms.ChoiceField(
        label=_("How severe is it?"),
        help_text=_("For a strain these are grades I, II and III."),
        choices=[UNSAID, *Conclusion.Severity.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    wording = forms.CharField(
        label=_("In your own words"),
        help_text=_("Goes with the record as you write it."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    unexamined_reason = forms.CharField(
        label=_("Why you conclude without examining the others"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    unscreened_reason = forms.CharField(
        label=_("Why screening questions were not asked"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        diagnosis, stage = cleaned.get("diagnosis"), cleaned.get("stage")
        if diagnosis and stage is not None:
            stages = WorkingDiagnosis(diagnosis).stages
            if not stages:
                cleaned["stage"] = None
            elif stage not in stages:
                self.add_error(
                    "stage",
                    _("This diagnosis has the stages 1 to %(last)s; choose one of them.") % {"last": stages[-1]},
                )
        return cleaned


class AmendForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to be corrected, and why?"),
        help_text=_("Stays with the record, beside the original."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has to be corrected and why.")},
    )


def as_initial(conclusion: Conclusion | None) -> dict[str, Any]:
    """A saved conclusion as the form shows it; nothing when there is none."""
    if conclusion is None:
        return {}
    fields = ("diagnosis", "side", "irritability", "severity", "wording", "unexamined_reason", "unscreened_reason")
    return {name: getattr(conclusion, name) for name in fields} | {"stage": conclusion.stage and str(conclusion.stage)}
