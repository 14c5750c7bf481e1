"""What the runner tells us. Every answer can be corrected: the newest stands, the audit keeps the older ones."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programs.caseload.standing import refresh
from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion
from programs.portal.plan import plan_of
from programs.portal.queries import answers_on
from programs.progression.plan import PlannedSession


def _check_day(*, version: ProgramVersion, day: date, today: date) -> None:
    if day > today:
        raise ValidationError(_("This day has not come yet."))
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
) -> ExerciseLog:
    """Done or skipped, with pain 0 to 10 and the sets done where given. Sending the same answer twice changes nothing.

    An answer of that day given under an older version is corrected in its place, so that one planned session never has two
    answers. Raises ValidationError, in the runner's words, for a day or an exercise the plan does not have.
    """
    _check_day(version=version, day=day, today=today)
    if PlannedSession(day, line, occasion) not in {planned.session for planned in plan_of(version, day)}:
        raise ValidationError(_("This exercise is not in your plan for that day. Open your plan again."))
    earlier = answers_on(version.program_id, day).filter(line=line, occasion=occasion).first()
    log, _created = ExerciseLog.objects.update_or_create(
        version=earlier.version if earlier else version,
        day=day,
        line=line,
        occasion=occasion,
        defaults={
            "clinic_id": version.clinic_id,
            "status": status,
            "pain": pain,
            "reason": reason,
            "sets_done": sets_done,
        },
    )
    refresh(version.program_id)
    return log


@transaction.atomic
def log_whole_day(*, version: ProgramVersion, day: date, today: date) -> int:
    """Tick everything still open that day as done, without a pain value: nothing already answered is changed."""
    _check_day(version=version, day=day, today=today)
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
        )
        for session in open_ones
    ]
    ExerciseLog.objects.bulk_create(rows, ignore_conflicts=True)  # tapped twice: the first one stands
    if rows:
        refresh(version.program_id)
    return len(rows)


@transaction.atomic
def answer_morning(*, program: Program, day: date, change: str, pain: int | None, today: date) -> MorningCheck:
    """How it was the next morning. Raises ValidationError for a day to come."""
    if day > today:
        raise ValidationError(_("This day has not come yet."))
    check, _created = MorningCheck.objects.update_or_create(
        program=program, day=day, defaults={"clinic_id": program.clinic_id, "change": change, "pain": pain}
    )
    refresh(program.pk)
    return check
