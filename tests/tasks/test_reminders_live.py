"""Reminders by a real worker and a real mail server: killed in the middle, or with an emptied broker. Never lost, never twice."""

import time
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.utils import timezone

from clinic.models import Clinic
from clinic.tenancy import clinic_scope
from programs.models import Reminder
from programs.reminders.actions import plan_reminders
from programs.reminders.tasks import plan, send, sweep
from tests.support.factories import World
from tests.tasks.conftest import Start
from tests.tasks.orders import wait_until
from tests.tasks.post import Post, due, look, planned, post, wait_lease_over, wait_state

pytestmark = [pytest.mark.live, pytest.mark.slow]
__all__ = ["post"]


def test_a_worker_killed_with_the_mail_on_its_way_never_sends_it_twice(
    committed: World, post: Post, start_worker: Start
) -> None:
    post.stalls_at = "DATA"
    first = start_worker()
    reminder = planned(committed)
    wait_until(lambda: len(post.mails) == 1, "the mail server has the mail in its hands", seconds=30)
    first.kill()
    assert look(reminder).state == "working"
    assert look(reminder).sending_at is not None
    post.stalls_at = ""
    start_worker()
    wait_lease_over(reminder)
    sweep.apply_async()
    told = wait_state(reminder, "failed")
    assert "It may have arrived; it is not sent twice." in told.error
    assert len(post.mails) == 1


def test_a_worker_killed_before_the_mail_left_loses_nothing(committed: World, post: Post, start_worker: Start) -> None:
    post.stalls_at = "EHLO"
    first = start_worker()
    reminder = planned(committed)
    wait_until(lambda: post.greeted == 1, "the worker greets the mail server", seconds=30)
    first.kill()
    assert look(reminder).sending_at is None
    post.stalls_at = ""
    start_worker()
    wait_lease_over(reminder)
    sweep.apply_async()
    assert wait_state(reminder, "done").attempts == 2
    assert len(post.mails) == 1


def test_an_emptied_broker_loses_no_reminder_and_many_rings_send_one(
    committed: World, post: Post, start_worker: Start, flush: Callable[[], None]
) -> None:
    reminder = planned(committed)
    flush()
    start_worker()
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        Reminder.objects.filter(pk=reminder.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    sweep.apply_async()
    wait_state(reminder, "done")
    for _ in range(3):
        send.apply_async((str(committed.clinic.pk), str(reminder.pk)))
        sweep.apply_async()
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        assert plan_reminders(clinic=Clinic.objects.get(), now=timezone.now()) == []
    wait_until(lambda: len(post.mails) == 1, "one mail has arrived", seconds=30)
    time.sleep(1)
    assert len(post.mails) == 1


def test_two_beats_at_once_plan_and_send_one(committed: World, post: Post, start_worker: Start) -> None:
    due(committed)
    start_worker()
    start_worker()
    for _beat in range(6):
        plan.apply_async()
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        wait_until(lambda: Reminder.objects.filter(state="done").exists(), "it has left", seconds=60)
    sweep.apply_async()
    time.sleep(2)
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        assert [one.state for one in Reminder.objects.all()] == ["done"]
    names = [message_from_bytes(mail)["Message-ID"] for mail in post.mails]  # runners of other tests are due as well
    assert len(names) == len(set(names)) >= 1
