"""What became of each mail, told to staff, and one click that sends a failed one again: never twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from clinic.models import AuditEntry, Clinic, Patient
from clinic.tenancy import clinic_scope
from programs.models import Program, Reminder
from programs.reminders import resending, tasks
from programs.reminders.presenters import ReminderTold, reminder_list
from tests.reminders.conftest import DAY, EVENING, Post, Runner

SMTP_REFUSED = "550 5.7.1 not from you"


@pytest.fixture(autouse=True)
def rings(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The doorbell, counted instead of rung: tests of one transaction never commit."""
    heard: list[Any] = []
    monkeypatch.setattr(resending, "ring", lambda _task, _clinic, reminder: heard.append(reminder))
    return heard


def told(runner: Runner) -> ReminderTold:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        program = Program.objects.select_related("episode__patient", "standing").get()
        return reminder_list(program, Clinic.objects.get()).reminders[0]


def newest(runner: Runner) -> Reminder:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        return Reminder.objects.order_by("-local_day")[0]


def click(runner: Runner, seen: ReminderTold, who: str = "clinician") -> HttpResponse:
    client = Client()
    client.force_login(getattr(runner.world, who))
    address = f"/programs/{runner.version.program_id}/reminders/{seen.id}/resend/"
    return client.post(address, {"seen": seen.seen})  # type: ignore[return-value]


def refused(runner: Runner, post: Post) -> ReminderTold:
    runner.plan()
    post.answer_to_recipient = SMTP_REFUSED
    runner.send()
    post.answer_to_recipient = ""
    return told(runner)


def test_each_state_has_its_words_and_its_reason(runner: Runner, post: Post) -> None:
    runner.plan()
    assert told(runner).words == "Waiting to be sent"
    runner.send()
    assert (told(runner).words, told(runner).reason, told(runner).may_resend) == ("Sent", "", False)


def test_refused_failed_and_uncertain_are_told_apart(runner: Runner, post: Post) -> None:
    seen = refused(runner, post)
    assert (seen.words, seen.may_resend) == ("Refused by the mail server", True)
    assert "code 550" in seen.reason
    runner.set(Reminder, smtp_code=451, error="The mail server asks to try later (code 451).")
    assert told(runner).words == "Failed"
    runner.set(Reminder, smtp_code=None, sending_at=EVENING)
    assert (told(runner).words, told(runner).is_uncertain) == ("Uncertain", True)


def test_one_click_sends_a_failed_one_again_and_the_second_click_does_nothing(
    runner: Runner, post: Post, rings: list[Any]
) -> None:
    seen = refused(runner, post)
    assert click(runner, seen).status_code == 302
    assert click(runner, seen).status_code == 302
    assert rings == [seen.id]
    assert runner.send().state == "done"
    click(runner, seen)
    runner.send()
    assert (len(post.mails), len(rings)) == (1, 1)
    assert told(runner).asked_by == runner.world.clinician.name


def test_a_click_after_it_failed_a_second_time_needs_the_page_of_that_time(
    runner: Runner, post: Post, rings: list[Any]
) -> None:
    first = refused(runner, post)
    click(runner, first)
    post.answer_to_recipient = SMTP_REFUSED
    runner.send()
    click(runner, first)
    assert len(rings) == 1
    click(runner, told(runner))
    assert len(rings) == 2


def test_yesterdays_failed_one_goes_out_as_todays_whatever_the_hour(
    runner: Runner, post: Post, rings: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clinician sees it in the morning: what is open today is asked, once."""
    seen = refused(runner, post)
    morning = (EVENING + timedelta(days=1)).replace(hour=9)
    monkeypatch.setattr(tasks.timezone, "now", lambda: morning)
    click(runner, seen)
    click(runner, seen)
    assert len(rings) == 1
    again = newest(runner)
    assert (again.local_day, again.asked_by_id) == (DAY + timedelta(days=1), runner.world.clinician.pk)
    tasks.send(str(runner.world.clinic.pk), str(again.pk))
    assert newest(runner).state == "done"
    assert len(post.mails) == 1
    assert runner.plan(EVENING + timedelta(days=1)) == 0


def test_quiet_hours_hold_it_back_until_they_end(runner: Runner, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = refused(runner, post)
    early = (EVENING + timedelta(days=1)).replace(hour=7)
    clock = {"now": early}
    monkeypatch.setattr(tasks.timezone, "now", lambda: clock["now"])
    click(runner, seen)
    again = newest(runner)
    tasks.send(str(runner.world.clinic.pk), str(again.pk))
    assert (newest(runner).state, post.mails) == ("queued", [])
    runner.set(Reminder, not_before=None)
    clock["now"] = early.replace(hour=8)
    tasks.send(str(runner.world.clinic.pk), str(again.pk))
    assert newest(runner).state == "done"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reminders": False}, "stopped reminders"),
        ({"email_refused": "No such mailbox."}, "had refused this address"),
    ],
)
def test_what_the_runner_or_the_server_stopped_stays_stopped(
    runner: Runner, post: Post, change: dict[str, Any], reason: str
) -> None:
    seen = refused(runner, post)
    runner.set(Patient, **change)
    click(runner, seen)
    job = runner.send()
    assert job.state == "cancelled"
    assert reason in job.error
    assert post.mails == []


def test_an_uncertain_one_is_sent_again_only_by_a_click_that_says_so(runner: Runner, post: Post) -> None:
    runner.plan()
    long_ago = datetime.fromisoformat("2026-01-01T00:00:00+00:00")
    runner.set(Reminder, state="working", sending_at=EVENING, claimed_until=long_ago, attempts=1)
    runner.send()
    client = Client()
    client.force_login(runner.world.clinician)
    page = client.get(f"/programs/{runner.version.program_id}/issued/").text
    assert "Send again, even if it arrived" in page
    click(runner, told(runner))
    assert runner.send().state == "done"
    assert len(post.mails) == 1


def test_a_reader_sees_the_reason_and_no_button(runner: Runner, post: Post) -> None:
    seen = refused(runner, post)
    client = Client()
    client.force_login(runner.world.reader)
    page = client.get(f"/programs/{runner.version.program_id}/issued/").text
    assert "Refused by the mail server" in page
    assert "Send again" not in page
    assert click(runner, seen, who="reader").status_code == 403


def test_the_audit_names_who_sent_it_again(runner: Runner, post: Post) -> None:
    click(runner, refused(runner, post))
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        entry = AuditEntry.objects.filter(table_name="programs_reminder").latest("at")
        assert entry.actor == f"user:{runner.world.clinician.pk}"
        assert (entry.before["state"], entry.after["state"]) == ("failed", "queued")
