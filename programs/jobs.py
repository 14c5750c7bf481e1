"""The recipe for background work: the row is the job and the truth, the broker only a doorbell.

An action writes the row inside its transaction and rings on commit (`ring`). A worker takes the row by one conditional
update with a lease (`claim`), works, and ends it by a conditional update on id and claim (`finish`, `fail`,
`retry_later`), so a second worker, a lost message or a kill at any line neither loses nor doubles the work. A sweep rings
again for whatever `open_jobs` answers. Every function here runs inside the clinic's scope; times are the database's.
"""

import logging
from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import DateTimeField as Moment
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from programs.models import Job

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
FIRST_BACKOFF = timedelta(seconds=10)  # doubles with every attempt
RING_AGAIN_AFTER = timedelta(seconds=10)  # a job that young is still on its way through the broker
MOST_AT_ONCE = 200  # jobs one sweep rings for a clinic; the next sweep takes the rest
ERROR_CHARACTERS = 300

J = TypeVar("J", bound=Job)


def _in(delay: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + Value(delay), output_field=Moment())


def _takeable() -> Q:
    """Waiting and due, or taken by a worker whose lease ran out."""
    due = Q(not_before=None) | Q(not_before__lte=Now())
    return (Q(state=Job.State.QUEUED) & due) | Q(state=Job.State.WORKING, claimed_until__lt=Now())


def claim(model: type[J], pk: UUID | str, *, lease: timedelta) -> J | None:
    """Take this job for as long as `lease`, or None: gone, done, not due, or another worker has it. Two queries.

    The lease must be longer than the task's hard time limit, so that a living worker never loses its claim.
    """
    token = uuid4()
    taken = model._default_manager.filter(_takeable(), pk=pk, attempts__lt=MAX_ATTEMPTS).update(
        state=Job.State.WORKING,
        claim=token,
        claimed_until=_in(lease),
        attempts=F("attempts") + 1,
        not_before=None,
        error="",
    )
    return model._default_manager.get(pk=pk) if taken else None


def _settle(job: Job, **fields: Any) -> bool:
    mine = type(job)._default_manager.filter(pk=job.pk, state=Job.State.WORKING, claim=job.claim)
    return bool(mine.update(claim=None, claimed_until=None, **fields))


def finish(job: Job, **fields: Any) -> bool:
    """Done, with its result. False when the job is no longer ours: then nothing was written. One query."""
    return _settle(job, state=Job.State.DONE, finished_at=Now(), error="", **fields)


def fail(job: Job, reason: str) -> bool:
    """Ended for good until somebody asks again; `reason` is a sentence staff can act on."""
    return _settle(job, state=Job.State.FAILED, finished_at=Now(), error=reason[:ERROR_CHARACTERS])


def cancel(job: Job, reason: str) -> bool:
    """No longer wanted, which is no fault: the row stays and says why."""
    return _settle(job, state=Job.State.CANCELLED, finished_at=Now(), error=reason[:ERROR_CHARACTERS])


def retry_later(job: Job, reason: str) -> bool:
    """Something outside failed (a mail server, a disk): wait, each time twice as long, then the sweep rings again.

    After MAX_ATTEMPTS the job fails with the reason.
    """
    if job.attempts >= MAX_ATTEMPTS:
        return fail(job, reason)
    delay = FIRST_BACKOFF * 2 ** (job.attempts - 1)
    return _settle(job, state=Job.State.QUEUED, not_before=_in(delay), error=reason[:ERROR_CHARACTERS])


def postpone(job: Job, reason: str, *, delay: timedelta) -> bool:
    """Not now, and nobody's fault: back into the queue without a lost try. One query."""
    return _settle(
        job,
        state=Job.State.QUEUED,
        attempts=F("attempts") - 1,
        not_before=_in(delay),
        error=reason[:ERROR_CHARACTERS],
    )


def start_over(job: Job, *, only_if: Collection[str], **cleared: Any) -> bool:
    """Back into the queue with all its attempts, from one of the states `only_if`; `cleared` empties the old result.

    A worker that still has the job loses its claim, so that it cannot finish with what was wanted before. One query.
    """
    jobs = type(job)._default_manager.filter(pk=job.pk, state__in=only_if)
    fresh: dict[str, Any] = {"state": Job.State.QUEUED, "attempts": 0, "error": "", "finished_at": None}
    return bool(jobs.update(claim=None, claimed_until=None, not_before=Now(), **fresh, **cleared))


def start_all_over(model: type[J], ids: Collection[UUID], *, only_if: Collection[str]) -> int:
    """`start_over` for many at once. One query."""
    jobs = model._default_manager.filter(pk__in=ids, state__in=only_if)
    return jobs.update(
        state=Job.State.QUEUED,
        attempts=0,
        error="",
        finished_at=None,
        claim=None,
        claimed_until=None,
        not_before=Now(),
    )


def open_jobs(model: type[J], *, most: int = MOST_AT_ONCE) -> list[UUID]:
    """Ids to ring again, oldest first: never picked up, due for another try, or left behind by a worker that died.

    A job that was tried MAX_ATTEMPTS times and never ended fails here, so that nothing is tried for ever. Two queries.
    """
    jobs = model._default_manager
    jobs.filter(_takeable(), attempts__gte=MAX_ATTEMPTS).update(
        state=Job.State.FAILED,
        claim=None,
        claimed_until=None,
        finished_at=Now(),
        error=_("The work was started several times and never ended. Try again; if it fails again, tell your support."),
    )
    on_its_way = Q(attempts=0, not_before=None, created_at__gt=_in(-RING_AGAIN_AFTER))
    waiting = jobs.filter(_takeable()).exclude(on_its_way).order_by("created_at")
    return list(waiting.values_list("pk", flat=True)[:most])


def ring(task: Any, clinic_id: UUID | str, job_id: UUID | str) -> None:
    """Tell a worker once the transaction is committed; ids only. A broker that is down does no harm: the sweep rings."""
    transaction.on_commit(partial(_send, task, str(clinic_id), str(job_id)))


def _send(task: Any, clinic_id: str, job_id: str) -> None:
    try:
        task.apply_async((clinic_id, job_id), retry_policy={"max_retries": 1, "interval_start": 0})
    except (KombuError, OSError) as error:
        log.warning("no broker took job %s (%s); the sweep will ring again", job_id, type(error).__name__)
