"""The question of the next morning: for those who want it, with something to compare, and only while it is morning."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.models import Clinic, Patient
from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, MorningCheck, Reminder, RunLog
from programs.reminders import tasks
from programs.reminders.schedule import Action, Decision, Why, hours_due, is_quiet, morning_due, reminder_due
from tests.reminders.conftest import DAY, Post, Runner

MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def morning(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Half past eight on Tuesday; the runner did an exercise on Monday and wants to be asked."""
    runner.report(0)
    runner.set(Patient, morning_reminders=True)
    monkeypatch.setattr(tasks.timezone, "now", lambda: MORNING)
    return runner


def add(runner: Runner, model: Any, **fields: Any) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        model.objects.create(clinic=runner.world.clinic, program=runner.version.program, **fields)


def drop_reports(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        ExerciseLog.objects.all().delete()


def test_the_morning_question_goes_out_by_mail_in_plain_words(morning: Runner, post: Post) -> None:
    assert morning.plan(MORNING) == 1
    job = morning.send()
    assert (job.state, job.kind, job.local_day) == ("done", Reminder.Kind.MORNING, NEXT)
    (mail,) = post.mails
    assert mail["Subject"] == "How is it this morning?"
    assert "Better, same or worse than yesterday?" in mail.as_string()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_it_is_asked_once_a_morning(morning: Runner) -> None:
    assert [morning.plan(MORNING), morning.plan(MORNING)] == [1, 0]


def test_a_run_is_enough_to_compare_with(morning: Runner) -> None:
    drop_reports(morning)
    assert morning.plan(MORNING) == 0
    add(morning, RunLog, day=DAY, minutes=20, told_at=MORNING, is_removed=True)
    assert morning.plan(MORNING) == 0
    add(morning, RunLog, day=DAY, number=2, minutes=20, told_at=MORNING)
    assert morning.plan(MORNING) == 1


def test_a_skipped_session_is_nothing_to_compare_with(morning: Runner) -> None:
    morning.set(ExerciseLog, status="skipped")
    assert morning.plan(MORNING) == 0


@pytest.mark.parametrize("fields", [{"morning_reminders": False}, {"reminders": False}, {"email": ""}])
def test_only_who_wants_it_and_can_be_reached_is_asked(morning: Runner, fields: dict[str, Any]) -> None:
    morning.set(Patient, **fields)
    assert morning.plan(MORNING) == 0


def test_an_answered_morning_is_not_asked_about(morning: Runner) -> None:
    add(morning, MorningCheck, day=NEXT, change="same", pain=1)
    assert morning.plan(MORNING) == 0


def test_an_answer_between_planning_and_sending_stops_it(morning: Runner, post: Post) -> None:
    morning.plan(MORNING)
    add(morning, MorningCheck, day=NEXT, change="same", pain=1)
    assert (morning.send().state, post.mails) == ("cancelled", [])


@pytest.mark.parametrize("hour", [0, 6, 7, 11, 12, 17, 22])
def test_it_is_asked_in_the_morning_and_outside_quiet_hours_only(morning: Runner, hour: int) -> None:
    morning.set(Patient, reminder_hour=23)  # no evening between
    assert morning.plan(MORNING.replace(hour=hour)) == 0


def test_it_counts_into_the_week(morning: Runner, post: Post) -> None:
    morning.set(Clinic, reminders_per_week=1)
    morning.plan(MORNING)
    assert morning.send().state == "done"
    assert morning.plan(MORNING.replace(hour=18)) == 0


def test_the_evening_of_the_same_day_is_a_reminder_of_its_own(morning: Runner, post: Post) -> None:
    morning.plan(MORNING)
    morning.send()
    assert morning.plan(MORNING.replace(hour=18)) == 1


def test_a_worker_that_comes_too_late_says_that_the_morning_was_over(
    morning: Runner, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning.plan(MORNING)
    monkeypatch.setattr(tasks.timezone, "now", lambda: MORNING.replace(hour=12))
    job = morning.send()
    assert (job.state, job.error) == ("cancelled", "The morning was over before it could leave.")


def test_a_clock_an_hour_ahead_writes_it_down_and_the_worker_waits_for_the_morning(
    morning: Runner, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = MORNING.replace(hour=7, minute=30)  # quiet hours end at eight
    assert morning.plan(true + timedelta(hours=1)) == 1
    monkeypatch.setattr(tasks.timezone, "now", lambda: true)
    assert (morning.send().state, post.mails) == ("queued", [])
    monkeypatch.setattr(tasks.timezone, "now", lambda: MORNING)
    morning.set(Reminder, not_before=None)
    assert (morning.send().state, len(post.mails)) == ("done", 1)


def test_a_clock_that_jumps_back_asks_no_second_time(morning: Runner, post: Post) -> None:
    assert morning.plan(MORNING.replace(hour=10)) == 1
    morning.send()
    assert [morning.plan(MORNING.replace(hour=hour)) for hour in (8, 9, 10)] == [0, 0, 0]
    assert len(post.mails) == 1


USUAL: dict[str, Any] = {
    "time_zone": "Europe/London",
    "is_chosen": True,
    "was_active_yesterday": True,
    "is_answered": False,
    "quiet_from": time(21),
    "quiet_until": time(8),
    "opted_out": False,
    "already_sent_today": False,
    "sent_last_7_days": 0,
    "max_per_week": 4,
    "consecutive_ignored": 0,
    "pause_after": 4,
}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"opted_out": True}, Why.OPTED_OUT),
        ({"is_chosen": False}, Why.NOT_CHOSEN),
        ({"address_refused": True}, Why.ADDRESS_REFUSED),
        ({"program_over": True}, Why.PROGRAM_OVER),
        ({"day_over": True}, Why.DAY_OVER),
        ({"is_answered": True}, Why.ANSWERED),
        ({"was_active_yesterday": False}, Why.NOTHING_TO_COMPARE),
        ({"already_sent_today": True}, Why.ALREADY_SENT_TODAY),
        ({"consecutive_ignored": 4}, Why.PAUSED),
        ({"sent_last_7_days": 4}, Why.WEEKLY_LIMIT),
    ],
)
def test_what_stops_a_morning_question_is_named(changes: dict[str, Any], why: Why) -> None:
    assert morning_due(now_utc=MORNING, **(USUAL | changes)) == Decision(Action.STOP, why)


