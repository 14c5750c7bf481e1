"""Reminders by a real worker and a real mail server: killed in the middle, or with an emptied broker. Never lost, never twice."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from clinic.models import Clinic, Patient
from clinic.tenancy import clinic_scope
from config.embedded.machine import free_port
from programs.jobs import ring
from programs.models import Reminder
from programs.reminders.actions import plan_reminders
from programs.reminders.tasks import send, sweep
from tests.support.factories import World, make_episode, make_patient
from tests.support.programs import make_issued
from tests.tasks.conftest import Start
from tests.tasks.orders import wait_until

pytestmark = [pytest.mark.live, pytest.mark.slow]

STALL = 60  # seconds: much longer than a test takes to kill the worker


@dataclass
class Post:
    """A mail server that can stand still: before the mail is given to it, or with the mail in its hands."""

    port: int
    stalls_at: str = ""
    greeted: int = 0
    mails: list[bytes] = field(default_factory=list)

    async def handle_EHLO(
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greeted += 1
        session.host_name = hostname
        await self._stall("EHLO")
        return responses

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(envelope.content)
        await self._stall("DATA")
        return "250 OK"

    async def _stall(self, where: str) -> None:
        end = time.monotonic() + STALL
        while self.stalls_at == where and time.monotonic() < end:
            await asyncio.sleep(0.05)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """Workers that start after this send their mail here."""
    box = Post(free_port())
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    monkeypatch.setenv("EMAIL_URL", f"smtp://127.0.0.1:{box.port}")
    yield box
    box.stalls_at = ""
    controller.stop()


def planned(world: World) -> Reminder:
    """It is midday for this runner, who may be reminded at any hour: the reminder is written down and rung for."""
    hours = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # these names count westwards
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        Clinic.objects.update(quiet_from=clock(0), quiet_until=clock(0))
        patient = make_patient(world.clinic, time_zone=zone, reminder_hour=0)
        make_issued(world, starts_on=timezone.localdate() - timedelta(days=2), episode=make_episode(world, patient))
        assert Patient.objects.count() == 1
        clinic = Clinic.objects.get()
        (reminder_id,) = plan_reminders(clinic=clinic, now=timezone.now())
        ring(send, world.clinic.pk, reminder_id)
        return Reminder.objects.get(pk=reminder_id)


def look(reminder: Reminder) -> Reminder:
    with clinic_scope(reminder.clinic_id, actor="system:tests"):
        return Reminder.objects.get(pk=reminder.pk)


def wait_state(reminder: Reminder, state: str) -> Reminder:
    wait_until(lambda: look(reminder).state == state, f"the reminder is {state}", seconds=30)
    return look(reminder)


def wait_lease_over(reminder: Reminder) -> None:
    until = look(reminder).claimed_until
    assert until
    wait_until(lambda: timezone.now() > until, "the lease has run out", seconds=30)


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
