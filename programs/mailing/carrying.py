"""How a message leaves at most once, whatever it is: ids in, one claimed row, one message out, whatever dies on the way.

A `Carrier` says what a reminder, a mail with a link or a weekly letter needs; `carry` and `sweep` do the rest the same way
for all. The row says `sending_at` before the message leaves, so a worker that is killed after that never sends it again:
the row is then told as uncertain. See programs.jobs for why nothing is lost.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.jobs import claim, fail, finish, open_jobs, retry_later, ring
from programs.mailing.answers import Delivery, Outcome
from programs.mailing.line import deliver, open_line
from programs.models import Job
from programs.models.jobs import Mail

log = logging.getLogger(__name__)

SOME_S = 25  # with one slow message more that is still well below the soft limit
SOFT_LIMIT_S, HARD_LIMIT_S, LEASE_S = 60, 90, 120
RUNG_AT_ONCE = 2000  # of a clinic, a minute: about as many as two workers send in that time
LIMITS: Final = {"soft_time_limit": SOFT_LIMIT_S, "time_limit": HARD_LIMIT_S}

M = TypeVar("M", bound=Mail)


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A written message. `reach` opens the way to whoever takes it and answers how to hand it over, or None when nobody can
    be reached now, and `unreached` says who that is; `to` is the e-mail address it goes to, `marks` what the row remembers.
    """

    reach: Callable[[], Callable[[], Delivery] | None]
    unreached: str
    to: str = ""
    marks: dict[str, Any]


def by_mail(mail: EmailMultiAlternatives, **marks: Any) -> Ready:
    """Leaves through the mail server, under the Message-ID the mail carries."""

    def reach() -> Callable[[], Delivery] | None:
        line = open_line()
        return partial(deliver, line, mail) if line else None

    unreached = _("The mail server could not be reached. It is tried again by itself.")
    marks["message_id"] = mail.extra_headers["Message-ID"]
    return Ready(reach=reach, unreached=unreached, to=mail.to[0], marks=marks)


def message_id_of(kind: str, job_id: object) -> str:
    """The same for every attempt, so that a mail program shows a mail that was sent again once. See programs.mailing.returned."""
    return f"<{kind}-{job_id}@{urlsplit(settings.SITE_URL).hostname or 'strideback'}>"


@dataclass(frozen=True, kw_only=True)
class Carrier(Generic[M]):
    """One kind of message.

    `write` judges once more and writes it, inside the clinic's scope; None when there is none to send: it has then ended
    or postponed the row itself. `settled` is told afterwards, in the transaction that settles the row. `lease_setting`
    names the setting by which tests shorten the lease.
    """

    model: type[M]
    actor: str
    write: Callable[[M], Ready | None]
    settled: Callable[[M, Ready, Delivery], None]
    lease_setting: str

    @property
    def lease(self) -> timedelta:
        """Longer than HARD_LIMIT_S, so that a worker that still lives keeps its claim."""
        return timedelta(seconds=getattr(settings, self.lease_setting, LEASE_S))


def carry(carrier: Carrier[M], clinic_id: str, job_id: str) -> None:
    """One message. Three short transactions, with the way opened and the message handed over between them."""
    with clinic_scope(clinic_id, actor=carrier.actor):
        job = claim(carrier.model, job_id, lease=carrier.lease)
        if job is None:
            return
        if job.sending_at:
            fail(job, _("The worker stopped while it was leaving. It may have arrived; it is not sent twice."))
            return
        ready = carrier.write(job)
        if ready is None:
            return
    hand_over = ready.reach()
    with clinic_scope(clinic_id, actor=carrier.actor):
        if hand_over is None:
            retry_later(job, ready.unreached)
            return
        if not _mark_sending(job, ready):
            return
    delivery = hand_over()
    with clinic_scope(clinic_id, actor=carrier.actor):
        if _settle(job, ready, delivery):
            carrier.settled(job, ready, delivery)
    log.info("%s %s: %s", carrier.model.__name__, job.pk, delivery.outcome)


def carry_some(carrier: Carrier[M], clinic_id: str, job_ids: Sequence[str]) -> None:
    """Several that were rung for together, one after the other; what does not fit into the time the sweep rings for."""
    began = time.monotonic()
    for job_id in job_ids:
        if time.monotonic() - began > SOME_S:
            return
        carry(carrier, clinic_id, job_id)


def _mark_sending(job: Mail, ready: Ready) -> bool:
    """The last step before the message leaves. False when another worker has the row by now."""
    mine = type(job)._default_manager.filter(pk=job.pk, state=Job.State.WORKING, claim=job.claim, sending_at=None)
    return bool(mine.update(sending_at=Now(), smtp_code=None, **ready.marks))


def _settle(job: Mail, ready: Ready, delivery: Delivery) -> bool:
    """Anything but an unknown end is clear: then the row is not uncertain, and only what a server took keeps its Message-ID.
    False when the row is no longer ours.
    """
    if delivery.outcome is Outcome.SENT:
        return finish(job, **ready.marks)
    if delivery.outcome is not Outcome.UNKNOWN:
        mine = type(job)._default_manager.filter(pk=job.pk, claim=job.claim)
        mine.update(sending_at=None, smtp_code=delivery.code, message_id="")
    if delivery.outcome is Outcome.TRY_AGAIN:
        return retry_later(job, delivery.reason)
    return fail(job, delivery.reason)


def sweep(carrier: Carrier[M], task: Any) -> None:
    """Ring again for whatever was never picked up, is due now, or was left by a worker that died. Two queries a clinic."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=carrier.actor):
            for job_id in open_jobs(carrier.model, most=RUNG_AT_ONCE):
                ring(task, clinic_id, job_id)
