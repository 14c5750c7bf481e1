"""The handover: the last two minutes of a visit, each step with who and when. A tap can be taken back.

Issuing begins one for every version. "Opened the link" also fills itself when the runner opens it (programs.portal.access).
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import User
from programs.models import Handover, Program, ProgramVersion

SHOWN, DEMONSTRATED = "shown", "demonstrated"
WAYS = tuple(Handover.Way.values)
STEPS = (SHOWN, DEMONSTRATED, *WAYS)


def begin_handover(*, by: User, version: ProgramVersion) -> Handover:  # noqa: ARG001 - the scope names the actor
    """Open from the moment a version is issued; only the newest version's counts."""
    return Handover.objects.create(clinic_id=version.clinic_id, version=version)


@transaction.atomic
def tick_handover(*, by: User, version: ProgramVersion, step: str) -> Handover:
    """One step of STEPS is done, by this person now. What was ticked before keeps its person and time.

    Link and paper are two ways to the same step: either is enough. Raises ValidationError for a program that has ended
    and for a version that is no longer the newest.
    """
    handover = _held(version)
    name, now = _column(step), timezone.now()
    if getattr(handover, f"{name}_at") is None:
        setattr(handover, f"{name}_at", now)
        setattr(handover, f"{name}_by", by)
        handover.way = step if step in WAYS else handover.way
        handover.save()
    return handover


@transaction.atomic
def untick_handover(*, by: User, version: ProgramVersion, step: str) -> Handover:  # noqa: ARG001 - the scope names the actor
    """Take one tick back, also one the runner's own opening of the link made."""
    handover = _held(version)
    name = _column(step)
    setattr(handover, f"{name}_at", None)
    setattr(handover, f"{name}_by", None)
    handover.way = "" if step in WAYS else handover.way
    handover.save()
    return handover


def _column(step: str) -> str:
    if step not in STEPS:
        raise ValueError(f"A handover has no step “{step}”.")
    return "taken" if step in WAYS else step


def _held(version: ProgramVersion) -> Handover:
    """The version's row, locked. A version issued before there were handovers gets its row with the first tap."""
    program = Program.objects.select_for_update().get(pk=version.program_id)
    if program.state == Program.State.ENDED:
        raise ValidationError(_("This program has ended: there is nothing left to hand over."))
    if ProgramVersion.objects.filter(program=program, number__gt=version.number).exists():
        raise ValidationError(_("A newer version was issued meanwhile: hand that one over."))
    handover, _created = Handover.objects.get_or_create(version=version, defaults={"clinic_id": version.clinic_id})
    return handover
