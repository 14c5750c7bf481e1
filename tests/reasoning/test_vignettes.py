"""Whole patients, written from the clinical texts before looking at the program, with what a clinician expects."""

import json

import pytest

from assessments.reasoning import FINDINGS, MANDATORY, Case, reason

from .cases import ABSENT, NO_PROVOCATION, NO_SYMPTOMS, PRESENT, case_json

P, A = PRESENT, ABSENT
FOUR_NEGATIVE = dict.fromkeys(list(NO_PROVOCATION)[:4], A) | {"lumbar_response": "no_change"}
LEVELS = ["unlikely", "possible", "likely", "very_likely"]

SPRINTER = {
    "onset": "sudden",
    "onset_at_speed": P,
    "after_warmup": P,
    "palp_hamstring": P,
    "slr_rom_loss": P,
    "bentknee_rom_loss": P,
    "stretch_pain": P,
    "resisted_kf_pain": P,
    "palp_ischial": A,
    "mbk_stretch": A,
    "slump": A,
    "slump_sd": A,
    "pain_sitting": A,
    "lbp_history": A,
    **NO_SYMPTOMS,
    **FOUR_NEGATIVE,
}
MASTERS_RUNNER = {
    "onset": "gradual",
    "load_error": P,
    "pain_sitting": P,
    "pain_speed_hills": P,
    "palp_ischial": P,
    "mbk_stretch": P,
    "puranen_orava": P,
    "resisted_kf_pain": P,
    "stretch_pain": P,
    "palp_hamstring": A,
    "slr_rom_loss": A,
    "bentknee_rom_loss": A,
    "slump_sd": A,
    "lbp_history": A,
    **NO_SYMPTOMS,
    **FOUR_NEGATIVE,
}
BUTTOCK = {
    "onset": "gradual",
    "sij_thigh_thrust": P,
    "sij_distraction": P,
    "sij_compression": P,
    "sij_sacral_thrust": A,
    "lumbar_response": "no_change",
    "sij_fortin": P,
    "sij_pressure_pain": P,
    "pain_buttock_dominant": P,
    "sit_to_stand_pain": P,
    "midline_lbp": A,
    "lbp_history": P,
    "palp_hamstring": A,
    "palp_ischial": A,
    "stretch_pain": A,
    "resisted_kf_pain": A,
    "mbk_stretch": A,
    "slr_rom_loss": A,
    "bentknee_rom_loss": A,
    "slump_sd": A,
    "slr_sd": A,
    **NO_SYMPTOMS,
}
RADICULAR = {
    "onset": "gradual",
    "slr_pain": P,
    "slr_sd": P,
    "slump": P,
    "slump_sd": P,
    "slr_pain_gt_bentknee": P,
    "sens_deficit": P,
    "pain_sitting": P,
    "slr_rom_loss": P,
    "bentknee_rom_loss": A,
    "palp_hamstring": A,
    "palp_ischial": A,
    "stretch_pain": A,
    "resisted_kf_pain": A,
    "mbk_stretch": A,
    **dict.fromkeys(NO_SYMPTOMS, P),
    **FOUR_NEGATIVE,
    "lumbar_response": "centralises",
}
DEEP_GLUTEAL = {
    "onset": "gradual",
    "pain_sitting": P,
    "neuro_quality": P,
    "slr_pain": A,
    "slr_sd": A,
    "slump": P,
    "slump_sd": P,
    "seated_piriformis": P,
    "active_piriformis": P,
    "palp_hamstring": A,
    "palp_ischial": A,
    "stretch_pain": A,
    "resisted_kf_pain": A,
    "mbk_stretch": A,
    **FOUR_NEGATIVE,
}


def answered(**given):
    """The answer exactly as `manage.py reason` prints it."""
    return json.loads(json.dumps(reason(Case.from_json(case_json(**given))).to_json()))


def of(answer, key):
    return next(view for view in answer["hypotheses"] if view["key"] == key)


