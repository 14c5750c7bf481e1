"""Runs and walks: added, corrected, taken back. A run that was taken back stays as a row, so that it can be put back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from programs.caseload.standing import refresh
from programs.models import Program, RunLog
from programs.portal.actions.once import check_has_come, is_new, told_at
from programs.portal.sending import Told


@dataclass(frozen=True)
class Run:
    """What is told about one run: minutes, metres, pain 0 to 10, the rung of the ladder 0 to 7; None is not said."""

    minutes: int | None = None
    metres: int | None = None
    surface: str = ""
    pain: int | None = None
    level: int | None = None
    is_removed: bool = False


def run_id_of(program: Program, said: UUID) -> UUID:
    """The id of a new run from the random one its form was made with: the same form is the same run, and no form can name
    a run of somebody else.
    """
    return uuid5(program.pk, said.hex)


@transaction.atomic
def log_run(
    *, program: Program, run_id: UUID, day: date, run: Run, today: date, told: Told | None = None
) -> RunLog | None:
    """Add the run or correct it; gives what stands, the one told last. Runs of a day are numbered as they arrive.

    None for a report whose key was taken for something else. Raises ValidationError for a day to come.
    """
    check_has_come(day=day, today=today)
    told = told or Told(timezone.now())
    is_first = is_new(program_id=program.pk, clinic_id=program.clinic_id, told=told)
    held = RunLog.objects.filter(program=program, pk=run_id).first()
    if not is_first or (held and told.at < told_at(held)):
        return held
    log = held or RunLog(pk=run_id, clinic_id=program.clinic_id, program=program)
    if held is None or held.day != day:
        newest = RunLog.objects.filter(program=program, day=day).aggregate(number=Max("number"))["number"]
        log.day, log.number = day, (newest or 0) + 1
    log.minutes, log.metres, log.surface, log.pain = run.minutes, run.metres, run.surface, run.pain
    log.level, log.is_removed, log.told_at = run.level, run.is_removed, told.at
    log.save()
    refresh(program.pk)
    return log
