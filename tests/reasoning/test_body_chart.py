"""The regions of the body chart, what a drawing suggests asking, and two drawings compared."""

import pytest

from assessments.reasoning import FINDINGS, Case, reason
from assessments.reasoning.body_chart import (
    LOWER_LEG,
    PER_SIDE,
    PLACES,
    QUALITIES,
    REGIONS,
    TO_TEST,
    WHOLE,
    Area,
    Quality,
    Reach,
    Stance,
    area,
    changes,
    in_order,
    suggestions,
)
from clinic.vocabulary.sides import PainfulSide

RIGHT, LEFT, BOTH = PainfulSide.RIGHT, PainfulSide.LEFT, PainfulSide.BOTH
BUTTOCK = area(("buttock", "right"), ["ache"])
CALF = area(("calf", "right"), ["ache"])


def suggested(*areas: Area, painful: PainfulSide = RIGHT, **answers: str) -> dict[tuple[str, str], Stance]:
    given = {(key.partition("__")[0], key.partition("__")[2]): value for key, value in answers.items()}
    return {item.place: item.stance for item in suggestions(areas, painful, given)}


def test_every_place_is_named_once_and_has_a_side_exactly_when_the_region_has() -> None:
    assert len(set(PLACES)) == len(PLACES)
    assert len({region.name for region in REGIONS.values()}) == len(REGIONS)
    for key, side in PLACES:
        assert REGIONS[key].sided is (side != "")
    assert len(REGIONS) == 24
    assert set(QUALITIES) == set(Quality)


def test_every_finding_it_speaks_of_exists_and_is_answered_present_or_absent() -> None:
    for key in WHOLE:
        assert not FINDINGS[key].sided, key
    for key, regions in PER_SIDE.items():
        assert FINDINGS[key].sided, key
        assert regions <= set(REGIONS), key
    assert {FINDINGS[key].kind.value for key in (*WHOLE, *PER_SIDE)} == {"presence"}


@pytest.mark.parametrize("region", [key for key, region in REGIONS.items() if region.level >= LOWER_LEG])
def test_pain_below_the_knee_on_the_painful_side_is_asked_about(region: str) -> None:
    assert suggested(Area(region, "right")) == {("pain_below_knee", ""): Stance.OPEN}
    assert suggested(Area(region, "left")) == {}, "the other leg says nothing about this complaint"
    assert suggested(Area(region, "left"), painful=BOTH) == {("pain_below_knee", ""): Stance.OPEN}


@pytest.mark.parametrize("region", ["knee", "knee_back", "thigh_lower"])
def test_the_knee_itself_is_not_below_the_knee(region: str) -> None:
    assert suggested(Area(region, "right")) == {}


def test_the_buttock_counts_only_as_the_worst_area() -> None:
    assert suggested(BUTTOCK, CALF).keys() == {("pain_below_knee", "")}
    worst = area(("buttock", "right"), ["ache"], is_worst=True)
    assert ("pain_buttock_dominant", "") in suggested(worst, CALF)
    assert ("pain_buttock_dominant", "") not in suggested(worst, painful=LEFT)
    assert suggested(area(("sitting_bone", "right"), is_worst=True)) == {}


