"""Two weeks of one runner from rows: pain by day with its gaps, and honest adherence."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models.fields.json import KeyTextTransform

from programs.models import ExerciseLog, ProgramVersion
from programs.progression.adherence import Adherence, Outcome, adherence
from programs.progression.dose import from_json
from programs.progression.plan import PlannedSession, planned_sessions

WINDOW = timedelta(days=14)
OUTCOMES: dict[str, Outcome] = {ExerciseLog.Status.DONE: Outcome.DONE, ExerciseLog.Status.SKIPPED: Outcome.NOT_DONE}


@dataclass(frozen=True)
class TwoWeeks:
    """The last 14 days: what was planned and answered, and the worst pain of each day that has one."""

    counts: Adherence
    pain: Mapping[date, int]
    planned_days: frozenset[date]


@dataclass(frozen=True)
class Span:
    """The days of one issued version and its doses, by line, as JSON text."""

    starts_on: date
    ends_on: date
    doses: str


@lru_cache(maxsize=1024)
def _planned(doses: str, starts_on: date, last: date, since: date) -> tuple[PlannedSession, ...]:
    """Versions never change, so what one of them plans is worked out once a day in each process."""
    lines = {line: from_json(dose) for line, dose in json.loads(doses).items()}
    return planned_sessions(lines, starts_on, last, since=since)


@dataclass
class _Rows:
    spans: list[Span] = field(default_factory=list)
    answers: dict[PlannedSession, Outcome] = field(default_factory=dict)
    pain: dict[date, int] = field(default_factory=dict)


def first_day(today: date) -> date:
    """The first of the 14 days that end today."""
    return today - WINDOW + timedelta(days=1)


def sessions_of(spans: list[Span], today: date, since: date | None = None) -> list[PlannedSession]:
    """What the versions, oldest first, planned in the 14 days, or from `since` on: each plans until its last day or the day
    before a newer one begins.
    """
    sessions: list[PlannedSession] = []
    for place, span in enumerate(spans):
        superseded = [newer.starts_on - timedelta(days=1) for newer in spans[place + 1 :]]
        last = min(span.ends_on, today, *superseded)
        sessions += _planned(span.doses, span.starts_on, last, since or first_day(today))
    return sessions


def _two_weeks(rows: _Rows, today: date) -> TwoWeeks:
    sessions = sessions_of(rows.spans, today)
    planned_days = frozenset(session.day for session in sessions)
    return TwoWeeks(adherence(sessions, rows.answers, today), rows.pain, planned_days)


def two_weeks(programs: Iterable[UUID], today: date) -> dict[UUID, TwoWeeks]:
    """For many programs at once, in two queries."""
    wanted = list(programs)
    rows: dict[UUID, _Rows] = defaultdict(_Rows)
    owner: dict[UUID, UUID] = {}
    versions = ProgramVersion.objects.filter(program__in=wanted, ends_on__gte=first_day(today))
    columns = ("pk", "program_id", "starts_on", "ends_on", KeyTextTransform("doses", "content"))
    for pk, program, starts_on, ends_on, doses in versions.order_by("program", "number").values_list(*columns):
        owner[pk] = program
        rows[program].spans.append(Span(starts_on, ends_on, doses))
    logs = ExerciseLog.objects.filter(version__in=list(owner), day__gte=first_day(today), day__lte=today)
    for version, day, line, occasion, status, pain in logs.values_list(
        "version_id", "day", "line", "occasion", "status", "pain"
    ):
        mine = rows[owner[version]]
        mine.answers[PlannedSession(day, line, occasion)] = OUTCOMES[status]
        if pain is not None:
            mine.pain[day] = max(pain, mine.pain.get(day, 0))
    return {program: _two_weeks(rows[program], today) for program in wanted}
