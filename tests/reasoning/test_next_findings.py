"""What to assess next is open, changes something, and says nothing that is not so."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.reasoning import (
    FINDINGS,
    RED_FLAGS,
    AnswerKind,
    Case,
    CriterionStatus,
    NextFinding,
    Reasoning,
    Why,
    next_findings_beside,
    reason,
)
from assessments.reasoning.weights import COUNTED_GROUPS
from clinic.vocabulary.sides import PainfulSide

from .cases import ABSENT, NOTHING_FOUND, PRESENT, TENDON, case, order, reasoned

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
    assert "palp_hamstring" in _next(palp_hamstring={"left": A})


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


def test_a_change_is_not_looked_for_in_a_symptom_that_was_not_brought_on():
    following = _next(slump=A, palp_hamstring=A, palp_ischial=A)
    assert "slump_sd" not in following
    assert "slr_sd" in following


def test_what_was_deliberately_not_assessed_comes_last():
    plain = case(palp_ischial=P)
    first = [item.key for item in reason(plain).next_findings]
    beside = [item.key for item in next_findings_beside(plain, {first[0]})]
    assert first[0] not in beside
    assert len(beside) == 3


def test_what_was_not_assessed_is_still_named_when_nothing_else_is_left():
    plain = case(**NOTHING_FOUND)
    left = {item.key for item in reason(plain).next_findings}
    assert left
    assert {item.key for item in next_findings_beside(plain, left)} <= left


def test_a_question_goes_before_an_examination_that_tells_as_much():
    """Sitting and lumbar history are asked; with everything examined and nothing found only they are left."""
    following = list(_next(**NOTHING_FOUND))
    assert following
    assert all(FINDINGS[key].section == "history" for key in following[:1])


def test_nothing_is_suggested_twice_and_never_more_than_three():
    for findings in ({}, TENDON, NOTHING_FOUND, {"palp_ischial": P}):
        keys = [item.key for item in reasoned(**findings).next_findings]
        assert len(keys) == len(set(keys)) <= 3


ASKABLE = sorted(
    {
        key
        for key, finding in FINDINGS.items()
        if finding.kind in (AnswerKind.PRESENCE, AnswerKind.CHOICE)
        and (finding.concerns or set(finding.feeds) & set(COUNTED_GROUPS))
        and finding.section != "screening"
    }
)


def _examination(seed: int) -> Case:
    """A screened runner with some of what can be found, drawn from a number at once."""
    chance = random.Random(seed)
    drawn = chance.sample(ASKABLE, chance.randint(0, 20))
    found = {key: chance.choice(FINDINGS[key].choices or (PRESENT, ABSENT, ABSENT)) for key in drawn}
    return case(side=chance.choice(["left", "right", "both"]), **found)


EXAMINATIONS = st.integers(0, 2**32).map(_examination)


def _reasoned(examined: Case) -> Reasoning:
    """Red flags that an answer may raise are another matter here."""
    return reason(examined, released=RED_FLAGS)


def _answered(before: Case, key: str, value: str) -> Reasoning:
    """The whole reasoning once more, with this answer on every side that counts."""
    finding = FINDINGS[key]
    findings = before.findings
    sides = before.painful_side.sides if finding.sided else (None,)
    if finding.on_sound_side and before.painful_side is not PainfulSide.BOTH:
        sides = before.painful_side.sound_sides
    for side in sides:
        findings = findings.with_answer(key, side, value)
    return _reasoned(Case(before.painful_side, findings, before.age, before.sex, before.running_type))


def _states(found: Reasoning) -> dict[str, CriterionStatus]:
    return {view.hypothesis.value: view.criterion.status for view in found.hypotheses}


def _is_true(item: NextFinding, before: Case) -> bool:
    """What a suggestion says, found out by answering it."""
    now = _reasoned(before)
    after = [_answered(before, item.key, value) for value in FINDINGS[item.key].choices or (PRESENT, ABSENT)]
    about = [hypothesis.value for hypothesis in item.about]
    if item.why in (Why.DECIDES, Why.SETS_ASIDE):
        became = {_states(found)[about[0]] for found in after} - {_states(now)[about[0]]}
        return became == set(item.becomes) and (item.why is Why.DECIDES or CriterionStatus.NOT_MET in became)
    if item.why is Why.LEADS:
        return order(now)[0] == about[1] and any(order(found)[0] == about[0] for found in after)
    if item.why is Why.REORDERS:
        return order(now).index(about[0]) > order(now).index(about[1]) and any(
            order(found).index(about[0]) < order(found).index(about[1]) for found in after
        )
    if item.why is Why.COMPLETES:
        return item.done < item.needed and _states(now)["sij"] is CriterionStatus.CANNOT_TELL
    return (
        item.why is Why.SEPARATES and [*order(now)[:2]] == about and all(order(found)[:2] == about for found in after)
    )


@settings(max_examples=40, deadline=None)
@given(EXAMINATIONS)
def test_every_reason_given_is_true_when_the_finding_is_answered(examined):
    for item in _reasoned(examined).next_findings:
        assert _is_true(item, examined), item


@settings(max_examples=40, deadline=None)
@given(EXAMINATIONS)
def test_what_would_decide_a_led_criterion_is_never_silent(examined):
    """Where one open finding would meet the criteria of the hypothesis that leads, something is suggested."""
    now = _reasoned(examined)
    first = now.hypotheses[0]
    deciding = [
        key
        for key in first.criterion.missing
        if FINDINGS[key].needs is None
        and any(
            _states(_answered(examined, key, value))[first.hypothesis.value] is CriterionStatus.MET
            for value in FINDINGS[key].choices or (PRESENT, ABSENT)
        )
    ]
    assert now.next_findings or not deciding
