"""One version's sheet with what stands on it already. Two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from programs.models import ExerciseLog, Program, ProgramVersion
from programs.progress.grid import Held, open_sessions
from programs.progression.dose import from_json
from programs.progression.plan import PlannedSession, planned_sessions

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One printed row: an exercise, or one of its `times` a day."""

    line: str
    number: int
    name: str
    side: str
    occasion: int
    times: int


@dataclass(frozen=True)
class Sheet:
    """The grid as it stands. `days` as printed; `open_days` have come and no newer version holds them."""

    version: ProgramVersion
    days: tuple[date, ...]
    open_days: frozenset[date]
    newer_from: date | None
    lines: tuple[Line, ...]
    planned: frozenset[PlannedSession]
    held: dict[PlannedSession, Held]

    @property
    def sessions(self) -> list[PlannedSession]:
        """The boxes that can be typed into, row by row."""
        every = [PlannedSession(day, one.line, one.occasion) for one in self.lines for day in self.days]
        return open_sessions([one for one in every if one in self.planned], self.held, self.open_days)


def sheet_of(program: Program, version: ProgramVersion, versions: Sequence[ProgramVersion], today: date) -> Sheet:
    """`versions` are all of the program. An ended program's days close with its last day. One query."""
    newer = min((one.starts_on for one in versions if one.number > version.number), default=None)
    last = min([today, *([timezone.localdate(program.ended_at)] if program.ended_at else [])])
    days = tuple(version.starts_on + A_DAY * n for n in range((version.ends_on - version.starts_on).days + 1))
    doses = {line["line"]: from_json(line["dose"]) for line in version.content["lines"]}
    return Sheet(
        version=version,
        days=days,
        open_days=frozenset(day for day in days if day <= last and (newer is None or day < newer)),
        newer_from=newer if newer is not None and newer <= version.ends_on else None,
        lines=tuple(_lines(version)),
        planned=frozenset(planned_sessions(doses, version.starts_on, version.ends_on)),
        held=held_on(program, version),
    )


def held_on(program: Program, version: ProgramVersion) -> dict[PlannedSession, Held]:
    """Every answer of the sheet's days, under whichever version it was given. One query."""
    logs = ExerciseLog.objects.filter(
        version__program=program, day__gte=version.starts_on, day__lte=version.ends_on
    ).order_by("version__number")
    return {
        PlannedSession(day, line, occasion): Held(status, pain, source == ExerciseLog.Source.PAPER)
        for day, line, occasion, status, pain, source in logs.values_list(
            "day", "line", "occasion", "status", "pain", "source"
        )
    }


def _lines(version: ProgramVersion) -> list[Line]:
    lines = []
    for number, line in enumerate(version.content["lines"], start=1):
        times = from_json(line["dose"]).times_per_day
        name = line.get("staff_name", line["name"])
        lines += [Line(line["line"], number, name, line["side"], time, times) for time in range(1, times + 1)]
    return lines
