"""Keep a program's standing true: called inside the transaction of every write that changes it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max

from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion, Reminder, Standing

A_DAY = timedelta(days=1)
MORNINGS_LOOKED_AT = 7


def refresh(program_id: UUID) -> None:
    """Work the standing out again from versions and reports. Seven queries, whatever the length of the history.

    Nothing issued yet: no standing.
    """
    versions = list(
        ProgramVersion.objects.filter(program=program_id)
        .order_by("-number")
        .values_list("starts_on", "ends_on", "clinic_id", "content__pain_ceiling")
    )
    if not versions:
        return
    begun_on, ends_on, clinic_id, ceiling = versions[0]
    logs = ExerciseLog.objects.filter(version__program=program_id)
    logged = logs.aggregate(day=Max("day"), at=Max("reported_at"))
    pain, pain_on = logs.exclude(pain=None).order_by("-day", "-pain").values_list("pain", "day").first() or (None, None)
    mornings = list(
        MorningCheck.objects.filter(program=program_id)
        .order_by("-day")
        .values_list("day", "change", "pain", "reported_at")[:MORNINGS_LOOKED_AT]
    )
    morning_on, _change, morning_pain, _at = mornings[0] if mornings else (None, "", None, None)
    program = Program.objects.values("state", "reminders_resumed_at").get(pk=program_id)
    last_word = _latest(logged["at"], program["reminders_resumed_at"], *(at for _day, _change, _pain, at in mornings))
    Standing.objects.update_or_create(
        program_id=program_id,
        defaults={
            "clinic_id": clinic_id,
            "is_running": program["state"] == Program.State.ISSUED,
            "begun_on": begun_on,
            "starts_on": _planned_since([(start, end) for start, end, *_rest in versions]),
            "review_on": ends_on + A_DAY,
            "ceiling": ceiling,
            "last_report_on": _latest(logged["day"], morning_on),
            "last_pain": pain,
            "last_pain_on": pain_on,
            "last_morning_on": morning_on,
            "last_morning_pain": morning_pain,
            "worse_mornings": _worse_in_a_row([change for _day, change, _pain, _at in mornings]),
            "reminders_ignored": _ignored(program_id, last_word),
        },
    )


def _planned_since(spans: Sequence[tuple[date, date]]) -> date:
    """The first day the runner has had a plan without a break; `spans` newest first. A version that starts later leaves the
    one before it in force until then.
    """
    begun = spans[0][0]
    for starts_on, ends_on in spans[1:]:
        if ends_on < begun - A_DAY:
            break
        begun = min(begun, starts_on)
    return begun


def _latest(*moments: date | datetime | None) -> date | datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _worse_in_a_row(changes: Sequence[str]) -> int:
    """How many of the newest answers say worse, until one that does not."""
    better = (place for place, change in enumerate(changes) if change != MorningCheck.Change.WORSE)
    return next(better, len(changes))


def _ignored(program_id: UUID, last_word: date | datetime | None) -> int:
    """Reminders sent since the runner last told us anything, also by correcting an older day, or since staff started them
    again.
    """
    sent = Reminder.objects.filter(program=program_id, state=Reminder.State.DONE)
    return (sent.filter(finished_at__gt=last_word) if last_word else sent).count()
