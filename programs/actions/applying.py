"""The one change a proposal makes, in the draft: one undo step each. The runner gets it with the next version, or never."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from assessments.queries import reading_of
from clinic.models import User
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.actions.phases import advice_moved
from programs.actions.undo import remember
from programs.course import phases_of, recorded, with_side
from programs.library.phases import Phase, phases_for
from programs.mapping import default_dose, dose_of, present_in, running_words
from programs.models import Program, ProgramLine
from programs.progression.criteria import SELF_TESTS, stage_of
from programs.progression.dose import to_json
from programs.progression.proposal_types import Change, Part
from programs.queries import by_key

Doses = Mapping[str, Any]


def apply_change(*, by: User, held: Program, change: Change, tolerated: Doses) -> bool:
    """Put one change into the draft, which the caller holds locked. False when the draft has it already or there is
    nothing to put in.

    `tolerated`: doses by exercise to go back to, for a change of load.
    """
    apply = APPLY.get(change.part)
    return apply is not None and apply(by, held, change, tolerated)


def _stage(by: User, held: Program, change: Change, _doses: Doses) -> bool:
    """The phase of that stage. Where the draft has none, because it began later, the library's comes before or after."""
    if change.then is None or held.stage == change.then:
        return False
    remember(by=by, program=held, what=_("Moved to stage %(stage)s, as proposed") % {"stage": change.then})
    phases = phases_of(held)
    number = _phase_of(phases, change.then, held.phase)
    if number is None:
        number = held.phase + (change.then > (held.stage or 0))
        _make_room(held, number)
        phases.insert(number - 1, _from_library(held, change.then, number))
    held.running_advice = _same_rung(held, change.then)
    held.phases, held.phase, held.stage = phases, number, change.then
    held.save(update_fields=["phases", "phase", "stage", "running_advice"])
    return True


def _phase_of(phases: Sequence[Mapping[str, Any]], stage: int, now: int) -> int | None:
    """The number of the phase with this stage, the nearest to the current one."""
    found = [number for number, phase in enumerate(phases, start=1) if phase["stage"] == stage]
    return min(found, key=lambda number: abs(number - now), default=None)


def _make_room(held: Program, number: int) -> None:
    ProgramLine.objects.filter(program=held, phase__gte=number).update(phase=F("phase") + 1)


def _from_library(held: Program, stage: int, number: int) -> dict[str, Any]:
    """The library's phase of a stage with its exercises, as a program keeps it."""
    findings = present_in(reading_of(held.assessment).case.findings)
    diagnosis, side = WorkingDiagnosis(held.diagnosis), PainfulSide(held.side)
    phase: Phase = next(each for each in phases_for(diagnosis, stage, side, findings=findings) if each.stage == stage)
    exercises = by_key([line.exercise for line in phase.lines], held.clinic_id)
    ProgramLine.objects.bulk_create(
        ProgramLine(
            clinic_id=held.clinic_id,
            program=held,
            exercise=exercises[line.exercise],
            phase=number,
            position=position,
            dose=to_json(line.dose),
        )
        for position, line in enumerate(phase.lines, start=1)
    )
    return recorded(phase)


def _same_rung(held: Program, stage: int) -> dict[str, Any]:
    """The words of the stage, and the rung as it is: rungs have their own proposals. Only one too high comes down."""
    advice, rung = advice_moved(held, stage), held.running_advice.get("level")
    if rung is None or not advice:
        return advice
    rules = stage_of(WorkingDiagnosis(held.diagnosis), stage)
    return running_words(min(rung, rules.run_cap) if rules else rung, advice.get("text", ""))


def _run_level(by: User, held: Program, change: Change, _doses: Doses) -> bool:
    if held.running_advice.get("level") == change.then:
        return False
    remember(by=by, program=held, what=_("Runs to step %(level)s, as proposed") % {"level": change.then})
    held.running_advice = running_words(change.then, held.running_advice.get("text", ""))
    held.save(update_fields=["running_advice"])
    return True


def _self_test(by: User, held: Program, change: Change, _doses: Doses) -> bool:
    """The exercise of the next self-test in the place of the one that is passed; after the last there is none."""
    if change.now is None or change.then is None or held.self_test == change.then:
        return False
    remember(by=by, program=held, what=_("Next self-test, as proposed"))
    if change.then < len(SELF_TESTS):
        _swap(held, SELF_TESTS[change.now].check, SELF_TESTS[change.then].check)
    held.self_test = change.then
    held.save(update_fields=["self_test"])
    return True


def _swap(held: Program, passed: str, following: str) -> None:
    """A new line in the old one's place: what was reported of the old exercise stays its own."""
    lines = list(ProgramLine.objects.filter(program=held, phase=held.phase).select_related("exercise"))
    old = next((line for line in lines if line.exercise.key == passed), None)
    if not any(line.exercise.key == following for line in lines):
        exercise = by_key([following], held.clinic_id)[following]
        ProgramLine.objects.create(
            clinic_id=held.clinic_id,
            program=held,
            exercise=exercise,
            phase=held.phase,
            position=old.position if old else len(lines) + 1,
            dose=to_json(default_dose(exercise, held.side)),
        )
    if old is not None:
        ProgramLine.objects.filter(pk=old.pk).delete()


def _load(by: User, held: Program, _change: Change, tolerated: Doses) -> bool:
    """The doses borne last. Where no version was, half the sets, as the library eases a program for an irritable leg."""
    lines = list(ProgramLine.objects.filter(program=held, phase=held.phase).select_related("exercise"))
    back = {
        line.pk: with_side(tolerated[line.exercise.key], line.dose["side"])
        for line in lines
        if line.exercise.key in tolerated
    }
    if not _differs(lines, back):
        eased = {line.pk: replace(dose_of(line), sets=math.ceil(dose_of(line).sets / 2)) for line in lines}
        back = {pk: to_json(dose) for pk, dose in eased.items()}
    if not _differs(lines, back):
        return False
    remember(by=by, program=held, what=_("Load taken back, as proposed"))
    for pk, dose in back.items():
        ProgramLine.objects.filter(pk=pk).update(dose=dose)
    return True


def _differs(lines: Sequence[ProgramLine], back: Mapping[Any, Any]) -> bool:
    return any(back.get(line.pk, line.dose) != line.dose for line in lines)


APPLY: Mapping[Part, Callable[[User, Program, Change, Doses], bool]] = {
    Part.STAGE: _stage,
    Part.RUN_LEVEL: _run_level,
    Part.SELF_TEST: _self_test,
    Part.LOAD: _load,
}
