"""The runner's day in the words of the page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programs.models import ExerciseLog
from programs.portal.access import Visit
from programs.portal.links import LinkLostError, unsubscribe_token_of
from programs.portal.plan import Planned, plan_of
from programs.portal.queries import answers_on
from programs.progression.dose import Dose

MOST_BOXES = 10


@dataclass(frozen=True)
class Step:
    """One planned exercise with what was reported about it."""

    planned: Planned
    log: ExerciseLog | None
    url: str

    @property
    def key(self) -> str:
        return f"{self.planned.session.line}.{self.planned.session.number}"

    @property
    def name(self) -> str:
        return str(self.planned.entry["name"])

    @property
    def round_words(self) -> str:
        if self.planned.dose.times_per_day == 1:
            return ""
        return _("time %(number)d of %(of)d today") % {
            "number": self.planned.session.number,
            "of": self.planned.dose.times_per_day,
        }

    @property
    def told(self) -> str:
        """What was reported, in one line; empty while it is open."""
        if self.log is None:
            return ""
        parts = [_("Done") if self.log.status == ExerciseLog.Status.DONE else _("Skipped")]
        if self.log.sets_done is not None and self.log.sets_done < self.planned.dose.sets:
            parts.append(_("%(done)d of %(all)d sets") % {"done": self.log.sets_done, "all": self.planned.dose.sets})
        if self.log.pain is not None:
            parts.append(_("pain %(pain)d") % {"pain": self.log.pain})
        return " · ".join(parts)


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

    def step(self, line: str, number: int) -> Step | None:
        return self.named(f"{line}.{number}")

    def named(self, key: str) -> Step | None:
        return next((step for step in self.steps if step.key == key), None)

    def is_last_open(self, step: Step) -> bool:
        return all(one.log is not None or one == step for one in self.steps)


@dataclass(frozen=True)
class Timer:
    """What the timer counts: every hold or stretch of time of one session, in its order."""

    seconds: int
    sets: int
    reps: int
    rest: int
    is_each_side: bool
    is_hold: bool


def exercise_url(visit: Visit, planned: Planned) -> str:
    session = planned.session
    return reverse(
        "programs:patient_exercise", args=[visit.token, session.day.isoformat(), session.line, session.number]
    )


def day_of(visit: Visit, day: date) -> Day:
    """One query for the day's answers; one more for a day before today's version."""
    version = visit.version_for(day)
    if version is None:
        return Day(day, [])
    logs = {(log.line, log.occasion): log for log in answers_on(visit.program.pk, day)}
    steps = [
        Step(one, logs.get((one.session.line, one.session.number)), exercise_url(visit, one))
        for one in plan_of(version, day)
    ]
    return Day(day, steps)


def timer_of(dose: Dose) -> Timer | None:
    """None where nothing is held or timed: repetitions are counted by the runner."""
    seconds = dose.hold_s or dose.work_s
    if not seconds:
        return None
    return Timer(seconds, dose.sets, dose.reps or 1, dose.rest_s or 0, dose.is_each_side, dose.hold_s is not None)


def set_boxes(dose: Dose, log: ExerciseLog | None) -> list[dict[str, Any]]:
    """A box to tick for each set, where there are several."""
    if not 1 < dose.sets <= MOST_BOXES:
        return []
    done = log.sets_done or 0 if log else 0
    return [{"value": number, "checked": number <= done} for number in range(1, dose.sets + 1)]


def pain_scale(ceiling: int, chosen: Any) -> list[dict[str, Any]]:
    """The row 0 to 10; values above the runner's own limit are drawn dashed."""
    return [{"value": value, "is_above": value > ceiling, "checked": str(value) == str(chosen)} for value in range(11)]


def pain_words(ceiling: int) -> str:
    if ceiling == 0:
        return _("No pain is fine for you. At 1 or more: stop this exercise today.")
    return _("Up to %(limit)d is fine for you. Above %(limit)d: stop this exercise today.") % {"limit": ceiling}


@dataclass(frozen=True)
class Reminders:
    """Whether mail may come in the evening, in words, and where to change that ("" when there is nothing to change)."""

    words: str
    url: str
    is_on: bool


def reminders_of(visit: Visit) -> Reminders | None:
    """None without an e-mail address: then there is nothing to say."""
    patient = visit.patient
    if not patient.email:
        return None
    try:
        url = reverse("programs:unsubscribe", args=[unsubscribe_token_of(visit.link)])
    except LinkLostError:
        url = ""
    if not patient.reminders:
        return Reminders(_("Reminders by e-mail are off."), url, is_on=False)
    words = _("If something is still open after %(hour)s, we send you one e-mail that day.")
    return Reminders(words % {"hour": f"{patient.reminder_hour:02d}:00"}, url, is_on=True)


@dataclass(frozen=True)
class Course:
    """Where the runner is in the course of the program: the phase now, what must be true to go on, and what comes then."""

    now: dict[str, Any]
    coming: dict[str, Any] | None


def course_of(content: dict[str, Any]) -> Course | None:
    """None for a program with one phase, and for versions from before there were phases."""
    phases = content.get("phases", [])
    at = next((number for number, phase in enumerate(phases) if phase["is_current"]), None)
    if at is None or len(phases) < 2:
        return None
    return Course(phases[at], phases[at + 1] if at + 1 < len(phases) else None)
