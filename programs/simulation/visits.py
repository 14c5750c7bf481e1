"""The clinician's round once a week: the real rules propose, the clinician answers, and a new version follows."""

from datetime import date, datetime, timedelta

from programs.models import Program
from programs.progression.decide import decide
from programs.progression.proposal_types import Change, Decision, Part, Verdict
from programs.simulation.cases import Case
from programs.simulation.clinic import SimulatedClinic
from programs.simulation.people import passed_checks, version_of

LOOKED_BACK = timedelta(days=14)
PROLONGED_BEFORE = timedelta(days=7)
AGREES = 0.9  # how often a clinician takes what is proposed


def first_versions(world: SimulatedClinic) -> None:
    for case in world.cases:
        _issue(case, world.start, level=0, self_test=None, sets=0)


def weekly_round(world: SimulatedClinic, now: datetime, week: int) -> None:
    """Every running program: what the rules propose is counted, answered and acted on."""
    for case in world.cases:
        if case.program.state != Program.State.ISSUED:
            continue
        today, chance = now.astimezone(case.runner.zone).date(), case.runner.random
        if chance.random() < case.runner.habits.morning and not case.runner.is_flaring(today, world.start):
            case.checks += passed_checks(case.program, today, now)
        decision = decide(case.course(), case.plan(today), today)
        world.tally.verdicts[decision.verdict.value, week] += 1
        _no_step_without_answer(world, case, decision, today)
        _answer(world, case, decision, now, today)


def _no_step_without_answer(world: SimulatedClinic, case: Case, decision: Decision, today: date) -> None:
    since = today - LOOKED_BACK
    is_told = any(day > since for day in case.answered) and any(day > since for day in case.active)
    where = f"runner {case.runner.number} on {today}"
    world.tally.check(
        "no step forward without an answer", where, kept=is_told or decision.verdict is not Verdict.PROGRESS
    )


def _answer(world: SimulatedClinic, case: Case, decision: Decision, now: datetime, today: date) -> None:
    change, verdict = decision.change, decision.verdict
    takes = change is not None and case.runner.random.random() < AGREES
    if verdict is Verdict.REVIEW:
        case.reviewed_on = today
    if verdict is Verdict.STEP_BACK and takes:
        case.drops.append(today)
    if verdict is not Verdict.HOLD:
        answer = "seen" if verdict is Verdict.REVIEW else "accepted" if takes else "dismissed"
        part = f" {change.part.value.replace('_', ' ')}" if change else ""
        world.tally.answers[f"{verdict.value.replace('_', ' ')}{part}, {answer}"] += 1
    if takes and change is not None:
        _change(case, change, now, today)
    elif case.issued[-1].last_on - today < PROLONGED_BEFORE:
        _issue(case, today, level=case.level, self_test=case.self_test, sets=case.sets)


def _change(case: Case, change: Change, now: datetime, today: date) -> None:
    """The one change that was proposed, as a new version from today."""
    if change.part is Part.FINISH:
        case.runner.stopped_at = now
        case.program.state = Program.State.ENDED
        return
    level, self_test, sets = case.level, case.self_test, case.sets
    if change.part is Part.STAGE:
        case.program.stage = change.then
    elif change.part is Part.RUN_LEVEL:
        level = change.then or 0
    elif change.part is Part.SELF_TEST:
        self_test = change.then
    else:
        sets -= 1
    _issue(case, today, level=level, self_test=self_test, sets=sets)


def _issue(case: Case, day: date, *, level: int, self_test: int | None, sets: int) -> None:
    case.level, case.self_test, case.sets = level, self_test, sets
    case.add_version(
        version_of(
            case.program,
            case.program.clinician_id,
            number=len(case.versions) + 1,
            starts_on=day,
            level=level,
            self_test=self_test,
            sets=sets,
        )
    )
