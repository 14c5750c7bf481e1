"""Rows become the course and the plan that the rules read."""

from datetime import UTC, date, datetime, timedelta

import pytest

from clinic.models import Patient
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.actions import handle_new_symptom
from programs.decisions.gather import course_of, gathered, plan_of
from programs.mapping import running_words
from programs.models import ExerciseLog, NewSymptom, ProgramDecision, ProgramLine, RunLog
from programs.progression.adherence import Outcome
from programs.progression.proposal_types import Verdict
from programs.progression.reports import Surface
from tests.decisions.cases import A_DAY, Case, evening
from tests.support.factories import World, make_patient
from tests.support.queries import at_most

MONDAY = date(2026, 10, 5)


def test_before_anything_is_issued_there_is_nothing_to_decide(case: Case) -> None:
    assert gathered(case.program, MONDAY) is None
    assert plan_of(case.program, MONDAY) is None


def test_a_new_stage_and_a_new_rung_begin_with_the_version_that_brings_them(clinic: World) -> None:
    case = Case.of(clinic, "hamstring_strain", 2)
    case.issue(MONDAY)
    case.issue(MONDAY + 7 * A_DAY, running_advice=running_words(2, "Short steps."))
    case.issue(MONDAY + 12 * A_DAY, next_visit="Friday")
    case.issue(MONDAY + 20 * A_DAY, stage=3, phase=2)
    plan = plan_of(case.program, MONDAY + 15 * A_DAY)
    assert plan
    assert (plan.stage, plan.stage_since, plan.run_level) == (2, MONDAY, 2)
    assert plan.run_since == plan.changed_on == MONDAY + 7 * A_DAY
    plan = plan_of(case.program, MONDAY + 20 * A_DAY)
    assert plan
    assert (plan.stage, plan.stage_since, plan.run_since) == (3, MONDAY + 20 * A_DAY, MONDAY + 7 * A_DAY)
    assert plan.changed_on == MONDAY + 20 * A_DAY
    assert plan.review_on == MONDAY + 34 * A_DAY
    assert plan.diagnosis is WorkingDiagnosis.HAMSTRING_STRAIN


def test_a_new_dose_is_a_change_and_the_same_plan_for_two_more_weeks_is_none(case: Case) -> None:
    case.issue(MONDAY)
    case.issue(MONDAY + 14 * A_DAY)
    plan = plan_of(case.program, MONDAY + 16 * A_DAY)
    assert plan
    assert plan.changed_on == MONDAY
    line = ProgramLine.objects.filter(program=case.program, phase=1)[0]
    line.dose["sets"] += 1
    line.save()
    case.issue(MONDAY + 17 * A_DAY)
    plan = plan_of(case.program, MONDAY + 18 * A_DAY)
    assert plan
    assert plan.changed_on == MONDAY + 17 * A_DAY
    assert plan.stage_since == MONDAY


def test_after_days_without_a_plan_it_begins_anew(case: Case) -> None:
    case.issue(MONDAY)
    case.issue(MONDAY + 21 * A_DAY)
    plan = plan_of(case.program, MONDAY + 22 * A_DAY)
    assert plan
    assert (plan.changed_on, plan.stage_since) == (MONDAY + 21 * A_DAY, MONDAY)


def test_a_version_superseded_before_its_first_day_never_held(case: Case) -> None:
    case.issue(MONDAY)
    case.issue(MONDAY + 5 * A_DAY, pain_ceiling=2)
    case.issue(MONDAY + 4 * A_DAY, pain_ceiling=5)
    found = gathered(case.program, MONDAY + 6 * A_DAY)
    assert found
    assert [each.number for each in found.issued] == [1, 3]
    assert found.plan.ceiling == 5
    days = [session.day for session in found.course.planned]
    assert len(days) == len(set(found.course.planned))
    assert max(days) < MONDAY + 18 * A_DAY


def test_before_its_first_day_the_version_to_come_is_the_plan(case: Case) -> None:
    case.issue(MONDAY)
    plan = plan_of(case.program, MONDAY - A_DAY)
    assert plan
    assert plan.stage_since == MONDAY


