"""What holds of every proposal, whatever a runner tells: found by trying many courses."""

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.progression.adherence import Adherence, Outcome
from programs.progression.checkin import Morning
from programs.progression.decide import decide
from programs.progression.evidence import deciding_days
from programs.progression.plan import PlannedSession
from programs.progression.proposal_types import Verdict
from programs.progression.reports import (
    CheckReport,
    Course,
    Leg,
    MorningReport,
    NewReport,
    RunReport,
    SessionReport,
    Surface,
)
from programs.progression.reports_json import course_from_json, course_to_json, plan_from_json, plan_to_json
from programs.progression.rules import ceiling_of
from programs.progression.settled import settled
from programs.progression.stand import Plan
from tests.progression.stories import at, day

LENGTH = 16
TODAY = day(LENGTH)
FEW = settings(max_examples=25, deadline=None)

mostly_low = st.sampled_from([0, 0, 1, 1, 1, 2, 3, 4, 6])
numbers = st.integers(0, LENGTH)
CHECKS = {
    WorkingDiagnosis.HAMSTRING_STRAIN: ("normal_walk", "slow_jog", "half_force_heel_dig"),
    WorkingDiagnosis.PHT: ("daily_load", "slow_lifting"),
    WorkingDiagnosis.SIJ: ("joint_tests_calmer",),
    WorkingDiagnosis.NERVE: ("rest_pain", "settles_min"),
}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    diagnosis = draw(st.sampled_from(list(CHECKS)))
    run_level = draw(st.sampled_from([None, 0, 1]))
    return Plan(
        diagnosis=diagnosis,
        stage=draw(st.sampled_from([1, 1, 2])),
        side=PainfulSide.LEFT,
        ceiling=ceiling_of(diagnosis),
        stage_since=day(0),
        changed_on=day(draw(st.sampled_from([0, 0, 9]))),
        run_level=run_level,
        run_since=None if run_level is None else day(0),
        self_test=draw(st.sampled_from([None, 0])),
        usual_morning_pain=draw(st.sampled_from([None, None, 2])),
        is_sprinter=draw(st.booleans()),
    )


@st.composite
def courses(draw: st.DrawFn, diagnosis: WorkingDiagnosis) -> Course:
    """Mostly a runner who does well: else nothing would ever progress and the promises would hold for nothing."""
    step = draw(st.sampled_from([1, 2]))
    planned = [PlannedSession(day(n), line) for n in range(0, LENGTH, step) for line in ("one", "two")]
    silent = draw(st.sets(st.integers(0, 2 * LENGTH), max_size=1))
    sessions = [
        SessionReport(
            day=each.day, told_at=at(0) + (each.day - day(0)), arrived_at=at(0) + (each.day - day(0)), line=each.line,
            outcome=draw(st.sampled_from([*[Outcome.DONE] * 4, Outcome.NOT_DONE])) if n in odd else Outcome.DONE,
            pain=draw(mostly_low | st.none()) if n in odd else 1,
        )
        for odd in [draw(st.sets(st.integers(0, 2 * LENGTH), max_size=3))]
        for n, each in enumerate(planned)
        if n not in silent
    ]  # fmt: skip
    bad = draw(st.sets(numbers, max_size=1))
    mornings = [
        MorningReport(
            day=day(n), told_at=at(n, 7), arrived_at=at(n, 7), leg=Leg.NONE, pain=1 if n in bad else None,
            change=draw(st.sampled_from(Morning)) if n in bad else Morning.SAME,
        )
        for n in range(1, LENGTH + 1)
    ]  # fmt: skip
    runs = [
        RunReport(day=day(n), told_at=at(n), arrived_at=at(n), minutes=30, surface=Surface.FLAT, pain=draw(mostly_low))
        for n in draw(st.sets(numbers, max_size=3))
    ]
    checks = [
        CheckReport(day=day(n), told_at=at(n), arrived_at=at(n), key=key, pain=0, passed=True, value=10.0)
        for key in CHECKS[diagnosis]
        for n in [draw(st.integers(4, LENGTH))]
    ]
    return Course(tuple(planned), tuple(sessions), tuple(mornings), tuple(runs), tuple(checks))


