"""A reminder goes out by SMTP when something is still open in the runner's evening: once, and never unwanted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.models import AuditEntry, Patient
from clinic.tenancy import clinic_scope
from programs.caseload.standing import refresh
from programs.models import ExerciseLog, MorningCheck, PatientLink, Program, Reminder, Standing
from programs.portal.links import token_of, unsubscribe_token_of
from programs.progression.dose import Dose
from programs.reminders import tasks
from tests.reminders.conftest import DAY, EVENING, Post, Runner
from tests.support.factories import make_clinic
from tests.support.programs import content_line, make_version


def test_an_open_session_in_the_evening_brings_one_mail_by_smtp(runner: Runner, post: Post) -> None:
    assert runner.plan() == 1
    assert runner.send().state == "done"
    (mail,) = post.mails
    assert mail["To"] == "ana@runner.test"
    body = mail.get_payload()[0].get_payload(decode=True).decode()
    assert "3 exercises of your program are still open today" in body
    assert token_of(runner.link) in body


def test_the_mail_carries_no_name_and_no_finding(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.send()
    raw = post.mails[0].as_string().replace("ana@runner.test", "").lower()
    for word in ("ana", "ferreira", "hamstring", "tendin", "bridge", "right", "pht"):
        assert f" {word}" not in raw, word
    assert post.mails[0]["Subject"] == "Still open today"


def test_the_mail_can_be_unsubscribed_in_one_click_by_the_standard(runner: Runner, post: Post, client: Client) -> None:
    runner.plan()
    runner.send()
    mail = post.mails[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = f"/unsubscribe/{unsubscribe_token_of(runner.link)}/"
    assert path in mail["List-Unsubscribe"]
    assert client.get(path).status_code == 200
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        assert Patient.objects.get().reminders, "a link scanner's GET must not unsubscribe"
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        assert not Patient.objects.get().reminders
        entry = AuditEntry.objects.filter(table_name="clinic_patient", operation="update").get()
        assert entry.actor == f"patient:{runner.link.pk}"


def test_reminders_can_be_taken_up_again(runner: Runner, client: Client) -> None:
    path = f"/unsubscribe/{unsubscribe_token_of(runner.link)}/"
    client.post(path)
    assert "Reminders are on again" in client.post(path, {"resume": "1"}).text


def test_planning_and_sending_twice_sends_once(runner: Runner, post: Post) -> None:
    assert runner.plan() == 1
    assert runner.plan() == 0
    runner.send()
    runner.send()
    assert len(post.mails) == 1


def test_nothing_is_planned_when_everything_is_answered(runner: Runner) -> None:
    for place, occasion in ((0, 1), (1, 1), (1, 2)):
        runner.report(place, occasion)
    assert runner.plan() == 0


def test_an_answer_between_planning_and_sending_stops_the_mail(runner: Runner, post: Post) -> None:
    runner.plan()
    for place, occasion in ((0, 1), (1, 1), (1, 2)):
        runner.report(place, occasion)
    assert runner.send().state == "cancelled"
    assert post.mails == []


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Patient, {"reminders": False}),
        (Patient, {"email": ""}),
        (Patient, {"archived_at": EVENING}),
        (Program, {"state": "ended"}),
        (Program, {"state": "draft"}),
        (Standing, {"review_on": DAY}),
        (Standing, {"starts_on": DAY + timedelta(days=1)}),
        (Standing, {"reminders_ignored": 4}),
    ],
)
def test_nobody_is_reminded_against_their_will_or_without_a_running_plan(
    runner: Runner, model: Any, fields: dict[str, Any]
) -> None:
    runner.set(model, **fields)
    assert runner.plan() == 0


def test_opting_out_between_planning_and_sending_stops_the_mail(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.set(Patient, reminders=False)
    assert runner.send().state == "cancelled"
    assert post.mails == []


@pytest.mark.parametrize("hour", [0, 5, 7, 12, 17, 21, 23])
def test_no_mail_outside_the_evening_or_in_quiet_hours(runner: Runner, hour: int) -> None:
    assert runner.plan(EVENING.replace(hour=hour, minute=15)) == 0


def test_quiet_hours_that_begin_before_the_worker_gets_to_it_stop_the_mail(
    runner: Runner, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.plan()
    monkeypatch.setattr(tasks.timezone, "now", lambda: EVENING.replace(hour=21, minute=5))
    job = runner.send()
    assert (job.state, job.error, post.mails) == ("queued", "Quiet hours had begun.", [])
    runner.set(Reminder, not_before=None)
    monkeypatch.setattr(tasks.timezone, "now", lambda: EVENING + timedelta(days=1))
    assert (runner.send().error, post.mails) == ("The day was over before it could leave.", [])


def test_a_worker_that_comes_back_the_next_day_does_not_send_yesterdays_mail(
    runner: Runner, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.plan()
    monkeypatch.setattr(tasks.timezone, "now", lambda: EVENING + timedelta(days=1))
    assert runner.send().state == "cancelled"
    assert post.mails == []


def test_the_evening_is_the_runners_own(runner: Runner) -> None:
    runner.set(Patient, time_zone="America/New_York")
    assert runner.plan(EVENING) == 0  # half past one in the afternoon there
    assert runner.plan(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == 1


def test_at_most_so_many_a_week(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        for back in range(1, 5):
            Reminder.objects.create(
                clinic=runner.world.clinic,
                program=runner.version.program,
                local_day=DAY - timedelta(days=back),
                state=Reminder.State.DONE,
            )
    assert runner.plan() == 0


def test_a_server_that_asks_to_wait_is_asked_again_later(runner: Runner, post: Post) -> None:
    runner.plan()
    post.answer = "451 try later"
    job = runner.send()
    assert (job.state, job.sending_at, post.mails) == ("queued", None, [])
    assert job.not_before is not None
    runner.set(Reminder, not_before=None)
    post.answer = "250 OK"
    assert runner.send().state == "done"
    assert len(post.mails) == 1


def test_a_refused_mail_fails_with_a_reason_staff_can_read(runner: Runner, post: Post) -> None:
    runner.plan()
    post.answer = "550 we do not like the look of this"
    job = runner.send()
    assert (job.state, job.smtp_code, job.sending_at) == ("failed", 550, None)
    assert "refuses the mail, not the address" in job.error
    assert "ana@" not in job.error


def test_no_mail_server_at_all_is_tried_again(runner: Runner, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    runner.plan()
    job = runner.send()
    assert (job.state, job.sending_at) == ("queued", None)


def test_a_worker_that_died_while_sending_never_sends_again(runner: Runner, post: Post) -> None:
    """The mail may have arrived: saying so honestly beats sending twice."""
    runner.plan()
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    runner.set(Reminder, state="working", sending_at=EVENING, claimed_until=long_ago, attempts=1)
    job = runner.send()
    assert (job.state, post.mails) == ("failed", [])
    assert "not sent twice" in job.error


def test_a_worker_that_died_before_sending_loses_nothing(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.set(Reminder, state="working", claimed_until=datetime(2026, 1, 1, tzinfo=UTC), attempts=1)
    assert runner.send().state == "done"
    assert len(post.mails) == 1


def test_another_clinics_id_and_a_deleted_row_do_nothing(runner: Runner, post: Post) -> None:
    runner.plan()
    reminder = runner.reminder()
    tasks.send(str(make_clinic("Elsewhere").clinic.pk), str(reminder.pk))
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        Reminder.objects.all().delete()
    tasks.send(str(runner.world.clinic.pk), str(reminder.pk))
    assert post.mails == []


def test_an_answer_under_an_older_version_does_not_close_what_the_new_one_plans(runner: Runner) -> None:
    """Only answers to what is planned today count: three ticks of an exercise that is gone leave today's open."""
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        make_version(
            runner.world, runner.version.program, starts_on=DAY, number=2, lines=[content_line("Diver", Dose(reps=5))]
        )
    for place, occasion in ((0, 1), (1, 1), (1, 2)):
        runner.report(place, occasion)
    assert runner.plan() == 1


