"""What changed in ours since a clinic adapted it, field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import Exercise
from programs.presenters.words import EQUIPMENT, LOAD_TYPES, POSITIONS, SIDE_RULES, TARGETS
from programs.progression.dose import from_json
from programs.progression.dose_words import staff_text

LABELS = {
    "name": gettext_lazy("Name"),
    "targets": gettext_lazy("For"),
    "purpose": gettext_lazy("Purpose"),
    "start": gettext_lazy("Start"),
    "steps": gettext_lazy("Steps"),
    "cues": gettext_lazy("Cues"),
    "faults": gettext_lazy("Faults"),
    "breathing": gettext_lazy("Breathing"),
    "dose": gettext_lazy("Usual dose"),
    "side_rule": gettext_lazy("Side"),
    "position": gettext_lazy("Position"),
    "load_type": gettext_lazy("Load"),
    "equipment": gettext_lazy("Equipment"),
    "rep_word": gettext_lazy("What is counted"),
    "easier": gettext_lazy("Easier"),
    "harder": gettext_lazy("Harder"),
    "passes": gettext_lazy("Met when"),
}
WORDS: Mapping[str, Mapping[str, Any]] = {
    "targets": TARGETS,
    "equipment": EQUIPMENT,
    "side_rule": SIDE_RULES,
    "position": POSITIONS,
    "load_type": LOAD_TYPES,
}


@dataclass(frozen=True)
class News:
    """One field of ours that reads otherwise now. `mine` is the clinic's wording, empty where it follows ours."""

    field: str
    label: str
    was: list[str]
    now: list[str]
    mine: list[str]


def news_of(exercise: Exercise) -> list[News]:
    """Every changed field, those the clinic has to decide on first."""
    if exercise.adapts is None:
        return []
    ours, own = exercise.adapts.content, exercise.content
    found = [
        News(
            field=name,
            label=str(LABELS[name]),
            was=_said(name, was),
            now=_said(name, ours.get(name, "")),
            mine=_said(name, own[name]) if name in own else [],
        )
        for name, was in own.get("based_on", {}).items()
        if name in LABELS and was != ours.get(name, "")
    ]
    return sorted(found, key=lambda each: not each.mine)


def changes_of(exercise: Exercise) -> list[str]:
    """The fields in which this clinic says something else than ours."""
    return [str(LABELS[name]) for name in exercise.content if name in LABELS] if exercise.adapts_id else []


def _said(name: str, value: Any) -> list[str]:
    """A field's value as lines to read; at least one."""
    if name == "dose":
        return [staff_text(from_json(value), _)]
    words = WORDS.get(name, {})
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    lines = [str(words.get(each, each)) for each in values if each]
    return ([", ".join(lines)] if words and lines else lines) or [_("nothing")]
