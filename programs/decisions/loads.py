"""The doses to go back to when the load was too much: those last borne well."""

from collections.abc import Mapping
from typing import Any

from programs.decisions.gather import Gathered
from programs.decisions.history import Issued, holding
from programs.progression.checkin import State, judge
from programs.progression.settled import Settled, settled


def last_tolerated(found: Gathered) -> Mapping[str, Any]:
    """Doses by exercise of the newest earlier version that differs and was borne; empty when there is none.

    Borne: something was told of its days, and no day of it asked for a step back.
    """
    *earlier, now = holding(found.issued, found.today)
    told = settled(found.course, found.today)
    for version in reversed(earlier):
        doses = version.doses
        shared = {exercise: dose for exercise, dose in now.doses.items() if exercise in doses}
        if any(doses[exercise] != dose for exercise, dose in shared.items()) and _was_borne(told, version, found):
            return {exercise: doses[exercise] for exercise in shared}
    return {}


def _was_borne(told: Settled, version: Issued, found: Gathered) -> bool:
    days = [day for day in told.days_told if version.starts_on <= day <= version.last_on]
    ceiling = version.content["pain_ceiling"]
    states = [judge(told.check_in(day), ceiling, found.plan.usual_morning_pain).state for day in days]
    return bool(states) and State.STEP_BACK not in states
