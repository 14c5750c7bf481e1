"""Answers: what is stored, what is refused and how, and what happens when two people answer."""

import pytest

from assessments import actions
from assessments.answers import Given
from assessments.errors import AnsweredMeanwhile, AnswerRefused
from assessments.models import Answer
from clinic.models import AuditEntry
from tests.assessments.conftest import Examination


def stored(examination: Examination) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=examination.draft)}


def record(examination: Examination, key: str, side: str, answer: str, **more: str) -> None:
    actions.record_finding(
        by=examination.world.clinician, assessment=examination.draft, key=key, side=side, answer=answer, **more
    )


@pytest.mark.parametrize(
    ("key", "side", "answer", "kept"),
    [
        ("slump", "left", "present", "present"),
        ("slump", "right", "absent", "absent"),
        ("slump", "right", "not_assessed", "not_assessed"),
        ("onset", "", "gradual", "gradual"),
        ("slr_degrees", "right", " 66 ", "66"),
        ("slr_degrees", "right", "66,5", "66.5"),
        ("slr_degrees", "right", "66°", "66"),
        ("nprs_now", "", "0", "0"),
        ("settle_minutes", "", "40", "40"),
    ],
)
def test_an_answer_is_kept_in_one_form(examination: Examination, key: str, side: str, answer: str, kept: str) -> None:
    record(examination, key, side, answer)
    assert stored(examination) == {(key, side): kept}


@pytest.mark.parametrize(
    ("key", "side", "answer"),
    [
        ("slump", "", "present"),
        ("slump", "both", "present"),
        ("onset", "left", "gradual"),
        ("onset", "", "present"),
        ("slump", "left", "yes"),
        ("slr_degrees", "right", "740"),
        ("slr_degrees", "right", "-1"),
        ("slr_degrees", "right", "sixty"),
        ("slr_degrees", "right", "NaN"),
        ("slr_degrees", "right", "inf"),
        ("slr_degrees", "right", "1e-30"),
        ("nprs_now", "", "11"),
        ("nprs_now", "", "3.5"),
        ("age_years", "", "34"),
        ("no_such_finding", "", "present"),
        ("'; DROP TABLE", "", "present"),
    ],
)
def test_anything_else_is_refused_in_words_and_not_kept(
    examination: Examination, key: str, side: str, answer: str
) -> None:
    with pytest.raises(AnswerRefused) as refusal:
        record(examination, key, side, answer)
    assert refusal.value.words
    assert stored(examination) == {}


def test_the_refusal_says_what_would_be_right_and_repeats_what_was_typed(examination: Examination) -> None:
    with pytest.raises(AnswerRefused, match=r"from 0 to .*°.*“740” was not saved"):
        record(examination, "slr_degrees", "right", "740")


def test_an_empty_answer_clears_and_not_assessed_stays_an_answer(examination: Examination) -> None:
    record(examination, "slump", "left", "present")
    record(examination, "slump", "left", "")
    assert stored(examination) == {}
    record(examination, "slump", "left", "not_assessed")
    assert stored(examination) == {("slump", "left"): "not_assessed"}


def test_the_same_answer_again_is_not_written_again(examination: Examination) -> None:
    record(examination, "slump", "left", "present")
    row = Answer.objects.get()
    record(examination, "slump", "left", "present")
    assert Answer.objects.get().answered_at == row.answered_at
    assert AuditEntry.objects.filter(row_id=row.pk).count() == 1


def test_a_changed_answer_is_audited_with_before_and_after(examination: Examination) -> None:
    record(examination, "slump", "left", "present")
    record(examination, "slump", "left", "absent")
    entry = AuditEntry.objects.get(row_id=Answer.objects.get().pk, operation="update")
    assert entry.before is not None
    assert (entry.before["value"], entry.after["value"]) == ("present", "absent")


def test_good_answers_of_a_section_are_kept_beside_a_refused_one(examination: Examination) -> None:
    outcome = examination.answer(("slr_degrees", "left", "74"), ("slr_degrees", "right", "740"))
    assert stored(examination) == {("slr_degrees", "left"): "74"}
    assert set(outcome.refused) == {("slr_degrees", "right")}


def test_the_last_of_two_answers_for_one_place_holds(examination: Examination) -> None:
    examination.answer(("slump", "left", "present"), ("slump", "left", "absent"))
    assert stored(examination) == {("slump", "left"): "absent"}


def test_an_answer_changed_by_a_colleague_is_not_overwritten_unseen(examination: Examination) -> None:
    record(examination, "slump", "left", "absent")
    with pytest.raises(AnsweredMeanwhile, match="Ines Halvard recorded “Absent” meanwhile; “Present” was not saved"):
        record(examination, "slump", "left", "present", seen="")
    assert stored(examination) == {("slump", "left"): "absent"}
    record(examination, "slump", "left", "present", seen="absent")
    assert stored(examination) == {("slump", "left"): "present"}


def test_an_old_page_sent_again_takes_nothing_back(examination: Examination) -> None:
    """A section saved without script sends every answer it showed; what the person did not touch is left alone."""
    record(examination, "slump", "left", "absent")
    outcome = actions.record_findings(
        by=examination.world.clinician,
        assessment=examination.draft,
        given=[Given("slump", "left", "present", seen="present"), Given("slump", "right", "absent", seen="")],
    )
    assert stored(examination) == {("slump", "left"): "absent", ("slump", "right"): "absent"}
    assert not outcome.overtaken
