"""Each criterion is met, partly met, not met, or cannot be told: and says what is still needed."""

import pytest

from .cases import ABSENT, NO_PROVOCATION, NO_SYMPTOMS, PRESENT, hypothesis, reasoned

P, A = PRESENT, ABSENT
THREE_OF_FOUR = {"sij_distraction": P, "sij_compression": P, "sij_thigh_thrust": P, "sij_sacral_thrust": A}

CASES = [
    # hamstring strain: two of three signs
    ("hamstring_strain", "cannot_tell", {}),
    ("hamstring_strain", "met", {"palp_hamstring": P, "stretch_pain": P}),
    ("hamstring_strain", "met", {"palp_hamstring": P, "resisted_kf_pain": P, "stretch_pain": A}),
    ("hamstring_strain", "met", {"palp_hamstring": P, "slr_rom_loss": P, "bentknee_rom_loss": P}),
    ("hamstring_strain", "met", {"palp_hamstring": A, "slr_rom_loss": P, "bentknee_rom_loss": P, "stretch_pain": P}),
    ("hamstring_strain", "partly", {"palp_hamstring": P}),
    ("hamstring_strain", "partly", {"palp_hamstring": P, "slr_rom_loss": P}),
    ("hamstring_strain", "partly", {"palp_hamstring": P, "slr_rom_loss": P, "bentknee_rom_loss": A}),
    (
        "hamstring_strain",
        "partly",
        {"palp_hamstring": P, "bentknee_rom_loss": A, "stretch_pain": A, "resisted_kf_pain": A},
    ),
    ("hamstring_strain", "cannot_tell", {"palp_hamstring": A}),
    ("hamstring_strain", "cannot_tell", {"palp_hamstring": A, "stretch_pain": A}),
    ("hamstring_strain", "not_met", {"palp_hamstring": A, "stretch_pain": A, "resisted_kf_pain": A}),
    ("hamstring_strain", "not_met", {"palp_hamstring": A, "slr_rom_loss": A}),
    # tendinopathy: sitting bone and one stretch or load test
    ("pht", "cannot_tell", {}),
    ("pht", "met", {"palp_ischial": P, "mbk_stretch": P}),
    ("pht", "met", {"palp_ischial": P, "bk_stretch": P, "mbk_stretch": A}),
    ("pht", "met", {"palp_ischial": P, "puranen_orava": P}),
    ("pht", "met", {"palp_ischial": P, "lshs": P}),
    ("pht", "met", {"palp_ischial": P, "active_hamstring_30_90": P}),
    ("pht", "partly", {"palp_ischial": P}),
    ("pht", "partly", {"palp_ischial": P, "mbk_stretch": A}),
    ("pht", "partly", {"mbk_stretch": P}),
    ("pht", "partly", {"mbk_stretch": P, "palp_ischial": A}),
    ("pht", "not_met", {"palp_ischial": A}),
    ("pht", "not_met", {"palp_ischial": A, "mbk_stretch": A}),
    ("pht", "cannot_tell", {"pain_sitting": P, "onset": "gradual"}),
    # sacroiliac joint: three of at least four, no centralisation
    ("sij", "cannot_tell", {}),
    ("sij", "cannot_tell", {"sij_distraction": P, "sij_thigh_thrust": P}),
    (
        "sij",
        "cannot_tell",
        {"sij_distraction": P, "sij_thigh_thrust": P, "sij_compression": P, "lumbar_response": "no_change"},
    ),
    ("sij", "met", THREE_OF_FOUR | {"lumbar_response": "no_change"}),
    ("sij", "met", THREE_OF_FOUR | {"lumbar_response": "peripheralises"}),
    ("sij", "met", THREE_OF_FOUR | {"sij_gaenslen": A, "lumbar_response": "no_change"}),
    ("sij", "partly", THREE_OF_FOUR),
    ("sij", "not_met", THREE_OF_FOUR | {"lumbar_response": "centralises"}),
    ("sij", "partly", THREE_OF_FOUR | {"sij_compression": A, "lumbar_response": "no_change"}),
    ("sij", "partly", NO_PROVOCATION | {"sij_thigh_thrust": P, "lumbar_response": "no_change"}),
    ("sij", "not_met", NO_PROVOCATION),
    ("sij", "cannot_tell", {"sij_distraction": A, "sij_thigh_thrust": A, "sij_compression": A}),
    ("sij", "cannot_tell", {"sij_distraction": P, "sij_thigh_thrust": P, "sij_compression": P, "faber": P}),
    ("sij", "cannot_tell", {"sij_fortin": P, "sij_pressure_pain": P}),
    # nerve: differentiation and a second sign
    ("nerve", "cannot_tell", {}),
    ("nerve", "met", {"slump_sd": P, "neuro_quality": P}),
    ("nerve", "met", {"slr_sd": P, "reflex_deficit": P}),
    ("nerve", "met", {"slump_sd": P, "crossed_slr": P}),
    ("nerve", "met", {"slump_sd": P, "seated_piriformis": P}),
    ("nerve", "met", {"slump_sd": P, "lumbar_response": "centralises"}),
    ("nerve", "met", {"slump_sd": P, "lumbar_response": "peripheralises"}),
    ("nerve", "met", {"slump_sd": A, "slr_sd": P, "dermatomal": P}),
    ("nerve", "partly", {"slump_sd": P}),
    ("nerve", "partly", {"slump_sd": P, "lumbar_response": "no_change"} | NO_SYMPTOMS),
    ("nerve", "not_met", {"slump_sd": A, "neuro_quality": P}),
    ("nerve", "not_met", {"slump_sd": A, "slr_pain_gt_bentknee": P, "neuro_quality": P}),
    ("nerve", "partly", {"slr_pain_gt_bentknee": P, "neuro_quality": P}),
    ("nerve", "cannot_tell", {"slr_pain_gt_bentknee": P}),
    ("nerve", "cannot_tell", {"slr_pain_gt_bentknee": P, "reflex_deficit": P}),
    ("nerve", "cannot_tell", {"slump": P, "slr_pain": P, "neuro_quality": P, "sens_deficit": P}),
]


