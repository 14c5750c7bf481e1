"""Groups speak with one voice, and no voice is too loud."""

import pytest

from assessments.reasoning import CURRENT, FINDINGS
from assessments.reasoning.finding_set import FindingSet, PainfulView
from assessments.reasoning.support import bounded, support
from clinic.vocabulary.sides import PainfulSide, Side

WEIGHTS = CURRENT.weights

P, A = "present", "absent"


def _effects(**findings):
    rows = [(key, Side.RIGHT if FINDINGS[key].sided else None, value) for key, value in findings.items()]
    supported = support(PainfulView(FindingSet.of(rows), PainfulSide.RIGHT), WEIGHTS)
    return {effect.group: effect for effect in supported.effects}


def _used(**findings):
    return {row: value for effect in _effects(**findings).values() for row, value in effect.used}


def test_the_bound_keeps_the_largest_and_lifts_the_smallest():
    assert bounded((0.8, 0.1, 0.4, 0.2), 5.0) == (0.8, 0.16, 0.4, 0.2)
    assert bounded((0.8, 0.4, 0.4, 0.2), 5.0) == (0.8, 0.4, 0.4, 0.2)


def test_of_the_hamstring_provocations_the_two_strongest_count():
    assert set(_used(palp_hamstring=P, stretch_pain=P, resisted_kf_pain=P)) == {"resisted_kf_pain", "palp_hamstring"}


def test_hamstring_tests_without_a_likelihood_are_shown_and_not_counted():
    assert _effects(tost=P, arom_pain=P, prom_pain=P, kf_strength_deficit=P) == {}


def test_the_best_stretch_test_speaks_for_all_three():
    assert _used(puranen_orava=P, bk_stretch=P, mbk_stretch=A) == {"pht_stretch": "absent"}
    assert _used(puranen_orava=P, bk_stretch=A) == {"pht_stretch": "absent"}


@pytest.mark.parametrize(
    ("findings", "value"),
    [
        ({"sij_distraction": P, "sij_thigh_thrust": P, "sij_compression": P}, None),
        ({"sij_distraction": P, "sij_thigh_thrust": P, "sij_compression": P, "sij_sacral_thrust": A}, "positive"),
        ({"sij_distraction": P, "sij_thigh_thrust": A, "sij_compression": A, "sij_sacral_thrust": A}, "partial"),
        ({"sij_distraction": A, "sij_thigh_thrust": A, "sij_compression": A, "sij_sacral_thrust": A}, "negative"),
    ],
)
def test_the_provocation_tests_count_as_one_once_four_are_done(findings, value):
    assert _used(**findings).get("sij_count") == value


def test_centralisation_takes_a_positive_count_back():
    four = {"sij_distraction": P, "sij_thigh_thrust": P, "sij_compression": P, "sij_sacral_thrust": P}
    assert _used(**four, lumbar_response="centralises")["sij_count"] == "partial"


def test_the_test_with_differentiation_is_preferred():
    assert _used(slump_sd=A, slr_sd=P, slr_pain_gt_bentknee=P) == {"neurodynamic": "absent"}
    assert _used(slr_sd=P, slr_pain_gt_bentknee=A) == {"neurodynamic": "present"}
    assert _used(slr_pain_gt_bentknee=P) == {"slr_over_bent_knee": "present"}


def test_raises_without_differentiation_are_no_variable():
    assert _effects(slr_pain=P, slump=P) == {}


def test_range_counts_only_with_both_raises_known():
    assert _effects(slr_rom_loss=P) == {}
    assert _used(slr_rom_loss=P, bentknee_rom_loss=A) == {"range": "straight_only"}
    assert _used(slr_rom_loss=P, bentknee_rom_loss=P) == {"range": "both"}


def test_gradual_onset_is_not_counted_twice():
    assert _used(onset="gradual", onset_at_speed=A, after_warmup=A, pop=A) == {"onset": "gradual"}
    assert _used(onset="sudden", onset_at_speed=P, after_warmup=P, pop=P) == {"onset": "sudden_at_speed"}
    assert _used(onset="sudden") == {}


def test_no_deficit_and_no_symptom_need_every_question_answered():
    assert _effects(sens_deficit=A, reflex_deficit=A) == {}
    assert _used(sens_deficit=A, reflex_deficit=A, myotome_deficit=A) == {"deficit": "absent"}
    assert _effects(neuro_quality=A, cough_sneeze=A) == {}
    assert _used(neuro_quality=P) == {"symptoms": "one_or_two"}
    assert _used(neuro_quality=P, cough_sneeze=P, dermatomal=P) == {"symptoms": "three_or_more"}


def test_a_sore_buttock_alone_is_no_location():
    assert _effects(pain_buttock_dominant=P) == {}
    assert _used(sij_fortin=A, sij_pressure_pain=P) == {"sij_location": "present"}


@pytest.mark.parametrize("row", WEIGHTS.rows.values(), ids=lambda row: row.key)
def test_the_values_of_a_row_exclude_each_other(row):
    for column in range(4):
        assert sum(vector[column] for vector in row.values.values()) == pytest.approx(1, abs=0.011)


def test_every_row_belongs_to_a_group_and_priors_leave_room_for_something_else():
    assert {row.group for row in WEIGHTS.rows.values()} <= set(WEIGHTS.groups)
    assert sum(WEIGHTS.settings.priors) == pytest.approx(0.95)


def test_a_painless_sitting_bone_may_speak_a_little_louder():
    vector = _effects(palp_ischial=A)["G2"].vector
    assert max(vector) / min(vector) == pytest.approx(7)
    both = _effects(palp_ischial=A, mbk_stretch=A, pain_sitting=A)["G2"].vector
    assert max(both) / min(both) == pytest.approx(7)
