"""The recipe itself: one claim at a time, endings only by whoever holds it, and sweeps that forget nothing."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from programs import jobs
from programs.actions import issue_program, propose_program
from programs.models import Handout
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed
from tests.support.queries import at_most

LEASE = timedelta(minutes=2)


@pytest.fixture
def handout(clinic: World) -> Handout:
    program = propose_program(by=clinic.clinician, assessment=make_signed(clinic, make_episode(clinic)))
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    return Handout.objects.get()


def become(handout: Handout, **fields: object) -> None:
    Handout.objects.filter(pk=handout.pk).update(**fields)
    handout.refresh_from_db()


def long_ago(handout: Handout) -> None:
    become(handout, created_at=timezone.now() - timedelta(minutes=1))


def lose_the_lease(handout: Handout) -> None:
    become(handout, claimed_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_claimed_once_in_two_queries(handout: Handout) -> None:
    with at_most(2):
        job = jobs.claim(Handout, handout.pk, lease=LEASE)
    assert job
    assert (job.state, job.attempts) == ("working", 1)
    assert jobs.claim(Handout, handout.pk, lease=LEASE) is None


def test_a_lease_that_ran_out_is_anybodys_again(handout: Handout) -> None:
    first = jobs.claim(Handout, handout.pk, lease=LEASE)
    lose_the_lease(handout)
    second = jobs.claim(Handout, handout.pk, lease=LEASE)
    assert first
    assert second
    assert second.attempts == 2
    assert not jobs.finish(first, pdf=b"late")
    assert jobs.finish(second, pdf=b"right")
    handout.refresh_from_db()
    assert (handout.state, bytes(handout.pdf or b"")) == ("done", b"right")


@pytest.mark.parametrize("state", ["done", "failed", "cancelled"])
def test_what_is_over_is_not_taken_up_again(handout: Handout, state: str) -> None:
    become(handout, state=state)
    assert jobs.claim(Handout, handout.pk, lease=LEASE) is None
    long_ago(handout)
    assert jobs.open_jobs(Handout) == []


def test_a_row_that_is_gone_is_nobodys_job(handout: Handout) -> None:
    pk = handout.pk
    handout.delete()
    assert jobs.claim(Handout, pk, lease=LEASE) is None


def test_outside_trouble_is_tried_again_later_and_later_and_then_fails(handout: Handout) -> None:
    waited = []
    for _attempt in range(jobs.MAX_ATTEMPTS):
        job = jobs.claim(Handout, handout.pk, lease=LEASE)
        assert job
        assert jobs.retry_later(job, "The disk is full.")
        handout.refresh_from_db()
        if handout.not_before:
            assert jobs.claim(Handout, handout.pk, lease=LEASE) is None
            waited.append(round((handout.not_before - timezone.now()).total_seconds(), -1))
            become(handout, not_before=Now())
    assert waited == [10, 20, 40, 80]
    assert (handout.state, handout.error) == ("failed", "The disk is full.")


def test_a_sweep_leaves_the_young_alone_and_finds_the_forgotten(handout: Handout) -> None:
    assert jobs.open_jobs(Handout) == []
    long_ago(handout)
    assert jobs.open_jobs(Handout) == [handout.pk]
    job = jobs.claim(Handout, handout.pk, lease=LEASE)
    assert jobs.open_jobs(Handout) == []
    lose_the_lease(handout)
    assert jobs.open_jobs(Handout) == [handout.pk]
    assert job


def test_a_job_that_kills_every_worker_fails_in_words_in_the_end(handout: Handout) -> None:
    for _attempt in range(jobs.MAX_ATTEMPTS):
        assert jobs.claim(Handout, handout.pk, lease=LEASE)
        lose_the_lease(handout)
    assert jobs.claim(Handout, handout.pk, lease=LEASE) is None
    assert jobs.open_jobs(Handout) == []
    handout.refresh_from_db()
    assert handout.state == "failed"
    assert "started several times" in handout.error


def test_a_job_started_over_takes_the_claim_from_whoever_works(handout: Handout) -> None:
    job = jobs.claim(Handout, handout.pk, lease=LEASE)
    assert job
    assert not jobs.start_over(job, only_if=["failed"])
    assert jobs.start_over(job, only_if=["working"], pdf=None)
    assert not jobs.finish(job, pdf=b"old")
    assert Handout.objects.filter(pk=handout.pk, state="queued", attempts=0, not_before__lte=F("not_before")).exists()
    assert jobs.claim(Handout, handout.pk, lease=LEASE)
