"""For, against, not assessed: each hypothesis explains itself and nothing is said twice."""

import pytest

from assessments.reasoning import FINDINGS

from .cases import ABSENT, JOINT, NERVE, NOTHING_FOUND, PRESENT, STRAIN, TENDON, hypothesis, reasoned

P, A = PRESENT, ABSENT


@pytest.mark.parametrize("findings", [{}, STRAIN, TENDON, JOINT, NERVE, NOTHING_FOUND])
def test_the_three_lists_never_overlap_and_follow_the_intake(findings):
    place = list(FINDINGS).index
    for view in reasoned(**findings).hypotheses:
        lists = (view.speaks_for, view.speaks_against, view.not_assessed)
        everything = [key for keys in lists for key in keys]
        assert len(everything) == len(set(everything))
        assert all(list(keys) == sorted(keys, key=place) for keys in lists)


def test_tendinopathy_says_what_speaks_for_and_against_it():
    view = hypothesis(reasoned(**TENDON | {"resisted_kf_pain": A}), "pht")
    assert {"onset", "pain_sitting", "pain_speed_hills", "palp_ischial", "mbk_stretch"} <= set(view.speaks_for)
    assert view.speaks_against == ("resisted_kf_pain",)
    assert "puranen_orava" in view.not_assessed


def test_a_sore_spot_that_was_searched_and_not_found_speaks_for_joint_and_nerve():
    reasoning = reasoned(palp_hamstring=A)
    assert "palp_hamstring" in hypothesis(reasoning, "hamstring_strain").speaks_against
    assert "palp_hamstring" in hypothesis(reasoning, "sij").speaks_for
    assert "palp_hamstring" in hypothesis(reasoning, "nerve").speaks_for


def test_what_was_not_assessed_speaks_neither_way():
    reasoning = reasoned(palp_hamstring="not_assessed")
    for key in ("hamstring_strain", "sij", "nerve"):
        assert "palp_hamstring" in hypothesis(reasoning, key).not_assessed


def test_range_lost_on_the_straight_raise_only_speaks_for_the_nerve():
    reasoning = reasoned(slr_rom_loss=P, bentknee_rom_loss=A)
    assert "slr_rom_loss" in hypothesis(reasoning, "nerve").speaks_for
    assert "bentknee_rom_loss" in hypothesis(reasoning, "hamstring_strain").speaks_against


def test_range_lost_on_both_raises_speaks_for_the_strain():
    view = hypothesis(reasoned(slr_rom_loss=P, bentknee_rom_loss=P), "hamstring_strain")
    assert {"slr_rom_loss", "bentknee_rom_loss"} <= set(view.speaks_for)


def test_midline_back_pain_speaks_against_the_joint_and_centralisation_too():
    view = hypothesis(reasoned(midline_lbp=P, lumbar_response="centralises"), "sij")
    assert {"midline_lbp", "lumbar_response"} <= set(view.speaks_against)


def test_no_centralisation_speaks_for_the_joint():
    assert "lumbar_response" in hypothesis(reasoned(lumbar_response="no_change"), "sij").speaks_for


def test_an_earlier_strain_is_shown_for_the_strain():
    assert "prev_hsi" in hypothesis(reasoned(prev_hsi=P), "hamstring_strain").speaks_for
