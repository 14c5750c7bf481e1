"""Honest adherence over versions: each plans its own days, and a missing answer is a gap."""

from programs.caseload.progress import two_weeks
from programs.models import ProgramVersion
from programs.progression.dose import Dose
from tests.caseload.conftest import Caseload
from tests.support.programs import content_line, make_version
from tests.support.queries import at_most


def weeks(caseload: Caseload, version: ProgramVersion):  # type: ignore[no-untyped-def]
    return two_weeks([version.program_id], caseload.today)[version.program_id]


def test_done_skipped_and_not_reported_are_three_things_and_today_is_open(caseload: Caseload) -> None:
    version = caseload.runner(began=5)
    caseload.report(version, 5, 4)
    caseload.report(version, 3, pain=None, status="skipped")
    found = weeks(caseload, version)
    counts = found.counts
    assert (counts.planned, counts.done, counts.skipped, counts.not_reported, counts.not_yet) == (5, 2, 1, 2, 1)
    assert found.pain == {caseload.day(5): 1, caseload.day(4): 1}
    assert len(found.planned_days) == 6


def test_only_the_last_fourteen_days_count(caseload: Caseload) -> None:
    version = caseload.runner(began=20)
    caseload.report(version, 20, 13)
    found = weeks(caseload, version)
    assert found.counts.done == 1
    assert found.counts.planned == 7  # the plan itself ended a week ago


def test_a_new_version_supersedes_the_old_from_its_first_day(caseload: Caseload) -> None:
    version = caseload.runner(began=6)
    caseload.report(version, 6, 5, 4, 3)
    twice = [content_line("Hold", Dose(sets=3, hold_s=30, times_per_day=2))]
    newer = make_version(caseload.world, version.program, starts_on=caseload.day(2), number=2, lines=twice)
    counts = weeks(caseload, newer).counts
    assert (counts.planned, counts.done, counts.not_reported, counts.not_yet) == (4 + 4, 4, 4, 2)


def test_a_version_to_come_changes_nothing_yet(caseload: Caseload) -> None:
    version = caseload.runner(began=3)
    caseload.report(version, 3, 2, 1)
    make_version(caseload.world, version.program, starts_on=caseload.day(-2), number=2)
    assert weeks(caseload, version).counts.planned == 3


def test_a_version_issued_before_one_that_waits_ends_both_older_plans(caseload: Caseload) -> None:
    version = caseload.runner(began=6)
    make_version(caseload.world, version.program, starts_on=caseload.day(3), number=2, lines=version.content["lines"])
    make_version(caseload.world, version.program, starts_on=caseload.day(4), number=3, lines=version.content["lines"])
    assert weeks(caseload, version).counts.planned == 6  # one a day, however many versions named that day


def test_an_answer_given_under_the_old_version_counts_for_the_same_line_of_the_new(caseload: Caseload) -> None:
    version = caseload.runner(began=3)
    newer = make_version(
        caseload.world, version.program, starts_on=caseload.today, number=2, lines=version.content["lines"]
    )
    caseload.report(version, 0)
    assert weeks(caseload, newer).counts.done == 1


def test_the_worst_pain_of_a_day_is_shown_and_no_value_stays_a_gap(caseload: Caseload) -> None:
    version = caseload.runner(began=3)
    caseload.report(version, 2, pain=None)
    caseload.report(version, 1, pain=4)
    assert weeks(caseload, version).pain == {caseload.day(1): 4}


def test_many_programs_cost_two_queries(caseload: Caseload) -> None:
    versions = [caseload.runner() for _ in range(5)]
    with at_most(2):
        found = two_weeks([version.program_id for version in versions], caseload.today)
    assert len(found) == 5