def test_staff_may_have_it_sent_again_after_the_morning() -> None:
    noon = MORNING.replace(hour=14)
    assert morning_due(now_utc=noon, **USUAL).reason is Why.MORNING_OVER
    assert morning_due(now_utc=noon, **USUAL, is_asked=True).is_send
    assert not morning_due(now_utc=noon.replace(hour=22), **USUAL, is_asked=True).is_send


HOURS = st.integers(0, 23).map(time)


@given(now=st.datetimes(timezones=st.just(UTC)), quiet_from=HOURS, quiet_until=HOURS)
def test_a_morning_question_never_goes_out_in_quiet_hours(now: datetime, quiet_from: time, quiet_until: time) -> None:
    told = morning_due(
        now_utc=now, **(USUAL | {"time_zone": "UTC", "quiet_from": quiet_from, "quiet_until": quiet_until})
    )
    assert not (told.is_send and is_quiet(now.time(), quiet_from, quiet_until))


@given(now=st.datetimes(timezones=st.just(UTC)), quiet_from=HOURS, quiet_until=HOURS, hour=st.integers(0, 23))
def test_who_is_looked_at_is_who_could_be_due(now: datetime, quiet_from: time, quiet_until: time, hour: int) -> None:
    when: dict[str, Any] = {"now_utc": now, "time_zone": "UTC", "quiet_from": quiet_from, "quiet_until": quiet_until}
    told = reminder_due(
        **when,
        open_sessions_today=1,
        preferred_hour=time(hour),
        opted_out=False,
        already_sent_today=False,
        sent_last_7_days=0,
        max_per_week=4,
        consecutive_ignored=0,
        pause_after=4,
    )
    assert told.is_send == (hour in hours_due(**when))
