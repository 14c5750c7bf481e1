"""The week's letter by SMTP: numbers and reasons, no names, once a week, and out of it in one click."""

from datetime import timedelta
from email.message import Message

import pytest
from django.test import Client

from clinic.models import AuditEntry, Membership, User
from clinic.tenancy import clinic_scope
from programs.digest import tasks
from programs.digest.links import stop_token
from programs.models import Digest
from tests.digest.conftest import Office
from tests.reminders.conftest import Post


def body(mail: Message, part: int = 0) -> str:
    return mail.get_payload()[part].get_payload(decode=True).decode()  # type: ignore[union-attr,index]


def busy(office: Office) -> None:
    """Two with pain, one silent, one as planned."""
    with clinic_scope(office.clinic_id, actor="system:tests"):
        caseload = office.caseload()
        for name in ("Ana", "Jonas"):
            caseload.report(caseload.runner(name), 0, pain=9)
        caseload.report(caseload.runner("Ruth", began=9), 7)
        caseload.report(caseload.runner("Lea"), 0)


def test_the_letter_tells_how_many_need_somebody_and_why(office: Office, post: Post) -> None:
    office.wants()
    busy(office)
    (digest,) = office.plan()
    assert office.send(digest).state == "done"
    (mail,) = post.mails
    assert mail["To"] == office.world.clinician.email
    for part in (0, 1):
        text = body(mail, part).replace("<b>", "").replace("</b>", "")
        assert "3 runners need somebody today." in text
        assert "Pain above the ceiling: 2" in text
        assert "Nothing reported: 1" in text
        assert "4 active programs, 1 going as planned." in text
        assert 'href="http' in text or "http" in text
        assert "Nothing needs you" not in text


def test_it_holds_no_name_and_nothing_clinical_in_the_subject(office: Office, post: Post) -> None:
    office.wants()
    busy(office)
    office.send(office.plan()[0])
    raw = post.mails[0].as_string() + body(post.mails[0]) + body(post.mails[0], 1)
    for name in ("Ana", "Jonas", "Ruth", "Lea", "Example", "tendin", "hamstring"):
        assert name not in raw, name
    assert post.mails[0]["Subject"] == "Your caseload this week"


def test_nothing_needs_you_is_said_only_when_nothing_does(office: Office, post: Post) -> None:
    office.wants()
    office.send(office.plan()[0])
    assert "Nothing needs you today." in body(post.mails[0])


def test_an_unsigned_assessment_is_something(office: Office, post: Post) -> None:
    from tests.caseload.test_caseload_page import draft

    office.wants()
    with clinic_scope(office.clinic_id, actor="system:tests"):
        draft(office.caseload(), "Open")
    office.send(office.plan()[0])
    assert "Nothing needs you" not in body(post.mails[0])
    assert "of your own assessments not signed: 1" in body(post.mails[0])


def test_only_who_wants_it_gets_it(office: Office) -> None:
    assert office.plan() == []
    office.wants()
    office.wants(role="reader")
    assert len(office.plan()) == 2


@pytest.mark.parametrize("gone", ["ended", "inactive"])
def test_who_left_gets_none(office: Office, gone: str) -> None:
    place = office.wants()
    with clinic_scope(office.clinic_id, actor="system:tests"):
        if gone == "ended":
            Membership.objects.filter(pk=place.pk).update(ended_at=office.clock[0])
        else:
            User.objects.filter(pk=place.user_id).update(is_active=False)
    assert office.plan() == []


def test_planning_and_sending_twice_sends_once_a_week(office: Office, post: Post) -> None:
    office.wants()
    (digest,) = office.plan()
    assert office.plan() == [digest]
    office.send(digest)
    office.send(digest)
    tasks.sweep()
    assert len(post.mails) == 1
    office.clock[0] += timedelta(days=7)
    assert len(office.plan()) == 2


def test_a_choice_taken_back_before_it_leaves_stops_it(office: Office, post: Post) -> None:
    office.wants()
    (digest,) = office.plan()
    office.wants(wanted=False)
    assert office.send(digest).state == "cancelled"
    assert post.mails == []


def test_last_weeks_letter_is_not_sent_this_week(office: Office, post: Post) -> None:
    office.wants()
    (digest,) = office.plan()
    office.clock[0] += timedelta(days=7)
    assert office.send(digest).state == "cancelled"
    assert post.mails == []


def test_a_server_that_asks_to_wait_is_asked_again_and_one_that_refuses_is_not(office: Office, post: Post) -> None:
    office.wants()
    (digest,) = office.plan()
    post.answer = "451 later"
    assert office.send(digest).state == "queued"
    post.answer = "550 5.7.1 no"
    with clinic_scope(office.clinic_id, actor="system:tests"):
        Digest.objects.update(not_before=None)
    assert office.send(digest).state == "failed"
    post.answer = "250 OK"
    assert office.send(digest).state == "failed"
    assert post.mails == []


def test_one_click_stops_it_without_a_login_and_looking_does_not(office: Office, post: Post) -> None:
    place = office.wants()
    office.send(office.plan()[0])
    mail, path = post.mails[0], f"/weekly/stop/{stop_token(place)}/"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path in mail["List-Unsubscribe"]
    strict = Client(enforce_csrf_checks=True)
    assert "Stop the weekly letter?" in strict.get(path).text
    with clinic_scope(office.clinic_id, actor="system:tests"):
        assert Membership.objects.get(pk=place.pk).weekly_digest, "a link scanner's GET must not unsubscribe"
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    with clinic_scope(office.clinic_id, actor="system:tests"):
        assert not Membership.objects.get(pk=place.pk).weekly_digest
        assert AuditEntry.objects.filter(row_id=place.pk, actor="system:programs.digest.stop").exists()
    assert "The letter comes again" in strict.post(path, {"resume": "1"}).text


@pytest.mark.parametrize("token", ["nonsense", "A" * 64, "é" * 5], ids=["nonsense", "not ours", "no code"])
def test_an_address_we_did_not_sign_is_nothing(office: Office, token: str) -> None:
    assert Client().post(f"/weekly/stop/{token}/").status_code == 404


def test_everybody_chooses_for_themselves(office: Office) -> None:
    client = Client()
    client.force_login(office.world.clinician)
    assert 'href="/weekly/"' in client.get("/").text
    assert "checked" not in client.get("/weekly/").text
    assert "The letter comes on Mondays." in client.post("/weekly/", {"wanted": "1"}, follow=True).text
    assert len(office.plan()) == 1
    assert "The letter of 23 November: Waiting." in client.get("/weekly/").text
    assert "No letter on Mondays." in client.post("/weekly/", follow=True).text
