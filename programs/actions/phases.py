"""The phases of a draft: their words, their number, and which one the runner is in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clinic.models import User
from programs.actions.undo import locked, remember
from programs.course import advice_of_stage, phases_of
from programs.mapping import running_advice
from programs.models import Program, ProgramLine

MOST_PHASES = 8


@transaction.atomic
def move_to_phase(*, by: User, program: Program, number: int) -> None:
    """The runner is in this phase from the next version on, and what is suitable is judged for its stage.

    Running advice follows the phase unless the clinician worded it. Nothing moves where the runner already is.
    """
    held = locked(program)
    phases = phases_of(held)
    _check(number, phases)
    if number == held.phase:
        return
    remember(by=by, program=held, what=_("Moved to phase %(number)s") % {"number": number})
    stage = phases[number - 1].get("stage")
    held.running_advice = advice_moved(held, stage)
    held.phases, held.phase, held.stage = phases, number, stage or held.stage
    held.save(update_fields=["phases", "phase", "stage", "running_advice"])


def advice_moved(program: Program, stage: int | None) -> dict[str, Any]:
    """Running advice as it becomes in another stage: the library's there, unless the clinician worded it."""
    was, becomes = advice_of_stage(program, program.stage), advice_of_stage(program, stage) if stage else None
    held: dict[str, Any] = program.running_advice
    if was and becomes and held.get("text") == running_advice(was).get("text"):
        return running_advice(becomes)
    return held


@transaction.atomic
def change_phase(*, by: User, program: Program, number: int, title: str, criteria: list[str]) -> None:
    """Its title, and what must be true before the next phase, as the runner reads it."""
    held = locked(program)
    phases = phases_of(held)
    _check(number, phases)
    changed = phases[number - 1] | {"title": title.strip(), "criteria": criteria}
    if changed == phases[number - 1]:
        return
    remember(by=by, program=held, what=_("Changed phase %(number)s") % {"number": number})
    held.phases = [*phases[: number - 1], changed, *phases[number:]]
    held.save(update_fields=["phases"])


@transaction.atomic
def add_phase(*, by: User, program: Program, title: str, criteria: list[str]) -> int:
    """One more at the end; returns its number."""
    held = locked(program)
    phases = phases_of(held)
    if len(phases) >= MOST_PHASES:
        raise ValidationError(_("A program holds at most %(most)s phases.") % {"most": MOST_PHASES})
    remember(by=by, program=held, what=_("Added phase %(number)s") % {"number": len(phases) + 1})
    held.phases = [*phases, {"title": title.strip(), "criteria": criteria, "stage": None}]
    held.save(update_fields=["phases"])
    return len(held.phases)


@transaction.atomic
def remove_phase(*, by: User, program: Program, number: int) -> None:
    """With its exercises; undoing brings both back. The phase the runner is in stays."""
    held = locked(program)
    phases = phases_of(held)
    _check(number, phases)
    if number == held.phase:
        raise ValidationError(_("The runner is in this phase. Move to another one before you remove it."))
    remember(by=by, program=held, what=_("Removed phase %(number)s") % {"number": number})
    lines = ProgramLine.objects.filter(program=held)
    lines.filter(phase=number).delete()
    lines.filter(phase__gt=number).update(phase=F("phase") - 1)
    held.phases = [*phases[: number - 1], *phases[number:]]
    held.phase -= held.phase > number
    held.save(update_fields=["phases", "phase"])


def _check(number: int, phases: list[dict[str, Any]]) -> None:
    if not 1 <= number <= len(phases):
        raise ValidationError(_("This phase was removed meanwhile. The program is shown as it is now."))
