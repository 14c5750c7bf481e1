"""All absent in a section: what it fills, what it never touches, and how it is taken back."""

import pytest

from assessments import actions
from assessments.actions.sections import ANSWERED_ALONE, CLAIMS, ONE_BY_ONE, fillable
from assessments.answers import Given
from assessments.errors import AlreadySigned, Refused
from assessments.models import Answer
from assessments.reasoning import FINDINGS, SECTIONS
from tests.assessments.conftest import Examination
from tests.support.queries import at_most


def stored(examination: Examination) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=examination.draft)}


def fill(examination: Examination, section: str, *given: Given) -> actions.Filled:
    return actions.all_absent(
        by=examination.world.clinician, assessment=examination.draft, section=section, given=given
    )


def test_every_section_is_decided_with_a_reason_or_a_claim() -> None:
    assert set(CLAIMS) | set(ONE_BY_ONE) == {section.key for section in SECTIONS}
    assert not set(CLAIMS) & set(ONE_BY_ONE)
    assert set(FINDINGS) >= ANSWERED_ALONE


@pytest.mark.parametrize("section", ONE_BY_ONE)
def test_screening_history_and_loading_are_answered_one_by_one(examination: Examination, section: str) -> None:
    with pytest.raises(Refused, match="one by one"):
        fill(examination, section)
    assert stored(examination) == {}


def test_an_unknown_section_is_refused(examination: Examination) -> None:
    with pytest.raises(Refused):
        fill(examination, "kitchen")


@pytest.mark.parametrize("section", CLAIMS)
def test_it_fills_presence_only_and_leaves_answers_numbers_and_choices_alone(
    examination: Examination, section: str
) -> None:
    filled = fill(examination, section)
    assert set(filled.places) == set(fillable(section)) == set(stored(examination))
    assert set(stored(examination).values()) == {"absent"}
    for key, _side in filled.places:
        assert FINDINGS[key].section == section
        assert FINDINGS[key].kind == "presence"
    assert not {key for key, _side in filled.places} & ANSWERED_ALONE


def test_an_answer_is_never_overwritten(examination: Examination) -> None:
    examination.answer(("sij_thigh_thrust", "right", "present"), ("faber", "left", "not_assessed"))
    filled = fill(examination, "sacroiliac")
    assert ("sij_thigh_thrust", "right") not in filled.places
    assert stored(examination)["sij_thigh_thrust", "right"] == "present"
    assert stored(examination)["faber", "left"] == "not_assessed"
    assert len(filled.places) == 10


def test_taking_back_restores_exactly_what_was_before(examination: Examination) -> None:
    examination.answer(("sij_thigh_thrust", "right", "present"), ("faber", "left", "absent"))
    before = stored(examination)
    filled = fill(examination, "sacroiliac")
    actions.take_back(by=examination.world.clinician, assessment=examination.draft, places=filled.places)
    assert stored(examination) == before


def test_taking_back_leaves_what_was_answered_since_and_says_so(examination: Examination) -> None:
    filled = fill(examination, "sacroiliac")
    examination.answer(("faber", "right", "present"))
    back = actions.take_back(by=examination.world.clinician, assessment=examination.draft, places=filled.places)
    assert stored(examination) == {("faber", "right"): "present"}
    assert set(back.overtaken) == {("faber", "right")}


def test_an_answer_of_a_colleague_given_meanwhile_is_kept_and_told(examination: Examination) -> None:
    examination.answer(("faber", "left", "present"))
    filled = fill(examination, "sacroiliac", Given("faber", "left", "", seen=""))
    assert stored(examination)["faber", "left"] == "present"
    assert "Ines Halvard recorded “Present” meanwhile" in filled.outcome.overtaken["faber", "left"].words


def test_an_answer_still_on_its_way_is_kept_as_given(examination: Examination) -> None:
    filled = fill(examination, "sacroiliac", Given("faber", "left", "present", seen=""))
    assert stored(examination)["faber", "left"] == "present"
    assert ("faber", "left") not in filled.places


def test_it_costs_the_same_however_many_findings(examination: Examination) -> None:
    with at_most(6):
        fill(examination, "sacroiliac")
    with at_most(6):
        fill(examination, "hamstring")


def test_a_signed_assessment_can_not_be_filled(examination: Examination) -> None:
    examination.ready().sign()
    with pytest.raises(AlreadySigned):
        fill(examination, "neural")
