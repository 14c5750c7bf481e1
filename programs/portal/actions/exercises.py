"""What the runner tells about exercises. Every answer can be corrected: what was told last stands, the audit keeps the older
ones. Reports may arrive late, twice or in another order than they were given: the outcome is the same.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.caseload.standing import refresh
from programs.models import ExerciseLog, ProgramVersion
from programs.portal.actions.once import check_has_come, is_new, told_at
from programs.portal.plan import plan_of
from programs.portal.queries import answers_on
from programs.portal.sending import Told
from programs.progression.plan import PlannedSession


def _check_day(*, version: ProgramVersion, day: date, today: date) -> None:
    check_has_come(day=day, today=today)
    if not version.starts_on <= day <= version.ends_on:
        raise ValidationError(_("Your plan does not cover this day."))


@transaction.atomic
def log_exercise(
    *,
    version: ProgramVersion,
    day: date,
    line: str,
    occasion: int,
    status: str,
    pain: int | None,
    reason: str,
    today: date,
    sets_done: int | None = None,
    told: Told | None = None,
) -> ExerciseLog:
    """Done or skipped, with pain 0 to 10 and the sets done where given; gives the answer that stands.

    `told` is now unless the phone says otherwise. Sending the same report twice changes nothing, and neither does a report
    that was told before the one that stands; an answer of its own always goes before a tick for the whole day.
    An answer of that day given under an older version is corrected in its place, so that one planned session never has two
    answers. Raises ValidationError, in the runner's words, for a day or an exercise the plan does not have.
    """
    _check_day(version=version, day=day, today=today)
    if PlannedSession(day, line, occasion) not in {planned.session for planned in plan_of(version, day)}:
        raise ValidationError(_("This exercise is not in your plan for that day. Open your plan again."))
    told = told or Told(timezone.now())
    is_first = is_new(program_id=version.program_id, clinic_id=version.clinic_id, told=told)
    held = answers_on(version.program_id, day).filter(line=line, occasion=occasion).first()
    if held and not (is_first and (held.is_ticked or told.at >= told_at(held))):
        return held
    log = held or ExerciseLog(clinic_id=version.clinic_id, version=version, day=day, line=line, occasion=occasion)
    log.status, log.pain, log.reason, log.sets_done = status, pain, reason, sets_done
    log.told_at, log.is_ticked = told.at, False
    log.source, log.typed_by = ExerciseLog.Source.RUNNER, None
    log.save()
    refresh(version.program_id)
    return log


@transaction.atomic
def log_whole_day(*, version: ProgramVersion, day: date, today: date, told: Told | None = None) -> int:
    """Tick everything still open that day as done, without a pain value: nothing already answered is changed."""
    _check_day(version=version, day=day, today=today)
    told = told or Told(timezone.now())
    if not is_new(program_id=version.program_id, clinic_id=version.clinic_id, told=told):
        return 0
    answered = set(answers_on(version.program_id, day).values_list("line", "occasion"))
    sessions = [planned.session for planned in plan_of(version, day)]
    open_ones = [session for session in sessions if (session.line, session.number) not in answered]
    rows = [
        ExerciseLog(
            clinic_id=version.clinic_id,
            version=version,
            day=day,
            line=session.line,
            occasion=session.number,
            status=ExerciseLog.Status.DONE,
            told_at=told.at,
            is_ticked=True,
        )
        for session in open_ones
    ]
    ExerciseLog.objects.bulk_create(rows)
    if rows:
        refresh(version.program_id)
    return len(rows)
