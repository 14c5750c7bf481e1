"""A program kept as a protocol, and a protocol laid over a draft: what is kept, and what of it would be added.

What is kept never says left or right: the side is a rule relative to the painful one, so that a protocol fits any runner.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from clinic.vocabulary.sides import DoseSide, PainfulSide
from programs.course import habitual, phases_of, stage_of_phase, with_side
from programs.library.exercise import SideRule
from programs.library.protocol import Protocol
from programs.mapping import Suitability
from programs.models import Exercise, Program, ProgramLine, ProgramVersion
from programs.progression.dose import Dose, from_json, to_json


def rule_of(side: str, painful: str) -> SideRule:
    """The side of a dose relative to the painful one. Where both hurt, one side alone has no counterpart: each in turn."""
    if side == DoseSide.BOTH:
        return SideRule.BOTH
    if side == DoseSide.ALTERNATE or painful == PainfulSide.BOTH:
        return SideRule.EACH
    return SideRule.INJURED if side == painful else SideRule.OPPOSITE


@dataclass(frozen=True)
class KeptLine:
    """One exercise of a protocol: its key, the dose with the side still open, and the rule that says it."""

    exercise: str
    dose: Mapping[str, Any]
    rule: SideRule
    note: str = ""

    def dose_for(self, painful: str) -> Dose:
        return from_json(with_side(self.dose, self.rule.resolve(PainfulSide(painful)).value))


@dataclass(frozen=True)
class KeptPhase:
    title: str
    criteria: tuple[str, ...]
    lines: tuple[KeptLine, ...]


def phases_from_draft(program: Program, lines: Sequence[ProgramLine]) -> list[KeptPhase]:
    """Every phase of a draft, also one without exercises yet. No query when the lines have theirs."""
    return [
        KeptPhase(
            title=phase["title"],
            criteria=tuple(phase["criteria"]),
            lines=tuple(
                KeptLine(line.exercise.key, habitual(line.dose), rule_of(line.dose["side"], program.side), line.note)
                for line in lines
                if line.phase == number
            ),
        )
        for number, phase in enumerate(phases_of(program), start=1)
    ]


def phases_from_version(version: ProgramVersion) -> list[KeptPhase]:
    """What one issued version asked of its runner: the one phase it was issued for."""
    content = version.content
    current = next((phase for phase in content.get("phases", ()) if phase.get("is_current")), None)
    lines = tuple(
        KeptLine(
            line["exercise"], habitual(line["dose"]), rule_of(line["side"], content["side"]), str(line.get("note", ""))
        )
        for line in content["lines"]
    )
    criteria = current["criteria"] if current else content.get("criteria", ())
    return [KeptPhase(str(current["title"]) if current else "", tuple(criteria), lines)]


def to_content(phases: Iterable[KeptPhase], *, with_notes: bool) -> dict[str, Any]:
    """As the table keeps it."""
    return {
        "phases": [
            {
                "title": phase.title,
                "criteria": list(phase.criteria),
                "lines": [
                    {
                        "exercise": line.exercise,
                        "dose": dict(line.dose),
                        "side": line.rule.value,
                        "note": line.note if with_notes else "",
                    }
                    for line in phase.lines
                ],
            }
            for phase in phases
        ]
    }


def from_content(content: Mapping[str, Any]) -> list[KeptPhase]:
    return [
        KeptPhase(
            phase["title"],
            tuple(phase["criteria"]),
            tuple(
                KeptLine(line["exercise"], line["dose"], SideRule(line["side"]), line["note"])
                for line in phase["lines"]
            ),
        )
        for phase in content["phases"]
    ]


def from_library(protocol: Protocol) -> list[KeptPhase]:
    """One stage of ours."""
    lines = tuple(KeptLine(line.exercise, habitual(to_json(line.dose)), line.side_rule) for line in protocol.lines)
    return [KeptPhase(protocol.title, protocol.move_on, lines)]


def keys_of(phases: Iterable[KeptPhase]) -> list[str]:
    return list(dict.fromkeys(line.exercise for phase in phases for line in phase.lines))


class Fate(StrEnum):
    """What would become of one line of a protocol."""

    ADDED = "added"
    UNSUITABLE = "unsuitable"  # may be added all the same; a reason is asked before issuing
    THERE = "there"
    RETIRED = "retired"


@dataclass(frozen=True)
class Addition:
    """One line of a protocol over a draft. `number` names it within the protocol; `exercise` is None when retired."""

    number: int
    line: KeptLine
    exercise: Exercise | None
    dose: Dose
    fate: Fate
    reason: str = ""


@dataclass(frozen=True)
class Layer:
    """One phase of a protocol and the phase of the draft it would go to; `is_new`: the draft gets this phase with it."""

    kept: KeptPhase
    phase: int
    is_new: bool
    additions: list[Addition] = field(default_factory=list)


def laid_over(
    phases: Sequence[KeptPhase],
    program: Program,
    lines: Sequence[ProgramLine],
    exercises: Mapping[str, Exercise],
    suitability: Suitability,
    *,
    into: int | None = None,
) -> list[Layer]:
    """What applying would do: everything into phase `into`, or phase by phase where it is None.

    A protocol of one phase goes to the phase the runner is in. `exercises` are the usable ones by key: what is missing
    there was retired. Nothing is decided here about what is in the draft: it stays as it is.
    """
    known = len(phases_of(program))
    there: set[tuple[int, str]] = {(line.phase, line.exercise.key) for line in lines}
    layers, number = [], 0
    for place, kept in enumerate(phases, start=1):
        phase = into or (program.phase if len(phases) == 1 else place)
        layer = Layer(kept, phase, is_new=phase > known)
        stage = stage_of_phase(program, phase)
        for line in kept.lines:
            number += 1
            exercise = exercises.get(line.exercise)
            reason = suitability.at(stage).reasons(exercise) if exercise else ""
            fate = _fate(exercise, reason, is_there=(phase, line.exercise) in there)
            there.add((phase, line.exercise))
            layer.additions.append(Addition(number, line, exercise, line.dose_for(program.side), fate, reason))
        layers.append(layer)
    return layers


def _fate(exercise: Exercise | None, reason: str, *, is_there: bool) -> Fate:
    if is_there:
        return Fate.THERE
    if exercise is None:
        return Fate.RETIRED
    return Fate.UNSUITABLE if reason else Fate.ADDED


def chosen_of(layers: Iterable[Layer], numbers: Iterable[int]) -> list[tuple[Layer, Addition]]:
    """The lines somebody ticked, of those that can be added."""
    wanted = set(numbers)
    can_be = (Fate.ADDED, Fate.UNSUITABLE)
    return [(layer, one) for layer in layers for one in layer.additions if one.number in wanted and one.fate in can_be]


def library_id(protocol: Protocol) -> str:
    """How a form names one of ours: its diagnosis and stage."""
    return f"{protocol.diagnosis.value}-{protocol.stage}"