def test_a_version_that_starts_later_does_not_stop_todays_reminder(runner: Runner, post: Post) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        make_version(runner.world, runner.version.program, starts_on=DAY + timedelta(days=2), number=2)
    assert runner.plan() == 1
    assert runner.send().state == "done"
    assert "3 exercises" in post.mails[0].get_payload()[0].get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_why_it_was_not_sent_is_kept_in_words(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.set(Patient, reminders=False)
    assert runner.send().error == "The runner stopped reminders before it left."


def test_a_link_switched_off_before_the_mail_leaves_stops_it(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.set(PatientLink, revoked_at=EVENING)
    job = runner.send()
    assert (job.state, job.error, post.mails) == ("cancelled", "The runner's link was switched off.", [])


def ignored(runner: Runner) -> int:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        refresh(runner.version.program_id)
        return Standing.objects.get().reminders_ignored


def test_ignored_reminders_are_counted_until_the_runner_reports_again(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.send()
    assert ignored(runner) == 1
    runner.report(0)
    assert ignored(runner) == 0


def test_correcting_an_older_day_is_an_answer_to_the_reminder_too(runner: Runner, post: Post) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        line = runner.version.content["lines"][0]["line"]
        log = ExerciseLog.objects.create(
            clinic=runner.world.clinic, version=runner.version, day=DAY - timedelta(days=3), line=line, status="done"
        )
        ExerciseLog.objects.update(reported_at=EVENING - timedelta(days=3650))
    runner.plan()
    runner.send()
    assert ignored(runner) == 1
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        log.pain = 2
        log.save()
    assert ignored(runner) == 0


def test_a_morning_answer_is_an_answer_to_the_reminder_too(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.send()
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        MorningCheck.objects.create(clinic=runner.world.clinic, program=runner.version.program, day=DAY, change="same")
    assert ignored(runner) == 0
