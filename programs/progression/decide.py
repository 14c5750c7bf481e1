"""The proposal for a program on one day: progress, hold, step back or review, why, and on which data points.

Source: clinical file on rehabilitation, sections 2 to 7; the numbers are in rules.toml and criteria.toml with the
standing of each. It is a proposal: the clinician accepts, changes or dismisses it, and the runner sees nothing of it.

Promises, held by the tests: worse pain never gives an easier verdict; the order in which reports arrive changes nothing;
a missing answer that a step forward needs never progresses; reports of days to come change nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.progression import evidence
from programs.progression.criteria import CRITERIA, Criterion, Stage, stage_of
from programs.progression.meeting import Answer, Standing, answer, self_test_rung
from programs.progression.proposal_types import Change, Decision, Param, Part, Reason, Verdict
from programs.progression.reports import Course
from programs.progression.rules import limit, weeks_in_stage
from programs.progression.runladder import GOOD_RUNS_TO_MOVE_UP, TOP_LEVEL
from programs.progression.running import Ladder, Rung, rung
from programs.progression.settled import Settled, settled
from programs.progression.stand import Plan


@dataclass(frozen=True)
class _Ready:
    """What could come next, most wanted first, and everything that stands between."""

    changes: tuple[Change, ...]
    reasons: tuple[Reason, ...]


def decide(course: Course, plan: Plan, today: date) -> Decision:
    """What to propose on this day of the runner's. Costs no more than reading the course once; changes nothing."""
    told = settled(course, today)
    days = evidence.deciding_days(told, plan)
    stage = stage_of(plan.diagnosis, plan.stage)
    ladder = _rung(told, plan)
    against = [
        *_outside_rules(plan, stage),
        *evidence.red_flags(told, plan),
        *evidence.bad_days(told, plan, days),
        *evidence.comes_back(told, plan),
        *evidence.little_done(told, plan),
        *evidence.missing(told, plan, days),
        *(evidence.surfaces(told, plan, stage) if stage else ()),
        *_run_too_much(ladder, plan),
    ]
    ready = _ready(told, plan, stage, days, ladder)
    if not against and ready.changes:
        reasons = (_tolerated(told, days), *ready.reasons)
        return _decision(told, Verdict.PROGRESS, ready.changes[0], reasons, ready.changes[1:])
    held = [*against, *ready.reasons, *_overdue(told, plan)] or [Reason("nothing_next", Verdict.HOLD)]
    verdict = max(Verdict.HOLD, *(reason.verdict for reason in held), key=lambda each: each.rank)
    change = _back(told, plan, held) if verdict is Verdict.STEP_BACK else None
    return _decision(told, verdict, change, held, ready.changes)


def _decision(
    told: Settled, verdict: Verdict, change: Change | None, reasons: Sequence[Reason], waiting: Sequence[Change]
) -> Decision:
    ordered = sorted(set(reasons), key=lambda each: (-each.verdict.rank, each.key, str(each.params), str(each.points)))
    return Decision(
        verdict=verdict,
        change=change,
        reasons=tuple(ordered),
        waiting=tuple(waiting),
        adherence=told.adherence(limit("window_days")),
        today=told.today,
    )


def _outside_rules(plan: Plan, stage: Stage | None) -> Iterator[Reason]:
    if plan.diagnosis is WorkingDiagnosis.REFER:
        yield Reason("refer_first", Verdict.REVIEW)
    elif stage is None:
        yield Reason("no_rules", Verdict.HOLD)


def _rung(told: Settled, plan: Plan) -> Rung | None:
    if plan.run_level is None:
        return None
    return rung(told, plan.run_level, plan.run_since or plan.stage_since)


def _run_too_much(ladder: Rung | None, plan: Plan) -> Iterator[Reason]:
    if ladder is not None and ladder.ladder is Ladder.DOWN:
        yield Reason("run_too_much", Verdict.STEP_BACK, (("level", plan.run_level or 0),), ladder.points)


def _tolerated(told: Settled, days: Sequence[date]) -> Reason:
    points = tuple(point for day in days for point in evidence.points_of(told, day))
    return Reason("tolerated", Verdict.PROGRESS, (("days", len(days)),), points)


