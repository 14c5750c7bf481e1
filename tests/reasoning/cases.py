"""Cases for the tests: findings by name, placed on the painful side unless a side is said."""

from assessments.reasoning import FINDINGS, MANDATORY, Case, reason

PRESENT, ABSENT, NOT_ASSESSED = "present", "absent", "not_assessed"
OTHER = {"left": "right", "right": "left"}


def case_json(side="right", age=31, screening=ABSENT, running_type="distance", **findings):
    """A case as JSON. The screening asked of everyone is answered `screening` unless a finding says otherwise."""
    answers = dict.fromkeys(MANDATORY, screening) if screening else {}
    answers |= findings
    for key, value in answers.items():
        if FINDINGS[key].sided and not isinstance(value, dict):
            painful = "right" if side == "both" else side
            answers[key] = {OTHER[painful] if FINDINGS[key].on_sound_side else painful: value}
            if side == "both":
                answers[key][OTHER[painful]] = value
    return {"patient": {"age": age, "running_type": running_type}, "painful_side": side, "findings": answers}


def case(**given):
    return Case.from_json(case_json(**given))


def reasoned(**given):
    return reason(case(**given))


def hypothesis(reasoning, key):
    return next(view for view in reasoning.hypotheses if view.hypothesis == key)


def flags(reasoning):
    return {flag.id: flag.tier.value for flag in reasoning.red_flags}


def order(reasoning):
    return [view.hypothesis.value for view in reasoning.hypotheses]


NO_SYMPTOMS = dict.fromkeys(("neuro_quality", "pain_below_knee", "dermatomal", "cough_sneeze", "leg_gt_back"), ABSENT)
NO_DEFICIT = dict.fromkeys(("sens_deficit", "myotome_deficit", "reflex_deficit"), ABSENT)
NO_PROVOCATION = dict.fromkeys(
    ("sij_distraction", "sij_compression", "sij_thigh_thrust", "sij_sacral_thrust", "sij_gaenslen"), ABSENT
)

STRAIN = {
    "onset": "sudden",
    "onset_at_speed": PRESENT,
    "after_warmup": PRESENT,
    "palp_hamstring": PRESENT,
    "slr_rom_loss": PRESENT,
    "bentknee_rom_loss": PRESENT,
    "stretch_pain": PRESENT,
    "resisted_kf_pain": PRESENT,
    "palp_ischial": ABSENT,
    "slump_sd": ABSENT,
} | NO_SYMPTOMS
TENDON = {
    "onset": "gradual",
    "pain_sitting": PRESENT,
    "pain_speed_hills": PRESENT,
    "palp_ischial": PRESENT,
    "mbk_stretch": PRESENT,
    "palp_hamstring": ABSENT,
    "resisted_kf_pain": PRESENT,
    "slump_sd": ABSENT,
} | NO_SYMPTOMS
JOINT = {
    "onset": "gradual",
    "sij_distraction": PRESENT,
    "sij_thigh_thrust": PRESENT,
    "sij_compression": PRESENT,
    "sij_sacral_thrust": ABSENT,
    "lumbar_response": "no_change",
    "sij_fortin": PRESENT,
    "palp_hamstring": ABSENT,
    "palp_ischial": ABSENT,
    "stretch_pain": ABSENT,
    "slump_sd": ABSENT,
} | NO_SYMPTOMS
NERVE = {
    "onset": "gradual",
    "slump": PRESENT,
    "slump_sd": PRESENT,
    "neuro_quality": PRESENT,
    "pain_below_knee": PRESENT,
    "cough_sneeze": PRESENT,
    "palp_hamstring": ABSENT,
    "resisted_kf_pain": ABSENT,
    "palp_ischial": ABSENT,
}
NOTHING_FOUND = (
    {
        "onset": "gradual",
        "palp_hamstring": ABSENT,
        "palp_ischial": ABSENT,
        "stretch_pain": ABSENT,
        "resisted_kf_pain": ABSENT,
        "mbk_stretch": ABSENT,
        "sij_fortin": ABSENT,
        "slump_sd": ABSENT,
        "lumbar_response": "no_change",
        "seated_piriformis": ABSENT,
        "active_piriformis": ABSENT,
    }
    | NO_SYMPTOMS
    | NO_DEFICIT
    | NO_PROVOCATION
)
