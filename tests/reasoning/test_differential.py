"""The picture, the bands and the order follow the rules on output."""

import pytest

from assessments.reasoning import CURRENT, Case, Limit, reason
from assessments.reasoning.finding_set import PainfulView
from assessments.reasoning.support import Support, support

from .cases import (
    ABSENT,
    JOINT,
    NERVE,
    NO_PROVOCATION,
    NO_SYMPTOMS,
    NOTHING_FOUND,
    PRESENT,
    STRAIN,
    TENDON,
    case,
    case_json,
    hypothesis,
    order,
    reasoned,
)

P, A = PRESENT, ABSENT


@pytest.mark.parametrize(
    ("key", "findings"), [("hamstring_strain", STRAIN), ("pht", TENDON), ("sij", JOINT), ("nerve", NERVE)]
)
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_textbook_case_is_clear(key, findings, side):
    reasoning = reasoned(side=side, **findings)
    first = reasoning.hypotheses[0]
    assert (first.hypothesis, first.rank, first.criterion.status) == (key, 1, "met")
    assert first.band in ("likely", "very_likely")
    assert reasoning.picture == "clear"
    assert reasoning.ranking_shown


def _supported(given: Case) -> Support:
    return support(PainfulView(given.findings, given.painful_side), CURRENT.weights)


def test_the_sprinter_who_pulled_up_has_a_strain():
    reasoning = reasoned(
        running_type="sprint", onset="sudden", onset_at_speed=P, palp_hamstring=P, resisted_kf_pain=P, tost=P
    )
    assert order(reasoning)[0] == "hamstring_strain"


def test_the_runner_whose_sitting_bone_hurts_in_the_car_has_tendinopathy_first():
    reasoning = reasoned(onset="gradual", pain_sitting=P, palp_ischial=P, puranen_orava=P)
    assert order(reasoning)[0] == "pht"


def test_buzzing_below_the_knee_with_a_positive_slump_puts_the_nerve_first():
    assert order(reasoned(slump=P, slump_sd=P, neuro_quality=P, pain_below_knee=P))[0] == "nerve"


def test_no_sore_spot_and_a_positive_cluster_put_the_joint_first():
    assert order(reasoned(**JOINT))[0] == "sij"


def test_ranks_run_from_one_to_four_and_bands_never_rise_on_the_way_down():
    for findings in ({}, STRAIN, TENDON, JOINT, NERVE, NOTHING_FOUND, {"palp_hamstring": P, "mbk_stretch": P}):
        reasoning = reasoned(**findings)
        assert [view.rank for view in reasoning.hypotheses] == [1, 2, 3, 4]
        levels = [view.band.level for view in reasoning.hypotheses]
        assert levels == sorted(levels, reverse=True)


def test_two_criteria_met_are_mixed():
    reasoning = reasoned(onset="gradual", palp_ischial=P, mbk_stretch=P, slump_sd=P, neuro_quality=P)
    assert reasoning.picture == "mixed"
    assert order(reasoning)[:2] == ["pht", "nerve"]


def test_both_causes_of_a_mixed_picture_can_be_supported_at_once():
    reasoning = reasoned(onset="gradual", palp_ischial=P, mbk_stretch=P, slump_sd=P, neuro_quality=P, pain_below_knee=P)
    assert hypothesis(reasoning, "pht").band == "likely"
    assert hypothesis(reasoning, "nerve").band == "likely"


def test_a_mixed_picture_wins_over_a_close_call():
    reasoning = reasoned(palp_hamstring=P, stretch_pain=P, palp_ischial=P, mbk_stretch=P)
    assert {view.hypothesis for view in reasoning.hypotheses if view.criterion.status == "met"} == {
        "hamstring_strain",
        "pht",
    }
    assert reasoning.picture == "mixed"


def test_the_first_two_within_a_factor_of_two_are_unclear():
    reasoning = reasoned(onset="gradual", palp_hamstring=P, palp_ischial=P, slr_pain_gt_bentknee=P, neuro_quality=P)
    shares = sorted(_supported(case(**_unclear())).order.values())
    assert shares[-1] < 2 * shares[-2]
    assert reasoning.picture == "unclear"
    assert 2 <= len(reasoning.next_findings) <= 3


def _unclear():
    return {
        "onset": "gradual",
        "palp_hamstring": P,
        "palp_ischial": P,
        "slr_pain_gt_bentknee": P,
        "neuro_quality": P,
    }


def test_one_criterion_met_but_hardly_ahead_is_unclear():
    reasoning = reasoned(**dict.fromkeys(NO_PROVOCATION, P), lumbar_response="no_change")
    assert hypothesis(reasoning, "sij").criterion.status == "met"
    assert reasoning.picture == "unclear"


def test_nothing_met_with_eight_groups_answered_is_outside_the_three():
    reasoning = reasoned(**NOTHING_FOUND)
    assert reasoning.groups_answered == 10
    assert reasoning.picture == "outside"


def test_seven_groups_are_not_enough_to_say_outside():
    seven = {
        key: value for key, value in NOTHING_FOUND.items() if key not in NO_PROVOCATION and "piriformis" not in key
    }
    del seven["lumbar_response"]
    assert reasoned(**seven).groups_answered == 7
    assert reasoned(**seven).picture != "outside"
    eight = seven | {"lumbar_response": "no_change"}
    assert reasoned(**eight).groups_answered == 8
    assert reasoned(**eight).picture == "outside"


