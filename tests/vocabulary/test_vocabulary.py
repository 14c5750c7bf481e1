"""The shared words mean what they say."""

from datetime import date

import pytest

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import STAGES, Hypothesis, WorkingDiagnosis
from clinic.vocabulary.provenance import Reviewed, Source, Standing
from clinic.vocabulary.scales import is_nprs, nprs
from clinic.vocabulary.sides import DoseSide, PainfulSide, Side


def test_not_assessed_is_not_a_no():
    assert Answer.ABSENT.is_known
    assert Answer.PRESENT.is_known
    assert not Answer.NOT_ASSESSED.is_known


def test_each_side_has_an_opposite():
    assert Side.LEFT.opposite is Side.RIGHT
    assert Side.RIGHT.opposite is Side.LEFT


def test_a_complaint_on_both_sides_has_no_sound_side():
    assert PainfulSide.BOTH.sides == (Side.LEFT, Side.RIGHT)
    assert PainfulSide.BOTH.sound_sides == ()
    assert PainfulSide.RIGHT.sides == (Side.RIGHT,)
    assert PainfulSide.RIGHT.sound_sides == (Side.LEFT,)


@pytest.mark.parametrize(
    ("side", "mirrored"),
    [("left", "right"), ("right", "left"), ("both", "both"), ("alternate", "alternate")],
)
def test_a_dose_side_mirrors(side, mirrored):
    assert DoseSide(side).mirrored == mirrored


def test_a_dose_side_is_made_from_a_body_side():
    assert DoseSide.of(Side.LEFT) is DoseSide.LEFT


@pytest.mark.parametrize("value", [0, 5, 10])
def test_a_pain_score_is_a_whole_number_from_0_to_10(value):
    assert nprs(value) == value
    assert is_nprs(value)


@pytest.mark.parametrize("value", [-1, 11, 2.5, "3", True, None])
def test_anything_else_is_no_pain_score(value):
    assert not is_nprs(value)
    with pytest.raises(ValueError, match="whole number from 0 to 10"):
        nprs(value)


def test_every_hypothesis_can_be_concluded():
    assert {Hypothesis(h.value) for h in WorkingDiagnosis if h.hypothesis} == set(Hypothesis)
    assert WorkingDiagnosis.MIXED.hypothesis is None
    assert WorkingDiagnosis.REFER.hypothesis is None


def test_stages_follow_the_diagnosis():
    assert set(STAGES) == set(WorkingDiagnosis)
    assert WorkingDiagnosis.PHT.stages == (1, 2, 3, 4)
    assert WorkingDiagnosis.NERVE.stages == (1, 2, 3)
    assert WorkingDiagnosis.REFER.stages == ()


def test_a_source_names_what_it_cites():
    assert Source("Cacchio 2012", Standing.VERIFIED_SECONDARY).doi == ""
    with pytest.raises(ValueError, match="citation"):
        Source("  ", Standing.VERIFIED)


def test_a_review_falls_due_after_it_was_made():
    reviewed = Reviewed("A. Author", date(2026, 11, 22), date(2027, 11, 22))
    assert not reviewed.is_overdue(date(2027, 11, 22))
    assert reviewed.is_overdue(date(2027, 11, 23))
    with pytest.raises(ValueError, match="not after"):
        Reviewed("A. Author", date(2026, 11, 22), date(2026, 11, 22))
    with pytest.raises(ValueError, match="author"):
        Reviewed("", date(2026, 11, 22), date(2027, 11, 22))