cases = plans().flatmap(lambda plan: st.tuples(st.just(plan), courses(plan.diagnosis)))


def hurting_more(course: Course, by: int, random: Random) -> Course:
    """The same answers with some of the pains higher; what was not answered stays so."""

    def more(pain: int | None) -> int | None:
        return None if pain is None else min(10, pain + random.choice([0, by]))

    return replace(
        course,
        sessions=tuple(replace(each, pain=more(each.pain)) for each in course.sessions),
        mornings=tuple(replace(each, pain=more(each.pain)) for each in course.mornings),
        runs=tuple(replace(each, pain=more(each.pain)) for each in course.runs),
        checks=tuple(replace(each, pain=more(each.pain)) for each in course.checks),
    )


@FEW
@given(cases, st.integers(1, 6), st.randoms(use_true_random=False))
def test_worse_pain_never_gives_an_easier_decision(case: tuple[Plan, Course], by: int, random: Random) -> None:
    plan, course = case
    before = decide(course, plan, TODAY).verdict
    after = decide(hurting_more(course, by, random), plan, TODAY).verdict
    assert after.rank >= before.rank


@FEW
@given(cases, st.integers(1, LENGTH))
def test_a_worse_morning_never_gives_an_easier_decision(case: tuple[Plan, Course], number: int) -> None:
    plan, course = case
    worse = tuple(replace(m, change=Morning.WORSE) if m.day == day(number) else m for m in course.mornings)
    after = decide(replace(course, mornings=worse), plan, TODAY).verdict
    assert after.rank >= decide(course, plan, TODAY).verdict.rank


@FEW
@given(cases, st.randoms(use_true_random=False), st.lists(st.integers(0, 200), min_size=1, max_size=9))
def test_the_order_of_arrival_of_late_reports_does_not_matter(
    case: tuple[Plan, Course], random: Random, delays: list[int]
) -> None:
    plan, course = case
    twice = replace(
        course, sessions=(*course.sessions, *(replace(s, pain=5, told_at=s.told_at) for s in course.sessions[:3]))
    )
    late = {
        name: tuple(
            replace(each, arrived_at=each.told_at + timedelta(hours=delays[n % len(delays)]))
            for n, each in enumerate(random.sample(getattr(twice, name), len(getattr(twice, name))))
        )
        for name in ("sessions", "mornings", "runs", "checks")
    }
    one, other = decide(twice, plan, TODAY), decide(replace(twice, **late), plan, TODAY)
    assert (one.verdict, one.change, one.waiting, one.adherence) == (
        other.verdict, other.change, other.waiting, other.adherence,
    )  # fmt: skip
    assert {(each.key, each.params) for each in one.reasons} == {(each.key, each.params) for each in other.reasons}


@FEW
@given(cases, st.data())
def test_a_missing_answer_never_progresses(case: tuple[Plan, Course], data: st.DataObject) -> None:
    """Any one answer of the days that decide: a session, its pain, a morning, a leg answer of a nerve."""
    plan, course = case
    on = data.draw(st.sampled_from(deciding_days(settled(course, TODAY), plan)))
    what = data.draw(st.sampled_from(["session", "pain", "every pain", "morning", "change", "leg"]))
    mine = [each for each in course.sessions if each.day == on]
    if not mine:
        return
    one = data.draw(st.sampled_from(mine))
    if what == "session":
        course = replace(course, sessions=tuple(each for each in course.sessions if each != one))
    elif what == "pain":
        course = replace(course, sessions=tuple(replace(s, pain=None) if s == one else s for s in course.sessions))
    elif what == "every pain":
        course = replace(course, sessions=tuple(replace(s, pain=None) for s in course.sessions))
    elif what == "morning":
        course = replace(course, mornings=tuple(m for m in course.mornings if m.day != on + timedelta(days=1)))
    else:
        blank = {"change": None} if what == "change" else {"leg": None}
        changed = (replace(m, **blank) if m.day == on + timedelta(days=1) else m for m in course.mornings)
        course = replace(course, mornings=tuple(changed))
        if what == "leg" and not plan.is_nerve:
            return
    assert decide(course, plan, TODAY).verdict is not Verdict.PROGRESS


