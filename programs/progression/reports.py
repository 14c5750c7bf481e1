"""What a runner told, as the rules read it: sessions, mornings, runs, measured checks and anything new.

Days are the runner's own calendar days. Every report carries when it was told (on the phone, also offline) and when
it arrived. A later answer about the same thing replaces an earlier one by the time it was told, never by the time it
arrived; of two told at the same moment the worse counts, field by field. None is always "not answered".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from programs.progression.adherence import Outcome
from programs.progression.checkin import NPRS_MAX, Morning
from programs.progression.plan import PlannedSession

LATE_FROM = timedelta(hours=12)


class Surface(StrEnum):
    """What a run was on; from the easiest for the back of the thigh to the hardest."""

    FLAT = "flat"
    UP = "up"
    DOWN = "down"
    SPEED = "speed"


class Leg(StrEnum):
    """Tingling or leg symptoms since yesterday's session; from best to worst. `settled`: gone within minutes."""

    NONE = "none"
    SETTLED = "settled"
    LASTED = "lasted"
    SPREAD = "spread"


@dataclass(frozen=True, kw_only=True)
class Report:
    """What every report has. Times carry a time zone. Raises `ValueError` for a time without one."""

    day: date
    told_at: datetime
    arrived_at: datetime

    def __post_init__(self) -> None:
        for moment in (self.told_at, self.arrived_at):
            if moment.tzinfo is None:
                raise ValueError("A report's times need a time zone.")
        pain = getattr(self, "pain", None)
        if pain is not None and not 0 <= pain <= NPRS_MAX:
            raise ValueError(f"pain must be from 0 to 10, not {pain}.")

    @property
    def late_h(self) -> int:
        """Whole hours between telling and arriving, when that took half a day or more; else 0."""
        gap = self.arrived_at - self.told_at
        return int(gap / timedelta(hours=1)) if gap >= LATE_FROM else 0


Told = TypeVar("Told", bound=Report)


@dataclass(frozen=True, kw_only=True)
class SessionReport(Report):
    """One planned session: done or not done, and pain while doing it (0 to 10). `for_pain`: skipped because it hurt."""

    line: str
    number: int = 1
    outcome: Outcome
    pain: int | None = None
    for_pain: bool | None = None

    @property
    def session(self) -> PlannedSession:
        return PlannedSession(self.day, self.line, self.number)


@dataclass(frozen=True, kw_only=True)
class MorningReport(Report):
    """A morning, about the day before. `day` is the morning's own day; `pain` 0 to 10; `is_settled`: within 24 hours."""

    change: Morning | None = None
    pain: int | None = None
    has_limp: bool | None = None
    is_settled: bool | None = None
    leg: Leg | None = None


@dataclass(frozen=True, kw_only=True)
class RunReport(Report):
    """One run or walk: minutes, metres, surface, pain 0 to 10, and the rung of the ladder it was meant to be."""

    number: int = 1
    minutes: int | None = None
    metres: int | None = None
    surface: Surface | None = None
    pain: int | None = None
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class CheckReport(Report):
    """One measured check. Seconds, times or degrees as its criterion says: `left` and `right`, or `value` for both.

    `passed` answers a check that is yes or no. `pain` 0 to 10 during it.
    """

    key: str
    left: float | None = None
    right: float | None = None
    value: float | None = None
    passed: bool | None = None
    pain: int | None = None
    has_cramp: bool | None = None
    hip_drops: bool | None = None


@dataclass(frozen=True, kw_only=True)
class NewReport(Report):
    """One red-flag question of "something new". `key` is the finding's; None: the question was left open."""

    key: str
    answer: bool | None


@dataclass(frozen=True)
class Course:
    """Everything planned and told, in any order. The future and doubles may be in it; `settled` takes them out."""

    planned: tuple[PlannedSession, ...] = ()
    sessions: tuple[SessionReport, ...] = ()
    mornings: tuple[MorningReport, ...] = ()
    runs: tuple[RunReport, ...] = ()
    checks: tuple[CheckReport, ...] = ()
    news: tuple[NewReport, ...] = ()

    def known_at(self, moment: datetime) -> "Course":
        """What had arrived by then, to replay an old proposal on what was known."""
        return replace(
            self,
            sessions=_arrived(self.sessions, moment),
            mornings=_arrived(self.mornings, moment),
            runs=_arrived(self.runs, moment),
            checks=_arrived(self.checks, moment),
            news=_arrived(self.news, moment),
        )


def _arrived(reports: Iterable[Told], moment: datetime) -> tuple[Told, ...]:
    return tuple(report for report in reports if report.arrived_at <= moment)