def _ready(told: Settled, plan: Plan, stage: Stage | None, days: Sequence[date], ladder: Rung | None) -> _Ready:
    """The stage before the rung, the rung before the exercise, and the end last: one change at a time.

    A program ends when its last criteria are met and its runs, if they follow the ladder, are on the highest rung.
    """
    if stage is None:
        return _Ready((), ())
    changes: list[Change] = []
    answers = _answers(stage.criteria, told, plan, days)
    reasons = [_criterion_reason(each) for each in answers]
    are_met = all(each.is_met for each in answers)
    if are_met and plan.next_stage:
        changes.append(Change(Part.STAGE, plan.stage, plan.next_stage))
    if ladder is not None and plan.run_level is not None:
        first_run = _answers(CRITERIA.first_run.get(plan.diagnosis, ()), told, plan, days) if not plan.run_level else []
        reason = _rung_reason(ladder, plan.run_level, stage)
        reasons += [reason, *(_criterion_reason(each) for each in first_run)]
        if reason.verdict is Verdict.PROGRESS and all(each.is_met for each in first_run):
            changes.append(Change(Part.RUN_LEVEL, plan.run_level, plan.run_level + 1))
    if plan.self_test is not None:
        passed, _all = self_test_rung(told, plan.side)
        if passed > plan.self_test:
            changes.append(Change(Part.SELF_TEST, plan.self_test, plan.self_test + 1))
            reasons.append(Reason("self_test_passed", Verdict.PROGRESS, (("passed", plan.self_test + 1),)))
    if are_met and not plan.next_stage and plan.run_level in (None, stage.run_cap):
        changes.append(Change(Part.FINISH))
    return _Ready(tuple(changes), tuple(reasons))


def _answers(criteria: Sequence[Criterion], told: Settled, plan: Plan, days: Sequence[date]) -> list[Answer]:
    asked = [each for each in criteria if plan.is_sprinter or not each.only_sprinters]
    return [answer(each, told, days, plan.side) for each in asked]


def _criterion_reason(found: Answer) -> Reason:
    """One criterion as a reason: what is met speaks for progress, the rest for holding."""
    key = {
        Standing.MET: "criterion_met",
        Standing.UNMET: "side_lags" if found.lagging else "criterion_unmet",
        Standing.UNKNOWN: "criterion_unknown",
    }[found.standing]
    params: list[Param] = [("check", found.criterion.check), ("by", found.criterion.by.value), *found.values]
    params += [("limit", found.criterion.limit), ("unit", found.criterion.unit)]
    if found.lagging:
        params.append(("side", found.lagging.value))
    return Reason(key, Verdict.PROGRESS if found.is_met else Verdict.HOLD, tuple(params), found.points)


def _rung_reason(ladder: Rung, run_level: int, stage: Stage) -> Reason:
    params = (("level", run_level), ("good", ladder.good), ("needed", GOOD_RUNS_TO_MOVE_UP))
    if ladder.ladder is Ladder.UP and run_level == TOP_LEVEL:
        return Reason("run_top", Verdict.HOLD, params, ladder.points)
    if ladder.ladder is Ladder.UP and run_level >= stage.run_cap:
        return Reason("run_cap", Verdict.HOLD, params, ladder.points)
    key = {
        Ladder.UP: "runs_good",
        Ladder.AGAIN: "run_again",
        Ladder.DOWN: "run_again",
        Ladder.UNKNOWN: "run_unknown",
        Ladder.NOT_TRIED: "run_not_tried",
    }[ladder.ladder]
    return Reason(key, Verdict.PROGRESS if ladder.ladder is Ladder.UP else Verdict.HOLD, params, ladder.points)


def _overdue(told: Settled, plan: Plan) -> list[Reason]:
    """A stage that lasts longer than it should, or a review whose day has come, while there is nothing to go on to."""
    weeks = weeks_in_stage(plan.diagnosis)
    found = []
    begun = max(plan.stage_since, plan.reviewed_on or plan.stage_since)
    if weeks is not None and told.today - begun > timedelta(weeks=weeks):
        found.append(Reason("stage_takes_long", Verdict.REVIEW, (("weeks", weeks),)))
    if plan.review_on is not None and plan.review_on <= told.today:
        found.append(Reason("review_due", Verdict.REVIEW))
    return found


def _back(told: Settled, plan: Plan, reasons: Sequence[Reason]) -> Change:
    """What to take back, one thing: the rung when a run is behind it, the stage when it is new, else the load."""
    behind = [reason for reason in reasons if reason.verdict is Verdict.STEP_BACK]
    has_run = any(point.kind == "run" for reason in behind for point in reason.points)
    if has_run and plan.run_level:
        return Change(Part.RUN_LEVEL, plan.run_level, plan.run_level - 1)
    is_new = (told.today - plan.stage_since).days <= limit("new_stage_days")
    earlier = [stage for stage in plan.diagnosis.stages if plan.stage is not None and stage < plan.stage]
    if is_new and earlier:
        return Change(Part.STAGE, plan.stage, max(earlier))
    return Change(Part.LOAD)
