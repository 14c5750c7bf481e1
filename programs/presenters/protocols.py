"""Protocols in words: a row of the list, the page of one, and what applying one to a draft would do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.models import Conclusion
from programs.course import phases_of, with_side
from programs.keeping import Addition, Fate, KeptPhase, Layer, from_content, from_library, library_id
from programs.library.catalogue import PROTOCOLS, SOURCES
from programs.library.protocol import Protocol
from programs.models import ClinicProtocol, Exercise, Program
from programs.presenters.words import SIDE_RULES, STANDINGS, side_tag
from programs.progression.dose import from_json
from programs.progression.dose_words import staff_text


def condition_words(diagnosis: str, stage: int | None) -> str:
    """What it is for: "Proximal hamstring tendinopathy · stage 2"; empty where nothing was said."""
    if diagnosis not in Conclusion.Diagnosis.values:
        return ""
    words = str(Conclusion.Diagnosis(diagnosis).label)
    return words + " · " + _("stage %(stage)s") % {"stage": stage} if stage else words


@dataclass(frozen=True)
class Row:
    """One protocol in a list. `choice` names it in a form; `source` says where ours comes from."""

    title: str
    condition: str
    url: str
    choice: str
    exercises: int
    owner: str = ""
    is_shared: bool = False
    source: str = ""


def rows_of(protocols: Iterable[ClinicProtocol]) -> list[Row]:
    return [
        Row(
            title=protocol.name,
            condition=condition_words(protocol.diagnosis, protocol.stage),
            url=reverse("programs:protocol", args=[protocol.pk]),
            choice=str(protocol.pk),
            exercises=sum(len(phase["lines"]) for phase in protocol.content["phases"]),
            owner=protocol.owner.name,
            is_shared=protocol.is_shared,
        )
        for protocol in protocols
    ]


def our_rows(first: str = "") -> list[Row]:
    """Every stage of ours in the order of the library, those of one diagnosis first where it is named."""
    ours = sorted(PROTOCOLS.values(), key=lambda protocol: protocol.diagnosis != first)
    return [
        Row(
            title=protocol.title,
            condition=condition_words(protocol.diagnosis.value, protocol.stage or None),
            url=reverse("programs:protocol_ours", args=[protocol.diagnosis.value, protocol.stage]),
            choice=library_id(protocol),
            exercises=len(protocol.lines),
            source=", ".join(SOURCES[code].citation for code in protocol.sources[:1]),
        )
        for protocol in ours
    ]


@dataclass(frozen=True)
class LineView:
    """`url` is empty for an exercise that was retired."""

    name: str
    url: str
    side: str
    dose: str
    note: str


@dataclass(frozen=True)
class PhaseView:
    title: str
    criteria: tuple[str, ...]
    lines: list[LineView]


def phase_views(
    phases: Sequence[KeptPhase], exercises: Mapping[str, Exercise], names: Mapping[str, str]
) -> list[PhaseView]:
    """`names`: of the retired ones, by key."""
    return [
        PhaseView(
            phase.title,
            phase.criteria,
            [
                LineView(
                    name=exercises[line.exercise].name
                    if line.exercise in exercises
                    else names.get(line.exercise, line.exercise),
                    url=reverse("programs:exercise", args=[exercises[line.exercise].pk])
                    if line.exercise in exercises
                    else "",
                    side=str(SIDE_RULES[line.rule.value]),
                    dose=dose_words(line.dose),
                    note=line.note,
                )
                for line in phase.lines
            ],
        )
        for phase in phases
    ]


def dose_words(dose: Mapping[str, Any]) -> str:
    """Shorthand without a side, which the rule says."""
    return staff_text(from_json(with_side(dose, "both")), _)


def sources_of(protocol: Protocol) -> list[tuple[str, str, str]]:
    """Citation, standing and address of everything one of ours rests on."""
    found = (SOURCES[code] for code in protocol.sources)
    return [(source.citation, str(STANDINGS[source.standing]), source.address) for source in found]


@dataclass(frozen=True)
class Offered:
    """A protocol somebody looks at before applying it."""

    title: str
    condition: str
    choice: str
    phases: list[KeptPhase]


def offered(chosen: ClinicProtocol | Protocol) -> Offered:
    if isinstance(chosen, Protocol):
        condition = condition_words(chosen.diagnosis.value, chosen.stage or None)
        return Offered(chosen.title, condition, library_id(chosen), from_library(chosen))
    condition = condition_words(chosen.diagnosis, chosen.stage)
    return Offered(chosen.name, condition, str(chosen.pk), from_content(chosen.content))


@dataclass(frozen=True)
class AdditionView:
    """One line of the preview. `can_be` is False where there is nothing to tick; `is_ticked` from the start."""

    number: int
    name: str
    side: str
    dose: str
    note: str
    can_be: bool
    is_ticked: bool
    tone: str
    words: str


@dataclass(frozen=True)
class LayerView:
    heading: str
    lines: list[AdditionView]


def layer_views(layers: Sequence[Layer], program: Program, names: Mapping[str, str]) -> list[LayerView]:
    titles = [phase["title"] for phase in phases_of(program)]
    return [LayerView(_heading(layer, titles), [_addition(one, names) for one in layer.additions]) for layer in layers]


def _heading(layer: Layer, titles: Sequence[str]) -> str:
    if layer.is_new:
        return _("Into a new phase %(number)s: %(title)s") % {"number": layer.phase, "title": layer.kept.title}
    title = titles[layer.phase - 1]
    if len(titles) == 1 or not title:
        return _("To the end of the program") if len(titles) == 1 else _("Into phase %(n)s") % {"n": layer.phase}
    return _("Into phase %(number)s: %(title)s") % {"number": layer.phase, "title": title}


def _addition(one: Addition, names: Mapping[str, str]) -> AdditionView:
    words = {
        Fate.ADDED: "",
        Fate.UNSUITABLE: _("Unsuitable today: %(reason)s") % {"reason": one.reason},
        Fate.THERE: _("Already in the program: it stays as it is."),
        Fate.RETIRED: _("Retired from the library: left out."),
    }
    key = one.line.exercise
    return AdditionView(
        number=one.number,
        name=one.exercise.name if one.exercise else names.get(key, key),
        side=side_tag(one.dose.side),
        dose=dose_words(one.line.dose),
        note=one.line.note,
        can_be=one.fate in (Fate.ADDED, Fate.UNSUITABLE),
        is_ticked=one.fate is Fate.ADDED,
        tone={Fate.UNSUITABLE: "caution", Fate.RETIRED: "against"}.get(one.fate, "quiet"),
        words=words[one.fate],
    )


def phase_choices(program: Program, phases: Sequence[KeptPhase]) -> list[tuple[str, str]]:
    """Where the lines may go; empty where there is only one place."""
    titles = [phase["title"] for phase in phases_of(program)]
    if len(titles) == 1 and len(phases) == 1:
        return []
    every = [(str(n), _("Phase %(n)s: %(title)s") % {"n": n, "title": title}) for n, title in enumerate(titles, 1)]
    return every if len(phases) == 1 else [("", _("Phase by phase")), *every]


def by_choice(text: str) -> Protocol | UUID | None:
    """One of ours by its name in the form, the id of a clinic's own, or None for anything else."""
    ours = next((protocol for protocol in PROTOCOLS.values() if library_id(protocol) == text), None)
    if ours:
        return ours
    try:
        return UUID(text)
    except ValueError:
        return None
