"""The worker's side of reminders: ids in, one claimed row, at most one mail out, whatever dies on the way."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.jobs import cancel, claim, fail, open_jobs, postpone, retry_later, ring
from programs.models import PatientLink, Program, Reminder
from programs.portal.links import LinkLostError
from programs.reminders import actions
from programs.reminders.mail import Delivery, Outcome, deliver, letter, message_id_of, open_line
from programs.reminders.queries import Evening, evening_of
from programs.reminders.schedule import Action
from programs.reminders.words import NO_LONGER_DUE

log = logging.getLogger(__name__)

LOOK_AGAIN_AFTER = timedelta(minutes=10)
SOFT_LIMIT_S, HARD_LIMIT_S, LEASE_S = 60, 90, 120
ACTOR = "system:programs.reminders"


def _lease() -> timedelta:
    """Longer than HARD_LIMIT_S, so that a worker that still lives keeps its claim; tests shorten it."""
    return timedelta(seconds=getattr(settings, "REMINDER_LEASE_SECONDS", LEASE_S))


@shared_task(name="programs.reminders.plan")
def plan() -> None:
    """Every few minutes: write down whose evening has come, and ring for each."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            for reminder_id in actions.plan_reminders(clinic=Clinic.objects.get(pk=clinic_id), now=timezone.now()):
                ring(send, clinic_id, reminder_id)


@shared_task(name="programs.reminders.send", soft_time_limit=SOFT_LIMIT_S, time_limit=HARD_LIMIT_S)
def send(clinic_id: str, reminder_id: str) -> None:
    """One mail. The row says `sending_at` before the mail leaves, so a worker killed after that never sends it again."""
    with clinic_scope(clinic_id, actor=ACTOR):
        job = claim(Reminder, reminder_id, lease=_lease())
        if job is None:
            return
        if job.sending_at:
            fail(job, _("The worker stopped while the mail was leaving. It may have arrived; it is not sent twice."))
            return
        written = _write(job)
        if written is None:
            return
        evening, mail = written
    line = open_line()
    if line is None:
        with clinic_scope(clinic_id, actor=ACTOR):
            retry_later(job, _("The mail server could not be reached. It is tried again by itself."))
        return
    with clinic_scope(clinic_id, actor=ACTOR):
        if not actions.mark_sending(reminder=job):
            return
    delivery = deliver(line, mail)
    with clinic_scope(clinic_id, actor=ACTOR):
        _settle(job, evening.program, mail.to[0], delivery)


def _write(job: Reminder) -> tuple[Evening, EmailMultiAlternatives] | None:
    """Judge the evening once more and write the mail; None when there is none to send: the row then says why."""
    evening = evening_of(job, timezone.now())
    words = str(NO_LONGER_DUE[evening.decision.reason])
    link = PatientLink.objects.filter(program=job.program_id, revoked_at=None).first()
    if evening.decision.action is Action.WAIT:  # written down by a clock that was ahead
        postpone(job, words, delay=LOOK_AGAIN_AFTER)
    elif not evening.decision.is_send:
        cancel(job, words)
    elif link is None:
        cancel(job, _("The runner's link was switched off."))
    else:
        try:
            return evening, letter(evening, link, message_id_of(job.pk))
        except LinkLostError:
            fail(job, _("The runner's link can no longer be made. Give the runner a new link."))
    return None


def _settle(job: Reminder, program: Program, address: str, delivery: Delivery) -> None:
    if delivery.outcome is Outcome.SENT:
        actions.mark_sent(reminder=job, message_id=message_id_of(job.pk))
    elif delivery.outcome is Outcome.TRY_AGAIN:
        actions.mark_not_sent(reminder=job, code=delivery.code)
        retry_later(job, delivery.reason)
    elif delivery.outcome is Outcome.UNKNOWN:
        fail(job, delivery.reason)
    else:
        actions.mark_not_sent(reminder=job, code=delivery.code)
        fail(job, delivery.reason)
        if delivery.outcome is Outcome.NO_SUCH_ADDRESS:
            actions.refuse_address(address=address, program=program, reason=delivery.reason)
    log.info("reminder %s: %s", job.pk, delivery.outcome)


@shared_task(name="programs.reminders.sweep")
def sweep() -> None:
    """Ring again for reminders that were never picked up or whose worker died."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            for reminder_id in open_jobs(Reminder):
                ring(send, clinic_id, reminder_id)
