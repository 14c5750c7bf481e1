"""What is drawn: one row for each day anything is known of. A missing value is None, never a zero."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

FEWEST_DAYS = 14
MOST_SINGLE_DAYS = 98
MOST_SINGLE_WEEKS = 105


@dataclass(frozen=True)
class Day:
    """One day, or several that share a bar. `done`, `skipped` and `not_reported` count planned sessions; `extra` unplanned ones.

    `pain` is the worst while exercising or running, `morning` that morning's; both 0 to 10. `from_paper` counts answers
    typed back from a sheet. `run_level` is the highest rung that was run.
    """

    day: date
    done: int = 0
    skipped: int = 0
    not_reported: int = 0
    extra: int = 0
    from_paper: int = 0
    pain: int | None = None
    morning: int | None = None
    change: str = ""
    runs: int = 0
    run_minutes: int | None = None
    run_level: int | None = None

    @property
    def planned(self) -> int:
        return self.done + self.skipped + self.not_reported


@dataclass(frozen=True)
class Stretch:
    """The days one issued version held, first to last, and what it set: ceiling, rung of the ladder, phase or stage."""

    first: date
    last: date
    version: int
    ceiling: int
    level: int | None
    phase: str


@dataclass(frozen=True)
class Course:
    """A program from `first` to `last`, seen on `today`; nothing after `today` is in `days`. Days and stretches in order."""

    first: date
    last: date
    today: date
    days: tuple[Day, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def step(self) -> int:
        """Days to a bar: one, or a week, or four weeks in a long course."""
        if self.length <= MOST_SINGLE_DAYS:
            return 1
        return 7 if self.length <= MOST_SINGLE_WEEKS * 7 else 28

    @property
    def has_runs(self) -> bool:
        return any(day.runs for day in self.days)

    @property
    def has_ladder(self) -> bool:
        return any(one.level is not None for one in self.stretches) or any(
            day.run_level is not None for day in self.days
        )


def window(course: Course, days: int | None) -> Course:
    """The last `days` days up to today, or all; never from before the first day, and never less than two weeks wide."""
    first = course.first if days is None else max(course.first, course.today - timedelta(days=days - 1))
    last = max(min(course.last, course.today), first + timedelta(days=FEWEST_DAYS - 1))
    return Course(
        first=first,
        last=last,
        today=course.today,
        days=tuple(day for day in course.days if first <= day.day <= last),
        stretches=tuple(
            Stretch(max(one.first, first), min(one.last, last), one.version, one.ceiling, one.level, one.phase)
            for one in course.stretches
            if one.first <= last and one.last >= first
        ),
    )


def binned(course: Course) -> tuple[Day, ...]:
    """One row for each bar that has anything: sums of sessions and minutes, the worst pain, the highest rung."""
    if course.step == 1:
        return course.days
    bins: dict[date, list[Day]] = {}
    for day in course.days:
        back = (day.day - course.first).days % course.step
        bins.setdefault(day.day - timedelta(days=back), []).append(day)
    return tuple(_together(first, rows) for first, rows in bins.items())


def _together(first: date, rows: list[Day]) -> Day:
    return Day(
        day=first,
        done=sum(row.done for row in rows),
        skipped=sum(row.skipped for row in rows),
        not_reported=sum(row.not_reported for row in rows),
        extra=sum(row.extra for row in rows),
        from_paper=sum(row.from_paper for row in rows),
        pain=_highest(row.pain for row in rows),
        morning=_highest(row.morning for row in rows),
        runs=sum(row.runs for row in rows),
        run_minutes=_sum(row.run_minutes for row in rows),
        run_level=_highest(row.run_level for row in rows),
    )


def _highest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def course_to_json(course: Course) -> dict[str, Any]:
    """Plain values; days as ISO text and without what is not known."""
    return {
        "first": course.first.isoformat(),
        "last": course.last.isoformat(),
        "today": course.today.isoformat(),
        "days": [
            {name: value for name, value in asdict(day).items() if value != _UNKNOWN[name]}
            | {"day": day.day.isoformat()}
            for day in course.days
        ],
        "stretches": [
            asdict(one) | {"first": one.first.isoformat(), "last": one.last.isoformat()} for one in course.stretches
        ],
    }


_UNKNOWN = asdict(Day(date.min))


def course_from_json(value: Mapping[str, Any]) -> Course:
    """An equal course back."""
    return Course(
        first=date.fromisoformat(value["first"]),
        last=date.fromisoformat(value["last"]),
        today=date.fromisoformat(value["today"]),
        days=tuple(Day(**row | {"day": date.fromisoformat(row["day"])}) for row in value["days"]),
        stretches=tuple(
            Stretch(**row | {"first": date.fromisoformat(row["first"]), "last": date.fromisoformat(row["last"])})
            for row in value["stretches"]
        ),
    )
