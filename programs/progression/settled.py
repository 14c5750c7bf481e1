"""One answer to each question: the future left out, corrections applied, late reports in their place.

Of several reports about the same thing the one told last counts, whenever it arrived. Of two told at the same moment
the worse answer counts, field by field, so that neither order nor chance decides. A red flag that was answered with
yes stays, whatever is answered later: the clinician closes it.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from typing import Final, TypeVar

from programs.progression.adherence import Adherence, Outcome, adherence
from programs.progression.checkin import CheckIn, Morning
from programs.progression.plan import PlannedSession
from programs.progression.reports import (
    CheckReport,
    Course,
    Leg,
    MorningReport,
    NewReport,
    Report,
    RunReport,
    SessionReport,
    Surface,
)

A_DAY: Final = timedelta(days=1)
_RANKS: Final[tuple[StrEnum, ...]] = (*Morning, *Leg, *Surface)
Told = TypeVar("Told", bound=Report)
Ranked = TypeVar("Ranked", Morning, Leg, Surface)
Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Settled:
    """What counts today. Mappings are by the runner's day; runs and checks are in the order of their days."""

    today: date
    planned: Mapping[date, tuple[PlannedSession, ...]]
    sessions: Mapping[PlannedSession, SessionReport]
    mornings: Mapping[date, MorningReport]
    runs: tuple[RunReport, ...]
    checks: Mapping[str, tuple[CheckReport, ...]]
    news: tuple[NewReport, ...]
    sessions_by_day: Mapping[date, tuple[SessionReport, ...]]
    runs_by_day: Mapping[date, tuple[RunReport, ...]]

    def told_on(self, day: date) -> tuple[SessionReport, ...]:
        """What was told about the sessions of a day, planned or not, by line and number."""
        return self.sessions_by_day.get(day, ())

    def runs_on(self, day: date) -> tuple[RunReport, ...]:
        return self.runs_by_day.get(day, ())

    def check_in(self, day: date) -> CheckIn:
        """The day as the pain rule reads it: the worst pain of sessions and runs, and the morning after."""
        reports: list[SessionReport | RunReport] = [*self.told_on(day), *self.runs_on(day)]
        pains = [each.pain for each in reports if each.pain is not None]
        morning = self.mornings.get(day + A_DAY)
        during = max(pains, default=None)
        if morning is None:
            return CheckIn(day, during)
        return CheckIn(
            day=day,
            during=during,
            morning=morning.change,
            morning_pain=morning.pain,
            limp=morning.has_limp,
            unsettled_24h=None if morning.is_settled is None else not morning.is_settled,
            leg_symptoms_lasted=None if morning.leg is None else morning.leg in (Leg.LASTED, Leg.SPREAD),
        )

    @property
    def days_told(self) -> set[date]:
        """Days with something to judge; a morning speaks for the day before."""
        return {
            *self.sessions_by_day,
            *self.runs_by_day,
            *(day - A_DAY for day in self.mornings),
        }

    def adherence(self, days: int) -> Adherence:
        """Done, skipped and not reported over the last `days` days, today among them."""
        since = self.today - timedelta(days=days) + A_DAY
        planned = [session for day, sessions in self.planned.items() if day >= since for session in sessions]
        answers = {session: told.outcome for session, told in self.sessions.items() if session.day >= since}
        return adherence(planned, answers, self.today)


def settled(course: Course, today: date) -> Settled:
    """The course as it stands on this day of the runner's; later days change nothing."""
    planned: dict[date, list[PlannedSession]] = defaultdict(list)
    for session in sorted(set(course.planned)):
        if session.day <= today:
            planned[session.day].append(session)
    sessions = _one_each(course.sessions, today, lambda each: each.session, _worse_session)
    mornings = _one_each(course.mornings, today, lambda each: each.day, _worse_morning)
    runs = _one_each(course.runs, today, lambda each: (each.day, each.number), _worse_run)
    in_order = tuple(runs[key] for key in sorted(runs))
    checks: dict[str, list[CheckReport]] = defaultdict(list)
    for check in _one_each(course.checks, today, lambda each: (each.day, each.key), _worse_check).values():
        checks[check.key].append(check)
    return Settled(
        today=today,
        planned={day: tuple(each) for day, each in planned.items()},
        sessions=sessions,
        mornings=mornings,
        runs=in_order,
        checks={key: tuple(sorted(each, key=lambda one: one.day)) for key, each in checks.items()},
        news=_news(course.news, today),
        sessions_by_day=_by_day(sessions[key] for key in sorted(sessions)),
        runs_by_day=_by_day(in_order),
    )


