"""What the runner's plan is on one day: which issued version holds, and what it plans, from its frozen content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from programs.models import ProgramVersion
from programs.progression.dose import Dose, from_json
from programs.progression.plan import PlannedSession, is_planned, next_planned_day


@dataclass(frozen=True)
class Planned:
    """One exercise, one time on one day; `session.number` is 2 for the second time of a twice-daily exercise."""

    session: PlannedSession
    dose: Dose
    entry: dict[str, Any]  # the line of the version's content


def version_on(program_id: UUID, day: date) -> ProgramVersion | None:
    """The version that holds on this day: the newest whose first day has come. A new version supersedes the older ones
    from its own first day, not before. One query.
    """
    return ProgramVersion.objects.filter(program=program_id, starts_on__lte=day).order_by("-number").first()


def planned_on(content: dict[str, Any], starts_on: date, day: date) -> list[Planned]:
    """Everything planned that day in the order of the day: all first rounds, then all second rounds."""
    doses = [(entry, from_json(entry["dose"])) for entry in content["lines"]]
    todays = [(entry, dose) for entry, dose in doses if is_planned(dose, day, starts_on)]
    rounds = max((dose.times_per_day for _entry, dose in todays), default=0)
    return [
        Planned(PlannedSession(day, entry["line"], number), dose, entry)
        for number in range(1, rounds + 1)
        for entry, dose in todays
        if number <= dose.times_per_day
    ]


def plan_of(version: ProgramVersion, day: date) -> list[Planned]:
    """What this version plans on a day; nothing outside its own days."""
    if not version.starts_on <= day <= version.ends_on:
        return []
    return planned_on(version.content, version.starts_on, day)


def next_day_of(version: ProgramVersion, after: date) -> date | None:
    """The next day this version asks for something, or None when there is none left."""
    doses: Iterable[Dose] = (from_json(entry["dose"]) for entry in version.content["lines"])
    day = min((next_planned_day(dose, version.starts_on, after) for dose in doses), default=None)
    return day if day is not None and day <= version.ends_on else None