@pytest.mark.parametrize(
    ("key", "findings"),
    [
        ("hamstring_strain", SPRINTER),
        ("pht", MASTERS_RUNNER),
        ("sij", BUTTOCK),
        ("nerve", RADICULAR),
        ("nerve", DEEP_GLUTEAL),
    ],
)
def test_a_typical_patient_is_clear_and_the_criterion_that_is_met_leads(key, findings):
    answer = answered(**findings)
    assert (answer["action"], answer["red_flags"], answer["ranking_shown"]) == ("continue", [], True)
    assert answer["picture"] == "clear"
    first = answer["hypotheses"][0]
    assert (first["key"], first["rank"], first["criteria"]) == (key, 1, "met")
    assert first["support"] in ("likely", "very_likely")
    assert all(view["criteria"] != "met" for view in answer["hypotheses"][1:])


def test_a_strain_with_a_positive_slump_and_tingling_is_mixed():
    """Kornberg & Lew 1989: footballers with a real strain had a positive slump."""
    answer = answered(**SPRINTER | {"slump": P, "slump_sd": P, "neuro_quality": P})
    assert answer["picture"] == "mixed"
    assert [view["key"] for view in answer["hypotheses"][:2]] == ["hamstring_strain", "nerve"]
    assert of(answer, "hamstring_strain")["criteria"] == of(answer, "nerve")["criteria"] == "met"


def test_a_strain_with_a_positive_slump_and_no_other_sign_of_the_nerve_stays_a_strain():
    answer = answered(**SPRINTER | {"slump": P, "slump_sd": P})
    assert of(answer, "nerve")["criteria"] == "partly"
    assert answer["hypotheses"][0]["key"] == "hamstring_strain"


def test_a_tender_sitting_bone_and_a_tender_muscle_with_stretch_pain_are_mixed():
    answer = answered(**MASTERS_RUNNER | {"palp_hamstring": P})
    assert answer["picture"] == "mixed"
    assert [view["key"] for view in answer["hypotheses"][:2]] == ["pht", "hamstring_strain"]


def test_the_same_strain_with_a_change_in_passing_urine_is_an_emergency_and_nothing_else():
    answer = answered(**SPRINTER, bladder_change=P)
    assert answer["action"] == "emergency"
    assert answer["red_flags"] == [{"id": "RF01", "tier": "R1", "why": ["bladder_change"]}]
    assert answer["ranking_shown"] is False
    assert answer["picture"] == "not_enough"
    assert all(view["rank"] is None and view["support"] is None for view in answer["hypotheses"])
    assert of(answer, "hamstring_strain")["criteria"] == "met", "what was found stays readable"


def test_a_torn_tendon_without_a_pop_is_not_missed():
    answer = answered(onset="sudden", pop=A, forced_hip_flexion=A, bowstring_absent=P)
    assert answer["action"] == "urgent"
    assert [flag["id"] for flag in answer["red_flags"]] == ["RF04"]
    assert not answer["ranking_shown"]


def test_a_water_skier_with_a_pop_and_weakness_is_urgent():
    answer = answered(onset="sudden", pop=P, forced_hip_flexion=P, kf_strength_deficit=P)
    assert answer["action"] == "urgent"
    assert answer["red_flags"][0]["id"] == "RF04"
    assert set(answer["red_flags"][0]["why"]) == {"pop", "forced_hip_flexion", "kf_strength_deficit"}


def test_a_pop_and_weakness_at_full_sprint_are_a_strain_until_more_is_found():
    answer = answered(**SPRINTER, pop=P, kf_strength_deficit=P)
    assert answer["action"] == "continue"
    assert answer["hypotheses"][0]["key"] == "hamstring_strain"


def test_a_gap_with_normal_strength_is_a_caution():
    answer = answered(**SPRINTER, palpable_defect=P, kf_strength_deficit=A)
    assert answer["action"] == "caution"
    assert answer["ranking_shown"]
    assert {flag["tier"] for flag in answer["red_flags"]} == {"amber"}


def test_a_young_sprinter_with_a_tender_sitting_bone_needs_a_radiograph():
    found = {"onset": "sudden", "onset_at_speed": P, "palp_ischial": P}
    for age, action in ((10, "caution"), (11, "urgent"), (25, "urgent"), (26, "continue")):
        assert answered(age=age, **found)["action"] == action


def test_a_sacral_stress_fracture_hides_behind_positive_joint_tests():
    answer = answered(**BUTTOCK, sacral_tenderness=P, load_error=P)
    assert answer["action"] == "urgent"
    assert [flag["id"] for flag in answer["red_flags"]] == ["RF07"]
    assert not answer["ranking_shown"]


