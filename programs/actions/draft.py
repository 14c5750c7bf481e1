"""Changing the draft: what the clinician arranges before it is issued. The runner sees none of it until then.

`by` names who acts; the audit learns it from the clinic's scope, so it is not read here.
"""
# ruff: noqa: ARG001

from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from clinic.models import User
from programs.mapping import default_dose
from programs.models import Exercise, Program, ProgramLine
from programs.progression.dose import Dose, to_json

MOST_LINES = 20
UNDO_SALT = "strideback.programs.undo"
UNDO_SECONDS = 3600


def _locked(program: Program) -> Program:
    """The program's row, held until the transaction ends, so that two people changing it at once take turns."""
    locked = Program.objects.select_for_update().get(pk=program.pk)
    if locked.state == Program.State.ENDED:
        raise ValidationError(_("This program has ended. Propose a new one from a signed conclusion."))
    return locked


def _renumber(program: Program, ordered: list[ProgramLine]) -> None:
    for position, line in enumerate(ordered, start=1):
        if line.position != position:
            ProgramLine.objects.filter(pk=line.pk).update(position=position)


@transaction.atomic
def add_line(*, by: User, program: Program, exercise: Exercise) -> ProgramLine:
    """At the end, with the library's dose and the side that follows from the painful one.

    Raises ValidationError for an exercise that is already there, that was retired, or when the program is full.
    """
    locked = _locked(program)
    lines = ProgramLine.objects.filter(program=locked)
    if exercise.retired_at:
        raise ValidationError(_("This exercise was retired from the library. Choose another."))
    if lines.filter(exercise=exercise).exists():
        raise ValidationError(_("“%(name)s” is already in the program.") % {"name": exercise.name})
    if lines.count() >= MOST_LINES:
        raise ValidationError(_("A program holds at most %(most)s exercises. Remove one first.") % {"most": MOST_LINES})
    last = lines.aggregate(last=Max("position"))["last"] or 0
    return ProgramLine.objects.create(
        clinic_id=locked.clinic_id,
        program=locked,
        exercise=exercise,
        position=last + 1,
        dose=to_json(default_dose(exercise, locked.side)),
    )


@transaction.atomic
def change_line(*, by: User, line: ProgramLine, dose: Dose, note: str | None = None) -> None:
    """Dose with its side, and the note where one is given. Saving the same again changes nothing."""
    _locked(line.program)
    fields: dict[str, Any] = {"dose": to_json(dose)}
    if note is not None:
        fields["note"] = note.strip()
    ProgramLine.objects.filter(pk=line.pk).update(**fields)


@transaction.atomic
def give_reason(*, by: User, line: ProgramLine, reason: str) -> None:
    """Why an exercise that is unsuitable today is prescribed all the same; empty takes the reason back."""
    _locked(line.program)
    ProgramLine.objects.filter(pk=line.pk).update(override_reason=reason.strip())


@transaction.atomic
def move_line(*, by: User, line: ProgramLine, up: bool) -> bool:
    """One place up or down. False at the end of the list: nothing moved."""
    program = _locked(line.program)
    ordered = list(ProgramLine.objects.filter(program=program))
    at = next((n for n, each in enumerate(ordered) if each.pk == line.pk), None)
    if at is None:
        return False
    other = at - 1 if up else at + 1
    moves = 0 <= other < len(ordered)
    if moves:
        ordered[at], ordered[other] = ordered[other], ordered[at]
    _renumber(program, ordered)
    return moves


@transaction.atomic
def remove_line(*, by: User, line: ProgramLine) -> str:
    """Take it out and answer a signed note with which `restore_line` puts it back within the hour."""
    _locked(line.program)
    undo = {
        "program": str(line.program_id),
        "line": str(line.pk),
        "exercise": str(line.exercise_id),
        "position": line.position,
        "dose": line.dose,
        "note": line.note,
        "override_reason": line.override_reason,
    }
    ProgramLine.objects.filter(pk=line.pk).delete()
    return signing.dumps(undo, salt=UNDO_SALT, compress=True)


@transaction.atomic
def restore_line(*, by: User, program: Program, undo: str) -> ProgramLine:
    """Put a removed exercise back as it was, under its old id so that earlier reports still belong to it.

    Raises ValidationError when the note is too old, of another program, or the exercise was added again meanwhile.
    """
    locked = _locked(program)
    try:
        was = signing.loads(undo, salt=UNDO_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise ValidationError(_("This can no longer be undone. Add the exercise from the library.")) from error
    lines = ProgramLine.objects.filter(program=locked)
    if was["program"] != str(locked.pk) or lines.filter(exercise=was["exercise"]).exists():
        raise ValidationError(_("The exercise is already back in the program."))
    lines.filter(position__gte=was["position"]).update(position=F("position") + 1)
    return ProgramLine.objects.create(
        id=was["line"],
        clinic_id=locked.clinic_id,
        program=locked,
        exercise_id=was["exercise"],
        position=was["position"],
        dose=was["dose"],
        note=was["note"],
        override_reason=was["override_reason"],
    )


@transaction.atomic
def change_plan(
    *, by: User, program: Program, pain_ceiling: int, running_advice: dict[str, Any], next_visit: str, starts_on: date
) -> None:
    """What holds for the whole program. Pain is 0 to 10; the runner learns of it with the next version."""
    locked = _locked(program)
    locked.pain_ceiling = pain_ceiling
    locked.running_advice = running_advice
    locked.next_visit = next_visit.strip()
    locked.starts_on = starts_on
    locked.save(update_fields=["pain_ceiling", "running_advice", "next_visit", "starts_on"])
