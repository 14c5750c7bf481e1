"""Signing freezes, amending keeps the original, and the database holds both whatever the application asks for."""

import pytest
from django.db import DatabaseError, connection, transaction

from assessments import actions
from assessments.errors import AlreadySigned, NotReady, Refused
from assessments.models import Activity, Answer, Assessment, Conclusion, OutcomeScore, PainArea, RedFlagDecision
from assessments.queries import draft_of, reading_of
from assessments.reasoning import KNOWLEDGE_VERSION
from tests.assessments.conftest import ON, Examination, screening


def codes(examination: Examination) -> set[str]:
    with pytest.raises(NotReady) as refusal:
        examination.sign()
    return {problem.code for problem in refusal.value.problems}


def test_a_signature_keeps_what_the_screen_showed(examination: Examination) -> None:
    examination.ready().conclude(wording="High hamstring, tender at the sitting bone.")
    shown_before = reading_of(examination.draft).reasoning.to_json()
    signed = examination.sign()
    signed.refresh_from_db()
    assert signed.is_signed
    assert signed.signed_by == examination.world.clinician
    assert signed.signed_at is not None
    assert signed.knowledge_version == KNOWLEDGE_VERSION
    assert signed.shown["reasoning"] == shown_before
    assert signed.shown["wording"] == "High hamstring, tender at the sitting bone."
    assert signed.shown["patient"] == {"age": 34, "sex": "female", "running_type": "distance"}
    assert signed.shown["panel"]["cards"][0]["state_words"] == "Criteria met"


def test_nothing_is_signed_without_a_conclusion(examination: Examination) -> None:
    examination.answer(*screening())
    assert codes(examination) == {"conclusion"}


def test_a_diagnosis_with_stages_needs_stage_and_irritability(examination: Examination) -> None:
    examination.ready().conclude(stage=None, irritability="")
    assert codes(examination) == {"stage", "irritability"}


def test_open_screening_needs_answers_or_a_reason(examination: Examination) -> None:
    examination.ready().answer(("fever_unwell", "", "not_assessed"))
    assert codes(examination) == {"unscreened"}
    examination.conclude(unscreened_reason="The runner did not want to be asked.")
    assert examination.sign().is_signed


def test_concluding_one_cause_while_another_was_not_examined_asks_for_a_reason(examination: Examination) -> None:
    examination.ready().answer(("sij_compression", "right", ""), ("sij_sacral_thrust", "right", ""))
    with pytest.raises(NotReady, match=r"Referred sacroiliac pain \(.*[Cc]ompression"):
        examination.sign()
    examination.conclude(unexamined_reason="Joint tests next visit.")
    assert examination.sign().is_signed


@pytest.mark.parametrize("diagnosis", ["mixed", "outside", "refer"])
def test_concluding_no_single_cause_asks_for_no_such_reason(examination: Examination, diagnosis: str) -> None:
    examination.answer(*screening())
    examination.conclude(diagnosis=diagnosis, stage=None, irritability="")
    assert examination.sign().is_signed


@pytest.mark.parametrize(("diagnosis", "stage"), [("sij", 4), ("nerve", 4), ("pht", 5), ("refer", 1)])
def test_a_stage_the_diagnosis_does_not_have_is_refused(examination: Examination, diagnosis: str, stage: int) -> None:
    with pytest.raises(Refused):
        examination.conclude(diagnosis=diagnosis, stage=stage)
    assert not Conclusion.objects.exists()


def test_every_write_on_a_signed_assessment_is_refused(examination: Examination) -> None:
    examination.ready().sign()
    by, draft = examination.world.clinician, examination.draft
    for write in (
        lambda: actions.record_finding(by=by, assessment=draft, key="slump", side="left", answer="present"),
        lambda: actions.decide_red_flag(by=by, assessment=draft, flag="RF01", kind="acted", reason="x"),
        lambda: actions.save_conclusion(by=by, assessment=draft, diagnosis="sij", side="left", stage=1),
        lambda: actions.sign(by=by, assessment=draft),
    ):
        with pytest.raises(AlreadySigned):
            write()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_assessment SET visit = 9 WHERE id = %s",
        "UPDATE assessments_assessment SET state = 'draft', signed_at = NULL, signed_by_id = NULL WHERE id = %s",
        "UPDATE assessments_assessment SET shown = '{}' WHERE id = %s",
        "DELETE FROM assessments_assessment WHERE id = %s",
        "UPDATE assessments_answer SET value = 'absent' WHERE assessment_id = %s",
        "DELETE FROM assessments_answer WHERE assessment_id = %s",
        "UPDATE assessments_conclusion SET diagnosis = 'sij' WHERE assessment_id = %s",
        "DELETE FROM assessments_conclusion WHERE assessment_id = %s",
        "UPDATE assessments_redflagdecision SET reason = 'other' WHERE assessment_id = %s",
        "DELETE FROM assessments_redflagdecision WHERE assessment_id = %s",
    ],
)
def test_the_database_itself_refuses_to_change_a_signed_assessment(examination: Examination, statement: str) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    for flag in reading_of(examination.draft).open_flags:
        actions.decide_red_flag(
            by=examination.world.clinician,
            assessment=examination.draft,
            flag=flag.id,
            kind="released",
            reason="Scan was clear.",
        )
    signed = examination.sign()
    with pytest.raises(DatabaseError, match="can no longer change"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, [signed.pk])


