"""What speaks against going on: red flags, pain, mornings, missing answers, low adherence, flares that come back.

Every function answers with reasons; none is empty of data points unless nothing was told at all. What is bad counts at
once, also today's; what is good counts only when the day is over and the next morning was told.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from programs.progression.adherence import Outcome
from programs.progression.checkin import CheckIn, Morning, State, judge, worse_mornings_running
from programs.progression.criteria import Stage
from programs.progression.proposal_types import Point, Reason, Verdict, point_of
from programs.progression.reports import RunReport, SessionReport, Surface
from programs.progression.rules import limit
from programs.progression.settled import A_DAY, Settled
from programs.progression.stand import Plan

_VERDICTS: Final = {
    State.ACCEPTABLE: Verdict.PROGRESS,
    State.NO_ANSWER: Verdict.HOLD,
    State.HOLD: Verdict.HOLD,
    State.STEP_BACK: Verdict.STEP_BACK,
}


def deciding_days(told: Settled, plan: Plan) -> tuple[date, ...]:
    """The last planned days before today, as many as are to be repeated, none from before the last change."""
    days = sorted(day for day in told.planned if plan.since <= day < told.today)
    return tuple(days[-limit("good_days") :])


def red_flags(told: Settled, plan: Plan) -> Iterator[Reason]:
    """Something new: any yes asks for a review at once, a question left open holds. One that arrived after the clinician
    dealt with the others is open, however old it is.
    """
    seen = plan.new_seen_at
    for new in told.news:
        if seen is not None and new.arrived_at <= seen:
            continue
        point = point_of(new, "new", new.key, new.answer)
        if new.answer:
            yield Reason("red_flag", Verdict.REVIEW, (("flag", new.key),), (point,))
        else:
            yield Reason("red_flag_open", Verdict.HOLD, (("flag", new.key),), (point,))


def bad_days(told: Settled, plan: Plan, days: Sequence[date]) -> Iterator[Reason]:
    """The pain rule on every recent day that told something: from the first deciding day to today, three days at least."""
    first = max(plan.since, min((*days, told.today - timedelta(days=limit("good_days")))))
    for day in sorted(each for each in told.days_told if first <= each <= told.today):
        yield from _judged(told, plan, day)


def _judged(told: Settled, plan: Plan, day: date) -> Iterator[Reason]:
    verdict = judge(told.check_in(day), plan.ceiling, plan.usual_morning_pain)
    if verdict.state in (State.ACCEPTABLE, State.NO_ANSWER):
        return
    for reason in verdict.reasons:
        yield Reason(reason.key, _VERDICTS[verdict.state], tuple(sorted(reason.values.items())), points_of(told, day))


def surfaces(told: Settled, plan: Plan, stage: Stage) -> Iterator[Reason]:
    """Runs since the last change on ground that does not belong into this stage yet, in the last days that count."""
    since = max(plan.since, told.today - timedelta(days=limit("good_days")))
    for run in told.runs:
        if run.day >= since and run.surface in stage.not_on:
            point = point_of(run, "run", "", run.surface.value if run.surface else None)
            yield Reason("surface_not_yet", Verdict.HOLD, (("surface", str(run.surface or Surface.FLAT)),), (point,))


def missing(told: Settled, plan: Plan, days: Sequence[date]) -> Iterator[Reason]:
    """Every answer that a step forward needs and that nobody gave; a day that was skipped is no answer either."""
    if len(days) < limit("good_days"):
        params = (("days", len(days)), ("needed", limit("good_days")))
        yield Reason("too_early", Verdict.HOLD, params, tuple(Point(day, "planned") for day in days))
    for day in days:
        yield from _missing_on(told, plan, day)


def _missing_on(told: Settled, plan: Plan, day: date) -> Iterator[Reason]:
    reports = {report.session: report for report in told.told_on(day)}
    planned = told.planned[day]
    if open_ones := [session for session in planned if session not in reports]:
        points = tuple(Point(day, "planned", session.line) for session in open_ones)
        yield Reason("not_reported", Verdict.HOLD, (("n", len(open_ones)), ("planned", len(planned))), points)
        return
    done = [reports[session] for session in planned if reports[session].outcome is Outcome.DONE]
    skipped = [reports[session] for session in planned if reports[session].outcome is not Outcome.DONE]
    if hurt := [each for each in skipped if each.for_pain]:
        points = tuple(point_of(each, "session", each.line, each.outcome.value) for each in hurt)
        yield Reason("skipped_for_pain", Verdict.HOLD, (("n", len(hurt)),), points)
    if not done:
        points = tuple(point_of(each, "session", each.line, each.outcome.value) for each in skipped)
        yield Reason("skipped_day", Verdict.HOLD, (("n", len(skipped)),), points)
    active: list[SessionReport | RunReport] = [*done, *told.runs_on(day)]
    if unsaid := [each for each in active if each.pain is None]:
        points = tuple(point_of(each, "session", getattr(each, "line", "")) for each in unsaid)
        yield Reason("pain_missing", Verdict.HOLD, (("n", len(unsaid)),), points)
    morning = told.mornings.get(day + A_DAY)
    if morning is None or morning.change is None:
        yield Reason("morning_missing", Verdict.HOLD, (), (Point(day + A_DAY, "morning"),))
    elif plan.is_nerve and morning.leg is None:
        yield Reason("leg_missing", Verdict.HOLD, (), (point_of(morning, "morning"),))


def little_done(told: Settled, plan: Plan) -> Iterator[Reason]:
    """Silence, and less done than says much about more."""
    counts = told.adherence(limit("window_days"))
    last = max((day for day in told.days_told if day <= told.today), default=None)
    first = min(told.planned, default=None)
    begun = max(plan.since, first) if first is not None else None
    quiet_since = max((day for day in (last, begun) if day is not None), default=told.today)
    quiet = (told.today - quiet_since).days
    planned_since = [day for day in told.planned if quiet_since < day < told.today]
    if quiet >= limit("silent_days") and planned_since:
        points = (Point(last, "session"),) if last is not None else ()
        yield Reason("silent", Verdict.HOLD, (("days", quiet),), points)
    if counts.planned and counts.done * 100 < counts.planned * limit("done_percent"):
        params = (("done", counts.done), ("planned", counts.planned), ("days", limit("window_days")))
        yield Reason("little_done", Verdict.HOLD, params)


def comes_back(told: Settled, plan: Plan) -> Iterator[Reason]:
    """Flares apart from each other, worse mornings running, and steps back already taken: the diagnosis is in question."""
    seen = plan.reviewed_on or date.min
    window = told.today - timedelta(days=limit("window_days"))
    flares = [day for day in sorted(told.days_told) if day > max(seen, window) and _is_flare(told, plan, day)]
    if flares and (flares[-1] - flares[0]).days >= limit("flares_apart_days"):
        points = tuple(point for day in flares for point in points_of(told, day))
        yield Reason("flares_again", Verdict.REVIEW, (("n", len(flares)), ("days", limit("window_days"))), points)
    recent = [day for day in sorted(told.days_told) if day > max(seen, window) and day >= plan.since]
    mornings = [each for each in (told.check_in(day) for day in recent) if each.morning is not None]
    running = worse_mornings_running(mornings)
    if running >= limit("worse_mornings"):
        points = tuple(point for each in mornings[-running:] for point in _morning_points(told, each.day))
        yield Reason("worse_mornings", Verdict.REVIEW, (("n", running),), points)
    remembered = told.today - timedelta(days=limit("drops_within_days"))
    drops = sorted(day for day in set(plan.drops) if max(seen, remembered) < day <= told.today)
    if len(drops) >= limit("drops"):
        points = tuple(Point(day, "planned") for day in drops)
        yield Reason("dropped_twice", Verdict.REVIEW, (("n", len(drops)),), points)


def _is_flare(told: Settled, plan: Plan, day: date) -> bool:
    """Whether the day alone asks for a step back; on the day before a worse morning, that morning counts."""
    return judge(told.check_in(day), plan.ceiling, plan.usual_morning_pain).state is State.STEP_BACK


def points_of(told: Settled, day: date) -> tuple[Point, ...]:
    """What carries a verdict on a day: its worst sessions, its runs with their surface, and the morning after."""
    check_in: CheckIn = told.check_in(day)
    sessions = [each for each in told.told_on(day) if each.pain is not None and each.pain == check_in.during]
    return (
        *(point_of(each, "session", each.line, each.pain) for each in sessions),
        *(point_of(run, "run", run.surface.value if run.surface else "", run.pain) for run in told.runs_on(day)),
        *_morning_points(told, day),
    )


def _morning_points(told: Settled, day: date) -> tuple[Point, ...]:
    morning = told.mornings.get(day + A_DAY)
    if morning is None:
        return ()
    change: Morning | None = morning.change
    return (point_of(morning, "morning", change.value if change else "", morning.pain),)
