"""What a version plans for one day, from its frozen content."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from programs.progression.dose import Dose, from_json
from programs.progression.plan import PlannedSession, is_planned


@dataclass(frozen=True)
class Planned:
    """One exercise, one time on one day; `session.number` is 2 for the second time of a twice-daily exercise."""

    session: PlannedSession
    dose: Dose
    entry: dict[str, Any]  # the line of the version's content


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
