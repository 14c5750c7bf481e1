"""A draft started by mistake can be thrown away, by whoever may, knowing what goes; the audit keeps it."""

import pytest

from assessments import actions
from assessments.errors import AlreadySigned, Refused
from assessments.models import Answer, Assessment, Conclusion, PainArea, RedFlagDecision
from assessments.queries import reading_of
from clinic.models import AuditEntry
from tests.assessments.conftest import ON, Examination
from tests.support.factories import make_user


def decide(examination: Examination) -> None:
    examination.answer(("hop_pain", "right", "present"))
    for flag in reading_of(examination.draft).open_flags:
        actions.decide_red_flag(
            by=examination.world.clinician, assessment=examination.draft, flag=flag.id, kind="released", reason="Clear."
        )


def discard(examination: Examination, by: object = None, answers: int | None = None) -> None:
    count = Answer.objects.filter(assessment=examination.draft).count() if answers is None else answers
    actions.discard_draft(by=by or examination.world.clinician, assessment=examination.draft, answers=count)


def test_a_discarded_draft_goes_with_all_its_parts_and_the_audit_keeps_them(examination: Examination) -> None:
    examination.ready()
    PainArea.objects.create(
        clinic=examination.world.clinic, assessment=examination.draft, region="buttock", by=examination.world.clinician
    )
    discard(examination)
    for model in (Assessment, Answer, Conclusion, PainArea):
        assert not model.objects.exists(), model
    kept = AuditEntry.objects.filter(operation="delete", table_name="assessments_answer")
    assert {"key": "palp_ischial", "value": "present"}.items() <= next(
        entry.before for entry in kept if entry.before["key"] == "palp_ischial" and entry.before["side"] == "right"
    ).items()


def test_a_discarded_amendment_leaves_the_original_which_can_be_amended_again(examination: Examination) -> None:
    decide(examination.ready())
    original = examination.sign()
    examination.draft = actions.amend(by=examination.world.clinician, assessment=original, reason="By mistake")
    discard(examination)
    assert list(Assessment.objects.all()) == [original]
    assert RedFlagDecision.objects.filter(assessment=original).exists()
    assert actions.amend(by=examination.world.clinician, assessment=original, reason="Now meant").amends == original


def test_after_discarding_the_next_visit_has_the_same_number(examination: Examination) -> None:
    episode = examination.draft.episode
    discard(examination)
    assert actions.start_assessment(by=examination.world.clinician, episode=episode, on=ON).visit == 1


def test_only_the_starter_or_an_administrator_discards(examination: Examination) -> None:
    other = make_user("Bo Third", examination.world.clinic, "clinician")
    with pytest.raises(Refused, match="Ines Halvard started this assessment"):
        discard(examination, by=other)
    discard(examination, by=examination.world.administrator)
    assert not Assessment.objects.exists()


def test_a_decision_about_a_red_flag_does_not_vanish_by_its_author(examination: Examination) -> None:
    decide(examination)
    with pytest.raises(Refused, match="ask an administrator"):
        discard(examination)
    discard(examination, by=examination.world.administrator)
    assert AuditEntry.objects.filter(operation="delete", table_name="assessments_redflagdecision").exists()


def test_answers_that_came_meanwhile_are_not_thrown_away_unseen(examination: Examination) -> None:
    examination.answer(("slump", "left", "present"))
    with pytest.raises(Refused, match="it now holds 1"):
        discard(examination, answers=0)
    assert Answer.objects.count() == 1


def test_a_signed_assessment_is_never_discarded(examination: Examination) -> None:
    examination.ready().sign()
    with pytest.raises(AlreadySigned):
        discard(examination, by=examination.world.administrator)