@pytest.mark.parametrize(("key", "status", "findings"), CASES)
def test_the_criterion_stands_as_the_text_says(key, status, findings):
    assert hypothesis(reasoned(**findings), key).criterion.status == status


@pytest.mark.parametrize(("key", "status", "findings"), CASES)
def test_the_other_side_changes_no_criterion(key, status, findings):
    sided = {name: {"right": value} if isinstance(value, str) else value for name, value in findings.items()}
    other = {name: {"left": "present"} for name in ("palp_hamstring", "palp_ischial", "slump_sd", "mbk_stretch")}
    both = {name: {**other[name], **sided.get(name, {})} for name in other}
    assert hypothesis(reasoned(**{**findings, **both}), key).criterion.status == status


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_crossed_straight_leg_raise_counts_under_whichever_leg_it_was_written(side):
    nerve = hypothesis(reasoned(slump_sd=P, crossed_slr={side: P}), "nerve")
    assert nerve.criterion.status == "met"
    assert "crossed_slr" in nerve.speaks_for


def test_a_symptom_that_was_never_there_cannot_change():
    nerve = hypothesis(reasoned(slump=A, slump_sd=P, neuro_quality=P), "nerve")
    assert nerve.criterion.status == "not_met"
    assert "slump_sd" in nerve.speaks_against
    assert "slump_sd" not in nerve.not_assessed, "it was answered"


def test_pain_on_both_sides_is_present_when_either_side_has_it():
    reasoning = reasoned(side="both", palp_ischial={"left": P, "right": A}, mbk_stretch={"right": P})
    assert hypothesis(reasoning, "pht").criterion.status == "met"


def test_pain_on_both_sides_is_absent_only_when_both_were_examined():
    assert hypothesis(reasoned(side="both", palp_ischial={"left": A}), "pht").criterion.status == "cannot_tell"
    assert hypothesis(reasoned(side="both", palp_ischial={"left": A, "right": A}), "pht").criterion.status == "not_met"


def test_the_joint_says_how_many_tests_are_done():
    result = hypothesis(reasoned(sij_distraction=P, sij_thigh_thrust=A), "sij").criterion
    assert result.counted == "2 of 4 provocation tests done"
    assert set(result.missing) == {"sij_compression", "sij_sacral_thrust", "sij_gaenslen"}


def test_the_joint_waits_for_the_lumbar_movements_last():
    result = hypothesis(reasoned(**THREE_OF_FOUR), "sij").criterion
    assert result.counted == "3 of 4 provocation tests positive"
    assert result.missing == ("lumbar_response",)


def test_the_nerve_says_that_differentiation_is_missing():
    result = hypothesis(reasoned(slump=P, neuro_quality=P), "nerve").criterion
    assert result.counted == "no test with differentiation done"
    assert result.missing == ("slump_sd", "slr_sd")


def test_parts_are_told_apart():
    result = hypothesis(reasoned(palp_ischial=P), "pht").criterion
    assert result.met_parts == ("sitting bone tender",)
    assert result.open_parts == ("a stretch test, or load in hip flexion, hurts",)
    assert result.failed_parts == ()
    assert result.missing[0] == "mbk_stretch", "the preferred test comes first"
    assert hypothesis(reasoned(palp_ischial=A), "pht").criterion.failed_parts == ("sitting bone tender",)


def test_nothing_is_missing_from_a_criterion_that_is_settled():
    assert hypothesis(reasoned(palp_ischial=P, lshs=P), "pht").criterion.missing == ()
    assert hypothesis(reasoned(palp_ischial=A), "pht").criterion.missing == ()
