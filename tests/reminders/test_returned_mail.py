"""A mail that comes back hours later, or is reported as unwanted, stops reminders like a refusal at once."""

import io
from email import message_from_string
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from clinic.models import Patient
from clinic.tenancy import clinic_scope
from programs.models import Reminder
from programs.reminders.returned import read_returned
from tests.reminders.conftest import EVENING, Post, Runner
from tests.support.factories import make_clinic

NOTICE = """From: mailer-daemon@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="x"

--x
Content-Type: text/plain

Something happened to your mail.
--x
{report}
--x
Content-Type: {copy}

{headers}
--x--
"""
BOUNCE = """Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ana@runner.test
Action: {action}
Status: {status}
"""
COMPLAINT = """Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: mx.example/1
Version: 1
"""


def bounce(message_id: str, *, action: str = "failed", status: str = "5.1.1", copy: str = "message/rfc822") -> str:
    headers = f"Message-ID: {message_id}\nTo: ana@runner.test\nSubject: Still open today\n"
    report = BOUNCE.format(action=action, status=status)
    return NOTICE.format(kind="delivery-status", report=report, headers=headers, copy=copy)


def complaint(message_id: str) -> str:
    headers = f"Message-ID: {message_id}\n\nbody"
    return NOTICE.format(kind="feedback-report", report=COMPLAINT, headers=headers, copy="message/rfc822")


@pytest.fixture
def sent(runner: Runner, post: Post) -> str:
    """The Message-ID under which today's reminder left."""
    runner.plan()
    runner.send()
    return str(post.mails[0]["Message-ID"])


def pipe(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    call_command("take_returned_mail")


def refused(runner: Runner) -> str:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        return Patient.objects.get().email_refused


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_stops_the_address(
    runner: Runner, sent: str, monkeypatch: pytest.MonkeyPatch, copy: str
) -> None:
    make_clinic("Elsewhere")
    for _ in range(2):
        pipe(bounce(sent, copy=copy), monkeypatch)
    job = runner.reminder()
    assert (job.state, job.sending_at) == ("failed", None)
    assert "came back (5.1.1)" in job.error
    assert refused(runner) == job.error
    assert runner.plan(EVENING.replace(day=24)) == 0


def test_an_address_corrected_meanwhile_is_not_blamed_for_the_old_one(
    runner: Runner, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.set(Patient, email="ana@elsewhere.test")
    pipe(bounce(sent), monkeypatch)
    assert (runner.reminder().state, refused(runner)) == ("failed", "")


def test_a_full_mailbox_is_told_and_does_not_stop_the_address(
    runner: Runner, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(bounce(sent, status="5.2.2"), monkeypatch)
    assert (runner.reminder().state, refused(runner)) == ("failed", "")


def test_a_complaint_stops_the_address_and_the_mail_stays_sent(
    runner: Runner, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(complaint(sent), monkeypatch)
    assert runner.reminder().state == Reminder.State.DONE
    assert "reported our mail as unwanted" in refused(runner)


def test_what_is_no_notice_about_a_reminder_changes_nothing(
    runner: Runner, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = sent.split("-", 1)[1]
    for text in (
        bounce(sent, action="delayed", status="4.4.1"),
        bounce("<somebody-elses@mx.example>"),
        bounce("<reminder-00000000-0000-4000-8000-000000000000@localhost>"),
        f"From: ana@runner.test\nSubject: Re: Still open today\nIn-Reply-To: {sent}\n\nThank you {known}",
        "",
    ):
        pipe(text, monkeypatch)
    assert (runner.reminder().state, refused(runner)) == ("done", "")


def test_a_persons_answer_is_no_notice() -> None:
    answer = "Message-ID: <reminder-00000000-0000-4000-8000-000000000000@localhost>\nStatus: 5.1.1\n\nhello"
    assert read_returned(message_from_string(answer)) is None