def test_the_database_refuses_to_add_to_a_signed_assessment(examination: Examination) -> None:
    signed = examination.ready().sign()
    with pytest.raises(DatabaseError, match="can no longer change"), transaction.atomic():
        Answer.objects.create(
            clinic=signed.clinic, assessment=signed, key="slump", side="left", value="present", by=signed.clinician
        )


def test_an_amendment_is_a_copy_that_points_back_and_the_original_stays(examination: Examination) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    for flag in reading_of(examination.draft).open_flags:
        actions.decide_red_flag(
            by=examination.world.clinician, assessment=examination.draft, flag=flag.id, kind="released", reason="Clear."
        )
    original = examination.sign()
    copy = actions.amend(by=examination.world.administrator, assessment=original, reason="Wrong side of the slump test")
    assert (copy.amends, copy.visit, copy.state) == (original, original.visit, "draft")
    assert copy.clinician == examination.world.administrator
    pairs = [set(Answer.objects.filter(assessment=a).values_list("key", "side", "value")) for a in (original, copy)]
    assert pairs[0] == pairs[1] != set()
    assert copy.conclusion.diagnosis == original.conclusion.diagnosis
    assert copy.conclusion.pk != original.conclusion.pk
    assert not reading_of(copy).open_flags, "the released flag stays released"
    actions.record_finding(by=examination.world.clinician, assessment=copy, key="slump", side="left", answer="present")
    assert actions.sign(by=examination.world.clinician, assessment=copy).is_signed
    assert not Answer.objects.filter(assessment=original, key="slump", side="left").exists()


def test_an_amendment_needs_a_reason_and_the_newest_signed_version(examination: Examination) -> None:
    by = examination.world.clinician
    with pytest.raises(Refused, match="not signed yet"):
        actions.amend(by=by, assessment=examination.draft, reason="x")
    original = examination.ready().sign()
    with pytest.raises(Refused, match="reason"):
        actions.amend(by=by, assessment=original, reason="  ")
    copy = actions.amend(by=by, assessment=original, reason="One")
    with pytest.raises(Refused, match="amended before"):
        actions.amend(by=by, assessment=original, reason="Two")
    actions.sign(by=by, assessment=copy)
    assert actions.amend(by=by, assessment=copy, reason="Three").amends == copy


def test_no_amendment_while_another_visit_is_open(examination: Examination) -> None:
    signed = examination.ready().sign()
    actions.start_assessment(by=examination.world.clinician, episode=signed.episode, on=ON)
    with pytest.raises(Refused, match="Another assessment"):
        actions.amend(by=examination.world.clinician, assessment=signed, reason="x")


def test_the_next_visit_starts_empty_and_counts_on(examination: Examination) -> None:
    signed = examination.ready().sign()
    following = actions.start_assessment(by=examination.world.clinician, episode=signed.episode, on=ON)
    assert following.visit == 2
    assert not Answer.objects.filter(assessment=following).exists()
    assert not RedFlagDecision.objects.filter(assessment=following).exists()
    assert not Conclusion.objects.filter(assessment=following).exists()
    assert draft_of(signed.episode) == following


def test_starting_again_goes_on_with_the_open_one(examination: Examination) -> None:
    again = actions.start_assessment(by=examination.world.administrator, episode=examination.draft.episode, on=ON)
    assert again == examination.draft
    assert Assessment.objects.count() == 1


def test_a_closed_episode_is_not_examined(examination: Examination) -> None:
    episode = examination.draft.episode
    episode.closed_on = ON
    episode.save()
    with pytest.raises(Refused, match="closed"):
        actions.start_assessment(by=examination.world.clinician, episode=episode, on=ON)


def test_an_amendment_copies_the_chart_and_the_scores_and_no_signature_covers_a_carried_answer(
    examination: Examination,
) -> None:
    world, first = examination.world, examination.ready().sign()
    examination.draft = actions.start_assessment(by=world.clinician, episode=first.episode, on=ON)
    examination.ready()
    own = {"clinic": world.clinic, "assessment": examination.draft, "by": world.clinician}
    activity = Activity.objects.create(
        clinic=world.clinic, episode=first.episode, number=1, words="Sitting in the car", by=world.clinician
    )
    PainArea.objects.create(**own, region="buttock", side="right", qualities=["ache"], is_worst=True)
    OutcomeScore.objects.create(**own, measure="psfs", activity=activity, value=4)
    Answer.objects.create(**own, key="slump", side="right", value="not_assessed", carried_from=first)
    with pytest.raises(NotReady, match="carried over"):
        examination.sign()
    Answer.objects.filter(assessment=examination.draft, key="slump").delete()
    signed = examination.sign()
    copy = actions.amend(by=world.administrator, assessment=signed, reason="Wrong side")
    area, score = PainArea.objects.get(assessment=copy), OutcomeScore.objects.get(assessment=copy)
    assert (area.region, area.side, area.qualities, area.is_worst) == ("buttock", "right", ["ache"], True)
    assert (score.activity, score.value, score.by) == (activity, 4, world.clinician)
    assert PainArea.objects.filter(assessment=signed).count() == 1
