"""Two weeks of one runner from rows: pain by day with its gaps, and honest adherence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from programs.models import ExerciseLog, ProgramVersion
from programs.progression.adherence import Adherence, Outcome, adherence
from programs.progression.dose import from_json
from programs.progression.plan import PlannedSession, planned_sessions

WINDOW = timedelta(days=14)
OUTCOMES = {ExerciseLog.Status.DONE: Outcome.DONE, ExerciseLog.Status.SKIPPED: Outcome.NOT_DONE}


@dataclass(frozen=True)
class TwoWeeks:
    """The last 14 days: what was planned and answered, and the worst pain of each day that has one."""

    counts: Adherence
    pain: Mapping[date, int]


@dataclass
class _Rows:
    versions: list[tuple[UUID, date, date, dict[str, Any]]] = field(default_factory=list)
    answers: dict[PlannedSession, Outcome] = field(default_factory=dict)
    pain: dict[date, int] = field(default_factory=dict)


def _planned(versions: list[tuple[UUID, date, date, dict[str, Any]]], today: date) -> list[PlannedSession]:
    """Each version plans until its last day or the day before the next version starts."""
    sessions: list[PlannedSession] = []
    for place, (_pk, starts_on, ends_on, doses) in enumerate(versions):
        following = versions[place + 1][1] if place + 1 < len(versions) else None
        last = min(day for day in (ends_on, today, following - timedelta(days=1) if following else None) if day)
        lines = {line: from_json(dose) for line, dose in doses.items()}
        sessions += planned_sessions(lines, starts_on, last, since=today - WINDOW + timedelta(days=1))
    return sessions


def two_weeks(programs: Iterable[UUID], today: date) -> dict[UUID, TwoWeeks]:
    """For many programs at once, in two queries."""
    wanted = list(programs)
    since = today - WINDOW + timedelta(days=1)
    rows: dict[UUID, _Rows] = defaultdict(_Rows)
    owner: dict[UUID, UUID] = {}
    versions = ProgramVersion.objects.filter(program__in=wanted, ends_on__gte=since).order_by("program", "number")
    columns = ("pk", "program_id", "starts_on", "ends_on", "content__doses")
    for pk, program, starts_on, ends_on, doses in versions.values_list(*columns):
        owner[pk] = program
        rows[program].versions.append((pk, starts_on, ends_on, doses))
    logs = ExerciseLog.objects.filter(version__in=list(owner), day__gte=since, day__lte=today)
    for version, day, line, occasion, status, pain in logs.values_list(
        "version_id", "day", "line", "occasion", "status", "pain"
    ):
        mine = rows[owner[version]]
        mine.answers[PlannedSession(day, line, occasion)] = OUTCOMES[ExerciseLog.Status(status)]
        if pain is not None:
            mine.pain[day] = max(pain, mine.pain.get(day, 0))
    return {
        program: TwoWeeks(
            adherence(_planned(rows[program].versions, today), rows[program].answers, today), rows[program].pain
        )
        for program in wanted
    }
