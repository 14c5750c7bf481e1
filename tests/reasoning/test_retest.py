"""The retest card: what is looked at again, how a change reads, and when the differential opens again."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from assessments.reasoning import FINDINGS, Case, reason
from assessments.reasoning.doubts import Doubt, Since, no_longer_fits
from assessments.reasoning.outcomes import activities_change
from assessments.reasoning.retest import RETEST, Change, Role, compare, measures_of, value_at
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide, Side

from .cases import ABSENT, NO_PROVOCATION, NO_SYMPTOMS, PRESENT, STRAIN, case
from .test_properties import AGES, SIDES, SOME

STRAIN_THEN = STRAIN | {"slump": PRESENT, "slr_degrees": 52, "nprs_run": 6}
SIGNS_GONE = {"palp_hamstring": ABSENT, "stretch_pain": ABSENT, "resisted_kf_pain": ABSENT}
JOINT_TESTS = tuple(NO_PROVOCATION)
JOINT = dict.fromkeys(JOINT_TESTS[:4], PRESENT) | {"lumbar_response": "no_change", "nprs_worst": 6}


def doubts(diagnosis, then, now, course=None, **sides):
    before, today = case(**sides, **then), case(**sides, **now)
    found = no_longer_fits(
        WorkingDiagnosis(diagnosis), then=before, before=reason(before), now=today, today=reason(today), since=course
    )
    return {item.doubt: item for item in found}


def card(diagnosis, **findings):
    then = case(**findings)
    return {item.key: item.role for item in measures_of(WorkingDiagnosis(diagnosis), then, reason(then))}


# What stands on the card


def test_a_strain_is_retested_on_its_measures_what_was_positive_and_two_signs_of_the_other_causes():
    roles = card("hamstring_strain", **STRAIN_THEN)
    assert [key for key, role in roles.items() if role is Role.CORE] == [
        "nprs_run", "palp_hamstring", "resisted_kf_pain", "slr_degrees", "ake_degrees", "kf_strength_ratio", "bridge_single_s",
    ]  # fmt: skip
    assert roles["stretch_pain"] is roles["slr_rom_loss"] is Role.WAS_POSITIVE
    assert [key for key, role in roles.items() if role is Role.COMPARATOR] == ["slump", "sij_thigh_thrust"]


def test_only_the_joint_tests_that_were_positive_come_again():
    roles = card("sij", **NO_PROVOCATION | {"sij_thigh_thrust": PRESENT, "sij_gaenslen": PRESENT})
    assert {key for key in roles if key in JOINT_TESTS} == {"sij_thigh_thrust", "sij_gaenslen"}


@pytest.mark.parametrize("diagnosis", WorkingDiagnosis)
def test_how_it_began_and_the_screening_are_never_on_the_card(diagnosis):
    everything = {
        key: PRESENT if item.kind == "presence" else item.choices[0]
        for key, item in FINDINGS.items()
        if item.kind in ("presence", "choice")
    }
    roles = card(diagnosis, **everything)
    assert roles
    assert not {key for key in roles if FINDINGS[key].section == "screening"}
    assert not RETEST.told_once & set(roles)


def test_a_mixed_picture_retests_what_carried_each_cause_it_stands_on():
    both = STRAIN | {"slump": PRESENT, "slump_sd": PRESENT, "neuro_quality": PRESENT}
    roles = card("mixed", **both)
    assert {"palp_hamstring", "stretch_pain", "slump_sd", "neuro_quality"} <= set(roles)


# How a change reads


@pytest.mark.parametrize(
    ("key", "then", "now", "change", "difference"),
    [
        ("palp_hamstring", Answer.PRESENT, Answer.ABSENT, Change.BETTER, None),
        ("palp_hamstring", Answer.ABSENT, Answer.PRESENT, Change.WORSE, None),
        ("palp_hamstring", Answer.PRESENT, Answer.PRESENT, Change.SAME, None),
        ("palp_hamstring", Answer.PRESENT, None, Change.NOT_RETESTED, None),
        ("palp_hamstring", None, Answer.ABSENT, Change.NOT_COMPARED, None),
        ("palp_hamstring", None, None, Change.NOT_RETESTED, None),
        ("slr_degrees", 52, 66, Change.BETTER, 14),
        ("slr_degrees", 66, 52, Change.WORSE, -14),
        ("slr_degrees", 52, 56, Change.TOO_SMALL, 4),
        ("slr_degrees", 52, 57, Change.BETTER, 5),
        ("slr_degrees", 52, 52, Change.SAME, 0),
        ("ake_degrees", 30, 12, Change.BETTER, -18),
        ("ake_degrees", 12, 30, Change.WORSE, 18),
        ("nprs_run", 6, 5, Change.TOO_SMALL, -1),
        ("nprs_run", 6, 4, Change.BETTER, -2),
        ("cadence", 164, 172, Change.CHANGED, 8),
        ("lumbar_response", "no_change", "centralises", Change.CHANGED, None),
    ],
)
def test_a_finding_is_compared_in_its_own_direction_and_small_differences_are_not_judged(
    key, then, now, change, difference
):
    compared = compare(key, then, now)
    assert (compared.change, compared.difference) == (change, difference)


def test_every_judgement_about_a_number_has_a_source_and_is_ours_unless_it_names_a_study():
    for reading in RETEST.readings.values():
        assert reading.source.citation
        assert ("Strideback" in reading.source.citation) is (reading.source.standing == "proposed")


def test_every_entry_of_the_card_has_a_source_and_its_review_is_not_overdue():
    for entry in (*RETEST.measures.values(), *RETEST.signs.values(), *RETEST.readings.values()):
        assert entry.source.citation
        assert not entry.reviewed.is_overdue(date.today())


# When the differential opens again


def test_hamstring_signs_settled_and_slump_still_positive_opens_the_differential():
    found = doubts("hamstring_strain", STRAIN_THEN, SIGNS_GONE | {"slump": PRESENT})
    assert found[Doubt.OTHER_SIGNS].towards == (Hypothesis.NERVE,)
    assert found[Doubt.OTHER_SIGNS].shows == ("slump",)
    assert set(found[Doubt.OTHER_SIGNS].settled) == set(SIGNS_GONE)


@pytest.mark.parametrize("left_out", SIGNS_GONE)
def test_a_sign_that_was_not_looked_for_again_has_not_settled(left_out):
    now = {key: value for key, value in SIGNS_GONE.items() if key != left_out} | {"slump": PRESENT}
    assert Doubt.OTHER_SIGNS not in doubts("hamstring_strain", STRAIN_THEN, now)


def test_settled_signs_alone_are_simply_good():
    assert not doubts("hamstring_strain", STRAIN_THEN, SIGNS_GONE | {"slump": ABSENT, "nprs_run": 1})


def test_one_joint_test_alone_is_no_rival_and_three_are():
    one = {"sij_thigh_thrust": PRESENT}
    three = dict.fromkeys(JOINT_TESTS[:3], PRESENT)
    assert Doubt.OTHER_SIGNS not in doubts("hamstring_strain", STRAIN_THEN, SIGNS_GONE | one)
    assert doubts("hamstring_strain", STRAIN_THEN, SIGNS_GONE | three)[Doubt.OTHER_SIGNS].towards == (Hypothesis.SIJ,)


def test_a_sign_on_the_sound_side_is_no_rival():
    now = SIGNS_GONE | {"slump": {"left": PRESENT, "right": ABSENT}}
    assert Doubt.OTHER_SIGNS not in doubts("hamstring_strain", STRAIN_THEN, now)


def test_the_criterion_of_another_cause_met_today_opens_it_and_one_met_before_does_not():
    nerve = {"slump": PRESENT, "slump_sd": PRESENT, "neuro_quality": PRESENT}
    assert doubts("hamstring_strain", STRAIN_THEN, nerve)[Doubt.OTHER_CRITERION].towards == (Hypothesis.NERVE,)
    assert Doubt.OTHER_CRITERION not in doubts("hamstring_strain", STRAIN_THEN | nerve, nerve)
    assert Doubt.OTHER_CRITERION not in doubts("nerve", STRAIN_THEN, nerve)


def test_joint_tests_down_to_two_open_it_while_it_still_hurts():
    now = dict.fromkeys(JOINT_TESTS[:2], PRESENT) | dict.fromkeys(JOINT_TESTS[2:4], ABSENT)
    found = doubts("sij", JOINT, now | {"nprs_worst": 5})
    assert found[Doubt.FEWER_JOINT_TESTS].shows == JOINT_TESTS[:2]
    assert found[Doubt.FEWER_JOINT_TESTS].settled == JOINT_TESTS[2:4]
    assert not doubts("sij", JOINT, now | {"nprs_worst": 1}), "a joint that has calmed down"
    assert not doubts("sij", JOINT, dict.fromkeys(JOINT_TESTS[:2], PRESENT)), "the others were not done again"
    assert not doubts("sij", JOINT, now | {JOINT_TESTS[4]: PRESENT}), "three are positive, others than before"


def test_new_pain_below_the_knee_opens_it_and_says_when_nobody_had_asked():
    found = doubts("pht", NO_SYMPTOMS, {"pain_below_knee": PRESENT})
    assert found[Doubt.BELOW_KNEE].was_unknown is False
    assert doubts("pht", {}, {"pain_below_knee": PRESENT})[Doubt.BELOW_KNEE].was_unknown is True
    assert not doubts("pht", {"pain_below_knee": PRESENT}, {"pain_below_knee": PRESENT})


def test_centralisation_opens_it_unless_the_nerve_was_the_diagnosis():
    assert Doubt.CENTRALISES in doubts("sij", JOINT, {"lumbar_response": "centralises"})
    assert Doubt.CENTRALISES not in doubts("nerve", {}, {"lumbar_response": "centralises"})


@pytest.mark.parametrize("days", [1, 60])
def test_pain_worse_by_two_points_opens_it_at_any_time(days):
    course = Since(days, activities_change({"1": 3, "2": 3}, {"1": 9, "2": 9}))
    assert doubts("pht", {"nprs_run": 4}, {"nprs_run": 6}, course)[Doubt.PAIN_WORSE].shows == ("nprs_run",)
    assert not doubts("pht", {"nprs_run": 4}, {"nprs_run": 5}, course)


STILL = activities_change({"1": 3, "2": 4}, {"1": 4, "2": 5})
GAINED = activities_change({"1": 3, "2": 4}, {"1": 6, "2": 7})


@pytest.mark.parametrize(
    ("days", "pain", "activities", "raised"),
    [
        (42, 5, STILL, True),
        (41, 5, STILL, False),
        (42, 4, STILL, False),
        (42, 5, GAINED, False),
        (42, None, STILL, False),
        (42, 5, None, False),
        (42, 5, activities_change({"1": 3}, {"2": 3}), False),
    ],
)
def test_not_settling_needs_six_weeks_and_both_measures_below_their_threshold(days, pain, activities, raised):
    now = {} if pain is None else {"nprs_run": pain}
    assert (Doubt.NOT_SETTLING in doubts("pht", {"nprs_run": 6}, now, Since(days, activities))) is raised


# What holds for every two visits


def raised(diagnosis, then, now):
    return no_longer_fits(diagnosis, then=then, before=reason(then), now=now, today=reason(now))


def read(findings, side, age):
    return Case.from_json({"patient": {"age": age}, "painful_side": side, "findings": findings})


@settings(max_examples=25, deadline=None)
@given(findings=SOME, side=SIDES, age=AGES)
def test_an_empty_visit_settles_nothing_and_doubts_nothing(findings, side, age):
    then, nothing = read(findings, side, age), read({}, side, age)
    for diagnosis in WorkingDiagnosis:
        assert raised(diagnosis, then, nothing) == ()
    for key in FINDINGS:
        for at in (None, *Side):
            assert compare(key, value_at(then, key, at), None).change is Change.NOT_RETESTED


@settings(max_examples=25, deadline=None)
@given(before=SOME, after=SOME, side=SIDES)
def test_what_is_called_settled_was_positive_and_was_looked_for_again(before, after, side):
    then, now = read(before, side, 30), read(after, side, 30)
    for diagnosis in WorkingDiagnosis:
        for doubt in raised(diagnosis, then, now):
            for key in doubt.settled:
                assert key in then.findings.present
                assert now.findings.recorded(key)


@settings(max_examples=25, deadline=None)
@given(before=SOME, after=SOME, side=SIDES)
def test_swapping_all_sides_swaps_nothing_but_sides(before, after, side):
    then, now = read(before, side, 30), read(after, side, 30)
    swapped = [mirrored(then), mirrored(now)]
    for diagnosis in WorkingDiagnosis:
        assert raised(diagnosis, then, now) == raised(diagnosis, *swapped)
        assert measures_of(diagnosis, then, reason(then)) == measures_of(diagnosis, swapped[0], reason(swapped[0]))
    for key, finding in FINDINGS.items():
        for at in Side if finding.sided else ():
            here = compare(key, value_at(then, key, at), value_at(now, key, at))
            there = compare(key, *(value_at(one, key, at.opposite) for one in swapped))
            assert here == there


def mirrored(one):
    side = one.painful_side
    other = side if side is PainfulSide.BOTH else PainfulSide(one.painful_side.sides[0].opposite.value)
    return replace(one, painful_side=other, findings=one.findings.mirrored())
