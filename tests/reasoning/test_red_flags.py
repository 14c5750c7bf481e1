"""Red flags come first and look at nothing but themselves."""

import pytest

from assessments.reasoning import MANDATORY, RED_FLAGS, Hidden

from .cases import ABSENT, NOT_ASSESSED, PRESENT, STRAIN, TENDON, flags, hypothesis, reasoned

ALONE = [
    ("RF01", "R1", {"bladder_change": PRESENT}),
    ("RF01", "R1", {"bowel_change": PRESENT}),
    ("RF01", "R1", {"saddle_numbness": PRESENT}),
    ("RF01", "R1", {"sexual_change": PRESENT}),
    ("RF01", "R1", {"bilateral_leg_symptoms": PRESENT}),
    ("RF02", "R2", {"progressive_weakness": PRESENT}),
    ("RF02", "R2", {"myotome_grade": 3}),
    ("RF02", "R2", {"myotome_grade": {"left": 0}}),
    ("RF02", "R2", {"foot_drop": {"left": PRESENT}}),
    ("RF03", "R1", {"umn_signs": PRESENT}),
    ("RF03", "R1", {"sens_deficit": {"left": PRESENT, "right": PRESENT}}),
    ("RF03", "R1", {"reflex_deficit": {"left": PRESENT, "right": PRESENT}}),
    ("RF03", "R1", {"myotome_grade": {"left": 4, "right": 4}}),
    ("RF04", "R2", {"bruising_extensive": {"left": PRESENT}}),
    ("RF04", "R2", {"bowstring_absent": PRESENT}),
    ("RF04", "R2", {"palpable_defect": PRESENT}),
    ("RF06", "R1", {"breathless_chest_pain": PRESENT}),
    ("RF06", "R2", {"leg_swelling": {"left": PRESENT, "right": ABSENT}}),
    ("RF07", "R2", {"hop_pain": PRESENT}),
    ("RF07", "R2", {"sacral_tenderness": PRESENT}),
    ("RF08", "R2", {"hop_pain": PRESENT}),
    ("RF08", "R2", {"groin_pain": {"left": PRESENT}}),
    ("RF09", "R2", {"night_pain": PRESENT}),
    ("RF09", "R2", {"mass": PRESENT}),
    ("RF09", "R2", {"cancer_history": PRESENT}),
    ("RF10", "R2", {"fever_unwell": PRESENT}),
    ("RF11", "R1", {"tense_thigh": {"left": PRESENT}}),
    ("RF12", "R2", {"claudication": PRESENT}),
    ("RF13", "amber", {"morning_stiffness_30": PRESENT}),
    ("RF14", "R2", {"significant_trauma": PRESENT}),
    ("RF16", "R1", {"dark_urine": PRESENT}),
    ("RF17", "amber", {"energy_deficiency": PRESENT}),
    ("AM01", "amber", {"medicines_risk": PRESENT}),
    ("AM02", "amber", {"postpartum": PRESENT}),
]
COMBINED = [
    ("RF01", "R1", {"progressive_weakness": PRESENT, "myotome_deficit": {"left": PRESENT, "right": PRESENT}}),
    ("RF02", "R1", {"progressive_weakness": PRESENT, "saddle_numbness": PRESENT}),
    ("RF04", "R2", {"pop": PRESENT, "palpable_defect": PRESENT}),
    ("RF04", "R2", {"pop": PRESENT, "bruising_extensive": PRESENT}),
    ("RF04", "R2", {"pop": PRESENT, "bowstring_absent": {"left": PRESENT}}),
    ("RF04", "R2", {"pop": PRESENT, "ecchymosis": PRESENT}),
    ("RF04", "R2", {"pop": PRESENT, "unable_to_walk": PRESENT}),
    ("RF04", "R2", {"forced_hip_flexion": PRESENT, "bruising_extensive": PRESENT}),
    ("RF04", "R2", {"pop": PRESENT, "kf_strength_ratio": 45}),
    ("RF04", "R2", {"pop": ABSENT, "bruising_extensive": PRESENT}),
    ("RF04", "R2", {"pop": ABSENT, "bowstring_absent": PRESENT}),
    ("RF04", "R2", {"pop": ABSENT, "palpable_defect": PRESENT}),
    ("RF04", "R2", {"pop": ABSENT, "palpable_defect": PRESENT, "kf_strength_deficit": PRESENT}),
    *(
        ("RF04", "R2", {"pop": PRESENT, "forced_hip_flexion": PRESENT, sign: PRESENT})
        for sign in ("kf_strength_deficit", "gait_antalgic", "pain_sitting", "neuro_quality", "foot_drop", "ecchymosis")
    ),
    ("RF04", "amber", {"unable_to_walk": PRESENT}),
    ("RF05", "R2", {"age": 14, "onset": "sudden", "palp_ischial": PRESENT}),
    ("RF05", "R2", {"age": 25, "onset": "sudden", "palp_ischial": PRESENT}),
    ("RF05", "R2", {"age": 11, "pop": PRESENT, "palp_ischial": {"left": PRESENT}}),
    ("RF05", "R2", {"age": 16, "onset": "sudden", "unable_to_walk": PRESENT}),
    ("RF05", "R2", {"age": 16, "onset": "gradual", "pop": PRESENT, "palp_ischial": PRESENT}),
    ("RF05", "R2", {"age": 16, "onset_at_speed": PRESENT, "palp_ischial": PRESENT}),
    ("RF06", "R2", {"leg_swelling": PRESENT, "clot_risk": PRESENT}),
    ("RF06", "R1", {"leg_swelling": PRESENT, "breathless_chest_pain": PRESENT}),
    (
        "RF07",
        "R2",
        {
            "onset": "gradual",
            "load_error": PRESENT,
            "pain_buttock_dominant": PRESENT,
            "stress_fracture_history": PRESENT,
        },
    ),
    ("RF08", "R2", {"hip_ir_painful": PRESENT, "stress_fracture_history": PRESENT}),
    ("RF09", "R2", {"weight_loss": PRESENT, "age": 55}),
    ("RF09", "R2", {"weight_loss": PRESENT, "age": 19}),
    ("RF09", "R2", {"weight_loss": PRESENT, "fever_unwell": PRESENT}),
    ("RF09", "amber", {"weight_loss": PRESENT}),
    ("RF10", "R1", {"fever_unwell": PRESENT, "immune_risk": PRESENT}),
    ("RF13", "amber", {"spa_features": PRESENT, "better_with_activity": PRESENT}),
    (
        "RF13",
        "R2",
        {"age": 44, "morning_stiffness_30": PRESENT, "spa_features": PRESENT, "better_with_activity": PRESENT},
    ),
    (
        "RF13",
        "amber",
        {"age": 45, "morning_stiffness_30": PRESENT, "spa_features": PRESENT, "better_with_activity": PRESENT},
    ),
    ("RF17", "R2", {"energy_deficiency": PRESENT, "stress_fracture_history": PRESENT}),
    ("AM03", "amber", {"age": 17}),
    ("AM04", "amber", {"palpable_defect": PRESENT, "kf_strength_deficit": ABSENT}),
]
SILENT = [
    ("RF02", {"myotome_grade": 4}),
    ("RF02", {"sens_deficit": PRESENT, "reflex_deficit": PRESENT}),
    ("RF03", {"sens_deficit": PRESENT}),
    ("RF04", {"pop": PRESENT}),
    ("RF04", {"pop": PRESENT, "kf_strength_deficit": PRESENT}),
    ("RF04", {"pop": PRESENT, "forced_hip_flexion": PRESENT}),
    ("RF04", {"pop": PRESENT, "kf_strength_ratio": 55}),
    ("RF04", {"kf_strength_ratio": 45}),
    ("RF03", {"myotome_grade": {"left": 5, "right": 4}}),
    ("RF04", {"ecchymosis": PRESENT}),
    ("RF04", {"forced_hip_flexion": PRESENT}),
    ("RF04", {"palpable_defect": PRESENT, "kf_strength_deficit": ABSENT}),
    ("RF05", {"age": 26, "onset": "sudden", "palp_ischial": PRESENT}),
    ("RF05", {"age": 10, "onset": "sudden", "palp_ischial": PRESENT}),
    ("RF05", {"age": None, "onset": "sudden", "palp_ischial": PRESENT}),
    ("RF05", {"age": 16, "onset": "gradual", "palp_ischial": PRESENT}),
    ("RF05", {"age": 16, "onset": "sudden", "palp_ischial": ABSENT, "unable_to_walk": PRESENT}),
    ("RF06", {"clot_risk": PRESENT}),
    ("RF07", {"stress_fracture_history": PRESENT, "postpartum": PRESENT}),
    ("RF07", {"onset": "gradual", "load_error": PRESENT, "pain_buttock_dominant": PRESENT}),
    ("RF08", {"hip_ir_painful": PRESENT}),
    ("RF09", {"age": 60}),
    ("RF10", {"immune_risk": PRESENT}),
    ("RF13", {"spa_features": PRESENT}),
    ("RF13", {"spa_features": PRESENT, "better_with_activity": PRESENT, "age": 45}),
    ("AM03", {"age": 18}),
]
ACTIONS = {"R1": "emergency", "R2": "urgent", "amber": "caution"}


