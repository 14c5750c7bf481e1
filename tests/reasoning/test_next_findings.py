"""What to assess next is open, decides something, and says why."""

from assessments.reasoning import Why

from .cases import ABSENT, NOTHING_FOUND, PRESENT, TENDON, reasoned

P, A = PRESENT, ABSENT


def _next(**findings):
    return {item.key: item for item in reasoned(**findings).next_findings}


def test_an_empty_examination_begins_with_what_separates_most():
    following = _next()
    assert len(following) == 3
    assert {"palp_hamstring", "palp_ischial"} <= set(following)


def test_what_was_assessed_is_not_suggested_again():
    for findings in ({}, TENDON, NOTHING_FOUND):
        assert not set(_next(**findings)) & set(findings)


def test_a_finding_known_on_the_sound_side_only_is_still_open():
    assert "palp_ischial" in _next(palp_ischial={"left": A})


def test_the_test_with_differentiation_decides_whether_the_nerve_can_be_set_aside():
    suspected = _next(onset="gradual", slr_pain=P, slr_pain_gt_bentknee=P, neuro_quality=P, palp_ischial=P)
    assert suspected["slump_sd"].why is Why.SETS_ASIDE
    assert suspected["slump_sd"].about == ("nerve",)


def test_a_begun_cluster_is_completed():
    begun = _next(
        onset="gradual",
        sij_thigh_thrust=P,
        sij_distraction=P,
        sij_compression=P,
        palp_hamstring=A,
        palp_ischial=A,
        slump_sd=A,
    )
    item = begun["sij_sacral_thrust"]
    assert (item.why, item.about, item.done, item.needed) == (Why.COMPLETES, ("sij",), 3, 4)


def test_a_tender_sitting_bone_asks_for_the_stretch_test():
    item = _next(onset="gradual", palp_ischial=P)["mbk_stretch"]
    assert (item.why, item.about) == (Why.DECIDES, ("pht",))


def test_a_positive_cluster_asks_for_the_lumbar_movements():
    four = {"sij_thigh_thrust": P, "sij_distraction": P, "sij_compression": P, "sij_sacral_thrust": P}
    item = _next(**four, sij_fortin=P, palp_hamstring=A, palp_ischial=A)["lumbar_response"]
    assert (item.why, item.about) == (Why.DECIDES, ("sij",))


def test_open_screening_comes_before_everything():
    following = reasoned(screening=None, palp_ischial=P).next_findings
    assert len(following) == 3
    assert all(item.why is Why.SCREENING for item in following)


def test_contributors_are_never_suggested():
    for findings in ({}, TENDON, NOTHING_FOUND):
        assert not set(_next(**findings)) & {"glute_weak", "pelvic_tilt", "overstride", "cadence", "faber"}
