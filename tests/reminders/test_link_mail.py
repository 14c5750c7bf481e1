"""The runner's link by e-mail: two minutes to take it back, one mail a click, in the runner's words, and never to nobody."""

import io
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clinic.models import Patient, User
from clinic.tenancy import clinic_scope
from programs.jobs import open_jobs
from programs.models import LinkMail, PatientLink, Program
from programs.portal.links import token_of
from programs.reminders.link_mail import send_link
from programs.reminders.link_tasks import send_link_mail
from tests.reminders.conftest import EVENING, Post, Runner
from tests.reminders.test_returned_mail import bounce, complaint

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # the database's clock is the real one


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(runner: Runner) -> Client:
    return signed_in(runner.world.clinician)


def page(runner: Runner) -> str:
    return reverse("programs:program", args=[runner.version.program_id])


def card(runner: Runner) -> str:
    return reverse("programs:link_mail", args=[runner.version.program_id])


def mails(runner: Runner) -> list[LinkMail]:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        return list(LinkMail.objects.order_by("created_at"))


def click(runner: Runner, staff: Client, what: str = "send") -> str:
    answer = staff.post(f"{card(runner)}{what}/", follow=True)
    assert answer.status_code == 200
    return str(answer.text)


def time_passes(runner: Runner) -> None:
    runner.set(LinkMail, not_before=LONG_AGO)


def work(runner: Runner) -> LinkMail:
    for mail in mails(runner):
        send_link_mail(str(runner.world.clinic.pk), str(mail.pk))
    return mails(runner)[-1]


def sent(runner: Runner, staff: Client) -> LinkMail:
    click(runner, staff)
    time_passes(runner)
    return work(runner)


def test_the_link_leaves_after_two_minutes_and_not_before(runner: Runner, post: Post, staff: Client) -> None:
    assert "leaves at" in click(runner, staff)
    assert (work(runner).state, post.mails) == ("queued", [])
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        assert open_jobs(LinkMail) == []
    time_passes(runner)
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        assert open_jobs(LinkMail) == [mails(runner)[0].pk]
    assert work(runner).state == "done"
    assert token_of(runner.link) in post.mails[0].get_payload()[0].get_payload(decode=True).decode()


def test_it_says_nothing_about_the_runner_and_comes_in_plain_text_and_html(
    runner: Runner, post: Post, staff: Client
) -> None:
    runner.set(Patient, language="de")
    sent(runner, staff)
    (mail,) = post.mails
    assert [part.get_content_type() for part in mail.get_payload()] == ["text/plain", "text/html"]
    raw = " ".join(part.get_payload(decode=True).decode() for part in mail.get_payload()) + str(mail["Subject"])
    for word in ("Ana", "Ferreira", "hamstring", "bridge", "Reizung"):
        assert word not in raw, word
    assert '<html lang="de">' in raw


def test_taken_back_it_never_leaves(runner: Runner, post: Post, staff: Client) -> None:
    click(runner, staff)
    (mail,) = mails(runner)
    assert "Taken back: nothing was sent." in click(runner, staff, f"{mail.pk}/back")
    time_passes(runner)
    assert (work(runner).state, post.mails) == ("cancelled", [])
    assert f"Taken back by {runner.world.clinician.name}" in mails(runner)[0].error


def test_what_has_left_cannot_be_taken_back(runner: Runner, post: Post, staff: Client) -> None:
    mail = sent(runner, staff)
    assert "Too late: it had left already." in click(runner, staff, f"{mail.pk}/back")
    assert mails(runner)[0].state == "done"


def test_clicking_twice_sends_one(runner: Runner, post: Post, staff: Client) -> None:
    click(runner, staff)
    click(runner, staff)
    time_passes(runner)
    work(runner)
    work(runner)
    assert (len(mails(runner)), len(post.mails)) == (1, 1)