@pytest.mark.parametrize(("flag", "tier", "findings"), ALONE)
def test_one_finding_is_sufficient(flag, tier, findings):
    reasoning = reasoned(**findings)
    assert flags(reasoning)[flag] == tier
    raised = next(item for item in reasoning.red_flags if item.id == flag)
    assert set(findings) <= set(raised.why)


@pytest.mark.parametrize(("flag", "tier", "findings"), COMBINED)
def test_findings_combine(flag, tier, findings):
    assert flags(reasoned(**findings))[flag] == tier


@pytest.mark.parametrize(("flag", "findings"), SILENT)
def test_too_little_raises_nothing(flag, findings):
    assert flag not in flags(reasoned(**findings))


@pytest.mark.parametrize(("tier", "findings"), [(tier, findings) for _, tier, findings in ALONE])
def test_the_worst_tier_decides_the_action(tier, findings):
    reasoning = reasoned(**findings)
    worst = min((flag.tier.value for flag in reasoning.red_flags), key=list(ACTIONS).index)
    assert reasoning.action == ACTIONS[worst]
    assert list(ACTIONS).index(worst) <= list(ACTIONS).index(tier)


@pytest.mark.parametrize(("tier", "findings"), [(tier, findings) for _, tier, findings in ALONE])
def test_emergency_and_urgent_flags_hide_the_ranking_and_amber_does_not(tier, findings):
    reasoning = reasoned(**TENDON, **findings)
    assert reasoning.ranking_shown is (reasoning.action == "caution")
    if not reasoning.ranking_shown:
        assert reasoning.hidden_because == (Hidden.RED_FLAG,)
        assert reasoning.picture == "not_enough"
        assert all(view.rank is None and view.band is None for view in reasoning.hypotheses)
        assert reasoning.next_findings == ()


