"""What the clinician concludes, why something is amended, whom to ask. Nothing is chosen beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Conclusion
from clinic.models import User
from clinic.vocabulary.diagnoses import WorkingDiagnosis

UNSAID = ("", "–")
STAGES = [UNSAID, ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]
SIDES = [("left", _("Left")), ("right", _("Right")), ("both", _("Both"))]


class ConclusionForm(forms.Form):
    """Ready to be signed: diagnosis and side are chosen. `conflict` says who wrote something else meanwhile."""

    conflict = ""
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
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    unexamined_reason = forms.CharField(
        label=_("Why you conclude without examining the others"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
    )
    unscreened_reason = forms.CharField(
        label=_("Why screening questions were not asked"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
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


class DraftForm(ConclusionForm):
    """The same while it is being filled in: nothing has to be chosen yet."""

    def clean(self) -> dict[str, Any]:
        for name in ("diagnosis", "side"):
            if self.has_error(name, "required"):
                del self.errors[name]
                self.cleaned_data[name] = ""
        return super().clean()


class AmendForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to be corrected, and why?"),
        help_text=_("Stays with the record, beside the original."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has to be corrected and why.")},
    )


class AskForm(forms.Form):
    """Which colleague is asked to co-sign. `people` are those who may."""

    colleague = forms.ChoiceField(
        label=_("Who should read and co-sign this?"), error_messages={"required": _("Choose a colleague.")}
    )
    question = forms.CharField(
        label=_("What should they look at?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choices = [(key, person.name) for key, person in self.people.items()]
        self.fields["colleague"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["colleague"]]


class CosignForm(forms.Form):
    """The colleague's answer: a co-signature may carry words, a refusal has to."""

    words = forms.CharField(
        label=_("Your words to the signer"),
        help_text=_("Needed when you do not co-sign: what you see differently, or what is missing."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def as_initial(conclusion: Conclusion | None) -> dict[str, Any]:
    """A saved conclusion as the form shows it; nothing when there is none."""
    if conclusion is None:
        return {}
    fields = ("diagnosis", "side", "irritability", "severity", "wording", "unexamined_reason", "unscreened_reason")
    return {name: getattr(conclusion, name) for name in fields} | {"stage": conclusion.stage and str(conclusion.stage)}