def test_everything_told_comes_with_when_it_was_told_and_when_it_arrived(case: Case) -> None:
    case.issue(MONDAY)
    case.did(MONDAY, pain=None, status="skipped", reason="pain")
    case.morning(MONDAY + A_DAY, "worse", 4, has_limp=True, is_settled=False, leg="settled")
    case.ran(MONDAY, 2, minutes=31, metres=4000, surface="up", level=5)
    case.checked(MONDAY, "bridge_one_leg", left=22.5, right=30, has_cramp=False, hip_drops=True)
    case.new(MONDAY, {"pop_bruise": True, "unwell": None})
    with at_most(1 + 1):
        course = course_of(case.program, MONDAY + A_DAY)
    session = course.sessions[0]
    assert (session.outcome, session.for_pain, session.told_at) == (Outcome.NOT_DONE, True, evening(MONDAY))
    assert session.arrived_at > datetime(2026, 11, 1, tzinfo=UTC)
    morning = course.mornings[0]
    assert (morning.pain, morning.has_limp, morning.is_settled, morning.leg) == (4, True, False, "settled")
    assert (course.runs[0].surface, course.runs[0].minutes, course.runs[0].level) == (Surface.UP, 31, 5)
    check = course.checks[0]
    assert (check.left, check.right, check.value, check.has_cramp, check.hip_drops) == (22.5, 30, None, False, True)
    assert {(each.key, each.answer) for each in course.news} == {("pop_bruise", True), ("unwell", None)}


def test_a_log_that_arrived_hours_later_says_so_and_counts_on_its_own_day(case: Case) -> None:
    case.issue(MONDAY)
    case.did(MONDAY, pain=2)
    ExerciseLog.objects.update(reported_at=evening(MONDAY) + timedelta(hours=14))
    assert {each.late_h for each in course_of(case.program, MONDAY).sessions} == {14}


def test_a_run_that_was_taken_back_did_not_happen(case: Case) -> None:
    case.issue(MONDAY)
    case.ran(MONDAY, 8)
    RunLog.objects.update(is_removed=True)
    assert course_of(case.program, MONDAY).runs == ()


def test_a_corrected_check_is_one_more_row_and_the_one_told_last_counts(case: Case) -> None:
    case.issue(MONDAY)
    case.checked(MONDAY, "daily_load", pain=6)
    later = case.checked(MONDAY, "daily_load", by_staff=True, pain=2)
    later.told_at = evening(MONDAY, 21)
    later.save()
    found = gathered(case.program, MONDAY)
    assert found
    reasons = {reason.key for reason in found.decide().reasons if reason.values.get("check") == "daily_load"}
    assert reasons == {"criterion_met"}


def test_a_sprinter_is_asked_what_only_sprinters_are_asked(clinic: World) -> None:
    runner: Patient = make_patient(clinic.clinic, running={"running_type": "sprint"})
    case = Case.of(clinic, "hamstring_strain", 4, runner)
    case.issue(MONDAY)
    plan = plan_of(case.program, MONDAY)
    assert plan
    assert plan.is_sprinter


def test_steps_back_and_reviews_are_remembered_from_the_answers(case: Case) -> None:
    case.issue(MONDAY)
    answers = [
        (MONDAY + A_DAY, "step_back", "accepted"),
        (MONDAY + 2 * A_DAY, "step_back", "dismissed"),
        (MONDAY + 3 * A_DAY, "review", "dismissed"),
        (MONDAY + 2 * A_DAY, "review", "accepted"),
    ]
    for day, verdict, outcome in answers:
        ProgramDecision.objects.create(
            clinic=case.world.clinic,
            program=case.program,
            day=day,
            verdict=verdict,
            signature="",
            proposal={},
            outcome=outcome,
            by=case.world.clinician,
        )
    plan = plan_of(case.program, MONDAY + 4 * A_DAY)
    assert plan
    assert plan.drops == (MONDAY + A_DAY,)
    assert plan.reviewed_on == MONDAY + 3 * A_DAY


def test_something_new_stays_open_until_it_is_dealt_with_whatever_came_after_it(case: Case) -> None:
    case.issue(MONDAY)
    first = case.new(MONDAY, {"unwell": True})
    found = gathered(case.program, MONDAY)
    assert found
    assert found.decide().verdict is Verdict.REVIEW
    second = case.new(MONDAY, {"groin_hop": True})
    NewSymptom.objects.filter(pk=second.pk).update(handled_at=evening(MONDAY, 23), handled_by=case.world.clinician)
    found = gathered(case.program, MONDAY)
    assert found
    assert {reason.values.get("flag") for reason in found.decide().reasons if reason.key == "red_flag"} >= {"unwell"}
    handle_new_symptom(
        by=case.world.clinician, program=case.program, note="Called", until=first.created_at, today=MONDAY
    )
    found = gathered(case.program, MONDAY)
    assert found
    assert "red_flag" not in {reason.key for reason in found.decide().reasons}


@pytest.mark.parametrize(
    ("diagnosis", "stage", "expected"), [("pht", 1, None), ("pht", 2, 1), ("hamstring_strain", 1, 0)]
)
def test_the_self_test_follows_from_the_exercise_the_program_trains(
    clinic: World, diagnosis: str, stage: int, expected: int | None
) -> None:
    case = Case.of(clinic, diagnosis, stage)
    case.issue(MONDAY)
    plan = plan_of(case.program, MONDAY)
    assert plan
    assert plan.self_test == expected