@pytest.mark.parametrize("region", ["groin", "hip_front"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_groin_raises_its_screening_question_on_the_side_that_is_marked(region: str, side: str) -> None:
    assert suggested(Area(region, side)) == {("groin_pain", side): Stance.OPEN}


def test_the_middle_of_the_back_is_asked_about_and_beside_it_is_not() -> None:
    assert suggested(Area("low_back_mid")) == {("midline_lbp", ""): Stance.OPEN}
    assert suggested(Area("low_back", "right")) == {}


def test_both_legs_are_a_screening_question_and_come_first() -> None:
    found = suggestions([CALF, Area("thigh_mid", "left")], RIGHT, {})
    assert [item.finding for item in found] == ["bilateral_leg_symptoms", "pain_below_knee"]
    assert {item.place for item in found[0].areas} == {("calf", "right"), ("thigh_mid", "left")}
    assert suggested(BUTTOCK, Area("buttock", "left")) == {}, "buttocks are not yet legs"


@pytest.mark.parametrize("quality", list(Quality))
def test_burning_tingling_and_numbness_are_asked_about_as_the_quality_of_a_nerve(quality: Quality) -> None:
    expected = quality in {"burning", "tingling", "numb"}
    assert (("neuro_quality", "") in suggested(area(("thigh_mid", "right"), [quality]))) is expected
    assert ("neuro_quality", "") not in suggested(area(("thigh_mid", "left"), [quality]))


def test_a_mark_at_the_joint_line_is_not_the_pointing_sign() -> None:
    (found,) = suggestions([Area("si_joint", "left")], LEFT, {})
    assert (found.place, found.to_test) == (("sij_fortin", "left"), True)
    assert suggestions([Area("si_joint", "left")], LEFT, {("sij_fortin", "left"): "absent"}) == []
    assert {"sij_fortin"} == TO_TEST


def test_an_empty_chart_says_nothing_whatever_was_answered() -> None:
    assert suggested(pain_below_knee="present", groin_pain__left="present") == {}


def test_an_answer_that_agrees_is_known_as_agreed() -> None:
    assert suggested(CALF, pain_below_knee="present") == {("pain_below_knee", ""): Stance.AGREED}
    assert suggested(CALF, pain_below_knee="not_assessed") == {("pain_below_knee", ""): Stance.OPEN}


def test_chart_and_answer_that_disagree_are_told_both_ways() -> None:
    assert suggested(CALF, pain_below_knee="absent") == {("pain_below_knee", ""): Stance.CHART_ALONE}
    assert suggested(BUTTOCK, pain_below_knee="present") == {("pain_below_knee", ""): Stance.ANSWER_ALONE}
    assert suggested(BUTTOCK, groin_pain__left="present") == {("groin_pain", "left"): Stance.ANSWER_ALONE}
    assert suggested(BUTTOCK, pain_below_knee="absent") == {}, "an absence the chart does not contradict"


def test_a_chart_that_says_too_little_does_not_contradict_an_answer() -> None:
    assert suggested(BUTTOCK, neuro_quality="present") == {}, "the ache may be the ache at rest"
    assert suggested(Area("thigh_mid", "right"), neuro_quality="present") == {}, "no quality was said"
    sharp = area(("thigh_mid", "right"), ["sharp"])
    assert suggested(sharp, neuro_quality="present") == {("neuro_quality", ""): Stance.ANSWER_ALONE}
    assert suggested(BUTTOCK, pain_buttock_dominant="present") == {}, "no worst area was chosen yet"


@pytest.mark.parametrize(
    ("key", "flags"),
    [("bilateral_leg_symptoms", {"RF01", "RF03"}), ("groin_pain", {"RF08"}), ("pain_below_knee", set())],
)
def test_what_a_recorded_suggestion_raises_is_what_the_page_warns_of(key: str, flags: set[str]) -> None:
    given = {"right": "present"} if FINDINGS[key].sided else "present"
    case = Case.from_json({"painful_side": "right", "findings": {key: given}})
    assert {flag.id for flag in reason(case).red_flags} == flags


def test_the_worst_comes_first_and_then_from_above_downwards() -> None:
    worst = Area("heel", "left", is_worst=True)
    assert in_order([CALF, worst, BUTTOCK]) == [worst, BUTTOCK, CALF]


@pytest.mark.parametrize("place", [("elbow", "left"), ("calf", ""), ("sacrum", "left")])
def test_what_the_chart_does_not_have_is_refused(place: tuple[str, str]) -> None:
    with pytest.raises(KeyError):
        area(place)
    with pytest.raises(KeyError):
        area(("calf", "left"), ["itching"])


def test_two_charts_compared_name_what_is_gone_new_and_felt_differently() -> None:
    found = changes([BUTTOCK, CALF], [area(("buttock", "right"), ["numb"]), Area("sacrum")])
    assert [item.place for item in found.gone] == [("calf", "right")]
    assert [item.place for item in found.new] == [("sacrum", "")]
    assert [(old.qualities, new.qualities) for old, new in found.altered] == [(("ache",), ("numb",))]
    assert found.reach == {"right": Reach.HIGHER}


def test_pain_that_reaches_further_down_is_a_spread_only_on_a_side_that_hurt_before() -> None:
    assert changes([BUTTOCK], [BUTTOCK, CALF]).spread_down == ("right",)
    assert changes([BUTTOCK], [BUTTOCK, Area("calf", "left")]).spread_down == ()
    assert changes([], [CALF]).spread_down == ()
    assert changes([CALF], [Area("shin", "right")]).reach == {"right": Reach.SAME}
