"""Which days and how many sessions a dose asks for. Days are the patient's own calendar days."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from programs.progression.dose import Dose


class PlannedSession(NamedTuple):
    """One session asked for: a day, a line of the program, and which of that day's times it is (from 1).

    A tuple, because lists of runners put thousands of them into sets.
    """

    day: date
    line: str
    number: int = 1


def is_planned(dose: Dose, day: date, starts_on: date) -> bool:
    """Whether the dose asks for anything on this day. `every_n_days` counts from `starts_on`, which is day
    one.
    """
    if day < starts_on:
        return False
    if dose.weekdays:
        return day.weekday() in dose.weekdays
    return (day - starts_on).days % dose.every_n_days == 0


def planned_days(dose: Dose, starts_on: date, ends_on: date) -> tuple[date, ...]:
    """The days asked for, first and last day included, in order. Empty when the end is before the start."""
    return tuple(day for day in _days(starts_on, ends_on) if is_planned(dose, day, starts_on))


def planned_sessions(
    lines: Mapping[str, Dose], starts_on: date, ends_on: date, *, since: date | None = None
) -> tuple[PlannedSession, ...]:
    """Every session of every line from `starts_on` to `ends_on`, by day, then line in the order given, then
    number.

    `since` leaves out earlier days without moving the count of every-n-days, which always runs from
    `starts_on`.
    """
    first = max(starts_on, since) if since else starts_on
    return tuple(
        PlannedSession(day, line, number)
        for day in _days(first, ends_on)
        for line, dose in lines.items()
        if is_planned(dose, day, starts_on)
        for number in range(1, dose.times_per_day + 1)
    )


def next_planned_day(dose: Dose, starts_on: date, after: date) -> date:
    """The first planned day later than `after`. There always is one: a dose asks for at least one day in
    28.
    """
    day = max(after + timedelta(days=1), starts_on)
    while not is_planned(dose, day, starts_on):
        day += timedelta(days=1)
    return day


def _days(first: date, last: date) -> Iterator[date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
