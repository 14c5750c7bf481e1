"""The runner's day in the words of the page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import ExerciseLog, MorningCheck
from programs.portal.access import Visit
from programs.portal.plan import Planned, planned_on

DAYS_TO_CORRECT = 7


@dataclass(frozen=True)
class Step:
    """One planned exercise with what was reported about it."""

    planned: Planned
    log: ExerciseLog | None
    url: str

    @property
    def state(self) -> str:
        return self.log.status if self.log else "open"

    @property
    def name(self) -> str:
        return str(self.planned.entry["name"])

    @property
    def round_words(self) -> str:
        if self.planned.dose.times_per_day == 1:
            return ""
        return _("Time %(number)d of %(of)d today") % {
            "number": self.planned.session.number,
            "of": self.planned.dose.times_per_day,
        }


@dataclass(frozen=True)
class Day:
    """Everything the runner can see and say about one day."""

    day: date
    steps: list[Step]

    @property
    def answered(self) -> int:
        return sum(step.log is not None for step in self.steps)

    @property
    def first_open(self) -> Step | None:
        return next((step for step in self.steps if step.log is None), None)

    @property
    def is_complete(self) -> bool:
        return bool(self.steps) and self.first_open is None


def exercise_url(visit: Visit, planned: Planned) -> str:
    session = planned.session
    return reverse(
        "programs:patient_exercise", args=[visit.token, session.day.isoformat(), session.line, session.number]
    )


def day_of(visit: Visit, day: date) -> Day:
    """One query for the day's answers."""
    logs = {(log.line, log.occasion): log for log in visit.version.logs.filter(day=day)}
    planned = planned_on(visit.version.content, visit.version.starts_on, day) if day <= visit.version.ends_on else []
    steps = [Step(one, logs.get((one.session.line, one.session.number)), exercise_url(visit, one)) for one in planned]
    return Day(day, steps)


def step_of(day: Day, line: str, number: int) -> Step | None:
    return next((s for s in day.steps if (s.planned.session.line, s.planned.session.number) == (line, number)), None)


def pain_scale(ceiling: int, chosen: int | None) -> list[dict[str, Any]]:
    """The row 0 to 10; values above the runner's own limit are drawn dashed."""
    return [{"value": value, "is_above": value > ceiling, "checked": value == chosen} for value in range(11)]


def asks_about_morning(visit: Visit) -> bool:
    """Only when the day before had something planned: otherwise there is nothing to compare."""
    yesterday = visit.today - timedelta(days=1)
    return visit.version.starts_on <= yesterday and bool(day_of(visit, yesterday).steps)


def morning_of(visit: Visit) -> MorningCheck | None:
    return visit.program.mornings.filter(day=visit.today).first()


def days_to_correct(visit: Visit) -> list[date]:
    """The last week's days inside the plan, newest first, without today."""
    days = (visit.today - timedelta(days=back) for back in range(1, DAYS_TO_CORRECT + 1))
    return [day for day in days if visit.version.starts_on <= day <= visit.version.ends_on]


def pain_words(ceiling: int) -> str:
    return _("Up to %(limit)d is fine for you. Above %(limit)d: stop this exercise today.") % {"limit": ceiling}
