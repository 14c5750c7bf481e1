"""What somebody looks for in the library: an address that can be kept, so what it does not understand is left out."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Conclusion
from programs.library.stages import stages
from programs.presenters.words import EQUIPMENT, KIND_FILTERS, POSITIONS, TARGETS
from programs.shelf import CLINICS, NO_EQUIPMENT, OURS, RETIRED


def stage_choices() -> list[tuple[str, Any]]:
    """Every stage of every diagnosis, grouped as a list of choices is."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, protocol in stages().items():
        words = gettext("Stage %(stage)s") % {"stage": protocol.stage} if protocol.stage else gettext("All stages")
        label = str(Conclusion.Diagnosis(protocol.diagnosis.value).label)
        groups.setdefault(label, []).append((name, f"{words} · {protocol.title}"))
    return [("", _("Any")), *groups.items()]


def _picks(label: Any, words: dict[str, Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=words.items(), required=False, widget=forms.CheckboxSelectMultiple
    )


class LibraryFilter(forms.Form):
    """Search and filters; `wanted` is what they say."""

    q = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What"), choices=[("", _("All")), *KIND_FILTERS.items()], required=False, widget=forms.RadioSelect
    )
    whose = forms.ChoiceField(
        label=_("Whose"),
        choices=[("", _("All")), (OURS, _("Strideback's")), (CLINICS, _("Your clinic's")), (RETIRED, _("Retired"))],
        required=False,
        widget=forms.RadioSelect,
    )
    target = _picks(_("For"), TARGETS)
    equipment = _picks(_("Needs"), {NO_EQUIPMENT: _("nothing"), **EQUIPMENT})
    position = _picks(_("Position"), POSITIONS)
    stage = forms.ChoiceField(label=_("Stage"), choices=stage_choices, required=False)
    fits = forms.BooleanField(label=_("Only what suits this runner today"), required=False)
    program = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def picks(self) -> list[forms.BoundField]:
        """The filters that are chips, in their order on the page."""
        return [self[name] for name in ("kind", "whose", "target", "equipment", "position")]

    def wanted(self) -> dict[str, Any]:
        """What was understood of it; empty where nothing was."""
        self.full_clean()
        empty = {name: [] if name in MANY else "" for name in self.fields}
        return empty | {name: value for name, value in self.cleaned_data.items() if value}


MANY = {name for name, field in LibraryFilter.base_fields.items() if isinstance(field, forms.MultipleChoiceField)}
NO_FILTERS = {"q", "program"}
"""What is in the address without being a filter."""