def _by_day(reports: Iterable[Told]) -> dict[date, tuple[Told, ...]]:
    found: dict[date, list[Told]] = defaultdict(list)
    for report in reports:
        found[report.day].append(report)
    return {day: tuple(each) for day, each in found.items()}


Key = TypeVar("Key", bound=Hashable)


def _one_each(
    reports: Iterable[Told], today: date, key: Callable[[Told], Key], worse: Callable[[Told, Told], Told]
) -> dict[Key, Told]:
    about: dict[Key, list[Told]] = defaultdict(list)
    for report in reports:
        if report.day <= today:
            about[key(report)].append(report)
    return {each: _latest(told, worse) for each, told in about.items()}


def _latest(told: list[Told], worse: Callable[[Told, Told], Told]) -> Told:
    last = max(report.told_at for report in told)
    same = [report for report in told if report.told_at == last]
    return replace(reduce(worse, same), arrived_at=min(report.arrived_at for report in same))


def _news(news: Iterable[NewReport], today: date) -> tuple[NewReport, ...]:
    """Every yes, and the questions whose last answer is still open; by day and key."""
    mine = [report for report in news if report.day <= today]
    said = {report for report in mine if report.answer}
    last: dict[str, NewReport] = {}
    for report in sorted(mine, key=lambda each: (each.told_at, each.answer is None)):
        last[report.key] = report
    kept = said | {report for report in last.values() if report.answer is None}
    return tuple(sorted(kept, key=lambda each: (each.day, each.key, each.told_at, each.arrived_at)))


def _most(one: Number | None, other: Number | None) -> Number | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _least(one: Number | None, other: Number | None) -> Number | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _any(*answers: bool | None) -> bool | None:
    known = [each for each in answers if each is not None]
    return any(known) if known else None


def _all(*answers: bool | None) -> bool | None:
    known = [each for each in answers if each is not None]
    return all(known) if known else None


def _worst(one: Ranked | None, other: Ranked | None) -> Ranked | None:
    return max((each for each in (one, other) if each is not None), key=_RANKS.index, default=None)


def _worse_session(one: SessionReport, other: SessionReport) -> SessionReport:
    outcome = Outcome.DONE if one.outcome is other.outcome is Outcome.DONE else Outcome.NOT_DONE
    return replace(one, outcome=outcome, pain=_most(one.pain, other.pain), for_pain=_any(one.for_pain, other.for_pain))


def _worse_morning(one: MorningReport, other: MorningReport) -> MorningReport:
    return replace(
        one,
        change=_worst(one.change, other.change),
        pain=_most(one.pain, other.pain),
        has_limp=_any(one.has_limp, other.has_limp),
        is_settled=_all(one.is_settled, other.is_settled),
        leg=_worst(one.leg, other.leg),
    )


def _worse_run(one: RunReport, other: RunReport) -> RunReport:
    return replace(
        one,
        minutes=_least(one.minutes, other.minutes),
        metres=_least(one.metres, other.metres),
        surface=_worst(one.surface, other.surface),
        pain=_most(one.pain, other.pain),
        level=_least(one.level, other.level),
    )


def _worse_check(one: CheckReport, other: CheckReport) -> CheckReport:
    return replace(
        one,
        left=_least(one.left, other.left),
        right=_least(one.right, other.right),
        value=_least(one.value, other.value),
        passed=_all(one.passed, other.passed),
        pain=_most(one.pain, other.pain),
        has_cramp=_any(one.has_cramp, other.has_cramp),
        hip_drops=_any(one.hip_drops, other.hip_drops),
    )
