"""Mails with a link and reminders on the phone by a real worker that is killed in the middle. Never lost, never twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.models import LinkMail, PatientLink, Program, PushSubscription, Reminder
from programs.push.phones import subscribe
from programs.reminders.link_mail import send_link
from programs.reminders.link_tasks import sweep_link_mails
from programs.reminders.tasks import sweep
from tests.reminders.phones import KEY, Phone, PushService, push_service
from tests.support.factories import World
from tests.tasks.conftest import Start
from tests.tasks.orders import wait_until
from tests.tasks.post import Post, due, look, planned, post, wait_lease_over, wait_state

pytestmark = [pytest.mark.live, pytest.mark.slow]
__all__ = ["post"]


def mailed(world: World, delay: timedelta = timedelta(0)) -> LinkMail:
    due(world)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        program = Program.objects.get()
        return send_link(program=program, kind=LinkMail.Kind.PROGRAM, by=world.clinician, delay=delay)


def seen(mail: LinkMail) -> LinkMail:
    with clinic_scope(mail.clinic_id, actor="system:tests"):
        return LinkMail.objects.get(pk=mail.pk)


def is_over(mail: LinkMail) -> bool:
    until = seen(mail).claimed_until
    return until is not None and timezone.now() > until


def test_a_worker_killed_with_the_link_on_its_way_never_sends_it_twice(
    committed: World, post: Post, start_worker: Start
) -> None:
    post.stalls_at = "DATA"
    first = start_worker()
    mail = mailed(committed)
    wait_until(lambda: len(post.mails) == 1, "the mail server has the mail in its hands", seconds=60)
    first.kill()
    post.stalls_at = ""
    start_worker()
    wait_until(lambda: is_over(mail), "the lease has run out", seconds=60)
    sweep_link_mails.apply_async()
    wait_until(lambda: seen(mail).state == "failed", "it is told as uncertain", seconds=60)
    assert "It may have arrived; it is not sent twice." in seen(mail).error
    assert len(post.mails) == 1


def test_a_worker_killed_before_the_link_left_loses_nothing(committed: World, post: Post, start_worker: Start) -> None:
    post.stalls_at = "EHLO"
    first = start_worker()
    mail = mailed(committed)
    wait_until(lambda: post.greeted == 1, "the worker greets the mail server", seconds=60)
    first.kill()
    post.stalls_at = ""
    start_worker()
    wait_until(lambda: is_over(mail), "the lease has run out", seconds=60)
    sweep_link_mails.apply_async()
    wait_until(lambda: seen(mail).state == "done", "it is sent", seconds=60)
    assert (seen(mail).attempts, len(post.mails)) == (2, 1)


def test_a_link_leaves_by_the_sweep_alone_once_it_can_no_longer_be_taken_back(
    committed: World, post: Post, start_worker: Start, flush: Callable[[], None]
) -> None:
    mail = mailed(committed, delay=timedelta(seconds=4))
    flush()
    start_worker()
    sweep_link_mails.apply_async()
    wait_until(lambda: timezone.now() > (seen(mail).not_before or timezone.now()), "the time has come", seconds=60)
    for _beat in range(3):
        sweep_link_mails.apply_async()
    wait_until(lambda: seen(mail).state == "done", "it is sent", seconds=60)
    assert len(post.mails) == 1


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, settings: object) -> Iterator[PushService]:
    """Workers that start after this call it; this process plans for it."""
    with push_service() as running:
        monkeypatch.setenv("VAPID_PRIVATE_KEY", KEY)
        monkeypatch.setenv("PUSH_HOSTS", running.origin)
        settings.VAPID_PRIVATE_KEY, settings.PUSH_HOSTS = KEY, [running.origin]  # type: ignore[attr-defined]
        yield running


def on_the_phone(world: World, service: PushService) -> Reminder:
    """As `planned`, for a runner whose phone takes it."""
    due(world)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        subscribe(link=PatientLink.objects.get(), **Phone(service.origin).form)
        assert PushSubscription.objects.count() == 1
    return planned(world, is_due=True)


def test_a_worker_killed_with_the_push_on_its_way_neither_pushes_again_nor_mails(
    committed: World, post: Post, service: PushService, start_worker: Start
) -> None:
    service.goes_on.clear()
    first = start_worker()
    reminder = on_the_phone(committed, service)
    wait_until(lambda: len(service.received) == 1, "the push service has it in its hands", seconds=60)
    first.kill()
    service.goes_on.set()
    assert look(reminder).sending_at is not None
    start_worker()
    wait_lease_over(reminder)
    sweep.apply_async()
    assert "It may have arrived; it is not sent twice." in wait_state(reminder, "failed").error
    assert (len(service.received), post.mails) == (1, [])


def test_an_emptied_broker_loses_no_push_and_many_rings_push_once(
    committed: World, post: Post, service: PushService, start_worker: Start, flush: Callable[[], None]
) -> None:
    reminder = on_the_phone(committed, service)
    flush()
    start_worker()
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        Reminder.objects.filter(pk=reminder.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    for _beat in range(3):
        sweep.apply_async()
    assert wait_state(reminder, "done").channel == "push"
    assert (len(service.received), post.mails) == (1, [])
