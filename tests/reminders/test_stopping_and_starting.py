"""Reminders stop by themselves when nobody answers or the address is refused, and start again when somebody does."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from clinic.actions import change_patient
from clinic.forms.patients import PatientForm, as_answers
from clinic.models import AuditEntry, Clinic, Membership, Patient
from clinic.tenancy import clinic_scope
from clinic.values import PROFILE_FIELDS, PatientDetails
from programs.caseload.standing import refresh
from programs.models import Program, Reminder
from programs.reminders import tasks
from tests.reminders.conftest import EVENING, Post, Runner
from tests.support.programs import make_issued

NO_SUCH_USER = "550 5.1.1 no such user"


def patient_of(runner: Runner) -> Patient:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        return Patient.objects.select_related("running").get()


def ignore(runner: Runner, number: int) -> None:
    """So many evenings went by without a word."""
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        for back in range(number):
            day = EVENING - timedelta(days=10 + back)
            Reminder.objects.create(
                clinic=runner.world.clinic,
                program=runner.version.program,
                local_day=day.date(),
                state=Reminder.State.DONE,
                finished_at=day,
            )
        refresh(runner.version.program_id)


def signed_in(runner: Runner) -> Client:
    client = Client()
    client.force_login(runner.world.clinician)
    return client


def start_again(runner: Runner) -> None:
    answer = signed_in(runner).post(f"/programs/{runner.version.program_id}/reminders/start/")
    assert answer.status_code == 302


def test_an_unknown_address_is_never_written_to_again(runner: Runner, post: Post) -> None:
    runner.plan()
    post.answer_to_recipient = NO_SUCH_USER
    job = runner.send()
    assert (job.state, job.smtp_code, job.sending_at) == ("failed", 550, None)
    assert "refuses this address" in job.error
    assert patient_of(runner).email_refused == job.error
    assert runner.plan(EVENING + timedelta(days=1)) == 0
    assert post.mails == []


@pytest.mark.parametrize(
    ("at", "answer", "is_refused"),
    [
        ("recipient", "550 no such user", True),
        ("recipient", "553 5.1.3 bad address", True),
        ("recipient", "550 5.2.1 mailbox disabled", True),
        ("recipient", "550 5.7.1 relaying denied", False),
        ("recipient", "552 5.2.2 mailbox full", False),
        ("recipient", "450 4.2.1 try later", False),
        ("data", NO_SUCH_USER, True),
        ("data", "554 5.7.1 this is spam", False),
        ("data", "550 refused", False),
    ],
)
def test_only_a_refusal_of_the_address_itself_marks_it(
    runner: Runner, post: Post, at: str, answer: str, is_refused: bool
) -> None:
    runner.plan()
    setattr(post, "answer" if at == "data" else "answer_to_recipient", answer)
    job = runner.send()
    assert bool(patient_of(runner).email_refused) is is_refused
    assert (job.smtp_code, job.sending_at) == (int(answer[:3]), None)


def test_a_corrected_address_is_written_to_again(runner: Runner, post: Post) -> None:
    runner.set(Patient, email_refused="The mail server refuses this address (code 550).")
    assert runner.plan() == 0
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        patient = patient_of(runner)
        answers = as_answers(patient) | {"email": "ana@elsewhere.test", "run_days": ""}
        names = set(PatientDetails.__dataclass_fields__)
        details = PatientDetails(**{name: value for name, value in answers.items() if name in names})
        by = Membership.objects.select_related("user", "clinic").get(user=runner.world.clinician)
        change_patient(by=by, patient=patient, details=details)
    assert patient_of(runner).email_refused == ""
    assert runner.plan() == 1
    assert runner.send().state == "done"
    assert post.mails[0]["To"] == "ana@elsewhere.test"


def test_an_address_refused_while_the_mail_waited_stops_it(runner: Runner, post: Post) -> None:
    runner.plan()
    runner.set(Patient, email_refused="The mail server refuses this address (code 550).")
    assert runner.send().error == "The mail server had refused this address."
    assert post.mails == []


def test_the_program_page_says_that_the_address_is_refused_and_tries_it_again_on_a_click(runner: Runner) -> None:
    runner.set(Patient, email_refused="The mail server refuses this address (code 550).")
    page = signed_in(runner).get(f"/programs/{runner.version.program_id}/issued/").text
    assert "mail to this address was refused" in page
    assert "Try this address again" in page
    start_again(runner)
    assert runner.plan() == 1
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        entry = AuditEntry.objects.filter(table_name="clinic_patient", after__has_key="email_refused").latest("at")
        assert entry.actor == f"user:{runner.world.clinician.pk}"


def test_after_four_unanswered_they_pause_until_staff_start_them_again(runner: Runner) -> None:
    ignore(runner, 4)
    assert runner.plan() == 0
    page = signed_in(runner).get(f"/programs/{runner.version.program_id}/issued/").text
    assert "Paused after 4 unanswered" in page
    assert "Start again" in page
    start_again(runner)
    assert runner.plan() == 1
    page = signed_in(runner).get(f"/programs/{runner.version.program_id}/issued/").text
    assert "Start again" not in page


def test_after_how_many_they_pause_is_the_clinics_choice(runner: Runner) -> None:
    ignore(runner, 3)
    assert runner.plan(EVENING) == 1
    runner.set(Clinic, pause_after_ignored=3)
    assert runner.plan(EVENING + timedelta(days=1)) == 0


def test_they_start_again_when_the_runner_reports(runner: Runner) -> None:
    ignore(runner, 4)
    runner.report(0)
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        refresh(runner.version.program_id)
    assert runner.plan() == 1


def test_they_start_again_when_the_runner_asks_for_them(runner: Runner, client: Client) -> None:
    ignore(runner, 4)
    runner.set(Patient, reminders=False)
    client.post(runner.unsubscribe_path(), {"resume": "1"})
    assert runner.plan() == 1


def test_what_the_runner_switched_off_stays_off(runner: Runner) -> None:
    runner.set(Patient, reminders=False)
    start_again(runner)
    assert runner.plan() == 0


def test_a_mail_that_may_have_arrived_counts_in_the_week(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        for back in range(1, 5):
            Reminder.objects.create(
                clinic=runner.world.clinic,
                program=runner.version.program,
                local_day=EVENING.date() - timedelta(days=back),
                state=Reminder.State.FAILED,
                sending_at=EVENING - timedelta(days=back),
            )
    assert runner.plan() == 0


def test_a_runner_with_two_injuries_is_asked_once_an_evening(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        episode = runner.version.program.episode
        episode.pk, episode._state.adding = uuid4(), True
        episode.save()
        make_issued(runner.world, starts_on=EVENING.date() - timedelta(days=2), episode=episode)
        assert Program.objects.count() == 2
    assert runner.plan() == 1
    assert runner.plan(EVENING + timedelta(minutes=5)) == 0
    assert runner.reminder().program_id == runner.version.program_id


def test_a_clock_an_hour_ahead_neither_loses_nor_doubles_the_evening(
    runner: Runner, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written down at 18:10 by a clock that was an hour ahead; set right again, it is 17:10 when the worker comes."""
    runner.plan(EVENING.replace(minute=10))
    clock = {"now": EVENING.replace(hour=17, minute=10)}
    monkeypatch.setattr(tasks.timezone, "now", lambda: clock["now"])
    job = runner.send()
    assert (job.state, job.attempts, job.error) == ("queued", 0, "It is not yet the hour the runner chose.")
    assert runner.plan(EVENING) == 0
    clock["now"] = EVENING
    runner.set(Reminder, not_before=None)
    assert runner.send().state == "done"
    assert len(post.mails) == 1


