"""A real SMTP server on a free port, and a reminder world."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from clinic.models import Clinic
from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, PatientLink, ProgramVersion, Reminder
from programs.portal.links import unsubscribe_token_of
from programs.reminders import tasks
from programs.reminders.actions import plan_reminders
from tests.support.factories import World, make_clinic
from tests.support.programs import make_issued

DAY = date(2026, 11, 23)
EVENING = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


@dataclass
class Post:
    """What the mail server took, and how it is told to answer."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answer: str = "250 OK"
    answer_to_recipient: str = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content))
            self.raw.append(envelope.content)
        return self.answer


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    box = Post()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    box.port = controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # pytest-django puts mail into memory
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", box.port, 5
    yield box
    controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Runner:
    world: World
    version: ProgramVersion
    link: PatientLink

    def plan(self, now: datetime = EVENING) -> int:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            return len(plan_reminders(clinic=Clinic.objects.get(pk=self.world.clinic.pk), now=now))

    def reminder(self) -> Reminder:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            return Reminder.objects.get()

    def send(self) -> Reminder:
        tasks.send(str(self.world.clinic.pk), str(self.reminder().pk))
        return self.reminder()

    def set(self, model: Any, **fields: Any) -> None:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            model.objects.update(**fields)

    def unsubscribe_path(self) -> str:
        return f"/unsubscribe/{unsubscribe_token_of(self.link)}/"

    def report(self, place: int, occasion: int = 1) -> None:
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            line = self.version.content["lines"][place]["line"]
            ExerciseLog.objects.create(
                clinic=self.world.clinic, version=self.version, day=DAY, line=line, occasion=occasion, status="done"
            )


@pytest.fixture
def runner(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Runner]:
    """A runner in London whose plan has run since Friday; for the worker it is 18:30 on Monday."""
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        version, link = make_issued(world, starts_on=DAY - timedelta(days=3))
    monkeypatch.setattr(tasks.timezone, "now", lambda: EVENING)
    return Runner(world, version, link)
