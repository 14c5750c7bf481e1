"""How a paper is made by the worker, whatever it is: ids in, one claimed row, a PDF out.

A `Press` says what a handout or a letter needs; `make` and `sweep` do the rest the same way for all. See programs.jobs
for why nothing is lost or doubled.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Generic, TypeVar

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.jobs import claim, fail, finish, open_jobs, retry_later, ring
from programs.models import Job

log = logging.getLogger(__name__)

SOFT_LIMIT_S, HARD_LIMIT_S, LEASE_S = 60, 90, 120
LIMITS: Final = {"soft_time_limit": SOFT_LIMIT_S, "time_limit": HARD_LIMIT_S}

J = TypeVar("J", bound=Job)
D = TypeVar("D")
Result = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Press(Generic[J, D]):
    """One kind of paper.

    `gather` reads what is printed, inside the clinic's scope; `printed` makes the row's result of it, outside any
    transaction. Both raise `refusal`, in words staff can act on, for what must not be printed. `lease_setting` names
    the setting by which tests shorten the lease.
    """

    model: type[J]
    actor: str
    refusal: type[Exception]
    gather: Callable[[J], D]
    printed: Callable[[D], Result]
    lease_setting: str
    took_too_long: Any
    no_room: Any
    our_fault: Any

    @property
    def lease(self) -> timedelta:
        """Longer than HARD_LIMIT_S, so that a worker that still lives keeps its claim."""
        return timedelta(seconds=getattr(settings, self.lease_setting, LEASE_S))


def make(press: Press[J, D], clinic_id: str, job_id: str) -> None:
    """Make one paper. Two short transactions with the long work between them; quiet when there is nothing to do."""
    with clinic_scope(clinic_id, actor=press.actor):
        job = claim(press.model, job_id, lease=press.lease)
        if job is None:
            return
        try:
            document = press.gather(job)
        except press.refusal as error:
            fail(job, str(error))
            return
    result, problem, is_outside = _printed(press, job, document)
    with clinic_scope(clinic_id, actor=press.actor):
        if result is not None:
            finish(job, **result)
        elif is_outside:
            retry_later(job, problem)
        else:
            fail(job, problem)


def _printed(press: Press[J, D], job: J, document: D) -> tuple[Result | None, str, bool]:
    """The result, or a reason staff can read and whether it lies outside of us. Writes nothing."""
    try:
        return press.printed(document), "", False
    except press.refusal as error:
        return None, str(error), False
    except SoftTimeLimitExceeded:
        return None, str(press.took_too_long), False
    except (OSError, MemoryError) as error:
        log.warning("%s %s: %s", press.actor, job.pk, type(error).__name__)
        return None, str(press.no_room), True
    except Exception:
        log.exception("%s %s could not be made", press.actor, job.pk)
        return None, str(press.our_fault), False


def sweep(press: Press[J, D], task: Any) -> None:
    """Ring again for every paper that was never picked up or whose worker died. Two queries a clinic."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=press.actor):
            for job_id in open_jobs(press.model):
                ring(task, clinic_id, job_id)