@pytest.mark.parametrize("night", ["2026-10-25", "2026-03-29"])
def test_the_evening_of_a_clock_change_keeps_the_runners_hour(runner: Runner, night: str) -> None:
    """London: the evening begins at 18:00 on the wall, which is another hour of the server's clock from that day on."""
    day = datetime.fromisoformat(f"{night}T00:00:00+00:00")
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        make_issued(runner.world, starts_on=day.date() - timedelta(days=3))
        Program.objects.filter(pk=runner.version.program_id).update(state="ended")
    hour = 17 if day.month == 3 else 18
    assert runner.plan(day.replace(hour=hour - 1, minute=59)) == 0
    assert runner.plan(day.replace(hour=hour)) == 1
    assert runner.plan(day.replace(hour=hour + 1)) == 0


def test_form_and_record_agree_about_the_address() -> None:
    """Nobody types why an address was refused."""
    assert "email_refused" not in PatientForm.base_fields
    assert "email_refused" not in {*PatientDetails.__dataclass_fields__, *PROFILE_FIELDS}


def test_states_are_kept_for_the_audit(runner: Runner, post: Post) -> None:
    runner.plan()
    post.answer_to_recipient = NO_SUCH_USER
    runner.send()
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        changes: list[Any] = list(
            AuditEntry.objects.filter(table_name="programs_reminder").order_by("at").values_list("after", flat=True)
        )
    assert [change["state"] for change in changes if "state" in change] == ["queued", "working", "failed"]