def test_outside_is_not_said_while_a_criterion_is_met():
    assert reasoned(**NOTHING_FOUND | {"palp_ischial": P, "mbk_stretch": P}).picture != "outside"


@pytest.mark.parametrize(
    "findings", [{}, {"onset": "gradual"}, {"slr_pain": P}, {"pain_sitting": P, "neuro_quality": A}]
)
def test_a_few_answers_are_not_enough(findings):
    assert reasoned(**findings).picture == "not_enough"


def test_tendinopathy_stays_at_possible_until_the_sitting_bone_or_a_stretch_is_examined():
    without = {
        "onset": "gradual",
        "pain_sitting": P,
        "resisted_kf_pain": P,
        "stretch_pain": P,
        "slump_sd": A,
    } | NO_SYMPTOMS
    view = hypothesis(reasoned(**without, lshs=P, active_hamstring_30_90=P), "pht")
    assert (view.band, view.limit, view.held) == ("possible", Limit.ISCHIUM_NOT_EXAMINED, True)
    for key in ("palp_ischial", "puranen_orava", "bk_stretch", "mbk_stretch"):
        assert hypothesis(reasoned(**without, **{key: P}), "pht").limit is not Limit.ISCHIUM_NOT_EXAMINED
        assert hypothesis(reasoned(**without, **{key: P}), "pht").band in ("likely", "very_likely")


def test_the_joint_stays_at_possible_until_four_provocation_tests_are_answered():
    three = {"sij_distraction": P, "sij_thigh_thrust": P, "sij_compression": P, "sij_fortin": P, "palp_hamstring": A}
    three |= {
        "stretch_pain": A,
        "slump_sd": A,
        "palp_ischial": A,
        "faber": P,
        "lumbar_response": "no_change",
        "onset": "gradual",
    }
    view = hypothesis(reasoned(**three), "sij")
    assert (view.band, view.limit) == ("possible", Limit.FEW_PROVOCATION_TESTS)
    assert hypothesis(reasoned(**three, sij_gaenslen=A), "sij").band in ("likely", "very_likely")


def test_the_nerve_is_never_unlikely_before_a_test_with_differentiation():
    against = dict.fromkeys(("slr_pain", "slump", "slr_back", "slr_pain_gt_bentknee"), A) | NO_SYMPTOMS | STRAIN
    del against["slump_sd"]
    view = hypothesis(reasoned(**against), "nerve")
    assert (view.band, view.limit, view.held) == ("possible", Limit.NO_DIFFERENTIATION, True)
    for key in ("slump_sd", "slr_sd"):
        assert hypothesis(reasoned(**against, **{key: A}), "nerve").band == "unlikely"


def test_a_criterion_that_is_not_met_holds_its_hypothesis_at_possible():
    for findings in (STRAIN, TENDON, JOINT, NERVE, NOTHING_FOUND, _unclear()):
        for view in reasoned(**findings).hypotheses:
            if view.criterion.status in ("not_met", "cannot_tell"):
                assert view.band in ("unlikely", "possible")
            if view.criterion.status == "partly":
                assert view.band != "very_likely"
            if view.criterion.status == "met":
                assert view.band != "unlikely"


def test_findings_on_the_sound_side_move_nothing():
    bare = reasoned()
    sound = reasoned(
        palp_hamstring={"left": P}, palp_ischial={"left": P}, mbk_stretch={"left": P}, slump_sd={"left": P}
    )
    assert [view.to_json() for view in sound.hypotheses] == [view.to_json() for view in bare.hypotheses]


def test_contributors_and_measures_move_nothing():
    moved = {
        "glute_weak": {"left": P, "right": A},
        "pelvic_tilt": "anterior",
        "overstride": P,
        "load_error": P,
        "cadence": 150,
        "slr_degrees": {"left": 80, "right": 40},
        "prev_hsi": P,
        "faber": P,
        "nprs_worst": 9,
    }
    plain = _supported(case(**TENDON))
    loaded = _supported(case(**TENDON, **moved))
    assert plain.order == loaded.order
    assert plain.own == loaded.own
    assert order(reasoned(**TENDON)) == order(reasoned(**TENDON, **moved))


@pytest.mark.parametrize("answer", [P, A])
@pytest.mark.parametrize(
    "keys", [("slr_pain",), ("slr_rom_loss",), ("slr_back",), ("slr_pain", "slr_rom_loss", "slr_back")]
)
def test_the_straight_leg_raise_alone_never_moves_the_ranking(keys, answer):
    before = reasoned()
    after = reasoned(**dict.fromkeys(keys, answer))
    assert order(after) == order(before)
    assert [view.band for view in after.hypotheses] == [view.band for view in before.hypotheses]


def test_completeness_runs_from_nothing_to_everything():
    assert reasoned().completeness == 0
    assert 0 < reasoned(**STRAIN).completeness < 1
    everything = reason(Case.from_json(case_json(**NOTHING_FOUND | {
        "onset_at_speed": A, "pain_sitting": A, "sij_pressure_pain": A,
        "slr_rom_loss": A, "bentknee_rom_loss": A, "lbp_history": A,
    })))  # fmt: skip
    assert everything.completeness == 1


def test_the_same_case_with_nothing_known_keeps_the_priors_order():
    assert order(reasoned()) == ["hamstring_strain", "pht", "nerve", "sij"]
