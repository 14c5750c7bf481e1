"""Red flags: first, independent, and never gone without a named clinician and a reason."""

import pytest

from assessments import actions
from assessments.errors import NotReady, Refused
from assessments.models import RedFlagDecision
from assessments.queries import reading_of
from tests.assessments.conftest import Examination


def decide(examination: Examination, flag: str, kind: str, reason: str) -> None:
    actions.decide_red_flag(
        by=examination.world.clinician, assessment=examination.draft, flag=flag, kind=kind, reason=reason
    )


def codes(examination: Examination) -> set[str]:
    with pytest.raises(NotReady) as refusal:
        examination.sign()
    return {problem.code for problem in refusal.value.problems}


def test_an_open_emergency_blocks_everything(examination: Examination) -> None:
    examination.ready().answer(("saddle_numbness", "", "present"))
    reading = reading_of(examination.draft)
    assert [flag.id for flag in reading.emergency] == ["RF01"]
    assert not reading.reasoning.ranking_shown
    assert codes(examination) == {"red_flag"}


def test_an_urgent_flag_blocks_the_signature_too(examination: Examination) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    assert not reading_of(examination.draft).emergency
    assert codes(examination) == {"red_flag"}


def test_a_caution_blocks_nothing(examination: Examination) -> None:
    examination.ready().answer(("medicines_risk", "", "present"))
    assert reading_of(examination.draft).reasoning.ranking_shown
    assert examination.sign().is_signed


def test_a_released_flag_gives_the_order_back_and_stays_in_the_record(examination: Examination) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    for flag in reading_of(examination.draft).open_flags:
        decide(examination, flag.id, "released", "Scan of 12 November was clear.")
    assert reading_of(examination.draft).reasoning.ranking_shown
    signed = examination.sign()
    assert "Released by Ines Halvard" in signed.shown["panel"]["flags"][0]["decided"]


def test_a_flag_acted_on_keeps_the_order_hidden_and_only_a_referral_can_be_signed(examination: Examination) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    for flag in reading_of(examination.draft).open_flags:
        decide(examination, flag.id, "acted", "Sent for an MRI today.")
    assert not reading_of(examination.draft).reasoning.ranking_shown
    assert codes(examination) == {"acted"}
    examination.conclude(diagnosis="refer", stage=None, irritability="")
    assert examination.sign().is_signed


def test_a_decision_ends_when_the_finding_behind_it_is_answered_anew(examination: Examination) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    open_before = {flag.id for flag in reading_of(examination.draft).open_flags}
    for flag in open_before:
        decide(examination, flag, "released", "Known shin pain.")
    examination.answer(("hop_pain", "left", "present"))
    assert {flag.id for flag in reading_of(examination.draft).open_flags} == open_before


def test_an_unrelated_answer_leaves_a_decision_standing(examination: Examination) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    for flag in reading_of(examination.draft).open_flags:
        decide(examination, flag.id, "released", "Known shin pain.")
    examination.answer(("slump", "left", "absent"))
    assert not reading_of(examination.draft).open_flags


@pytest.mark.parametrize(
    ("flag", "kind", "reason"),
    [("RF07", "released", "  "), ("RF07", "", "a reason"), ("RF07", "ignored", "a reason"), ("RF12", "acted", "x")],
)
def test_no_decision_without_a_reason_a_kind_and_a_raised_flag(
    examination: Examination, flag: str, kind: str, reason: str
) -> None:
    examination.answer(("hop_pain", "right", "present"))
    with pytest.raises(Refused):
        decide(examination, flag, kind, reason)
    assert not RedFlagDecision.objects.exists()
