"""A second clinician's signature: who is asked, who answers, and that nothing signed changes by it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from assessments import actions
from assessments.errors import Refused
from assessments.models import Assessment, CoSignature
from clinic.models import Membership, User
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import ON, Examination, open_draft
from tests.assessments.test_two_at_once import together
from tests.support.factories import World, make_user


def asked(examination: Examination, of: User | None = None, by: User | None = None) -> CoSignature:
    return actions.ask_cosignature(
        by=by or examination.world.clinician,
        assessment=examination.draft,
        of=of or examination.world.administrator,
        question="The slump test?",
    )


@pytest.fixture
def signed(examination: Examination) -> Examination:
    examination.draft = examination.ready().sign()
    return examination


def test_a_colleague_is_asked_and_co_signs_without_changing_what_was_signed(signed: Examination) -> None:
    before = Assessment.objects.values().get(pk=signed.draft.pk)
    request = asked(signed)
    assert (request.state, request.question) == ("asked", "The slump test?")
    done = actions.cosign(by=signed.world.administrator, asked=request, words="Agreed.")
    assert (done.state, done.words) == ("signed", "Agreed.")
    assert done.answered_at is not None
    assert Assessment.objects.values().get(pk=signed.draft.pk) == before


def test_a_draft_is_not_co_signed(examination: Examination) -> None:
    with pytest.raises(Refused, match="Sign it first"):
        asked(examination)


def test_nobody_signs_twice(signed: Examination) -> None:
    with pytest.raises(Refused, match="no second pair of eyes"):
        asked(signed, of=signed.world.clinician)
    with pytest.raises(Refused, match="signed this assessment"):
        asked(signed, of=signed.world.clinician, by=signed.world.administrator)


def test_only_somebody_who_signs_in_this_clinic_is_asked(signed: Examination) -> None:
    elsewhere = User.objects.create_user(email="else@where.test", name="Else Where")
    ended = make_user("Gone Away", signed.world.clinic, "clinician")
    Membership.objects.filter(user=ended).update(ended_at="2026-01-01T00:00Z")
    invited = make_user("Not Here Yet", signed.world.clinic, "clinician")
    Membership.objects.filter(user=invited).update(invited_as="Somebody")
    for person in (signed.world.reader, elsewhere, ended, invited):
        with pytest.raises(Refused, match="cannot sign in this clinic"):
            asked(signed, of=person)


def test_one_colleague_is_asked_once_until_they_answered(signed: Examination) -> None:
    request = asked(signed)
    with pytest.raises(Refused, match="asked already"):
        asked(signed)
    actions.decline_cosignature(by=signed.world.administrator, asked=request, words="Stage 2, I think.")
    again = asked(signed)
    actions.cosign(by=signed.world.administrator, asked=again)
    with pytest.raises(Refused, match="has co-signed"):
        asked(signed)


def test_declining_needs_words(signed: Examination) -> None:
    request = asked(signed)
    with pytest.raises(Refused, match="Say what you see differently"):
        actions.decline_cosignature(by=signed.world.administrator, asked=request, words="  ")
    request.refresh_from_db()
    assert request.state == "asked"


def test_only_the_colleague_answers_and_only_the_asker_withdraws(signed: Examination) -> None:
    other = make_user("Bo Third", signed.world.clinic, "clinician")
    request = asked(signed)
    for by in (signed.world.clinician, other):
        with pytest.raises(Refused, match="was asked, and only they"):
            actions.cosign(by=by, asked=request)
        with pytest.raises(Refused, match="was asked, and only they"):
            actions.decline_cosignature(by=by, asked=request, words="x")
    for by in (signed.world.administrator, other):
        with pytest.raises(Refused, match="who asked, can withdraw"):
            actions.withdraw_cosignature(by=by, asked=request)
    assert actions.withdraw_cosignature(by=signed.world.clinician, asked=request).state == "withdrawn"


def test_an_answered_request_stays_answered(signed: Examination) -> None:
    request = asked(signed)
    actions.cosign(by=signed.world.administrator, asked=request)
    with pytest.raises(Refused, match="no longer open: it is co-signed"):
        actions.withdraw_cosignature(by=signed.world.clinician, asked=request)


def test_an_amendment_closes_what_is_open_on_the_version_before_once_it_is_signed(signed: Examination) -> None:
    request, third = asked(signed), make_user("Bo Third", signed.world.clinic, "clinician")
    kept = actions.cosign(by=third, asked=asked(signed, of=third))
    copy = actions.amend(by=signed.world.clinician, assessment=signed.draft, reason="Wrong side")
    request.refresh_from_db()
    assert request.state == "asked", "until the correction is signed, the old version holds"
    actions.sign(by=signed.world.clinician, assessment=copy)
    request.refresh_from_db()
    kept.refresh_from_db()
    assert (request.state, request.words) == ("withdrawn", "Withdrawn by itself: this version was amended.")
    assert kept.state == "signed"
    assert not CoSignature.objects.filter(assessment=copy).exists(), "nobody has read the new version yet"
    with pytest.raises(Refused, match="This version was amended"):
        asked(signed)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_cosignature SET state = 'asked', answered_at = NULL WHERE id = %s",
        "UPDATE assessments_cosignature SET words = 'other' WHERE id = %s",
        "UPDATE assessments_cosignature SET asked_of_id = asked_by_id WHERE id = %s",
        "DELETE FROM assessments_cosignature WHERE id = %s",
    ],
)
def test_the_database_keeps_an_answered_request_as_it_is(signed: Examination, statement: str) -> None:
    request = actions.cosign(by=signed.world.administrator, asked=asked(signed))
    with pytest.raises(DatabaseError, match="can no longer change"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(statement, [request.pk])


def test_the_database_refuses_a_co_signature_under_a_draft(examination: Examination) -> None:
    world = examination.world
    with pytest.raises(DatabaseError, match="only a signed assessment"), transaction.atomic():
        CoSignature.objects.create(
            clinic=world.clinic, assessment=examination.draft, asked_by=world.clinician, asked_of=world.administrator
        )


def test_the_database_refuses_a_signer_as_their_own_colleague(signed: Examination) -> None:
    by = signed.world.clinician
    with pytest.raises(DatabaseError, match="another_person_cosigns"), transaction.atomic():
        CoSignature.objects.create(clinic=signed.world.clinic, assessment=signed.draft, asked_by=by, asked_of=by)


@pytest.fixture
def shared(committed: World) -> tuple[Examination, CoSignature]:
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        examination = open_draft(committed).ready()
        examination.draft = examination.sign()
        return examination, asked(examination)


def test_of_a_co_signature_and_its_withdrawal_at_once_one_holds(
    shared: tuple[Examination, CoSignature], committed: World
) -> None:
    _examination, request = shared
    works: list[Callable[[], Any]] = [
        lambda: actions.cosign(by=committed.administrator, asked=request),
        lambda: actions.withdraw_cosignature(by=committed.clinician, asked=request),
    ]
    results = together(committed, *works)
    assert sorted(isinstance(result, Refused) for result in results) == [False, True], results


def test_a_co_signature_beside_a_signed_amendment_is_given_before_it_or_refused(
    shared: tuple[Examination, CoSignature], committed: World
) -> None:
    examination, request = shared
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        copy = actions.amend(by=committed.clinician, assessment=examination.draft, reason="Wrong side")
    answered, amended = together(
        committed,
        lambda: actions.cosign(by=committed.administrator, asked=request),
        lambda: actions.sign(by=committed.clinician, assessment=copy),
    )
    assert isinstance(amended, Assessment), amended
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        request.refresh_from_db()
    assert request.state == ("withdrawn" if isinstance(answered, Refused) else "signed")


def test_starting_the_next_visit_closes_no_request(signed: Examination) -> None:
    request = asked(signed)
    actions.start_assessment(by=signed.world.clinician, episode=signed.draft.episode, on=ON)
    request.refresh_from_db()
    assert request.state == "asked"
