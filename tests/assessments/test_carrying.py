"""Carrying over what an earlier visit found: one finding at a time, marked, and silent until confirmed."""

import pytest

from assessments import actions
from assessments.errors import Refused
from assessments.models import Answer, Assessment
from assessments.queries import earlier_answers, earlier_visits, reading_of
from tests.assessments.conftest import ON, Examination
from tests.support.factories import make_episode
from tests.support.queries import at_most


@pytest.fixture
def second(examination: Examination) -> Examination:
    """A second visit; the first found a tender sitting bone on the right and is signed."""
    examination.answer(("slr_degrees", "right", "66"), ("slump", "right", "not_assessed"))
    examination.ready().sign()
    return next_visit(examination)


def next_visit(examination: Examination) -> Examination:
    draft = actions.start_assessment(by=examination.world.clinician, episode=examination.draft.episode, on=ON)
    return Examination(examination.world, draft)


def rows(examination: Examination, key: str) -> dict[str, tuple[str, bool]]:
    found = Answer.objects.filter(assessment=examination.draft, key=key)
    return {row.side: (row.value, row.carried_from_id is not None) for row in found}


def carry(examination: Examination, key: str) -> list[tuple[str, str]]:
    return actions.carry_over(by=examination.world.clinician, assessment=examination.draft, key=key)


def test_a_carried_answer_is_marked_and_means_nothing_until_confirmed(second: Examination) -> None:
    assert sorted(carry(second, "palp_ischial")) == [("palp_ischial", "left"), ("palp_ischial", "right")]
    assert rows(second, "palp_ischial") == {"left": ("absent", True), "right": ("present", True)}
    assert not reading_of(second.draft).case.findings.recorded("palp_ischial")
    confirmed = actions.confirm_carried(by=second.world.administrator, assessment=second.draft, keys=["palp_ischial"])
    assert len(confirmed) == 2
    assert rows(second, "palp_ischial") == {"left": ("absent", False), "right": ("present", False)}
    assert len(reading_of(second.draft).case.findings.recorded("palp_ischial")) == 2
    assert {row.by for row in Answer.objects.filter(assessment=second.draft)} == {second.world.administrator}


def test_answering_anew_replaces_the_carried_answer_and_its_mark(second: Examination) -> None:
    carry(second, "palp_ischial")
    second.answer(("palp_ischial", "right", "present"))
    assert rows(second, "palp_ischial") == {"left": ("absent", True), "right": ("present", False)}


def test_what_was_answered_today_is_not_carried_over(second: Examination) -> None:
    second.answer(("palp_ischial", "right", "absent"))
    assert carry(second, "palp_ischial") == [("palp_ischial", "left")]
    assert rows(second, "palp_ischial")["right"] == ("absent", False)


@pytest.mark.parametrize("key", ["night_pain", "age_years", "no_such_finding", "slump", "slump_sd_"])
def test_screening_and_what_nobody_found_cannot_be_carried(second: Examination, key: str) -> None:
    with pytest.raises(Refused):
        carry(second, key)
    assert not Answer.objects.filter(assessment=second.draft).exists()


def test_left_out_means_as_if_never_carried(second: Examination) -> None:
    carry(second, "palp_ischial")
    carry(second, "slr_degrees")
    second.answer(("palp_ischial", "right", "present"))
    dropped = actions.drop_carried(by=second.world.clinician, assessment=second.draft)
    assert sorted(dropped) == [("palp_ischial", "left"), ("slr_degrees", "right")]
    assert rows(second, "palp_ischial") == {"right": ("present", False)}


def test_a_section_filled_as_absent_leaves_a_carried_answer_waiting(second: Examination) -> None:
    carry(second, "palp_ischial")
    actions.all_absent(by=second.world.clinician, assessment=second.draft, section="palpation")
    assert rows(second, "palp_ischial") == {"left": ("absent", True), "right": ("present", True)}


def test_the_newest_visit_that_examined_a_finding_is_the_one_shown(second: Examination) -> None:
    second.answer(("palp_ischial", "right", "absent"))
    second.ready().sign()
    third = next_visit(second)
    found = {(row.key, row.side): (row.value, row.assessment.visit) for row in earlier_answers(third.draft)}
    assert found["palp_ischial", "right"] == ("present", 2)
    assert found["slr_degrees", "right"] == ("66", 1)
    assert ("slump", "right") not in found
    assert [visit.visit for visit in earlier_visits(third.draft)] == [2, 1]


def test_of_an_amended_visit_only_the_version_that_holds_counts(second: Examination) -> None:
    second.ready().sign()
    amendment = actions.amend(by=second.world.clinician, assessment=second.draft, reason="Left and right mixed up.")
    found = {row.assessment_id for row in earlier_answers(amendment)}
    assert found == {Assessment.objects.get(visit=1).pk}, "an amendment does not see the version it corrects as history"
    mended = Examination(second.world, amendment)
    mended.answer(("palp_ischial", "right", "absent"))
    mended.sign()
    third = next_visit(second)
    found = {(row.key, row.side): row.value for row in earlier_answers(third.draft)}
    assert found["palp_ischial", "right"] == "absent"
    assert earlier_visits(third.draft)[0].pk == amendment.pk


def test_another_episode_is_named_and_nothing_of_it_is_carried(second: Examination) -> None:
    other = make_episode(second.world, patient=second.draft.episode.patient, painful_side="left")
    draft = actions.start_assessment(by=second.world.clinician, episode=other, on=ON)
    assert earlier_answers(draft) == []
    assert [visit.visit for visit in earlier_visits(draft)] == [1]


def test_carrying_costs_the_same_however_much_was_found(second: Examination) -> None:
    with at_most(4):
        carry(second, "palp_ischial")
    with at_most(4):
        actions.confirm_carried(by=second.world.clinician, assessment=second.draft, keys=["palp_ischial"])
