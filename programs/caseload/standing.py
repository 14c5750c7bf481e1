"""Keep a program's standing true: called inside the transaction of every write that changes it.

What the rules propose is not worked out here, because a runner's report must stay quick: it is emptied, and a worker is rung
once the report is committed (programs.decisions).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from programs.decisions.keeping import NOTHING_PROPOSED
from programs.decisions.tasks import reconsider
from programs.jobs import ring
from programs.models import (
    CheckResult,
    ExerciseLog,
    MorningCheck,
    NewSymptom,
    Program,
    ProgramVersion,
    Reminder,
    RunLog,
    Standing,
)

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
    program = _program(program_id)
    pain_on, pain = _worst(program)
    mornings = list(
        MorningCheck.objects.filter(program=program_id)
        .order_by("-day")
        .values_list("day", "change", "pain", "reported_at")[:MORNINGS_LOOKED_AT]
    )
    morning_on, _change, morning_pain, _at = mornings[0] if mornings else (None, "", None, None)
    told_on = _latest(morning_on, *(program[f"{kind}_on"] for kind in ("logged", "ran", "checked", "new")))
    moments = (program[f"{kind}_at"] for kind in ("logged", "ran", "checked", "new"))
    last_word = _latest(*moments, program["reminders_resumed_at"], *(at for _day, _change, _pain, at in mornings))
    is_running = program["state"] == Program.State.ISSUED
    Standing.objects.update_or_create(
        program_id=program_id,
        defaults={
            "clinic_id": clinic_id,
            "is_running": is_running,
            "begun_on": begun_on,
            "starts_on": _planned_since([(start, end) for start, end, *_rest in versions]),
            "review_on": ends_on + A_DAY,
            "ceiling": ceiling,
            "last_report_on": told_on,
            "told_on": told_on,
            "last_pain": pain,
            "last_pain_on": pain_on,
            "last_morning_on": morning_on,
            "last_morning_pain": morning_pain,
            "worse_mornings": _worse_in_a_row([change for _day, change, _pain, _at in mornings]),
            "reminders_ignored": _ignored(program_id, last_word),
            "new_symptom_at": program["unhandled_at"],
            **NOTHING_PROPOSED,
        },
    )
    if is_running:
        ring(reconsider, clinic_id, program_id)


def _program(program_id: UUID) -> dict[str, Any]:
    """State, the newest day and moment of each kind of report, the newest pains, and what is new. One query.

    Checks by staff and runs taken back are no report of the runner's; taking back is still a word from them.
    """
    own = Q(program=OuterRef("pk"))
    logs = ExerciseLog.objects.filter(version__program=OuterRef("pk"))
    runs, checks = RunLog.objects.filter(own), CheckResult.objects.filter(own, by=None)
    news = NewSymptom.objects.filter(own)
    ran = runs.filter(is_removed=False)
    hurt, ran_hurt = logs.exclude(pain=None).order_by("-day", "-pain"), ran.exclude(pain=None).order_by("-day", "-pain")
    program: dict[str, Any] = (
        Program.objects.annotate(
            logged_on=_one(logs, Max("day")),
            logged_at=_one(logs, Max("reported_at")),
            ran_on=_one(ran, Max("day")),
            ran_at=_one(runs, Max("reported_at")),
            checked_on=_one(checks, Max("day")),
            checked_at=_one(checks, Max("reported_at")),
            new_on=_one(news, Max("day")),
            new_at=_one(news, Max("created_at")),
            unhandled_at=_one(news.filter(is_urgent=True, handled_at=None), Min("created_at")),
            hurt_on=Subquery(hurt.values("day")[:1]),
            hurt=Subquery(hurt.values("pain")[:1]),
            ran_hurt_on=Subquery(ran_hurt.values("day")[:1]),
            ran_hurt=Subquery(ran_hurt.values("pain")[:1]),
        )
        .values(
            *("state", "reminders_resumed_at", "unhandled_at", "hurt_on", "hurt", "ran_hurt_on", "ran_hurt"),
            *(f"{kind}_{what}" for kind in ("logged", "ran", "checked", "new") for what in ("on", "at")),
        )
        .get(pk=program_id)
    )
    return program


def _one(rows: QuerySet[Any], number: Max | Min) -> Subquery:
    return Subquery(rows.order_by().values(same=OuterRef("pk")).annotate(one=number).values("one"))


def _worst(program: dict[str, Any]) -> tuple[date, int] | tuple[None, None]:
    """The newest day with a pain, exercises and runs together, and the worst of that day."""
    told = [(program["hurt_on"], program["hurt"]), (program["ran_hurt_on"], program["ran_hurt"])]
    return max(((day, pain) for day, pain in told if day is not None), default=(None, None))


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
