"""Changing the draft: what the clinician arranges before it is issued. The runner sees none of it until then.

`by` names who acts: the audit learns it from the clinic's scope, the undo button from the step that is kept.
"""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clinic.models import User
from programs.actions.undo import ChangedMeanwhileError, locked, remember
from programs.mapping import default_dose, dose_mark
from programs.models import Exercise, Program, ProgramLine
from programs.progression.dose import Dose, to_json

MOST_LINES = 20


def renumber(lines: list[ProgramLine]) -> None:
    """The order of one phase, from 1."""
    for position, line in enumerate(lines, start=1):
        if line.position != position:
            ProgramLine.objects.filter(pk=line.pk).update(position=position)


@transaction.atomic
def add_line(
    *,
    by: User,
    program: Program,
    exercise: Exercise,
    phase: int | None = None,
    dose: Dose | None = None,
    reason: str = "",
) -> ProgramLine:
    """At the end of a phase (the current one), with this dose or the library's on the side that follows from the pain.

    `reason`: why it is right although it is unsuitable today. Raises ValidationError for an exercise that is already in
    the phase, that was retired, or when the phase is full.
    """
    held = locked(program)
    number = held.phase if phase is None else phase
    if not 1 <= number <= max(len(held.phases), 1):
        raise ValidationError(_("This phase was removed meanwhile. Choose another."))
    lines = ProgramLine.objects.filter(program=held, phase=number)
    if exercise.retired_at:
        raise ValidationError(_("This exercise was retired from the library. Choose another."))
    if lines.filter(exercise__key=exercise.key).exists():
        raise ValidationError(_("“%(name)s” is already in the program.") % {"name": exercise.name})
    if lines.count() >= MOST_LINES:
        raise ValidationError(_("A phase holds at most %(most)s exercises. Remove one first.") % {"most": MOST_LINES})
    remember(by=by, program=held, what=_("Added %(name)s") % {"name": exercise.name})
    last = lines.aggregate(last=Max("position"))["last"] or 0
    return ProgramLine.objects.create(
        clinic_id=held.clinic_id,
        program=held,
        exercise=exercise,
        phase=number,
        position=last + 1,
        dose=to_json(dose or default_dose(exercise, held.side)),
        override_reason=reason.strip(),
    )


@transaction.atomic
def change_line(*, by: User, line: ProgramLine, dose: Dose, note: str | None = None, seen: str = "") -> None:
    """Dose with its side, and the note where one is given. Saving the same again changes nothing.

    `seen` is the mark of the dose the clinician had before them (mapping.dose_mark): ChangedMeanwhileError when
    somebody else has changed it since, so that neither change is lost unseen.
    """
    held = locked(line.program)
    now = ProgramLine.objects.filter(pk=line.pk).first()
    if now is None:
        raise ChangedMeanwhileError(_("This exercise was removed meanwhile. Nothing was saved."))
    fields: dict[str, Any] = {"dose": to_json(dose)}
    if note is not None:
        fields["note"] = note.strip()
    if all(getattr(now, name) == value for name, value in fields.items()):
        return
    if seen and seen != dose_mark(now):
        raise ChangedMeanwhileError(
            _("Somebody changed this exercise meanwhile. It is shown as it is now; save again what you want to change.")
        )
    remember(by=by, program=held, what=_("Changed %(name)s") % {"name": line.exercise.name})
    ProgramLine.objects.filter(pk=line.pk).update(**fields)


@transaction.atomic
def give_reason(*, by: User, line: ProgramLine, reason: str) -> None:
    """Why an exercise that is unsuitable today is prescribed all the same; empty takes the reason back."""
    held = locked(line.program)
    if line.override_reason != reason.strip():
        remember(by=by, program=held, what=_("Reason for %(name)s") % {"name": line.exercise.name})
        ProgramLine.objects.filter(pk=line.pk).update(override_reason=reason.strip())


@transaction.atomic
def move_line(*, by: User, line: ProgramLine, up: bool) -> bool:
    """One place up or down within its phase. False at the end of the list: nothing moved."""
    held = locked(line.program)
    ordered = list(ProgramLine.objects.filter(program=held, phase=line.phase))
    at = next((n for n, each in enumerate(ordered) if each.pk == line.pk), None)
    if at is None:
        return False
    other = at - 1 if up else at + 1
    moves = 0 <= other < len(ordered)
    if moves:
        words = _("Moved %(name)s up") if up else _("Moved %(name)s down")
        remember(by=by, program=held, what=words % {"name": line.exercise.name})
        ordered[at], ordered[other] = ordered[other], ordered[at]
        renumber(ordered)
    return moves


@transaction.atomic
def remove_line(*, by: User, line: ProgramLine) -> None:
    """Take it out; undoing puts it back under its old id, so that earlier reports still belong to it."""
    held = locked(line.program)
    remember(by=by, program=held, what=_("Removed %(name)s") % {"name": line.exercise.name})
    ProgramLine.objects.filter(pk=line.pk).delete()


@transaction.atomic
def change_plan(
    *, by: User, program: Program, pain_ceiling: int, running_advice: dict[str, Any], next_visit: str, starts_on: date
) -> None:
    """What holds for the whole program. Pain is 0 to 10; the runner learns of it with the next version."""
    held = locked(program)
    fields = {
        "pain_ceiling": pain_ceiling,
        "running_advice": running_advice,
        "next_visit": next_visit.strip(),
        "starts_on": starts_on,
    }
    changed = {name: value for name, value in fields.items() if getattr(held, name) != value}
    if changed.keys() - {"starts_on"} or (held.starts_on and changed):
        remember(by=by, program=held, what=_("Changed what holds for the whole program"))
    for name, value in changed.items():
        setattr(held, name, value)
    if changed:
        held.save(update_fields=list(changed))
