"""Why a runner needs the clinician: one reason each, the worst, in a fixed order."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest

from programs.caseload.queries import counts, finished, listed
from programs.caseload.reasons import Reason
from programs.caseload.standing import refresh
from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion, Standing
from tests.caseload.conftest import Caseload
from tests.support.programs import make_version


def running(caseload: Caseload) -> list[tuple[int, UUID]]:
    """Everything that is listed, in the order of the list, and counted the same."""
    found = counts(caseload.world.clinic, caseload.today)
    rows = [(case.attention, case.program_id) for case in listed(caseload.world.clinic, tuple(Reason))]
    assert found.of == Counter(reason for reason, _program in rows)
    return rows


def reason(caseload: Caseload, version: ProgramVersion) -> int:
    (found,) = [reason for reason, program in running(caseload) if program == version.program_id]
    return found


def test_the_worst_comes_first_and_within_a_reason_the_longest_silent(caseload: Caseload) -> None:
    later = caseload.runner("later", began=-2)
    planned = caseload.runner("planned")
    caseload.report(planned, 0)
    silent = caseload.runner("silent", began=9)
    caseload.report(silent, 6)
    more_silent = caseload.runner("more silent", began=9)
    caseload.report(more_silent, 8)
    over = caseload.runner("over", began=14)
    caseload.report(over, 2)
    no_paper = caseload.runner("no paper")
    caseload.paper(no_paper, "failed")
    worse = caseload.runner("worse")
    caseload.morning(worse, 1, 0)
    pain = caseload.runner("pain")
    caseload.report(pain, 1, pain=6)
    assert running(caseload) == [
        (Reason.PAIN_ABOVE_CEILING, pain.program_id),
        (Reason.WORSE_MORNINGS, worse.program_id),
        (Reason.HANDOUT_FAILED, no_paper.program_id),
        (Reason.REVIEW_DUE, over.program_id),
        (Reason.SILENT, more_silent.program_id),
        (Reason.SILENT, silent.program_id),
        (Reason.AS_PLANNED, planned.program_id),
        (Reason.STARTS_LATER, later.program_id),
    ]


def test_a_runner_with_several_reasons_shows_the_worst_only(caseload: Caseload) -> None:
    version = caseload.runner(began=14)
    caseload.paper(version, "failed")
    caseload.morning(version, 2, 1)
    caseload.report(version, 1, pain=7)
    assert reason(caseload, version) == Reason.PAIN_ABOVE_CEILING
    caseload.end(version)
    assert running(caseload) == []
    assert finished(caseload.world.clinic).get().program_id == version.program_id


@pytest.mark.parametrize(("ago", "pain", "expected"), [
    (0, 4, Reason.PAIN_ABOVE_CEILING),
    (3, 4, Reason.PAIN_ABOVE_CEILING),
    (4, 4, Reason.AS_PLANNED),
    (0, 3, Reason.AS_PLANNED),
])  # fmt: skip
def test_pain_counts_above_the_ceiling_and_for_three_days(
    caseload: Caseload, ago: int, pain: int, expected: int
) -> None:
    version = caseload.runner()
    caseload.report(version, ago, pain=pain)
    assert reason(caseload, version) == expected


def test_a_later_day_below_the_ceiling_settles_the_alarm(caseload: Caseload) -> None:
    version = caseload.runner()
    caseload.report(version, 1, pain=8)
    caseload.report(version, 0, pain=2)
    assert reason(caseload, version) == Reason.AS_PLANNED


def test_correcting_the_high_value_settles_the_alarm(caseload: Caseload) -> None:
    version = caseload.runner()
    caseload.report(version, 0, pain=8)
    ExerciseLog.objects.update(pain=0)
    refresh(version.program_id)
    assert reason(caseload, version) == Reason.AS_PLANNED


def test_the_ceiling_is_the_issued_one_whatever_the_draft_says_meanwhile(caseload: Caseload) -> None:
    version = caseload.runner(ceiling=3)
    Program.objects.update(pain_ceiling=9)
    caseload.report(version, 0, pain=5)
    assert reason(caseload, version) == Reason.PAIN_ABOVE_CEILING


@pytest.mark.parametrize(("answers", "expected"), [
    (["worse", "worse"], Reason.WORSE_MORNINGS),
    (["worse", "worse", "worse"], Reason.WORSE_MORNINGS),
    (["better", "worse"], Reason.AS_PLANNED),
    (["worse", "worse", "same"], Reason.AS_PLANNED),
    (["worse"], Reason.AS_PLANNED),
])  # fmt: skip
def test_two_worse_mornings_running_need_a_look(caseload: Caseload, answers: list[str], expected: int) -> None:
    version = caseload.runner()
    for ago, change in enumerate(reversed(answers)):
        caseload.morning(version, ago, change=change)
    assert reason(caseload, version) == expected


def test_worse_mornings_of_last_week_are_history(caseload: Caseload) -> None:
    version = caseload.runner(began=10)
    caseload.morning(version, 6, 5)
    caseload.report(version, 0)
    assert Standing.objects.get().worse_mornings == 2
    assert reason(caseload, version) == Reason.AS_PLANNED


def test_changing_a_morning_answer_settles_it(caseload: Caseload) -> None:
    version = caseload.runner()
    caseload.morning(version, 1, 0)
    MorningCheck.objects.filter(day=caseload.today).update(change="same")
    refresh(version.program_id)
    assert reason(caseload, version) == Reason.AS_PLANNED


@pytest.mark.parametrize("state", ["queued", "working", "done", "cancelled"])
def test_a_handout_that_did_not_fail_is_no_reason(caseload: Caseload, state: str) -> None:
    version = caseload.runner(began=3)
    caseload.paper(version, state)
    assert reason(caseload, version) == Reason.AS_PLANNED


def test_only_the_newest_versions_handout_counts(caseload: Caseload) -> None:
    version = caseload.runner()
    caseload.paper(version, "failed")
    assert reason(caseload, version) == Reason.HANDOUT_FAILED
    newer = make_version(caseload.world, version.program, starts_on=caseload.today, number=2)
    assert reason(caseload, version) == Reason.AS_PLANNED
    caseload.paper(newer, "failed")
    assert reason(caseload, version) == Reason.HANDOUT_FAILED


@pytest.mark.parametrize(("began", "expected"), [
    (13, Reason.AS_PLANNED),
    (14, Reason.REVIEW_DUE),
    (40, Reason.REVIEW_DUE),
])  # fmt: skip
def test_review_is_due_the_day_after_the_plan_ended(caseload: Caseload, began: int, expected: int) -> None:
    version = caseload.runner(began=began)
    caseload.report(version, 1)
    assert reason(caseload, version) == expected


@pytest.mark.parametrize(("began", "reported", "expected"), [
    (9, 4, Reason.AS_PLANNED),
    (9, 5, Reason.SILENT),
    (4, None, Reason.AS_PLANNED),
    (5, None, Reason.SILENT),
])  # fmt: skip
def test_five_days_without_a_report_are_silence(
    caseload: Caseload, began: int, reported: int | None, expected: int
) -> None:
    version = caseload.runner(began=began)
    if reported is not None:
        caseload.report(version, reported)
    assert reason(caseload, version) == expected


def test_a_skipped_exercise_and_a_morning_answer_are_reports_too(caseload: Caseload) -> None:
    skips, mornings = caseload.runner(began=9), caseload.runner(began=9)
    caseload.report(skips, 1, pain=None, status="skipped")
    caseload.morning(mornings, 1, change="same")
    assert reason(caseload, skips) == reason(caseload, mornings) == Reason.AS_PLANNED


def test_a_version_that_just_began_starts_the_count_of_silent_days_anew(caseload: Caseload) -> None:
    version = caseload.runner(began=9)
    make_version(caseload.world, version.program, starts_on=caseload.day(1), number=2)
    assert reason(caseload, version) == Reason.AS_PLANNED


def test_a_version_that_begins_later_leaves_the_running_one_in_force(caseload: Caseload) -> None:
    version = caseload.runner(began=9)
    make_version(caseload.world, version.program, starts_on=caseload.day(-3), number=2)
    standing = Standing.objects.get()
    assert standing.starts_on == caseload.day(9)
    assert standing.review_on == caseload.day(-3) + timedelta(days=14)
    assert reason(caseload, version) == Reason.SILENT


def test_after_a_break_the_plan_begins_with_its_newest_version(caseload: Caseload) -> None:
    version = caseload.runner(began=40)
    make_version(caseload.world, version.program, starts_on=caseload.day(-3), number=2)
    assert Standing.objects.get().starts_on == caseload.day(-3)
    assert reason(caseload, version) == Reason.STARTS_LATER


def test_an_archived_runner_is_in_no_list(caseload: Caseload) -> None:
    version = caseload.runner()
    patient = version.program.episode.patient
    patient.archived_at = "2026-11-01T00:00Z"
    patient.save()
    assert running(caseload) == []
    caseload.end(version)
    assert not finished(caseload.world.clinic).exists()
