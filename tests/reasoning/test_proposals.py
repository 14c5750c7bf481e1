"""Irritability, severity and stage are proposed from what was recorded, never made milder by what was not."""

import pytest

from .cases import ABSENT, PRESENT, reasoned

P, A = PRESENT, ABSENT


@pytest.mark.parametrize(
    ("findings", "value"),
    [
        ({}, None),
        ({"nprs_now": 2}, None),
        ({"nprs_now": 6}, "high"),
        ({"settle_minutes": 31}, "high"),
        ({"settle_minutes": 30}, "moderate"),
        ({"settle_minutes": 10}, "low"),
        ({"settle_minutes": 5, "nprs_now": 4}, "moderate"),
        ({"settle_minutes": 5, "nprs_now": 3}, "low"),
    ],
)
def test_irritability_follows_minutes_to_settle_and_pain_at_rest(findings, value):
    assert reasoned(**findings).proposals.irritability.value == value


@pytest.mark.parametrize(
    ("findings", "value"),
    [
        ({}, None),
        ({"slr_degrees": {"right": 71, "left": 80}}, "mild"),
        ({"slr_degrees": {"right": 70, "left": 80}}, "moderate"),
        ({"slr_degrees": {"right": 54, "left": 80}}, "severe"),
        ({"slr_degrees": {"right": 54}}, None),
        ({"ake_degrees": {"right": 38, "left": 20}}, "moderate"),
        ({"slr_degrees": {"right": 85, "left": 80}, "ake_degrees": {"right": 10, "left": 20}}, "mild"),
        ({"gait_antalgic": P}, "moderate"),
        ({"kf_strength_ratio": {"right": 95}}, "mild"),
        ({"kf_strength_ratio": {"right": 80}}, "moderate"),
        ({"kf_strength_ratio": {"right": 40}}, "severe"),
        ({"pop": P, "ecchymosis": P}, "severe"),
        ({"palpable_defect": P, "gait_antalgic": A}, "severe"),
    ],
)
def test_a_strain_is_graded_by_the_worst_sign(findings, value):
    assert reasoned(**findings).proposals.severity["hamstring_strain"].value == value


@pytest.mark.parametrize(("score", "value"), [(3, "mild"), (5, "moderate"), (6, "severe")])
def test_other_causes_are_graded_by_the_worst_pain(score, value):
    proposals = reasoned(nprs_worst=score, nprs_now=0).proposals
    assert {proposals.severity[key].value for key in ("pht", "sij", "nerve")} == {value}
    assert reasoned().proposals.severity["pht"].value is None


STRAIN_STAGES = [
    (1, {}),
    (2, {"gait_antalgic": A, "nprs_now": 3}),
    (3, {"resisted_kf_pain": A, "bridge_single_s": {"right": 30}}),
    (4, {"palp_hamstring": A, "slr_degrees": {"right": 75, "left": 80}, "kf_strength_ratio": {"right": 92}}),
]
TENDON_STAGES = [
    (1, {}),
    (2, {"settle_minutes": 20, "nprs_worst": 3}),
    (3, {"lshs": A, "nprs_run": 3}),
    (4, {"kf_strength_ratio": {"right": 95}, "bridge_single_s": {"right": 35}}),
]
JOINT_STAGES = [
    (1, {}),
    (2, {"nprs_now": 3, "nprs_worst": 5}),
    (3, {"bridge_single_s": {"right": 30}, "bridge_hip_drop": A}),
]
NERVE_STAGES = [
    (1, {"settle_minutes": 45}),
    (2, {"settle_minutes": 20}),
    (3, {"settle_minutes": 5, "neuro_quality": A, "nprs_worst": 4}),
]


@pytest.mark.parametrize(
    ("key", "steps"),
    [("hamstring_strain", STRAIN_STAGES), ("pht", TENDON_STAGES), ("sij", JOINT_STAGES), ("nerve", NERVE_STAGES)],
)
def test_a_stage_is_proposed_only_as_far_as_its_entry_was_found(key, steps):
    findings = {}
    for stage, more in steps:
        findings |= more
        proposed = reasoned(**findings).proposals.stage[key]
        assert proposed.value == stage
        assert bool(proposed.holding_back) is (stage < steps[-1][0])


def test_pain_on_both_sides_has_no_sound_side_to_compare_with():
    proposals = reasoned(side="both", slr_degrees={"left": 40, "right": 80}).proposals
    assert proposals.severity["hamstring_strain"].value is None


def test_what_holds_a_stage_back_is_named():
    proposed = reasoned(gait_antalgic=P, nprs_now=2).proposals.stage["hamstring_strain"]
    assert (proposed.value, proposed.holding_back) == (1, ("gait_antalgic",))