def test_without_flags_the_action_is_to_continue():
    reasoning = reasoned(**STRAIN)
    assert reasoning.red_flags == ()
    assert reasoning.action == "continue"
    assert reasoning.ranking_shown


@pytest.mark.parametrize("key", MANDATORY)
def test_no_screening_answer_asked_of_everyone_is_without_consequence(key):
    assert reasoned(**{key: PRESENT}).action != "continue"


@pytest.mark.parametrize("key", MANDATORY)
@pytest.mark.parametrize("answer", [None, NOT_ASSESSED])
def test_a_screening_question_left_open_is_not_a_no(key, answer):
    answers = dict.fromkeys(MANDATORY, ABSENT)
    if answer is None:
        del answers[key]
    else:
        answers[key] = answer
    reasoning = reasoned(screening=None, **TENDON, **answers)
    assert not reasoning.ranking_shown
    assert reasoning.hidden_because == (Hidden.SCREENING_OPEN,)
    assert reasoning.unanswered_screening == (key,)
    assert [item.key for item in reasoning.next_findings] == [key]
    assert all(view.rank is None and view.band is None for view in reasoning.hypotheses)
    assert hypothesis(reasoning, "pht").criterion.status == "met", "what was found stays visible"


def test_the_sound_leg_does_not_answer_a_screening_question_for_the_painful_one():
    assert reasoned(leg_swelling={"left": ABSENT}).unanswered_screening == ("leg_swelling",)
    assert reasoned(side="both", mass={"left": ABSENT}).unanswered_screening == ("mass",)
    assert reasoned(leg_swelling={"left": PRESENT}).unanswered_screening == ()


def test_red_flags_are_read_even_while_screening_is_open():
    reasoning = reasoned(screening=None, bladder_change=PRESENT)
    assert reasoning.action == "emergency"
    assert set(reasoning.hidden_because) == {Hidden.RED_FLAG, Hidden.SCREENING_OPEN}


def test_flags_come_worst_first():
    tiers = [flag.tier.gravity for flag in reasoned(dark_urine=PRESENT, medicines_risk=PRESENT, mass=PRESENT).red_flags]
    assert tiers == sorted(tiers, reverse=True)


def test_all_eighteen_flags_exist_and_the_two_that_cannot_fire_say_why():
    assert [key for key in RED_FLAGS if key.startswith("RF")] == [f"RF{number:02}" for number in range(1, 19)]
    assert {key for key, flag in RED_FLAGS.items() if flag.cannot_fire} == {"RF15", "RF18"}
    assert all(flag.title and flag.action and flag.referral for flag in RED_FLAGS.values())


def test_every_flag_that_can_fire_is_raised_by_some_case_here():
    raised = {flag for flag, _, _ in ALONE + COMBINED}
    assert raised == {key for key, flag in RED_FLAGS.items() if not flag.cannot_fire}


def test_without_an_age_it_is_said_which_flags_could_not_look_at_it():
    assert set(reasoned(age=None).flags_without_age) == {"RF05", "RF09", "RF13", "AM03"}
    assert reasoned(age=31).flags_without_age == ()


def test_the_age_may_come_as_a_finding():
    assert flags(reasoned(age=None, age_years=16, onset="sudden", palp_ischial=PRESENT))["RF05"] == "R2"


def test_a_swollen_leg_with_a_risk_says_that_a_clot_is_likely():
    raised = reasoned(leg_swelling=PRESENT, clot_risk=PRESENT).red_flags[0]
    assert raised.why == ("leg_swelling", "clot_risk")
    assert any("likely" in note for note in raised.notes)
