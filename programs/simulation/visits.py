"""The clinician's round once a week: the real rules propose, the clinician answers, and a new version follows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from programs.caseload.standing import refresh
from programs.decisions.gather import gathered
from programs.models import MorningCheck, Program, ProgramDecision, Standing
from programs.progression.proposal_types import Change, Decision, Part, Verdict, decision_to_json
from programs.simulation.clinic import START, Case, SimulatedClinic
from programs.simulation.records import content_of, issue, passed_checks, told

LOOKED_BACK = timedelta(days=14)
PROLONGED_BEFORE = timedelta(days=7)
SELF_TESTS = 4


def first_versions(world: SimulatedClinic) -> None:
    for case in world.cases:
        _issue(world, case, START, level=0, self_test=None, sets=0)


def weekly_round(world: SimulatedClinic, now: datetime, week: int) -> None:
    """Every running program: what the rules propose is counted, answered and acted on."""
    for case in world.cases:
        if case.program.state != Program.State.ISSUED:
            continue
        today = now.astimezone(case.runner.zone).date()
        _recount(world, case)
        if case.runner.random.random() < case.runner.habits.morning and not case.runner.is_flaring(today, START):
            told(passed_checks(case.program, today, world.by, now), now)
        found = gathered(case.program, today)
        if found is None:
            continue
        decision = found.decide()
        world.tally.verdicts[decision.verdict.value, week] += 1
        _no_step_without_answer(world, case, decision, today)
        _answer(world, case, decision, now, today)


def _recount(world: SimulatedClinic, case: Case) -> None:
    """The number of unanswered reminders that was kept along the way is the one that a recount finds."""
    kept = Standing.objects.values_list("reminders_ignored", flat=True).get(program=case.program)
    refresh(case.program.pk)
    found = Standing.objects.values_list("reminders_ignored", flat=True).get(program=case.program)
    where = f"runner {case.runner.number}: {kept} kept, {found} found"
    world.tally.check("none while paused", where, kept=kept == found)


def _no_step_without_answer(world: SimulatedClinic, case: Case, decision: Decision, today: date) -> None:
    since = today - LOOKED_BACK
    answered = MorningCheck.objects.filter(program=case.program, day__gt=since, day__lte=today).exists()
    where = f"runner {case.runner.number} on {today}"
    kept = decision.verdict is not Verdict.PROGRESS or (answered and any(day > since for day in case.active))
    world.tally.check("no step forward without an answer", where, kept=kept)


def _answer(world: SimulatedClinic, case: Case, decision: Decision, now: datetime, today: date) -> None:
    change, verdict = decision.change, decision.verdict
    takes = change is not None and case.runner.random.random() < 0.9
    outcome = ProgramDecision.Outcome.ACCEPTED if takes else ProgramDecision.Outcome.DISMISSED
    if verdict is not Verdict.HOLD:
        ProgramDecision.objects.create(
            clinic=world.clinic,
            program=case.program,
            day=today,
            verdict=verdict.value,
            signature=decision.signature,
            proposal=decision_to_json(decision),
            outcome=outcome,
            by=world.by,
        )
        world.tally.answers[f"{verdict.value}, {outcome.label.lower()}"] += 1
    if takes and change is not None:
        _change(world, case, change, now, today)
    elif _ends_soon(case, today):
        _again(world, case, today)


def _change(world: SimulatedClinic, case: Case, change: Change, now: datetime, today: date) -> None:
    """The one change that was proposed, as a new version from today."""
    if change.part is Part.FINISH:
        case.runner.stopped_at = now
        case.program.state = Program.State.ENDED
        Program.objects.filter(pk=case.program.pk).update(state=Program.State.ENDED, ended_at=now)
        refresh(case.program.pk)
        return
    level, self_test, sets = case.level, case.self_test, case.sets
    if change.part is Part.STAGE:
        case.program.stage = change.then
        Program.objects.filter(pk=case.program.pk).update(stage=change.then)
    elif change.part is Part.RUN_LEVEL:
        level = change.then or 0
    elif change.part is Part.SELF_TEST:
        self_test = change.then
    else:
        sets -= 1
    _issue(world, case, today, level=level, self_test=self_test, sets=sets)


def _again(world: SimulatedClinic, case: Case, today: date) -> None:
    """The same for two weeks more."""
    _issue(world, case, today, level=case.level, self_test=case.self_test, sets=case.sets)


def _ends_soon(case: Case, today: date) -> bool:
    return case.begun + LOOKED_BACK - today <= PROLONGED_BEFORE


def _issue(world: SimulatedClinic, case: Case, day: date, *, level: int, self_test: int | None, sets: int) -> None:
    case.number, case.begun = case.number + 1, day
    case.level, case.self_test, case.sets = level, self_test, sets
    case.content = content_of(case.program, level=level, self_test=self_test, sets=sets)
    case.version_id = issue(case.program, world.by, number=case.number, starts_on=day, content=case.content)


def cases_of(programs: Sequence[Program], runners: Sequence[object]) -> list[Case]:
    return [Case(runner, program) for runner, program in zip(runners, programs, strict=True)]  # type: ignore[arg-type]
