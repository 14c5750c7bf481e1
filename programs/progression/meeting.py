"""Whether a criterion is met: met, not met, or not known. What is not known is never met.

The latest check within its time of validity counts (`check_valid_days`); two checks of one day count as the worse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clinic.vocabulary.sides import PainfulSide, Side
from programs.progression.checkin import Morning
from programs.progression.criteria import SELF_TESTS, Criterion, Kind
from programs.progression.proposal_types import Point, point_of
from programs.progression.reports import CheckReport, Leg, RunReport
from programs.progression.rules import limit
from programs.progression.settled import A_DAY, Settled


class Standing(StrEnum):
    """How a criterion stands."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """How a criterion stands and the data points behind it. `lagging`: the side that holds it back, if one does."""

    criterion: Criterion
    standing: Standing
    points: tuple[Point, ...] = ()
    lagging: Side | None = None
    values: tuple[tuple[str, float], ...] = ()

    @property
    def is_met(self) -> bool:
        return self.standing is Standing.MET


def answer(criterion: Criterion, told: Settled, days: Sequence[date], side: PainfulSide) -> Answer:
    """How one criterion stands. `days` are the days that decide about pain, `side` is the painful one."""
    if criterion.kind is Kind.RUNS:
        return _runs(criterion, told)
    if criterion.kind is Kind.RECENT_PAIN:
        return _recent_pain(criterion, told, days)
    checks = valid_checks(criterion.check, told)
    if not checks:
        return Answer(criterion, Standing.UNKNOWN)
    if criterion.kind is Kind.YES:
        return _yes(criterion, checks)
    found = {Kind.SYMMETRY: _symmetry, Kind.PAIN_AT_MOST: _pain}.get(criterion.kind, _measured)
    return found(criterion, checks[-1], side)


def self_test_rung(told: Settled, side: PainfulSide) -> tuple[int, tuple[Answer, ...]]:
    """How many of the self-tests, in their fixed order, are passed without a gap (0 to 4), and how each stands."""
    answers = tuple(answer(each, told, (), side) for each in SELF_TESTS)
    passed = 0
    while passed < len(answers) and answers[passed].is_met:
        passed += 1
    return passed, answers


def valid_checks(key: str, told: Settled) -> tuple[CheckReport, ...]:
    """The checks of this key that still speak for today, oldest first."""
    since = told.today - timedelta(days=limit("check_valid_days"))
    return tuple(check for check in told.checks.get(key, ()) if check.day > since)


def is_good_morning(told: Settled, day: date) -> bool | None:
    """Whether the morning after this day was no worse; None when it was not told."""
    morning = told.mornings.get(day + A_DAY)
    if morning is None or morning.change is None:
        return None
    return morning.change is not Morning.WORSE


def _sided(criterion: Criterion, check: CheckReport) -> dict[Side | None, float | None]:
    if criterion.each_side or criterion.kind is Kind.SYMMETRY:
        return {Side.LEFT: check.left, Side.RIGHT: check.right}
    return {None: check.value}


def _measured(criterion: Criterion, check: CheckReport, _side: PainfulSide) -> Answer:
    """At least or at most so much, on each side where it asks for both, and clean where it asks for that."""
    measured = _sided(criterion, check)
    points = _points(check, measured)
    below = criterion.kind is Kind.AT_LEAST
    failed = [
        side
        for side, value in measured.items()
        if value is not None and (value < criterion.limit if below else value > criterion.limit)
    ]
    known = {side: value for side, value in measured.items() if value is not None}
    values = tuple((side.value if side else "value", value) for side, value in known.items())
    lagging = failed[0] if len(failed) == 1 and len(known) == len(Side) else None
    faults = [check.has_cramp, check.hip_drops] if criterion.is_clean else []
    if failed or True in faults:
        return Answer(criterion, Standing.UNMET, points, lagging, values)
    standing = Standing.UNKNOWN if len(known) < len(measured) or None in faults else Standing.MET
    return Answer(criterion, standing, points, None, values)


def _symmetry(criterion: Criterion, check: CheckReport, side: PainfulSide) -> Answer:
    """The painful side against the other, or the weaker against the stronger when both hurt, in percent."""
    left, right = check.left, check.right
    points = _points(check, _sided(criterion, check))
    if left is None or right is None or max(left, right) <= 0:
        return Answer(criterion, Standing.UNKNOWN, points)
    own, other = {
        PainfulSide.LEFT: (left, right),
        PainfulSide.RIGHT: (right, left),
        PainfulSide.BOTH: (min(left, right), max(left, right)),
    }[side]
    values = (("left", left), ("right", right))
    if other <= 0 or own * 100 >= other * criterion.limit:
        return Answer(criterion, Standing.MET, points, None, values)
    return Answer(criterion, Standing.UNMET, points, Side.LEFT if left < right else Side.RIGHT, values)


def _pain(criterion: Criterion, check: CheckReport, _side: PainfulSide) -> Answer:
    if check.pain is None:
        return Answer(criterion, Standing.UNKNOWN, (point_of(check, "check", check.key),))
    standing = Standing.MET if check.pain <= criterion.limit else Standing.UNMET
    points = (point_of(check, "check", check.key, check.pain),)
    return Answer(criterion, standing, points, None, (("pain", check.pain),))


def _yes(criterion: Criterion, checks: Sequence[CheckReport]) -> Answer:
    """The last `times` answers are all yes, each on a day of its own."""
    last = checks[-criterion.times :]
    points = tuple(point_of(check, "check", check.key, check.passed) for check in last)
    if any(check.passed is False for check in last):
        return Answer(criterion, Standing.UNMET, points)
    is_known = len(last) == criterion.times and all(check.passed is not None for check in last)
    return Answer(criterion, Standing.MET if is_known else Standing.UNKNOWN, points)


def _runs(criterion: Criterion, told: Settled) -> Answer:
    """The last `times` days with a run: long enough, pain within the limit, and no worse the next morning."""
    days = sorted({run.day for run in told.runs})[-criterion.times :]
    runs = [run for run in told.runs if run.day in days]
    points = tuple(point_of(run, "run", "", run.pain) for run in runs)
    stands = [_run_stands(criterion, run, told) for run in runs]
    if Standing.UNMET in stands:
        return Answer(criterion, Standing.UNMET, points)
    is_known = len(days) == criterion.times and Standing.UNKNOWN not in stands
    return Answer(criterion, Standing.MET if is_known else Standing.UNKNOWN, points)


def _run_stands(criterion: Criterion, run: RunReport, told: Settled) -> Standing:
    morning = told.mornings.get(run.day + A_DAY)
    leg = morning.leg if morning else None
    answers = [
        None if run.pain is None else run.pain <= criterion.limit,
        None if run.minutes is None else run.minutes >= criterion.minutes,
        is_good_morning(told, run.day),
        *([None if leg is None else leg is Leg.NONE] if criterion.no_leg else []),
    ]
    if False in answers:
        return Standing.UNMET
    return Standing.UNKNOWN if None in answers else Standing.MET


def _recent_pain(criterion: Criterion, told: Settled, days: Sequence[date]) -> Answer:
    """Every pain of the days that decide, during and the next morning."""
    pains = [pain for day in days for pain in (told.check_in(day).during, told.check_in(day).morning_pain)]
    known = [pain for pain in pains if pain is not None]
    points = tuple(Point(day, "session", "", told.check_in(day).during) for day in days)
    if known and max(known) > criterion.limit:
        return Answer(criterion, Standing.UNMET, points, None, (("pain", max(known)),))
    during = [told.check_in(day).during for day in days]
    is_known = len(days) > 0 and any(pain is not None for pain in during)
    return Answer(criterion, Standing.MET if is_known else Standing.UNKNOWN, points)


def _points(check: CheckReport, measured: dict[Side | None, float | None]) -> tuple[Point, ...]:
    return tuple(
        point_of(check, "check", check.key, value, side.value if side else "") for side, value in measured.items()
    )