@pytest.mark.parametrize(
    ("model", "fields", "words"),
    [
        (Patient, {"email": ""}, "The runner has no e-mail address."),
        (Patient, {"email_refused": "No such mailbox."}, "The mail server had refused this address."),
        (PatientLink, {"revoked_at": EVENING}, "The runner&#x27;s link was switched off."),
        (Program, {"state": "ended"}, "The program was over before it left."),
    ],
    ids=["no address", "refused", "switched off", "ended"],
)
def test_what_cannot_be_sent_is_said_in_words_and_stops_what_waits(
    runner: Runner, post: Post, staff: Client, model: Any, fields: dict[str, Any], words: str
) -> None:
    click(runner, staff)
    runner.set(model, **fields)
    shown = staff.get(page(runner)).text
    assert words in shown
    assert "Send the link by e-mail" not in shown
    time_passes(runner)
    assert (work(runner).state, post.mails) == ("cancelled", [])
    assert words in click(runner, staff)
    assert len(mails(runner)) == 1


def test_a_reader_sees_no_link_and_sends_none(runner: Runner) -> None:
    reader = signed_in(runner.world.reader)
    assert 'id="link-mail"' not in reader.get(page(runner)).text
    assert reader.post(f"{card(runner)}send/").status_code == 403


def test_a_lost_link_leaves_at_once_and_asking_again_sends_one(runner: Runner, post: Post) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        program = Program.objects.get()
        first = send_link(program=program, kind=LinkMail.Kind.LOST)
        assert send_link(program=program, kind="lost").pk == first.pk
    assert work(runner).state == "done"
    (mail,) = post.mails
    assert mail["Subject"] == "Your link"
    assert "You asked for the link to your program." in mail.get_payload()[0].get_payload(decode=True).decode()


def test_a_refused_mail_is_told_and_marks_the_address(runner: Runner, post: Post, staff: Client) -> None:
    post.answer_to_recipient = "550 no such user"
    assert sent(runner, staff).state == "failed"
    shown = staff.get(page(runner)).text
    assert "Refused by the mail server" in shown
    assert "It cannot be sent now." in shown


def test_a_failed_one_is_sent_again_on_one_click(runner: Runner, post: Post, staff: Client) -> None:
    post.answer = "554 spam"
    mail = sent(runner, staff)
    post.answer = "250 OK"
    assert "It is being sent again." in click(runner, staff, f"{mail.pk}/resend")
    assert "Nothing was sent again" in click(runner, staff, f"{mail.pk}/resend")
    assert (work(runner).state, len(post.mails)) == ("done", 1)


def test_a_worker_that_died_while_it_left_is_told_as_uncertain_and_sends_nothing_more(
    runner: Runner, post: Post, staff: Client
) -> None:
    click(runner, staff)
    runner.set(LinkMail, state="working", sending_at=EVENING, claimed_until=LONG_AGO, attempts=1)
    assert (work(runner).state, post.mails) == ("failed", [])
    shown = staff.get(page(runner)).text
    assert "Uncertain" in shown
    assert "Send again, even if it arrived" in shown


@pytest.mark.parametrize(
    ("notice", "state", "words"), [(bounce, "failed", "came back (5.1.1)"), (complaint, "done", "as unwanted")]
)
def test_a_mail_that_came_back_or_was_complained_about_stops_the_address(
    runner: Runner, post: Post, staff: Client, monkeypatch: pytest.MonkeyPatch, notice: Any, state: str, words: str
) -> None:
    sent(runner, staff)
    text = notice(str(post.mails[0]["Message-ID"]))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    call_command("take_returned_mail")
    assert mails(runner)[0].state == state
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        assert words in Patient.objects.get().email_refused
    assert ("Came back" in staff.get(page(runner)).text) is (state == "failed")


def test_the_card_asks_again_only_while_a_mail_is_on_its_way(runner: Runner, post: Post, staff: Client) -> None:
    click(runner, staff)
    assert 'hx-trigger="every 10s"' in staff.get(card(runner)).text
    time_passes(runner)
    work(runner)
    shown = staff.get(card(runner)).text
    assert "hx-trigger" not in shown
    assert "Send the link once more" in shown
