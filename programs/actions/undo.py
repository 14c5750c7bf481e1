"""Taking back changes of a draft: before each change it is kept as it stood, and one step at a time it returns to that."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clinic.models import User
from programs.models import DraftStep, Program, ProgramLine

STEPS_KEPT = 30
LINE_FIELDS = ("exercise_id", "phase", "position", "dose", "note", "override_reason")
PLAN_FIELDS = (
    *("assessment_id", "diagnosis", "stage", "side", "pain_ceiling", "running_advice"),
    *("phases", "phase", "self_test", "next_visit", "starts_on"),
)
AS_TEXT = ("exercise_id", "assessment_id", "starts_on")


class ChangedMeanwhileError(ValidationError):
    """Somebody changed the draft since this page was read. Nothing was done."""


def locked(program: Program) -> Program:
    """The program's row, held until the transaction ends, so that two people changing it at once take turns."""
    held = Program.objects.select_for_update().get(pk=program.pk)
    if held.state == Program.State.ENDED:
        raise ValidationError(_("This program has ended. Propose a new one from a signed conclusion."))
    return held


def remember(*, by: User, program: Program, what: str) -> DraftStep:
    """Keep the draft as it stands, before the change that `what` names; only the newest steps stay.

    Call it inside the transaction of the change, with the program `locked`. Four queries.
    """
    newest = DraftStep.objects.filter(program=program).values_list("number", flat=True).first() or 0
    step = DraftStep.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        number=newest + 1,
        what=what[:120],
        before=_as_it_stands(program, ProgramLine.objects.filter(program=program)),
        by=by,
    )
    DraftStep.objects.filter(program=program, number__lte=step.number - STEPS_KEPT).delete()
    return step


@transaction.atomic
def take_back(*, by: User, program: Program, number: int) -> str:  # noqa: ARG001 - the scope names the actor
    """Undo the newest change, if it is still the one the clinician saw; returns what was undone, in words.

    Raises ChangedMeanwhileError when another change came after it, so that nobody's work is taken back unseen;
    ValidationError when nothing is left to undo. What was already issued stays issued.
    """
    held = locked(program)
    step = DraftStep.objects.filter(program=held).select_related("by").first()
    if step is None or step.number < number:
        raise ValidationError(_("This was already undone. The program is shown as it is now."))
    if step.number != number:
        words = _("Meanwhile %(name)s changed the program: %(what)s. Nothing was undone; look at it first.")
        raise ChangedMeanwhileError(words % {"name": step.by.name, "what": step.what})
    _restore(held, step.before)
    step.delete()
    return step.what


def _as_it_stands(program: Program, lines: Iterable[ProgramLine]) -> dict[str, Any]:
    return {
        "plan": {name: _kept(name, getattr(program, name)) for name in PLAN_FIELDS},
        "lines": [
            {"id": str(line.pk)} | {name: _kept(name, getattr(line, name)) for name in LINE_FIELDS} for line in lines
        ],
    }


def _kept(name: str, value: Any) -> Any:
    return str(value) if name in AS_TEXT and value is not None else value


def _restore(program: Program, before: dict[str, Any]) -> None:
    """Plan and lines as they were. A line that comes back has its old id, so that earlier reports still belong to it."""
    plan = dict(before["plan"])
    plan["starts_on"] = date.fromisoformat(plan["starts_on"]) if plan["starts_on"] else None
    Program.objects.filter(pk=program.pk).update(**plan)
    ProgramLine.objects.filter(program=program).exclude(pk__in=[line["id"] for line in before["lines"]]).delete()
    ProgramLine.objects.bulk_create(
        [ProgramLine(clinic_id=program.clinic_id, program=program, **line) for line in before["lines"]],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=LINE_FIELDS,
    )