def test_a_swollen_calf_after_a_flight_is_urgent_and_an_emergency_with_breathlessness():
    swollen = {"leg_swelling": {"left": A, "right": P}, "clot_risk": P}
    assert answered(**SPRINTER, **swollen)["action"] == "urgent"
    assert answered(**SPRINTER, **swollen, breathless_chest_pain=P)["action"] == "emergency"


def test_a_stiff_young_runner_gets_a_caution_and_keeps_the_ranking():
    answer = answered(**BUTTOCK, morning_stiffness_30=P)
    assert (answer["action"], answer["ranking_shown"]) == ("caution", True)
    assert answer["red_flags"] == [{"id": "RF13", "tier": "amber", "why": ["morning_stiffness_30"]}]


def test_an_empty_case_asks_for_the_screening_first():
    answer = answered(screening=None)
    assert (answer["action"], answer["red_flags"], answer["ranking_shown"]) == ("continue", [], False)
    assert (answer["picture"], answer["completeness"]) == ("not_enough", 0)
    assert answer["next_findings"] == list(MANDATORY[:3])
    assert all(view["criteria"] == "cannot_tell" for view in answer["hypotheses"])
    assert all(view["for"] == view["against"] == [] for view in answer["hypotheses"])


def _everything(value):
    return {
        key: finding.choices[-1] if finding.choices else value
        for key, finding in FINDINGS.items()
        if not finding.kind.is_measured
    }


def test_everything_absent_is_outside_the_three():
    answer = answered(**_everything(A) | {"onset": "gradual", "lumbar_response": "no_change"})
    assert (answer["action"], answer["picture"], answer["completeness"]) == ("continue", "outside", 1)
    assert all(view["criteria"] == "not_met" for view in answer["hypotheses"])
    assert all(view["not_assessed"] == [] for view in answer["hypotheses"])
    assert answer["next_findings"] == []


def test_everything_present_is_an_emergency_with_every_flag_that_one_visit_can_raise():
    answer = answered(age=16, **_everything(P) | {"onset": "sudden"})
    assert answer["action"] == "emergency"
    raised = {flag["id"] for flag in answer["red_flags"]}
    assert raised >= {f"RF{number:02}" for number in range(1, 18) if number != 15}
    assert answer["completeness"] == 1


def test_nothing_but_unasked_questions_is_unlike_nothing_found():
    unknown = dict.fromkeys(_everything(A), "not_assessed")
    asked, unasked = answered(**_everything(A)), answered(**unknown, screening=None)
    assert unasked["completeness"] == 0 < asked["completeness"]
    assert not unasked["ranking_shown"]


@pytest.mark.parametrize("findings", [SPRINTER, MASTERS_RUNNER, BUTTOCK, RADICULAR, DEEP_GLUTEAL])
def test_an_answer_left_out_is_listed_as_not_assessed_and_never_counts(findings):
    full = answered(**findings)
    for key in findings:
        less = answered(**{name: value for name, value in findings.items() if name != key})
        assert less["completeness"] <= full["completeness"]
        for view in less["hypotheses"]:
            assert key not in view["for"] + view["against"]
            spoke = of(full, view["key"])
            if key in spoke["for"] + spoke["against"] and key != "slr_rom_loss":
                assert key in view["not_assessed"]
        assert len(less["next_findings"]) <= 3
        assert not set(less["next_findings"]) & (set(findings) - {key})


def test_a_joint_with_three_tests_asks_for_the_fourth_and_a_nerve_for_differentiation():
    three = dict.fromkeys(("sij_distraction", "sij_compression", "sij_thigh_thrust"), P)
    answer = answered(**three, lumbar_response="no_change", slump_sd=A)
    assert of(answer, "sij")["criteria"] == "cannot_tell"
    assert LEVELS.index(of(answer, "sij")["support"]) <= LEVELS.index("possible")
    assert set(answer["next_findings"]) & {"sij_sacral_thrust", "sij_gaenslen"}
    assert "lumbar_response" in answered(**three, sij_gaenslen=A)["next_findings"]
    assert set(answered(**SPRINTER | {"slump_sd": "not_assessed"})["next_findings"]) & {"slump_sd", "slr_sd"}
