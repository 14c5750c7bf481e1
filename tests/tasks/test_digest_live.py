"""The week's letter by a real worker and a real mail server: killed in the middle, or rung for often. Never lost, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from clinic.models import Clinic, Membership
from clinic.tenancy import clinic_scope
from programs.digest.actions import plan_digests
from programs.digest.tasks import plan, send, sweep
from programs.digest.week import monday_of
from programs.jobs import ring
from programs.models import Digest
from tests.support.factories import World
from tests.tasks.conftest import Start
from tests.tasks.orders import wait_until
from tests.tasks.test_reminders_live import Post, post

pytestmark = [pytest.mark.live, pytest.mark.slow]
__all__ = ["post"]


def wanted(world: World) -> Digest:
    """This week's letter of the clinician, whatever the day is on which the tests run."""
    week = monday_of(datetime.now(UTC).date())
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        Clinic.objects.update(time_zone="UTC")
        Membership.objects.filter(user=world.clinician).update(weekly_digest=True)
        (digest_id,) = plan_digests(clinic=Clinic.objects.get(), week=week)
        ring(send, world.clinic.pk, digest_id)
        return Digest.objects.get(pk=digest_id)


def look(digest: Digest) -> Digest:
    with clinic_scope(digest.clinic_id, actor="system:tests"):
        return Digest.objects.get(pk=digest.pk)


def wait_state(digest: Digest, state: str) -> Digest:
    wait_until(lambda: look(digest).state == state, f"the letter is {state}", seconds=30)
    return look(digest)


def wait_lease_over(digest: Digest) -> None:
    until = look(digest).claimed_until
    assert until
    wait_until(lambda: timezone.now() > until, "the lease has run out", seconds=30)


def test_a_worker_killed_with_the_letter_on_its_way_never_sends_it_twice(
    committed: World, post: Post, start_worker: Start
) -> None:
    post.stalls_at = "DATA"
    first = start_worker()
    digest = wanted(committed)
    wait_until(lambda: len(post.mails) == 1, "the mail server has the letter in its hands", seconds=30)
    first.kill()
    assert look(digest).sending_at is not None
    post.stalls_at = ""
    start_worker()
    wait_lease_over(digest)
    sweep.apply_async()
    assert "It may have arrived; it is not sent twice." in wait_state(digest, "failed").error
    assert len(post.mails) == 1


def test_a_worker_killed_before_it_left_loses_nothing(committed: World, post: Post, start_worker: Start) -> None:
    post.stalls_at = "EHLO"
    first = start_worker()
    digest = wanted(committed)
    wait_until(lambda: post.greeted == 1, "the worker greets the mail server", seconds=30)
    first.kill()
    assert look(digest).sending_at is None
    post.stalls_at = ""
    start_worker()
    wait_lease_over(digest)
    sweep.apply_async()
    assert wait_state(digest, "done").attempts == 2
    assert len(post.mails) == 1


def test_an_emptied_broker_loses_none_and_two_beats_send_one(
    committed: World, post: Post, start_worker: Start, flush: object
) -> None:
    assert callable(flush)
    digest = wanted(committed)
    flush()
    start_worker()
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        Digest.objects.filter(pk=digest.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    sweep.apply_async()
    wait_state(digest, "done")
    for _ in range(3):
        plan.apply_async()
        send.apply_async((str(committed.clinic.pk), str(digest.pk)))
        sweep.apply_async()
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        assert plan_digests(clinic=Clinic.objects.get(), week=digest.week) == []
        assert Digest.objects.count() == 1
    assert len(post.mails) == 1
