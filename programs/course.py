"""The course of a draft: its phases, what the library proposes in each of them, and the doses that differ from it."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from programs.library.phases import Phase
from programs.library.proposal import protocol_for
from programs.library.protocol import Protocol, Running
from programs.mapping import default_dose
from programs.models import Exercise, Program, ProgramLine
from programs.progression.dose import Dose, to_json

SIDE = "side"


def recorded(phase: Phase) -> dict[str, Any]:
    """A phase of the library as a program keeps it."""
    return {"title": phase.title, "criteria": list(phase.criteria), "stage": phase.stage or None}


def phases_of(program: Program) -> list[dict[str, Any]]:
    """The phases of a draft, in order, each with title, criteria and stage (None for one of the clinic's own).

    A program from before there were phases has one: the stage it stands at.
    """
    if program.phases:
        return [{"stage": None, "criteria": []} | phase for phase in program.phases]
    protocol = protocol_at(program, program.stage)
    words = {"title": protocol.title, "criteria": list(protocol.move_on)} if protocol else {"title": "", "criteria": []}
    return [words | {"stage": program.stage}]


def stage_of_phase(program: Program, number: int) -> int | None:
    """The stage of the diagnosis a phase stands for; a phase of the clinic's own counts as the program's stage."""
    phases = phases_of(program)
    stage = phases[number - 1]["stage"] if 1 <= number <= len(phases) else None
    return stage if stage is not None else program.stage


def protocol_at(program: Program, stage: int | None) -> Protocol | None:
    """What the library says about a stage of this diagnosis; None where it has nothing."""
    try:
        return protocol_for(WorkingDiagnosis(program.diagnosis), stage)
    except ValueError:
        return None


def advice_of_stage(program: Program, stage: int | None) -> Running | None:
    protocol = protocol_at(program, stage)
    return protocol.running if protocol else None


def habitual(dose: Mapping[str, Any]) -> dict[str, Any]:
    """A dose without its side: what a clinician does again and again, whichever leg hurts."""
    return {name: value for name, value in dose.items() if name != SIDE}


def with_side(dose: Mapping[str, Any], side: str) -> dict[str, Any]:
    return {**dose, SIDE: side}


def library_dose(
    program: Program, exercise: Exercise, phase: int, *, irritability: Irritability | None = None
) -> tuple[Dose, Dose]:
    """What the library proposes for an exercise in a phase, as `propose` would today, and the same uneased.

    The protocol's dose where it names the exercise, else the exercise's own. The first has half the sets when the
    irritability is high and the phase is the current one.
    """
    protocol = protocol_at(program, stage_of_phase(program, phase))
    named = next((line.dose for line in protocol.lines if line.exercise == exercise.key), None) if protocol else None
    own = default_dose(exercise, program.side)
    dose = dataclasses.replace(named, side=own.side) if named else own
    is_eased = irritability is Irritability.HIGH and phase == program.phase
    return (dataclasses.replace(dose, sets=math.ceil(dose.sets / 2)) if is_eased else dose), dose


def own_doses(program: Program, lines: Sequence[ProgramLine]) -> dict[UUID, dict[str, Any]]:
    """The doses, without sides, in which a draft differs from the library however irritable the runner is; by line."""
    differing = {}
    for line in lines:
        proposed = library_dose(program, line.exercise, line.phase, irritability=Irritability.HIGH)
        own = habitual(line.dose)
        if own not in [habitual(to_json(dose)) for dose in proposed]:
            differing[line.pk] = own
    return differing
