"""A mail server that can stand still, and reminders looked at from outside, as another process would."""

import asyncio
import time
from collections.abc import Iterator
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
from programs.reminders.tasks import send
from tests.support.factories import World, make_episode, make_patient
from tests.support.programs import make_issued
from tests.tasks.orders import wait_until

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


def due(world: World) -> None:
    """It is midday for this runner, who may be reminded at any hour."""
    hours = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # these names count westwards
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        Clinic.objects.update(quiet_from=clock(0), quiet_until=clock(0))
        patient = make_patient(world.clinic, time_zone=zone, reminder_hour=0)
        make_issued(world, starts_on=timezone.localdate() - timedelta(days=2), episode=make_episode(world, patient))
        assert Patient.objects.count() == 1


def planned(world: World, *, is_due: bool = False) -> Reminder:
    """The reminder of such a runner is written down and rung for; `is_due`: the runner is there already."""
    if not is_due:
        due(world)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
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