@FEW
@given(cases)
def test_a_check_that_was_not_made_never_moves_a_stage(case: tuple[Plan, Course]) -> None:
    plan, course = case
    for check in course.checks:
        without = replace(course, checks=tuple(each for each in course.checks if each != check))
        decision = decide(without, plan, TODAY)
        assert all(
            change.part != "stage" for change in (*decision.waiting, *([decision.change] * bool(decision.change)))
        )


@FEW
@given(cases, st.integers(1, 30), st.integers(0, 10))
def test_reports_of_days_to_come_change_nothing(case: tuple[Plan, Course], ahead: int, pain: int) -> None:
    plan, course = case
    then = LENGTH + ahead
    times = {"day": day(then), "told_at": at(then), "arrived_at": at(then)}
    more = replace(
        course,
        planned=(*course.planned, PlannedSession(day(then), "one")),
        sessions=(*course.sessions, SessionReport(**times, line="one", outcome=Outcome.NOT_DONE, pain=pain)),
        mornings=(*course.mornings, MorningReport(**times, change=Morning.WORSE, pain=pain)),
        runs=(*course.runs, RunReport(**times, pain=pain, surface=Surface.DOWN)),
        checks=(*course.checks, CheckReport(**times, key="daily_load", pain=pain)),
        news=(NewReport(**times, key="saddle_numbness", answer=True),),
    )
    assert decide(more, plan, TODAY) == decide(course, plan, TODAY)


def share(counts: Adherence) -> float:
    return counts.done / counts.planned if counts.planned else 1.0


@FEW
@given(cases, st.data())
def test_a_skipped_session_never_raises_adherence(case: tuple[Plan, Course], data: st.DataObject) -> None:
    """Whether it is one more that was planned, or one that had not been answered."""
    _plan, course = case
    number = data.draw(numbers)
    skipped = SessionReport(
        day=day(number), told_at=at(number), arrived_at=at(number), line="three", outcome=Outcome.NOT_DONE
    )
    before = settled(course, TODAY).adherence(14)
    also_planned = replace(course, planned=(*course.planned, skipped.session))
    for planned in (course, also_planned):
        after = settled(replace(planned, sessions=(*course.sessions, skipped)), TODAY).adherence(14)
        assert share(after) <= share(before)
        assert after.done == before.done
        assert after.planned == after.done + after.skipped + after.not_reported


@FEW
@given(cases, st.sampled_from(["bladder_change", "saddle_numbness"]), numbers)
def test_a_red_flag_is_a_review_at_once_and_stays_one(case: tuple[Plan, Course], key: str, number: int) -> None:
    plan, course = case
    yes = NewReport(day=day(number), told_at=at(number), arrived_at=at(LENGTH), key=key, answer=True)
    taken_back = replace(yes, told_at=at(LENGTH, 22), answer=False)
    assert decide(replace(course, news=(taken_back, yes)), plan, TODAY).verdict is Verdict.REVIEW
    dealt_with = replace(plan, new_seen_at=at(LENGTH, 23))
    assert "red_flag" not in {r.key for r in decide(replace(course, news=(yes,)), dealt_with, TODAY).reasons}
    too_early = replace(plan, new_seen_at=at(LENGTH, 8))
    assert decide(replace(course, news=(yes,)), too_early, TODAY).verdict is Verdict.REVIEW


@FEW
@given(cases)
def test_a_course_and_a_plan_come_back_from_json_as_they_were(case: tuple[Plan, Course]) -> None:
    plan, course = case
    assert course_from_json(course_to_json(course)) == course
    assert plan_from_json(plan_to_json(plan)) == plan


def test_the_courses_tried_do_progress_at_times() -> None:
    """Else the promise about missing answers would be kept by never progressing at all."""
    seen: set[Verdict] = set()

    @settings(max_examples=25, deadline=None, database=None, derandomize=True)
    @given(cases)
    def look(case: tuple[Plan, Course]) -> None:
        seen.add(decide(case[1], case[0], TODAY).verdict)

    look()
    assert Verdict.PROGRESS in seen
    assert len(seen) > 1
