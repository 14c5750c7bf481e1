"""The worker's side of reminders: ids in, one claimed row, at most one mail out, whatever dies on the way."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.jobs import cancel, claim, fail, open_jobs, retry_later, ring
from programs.models import PatientLink, Reminder
from programs.reminders import actions
from programs.reminders.mail import Delivery, Outcome, deliver, letter, message_id_of, open_line
from programs.reminders.queries import evening_of
from programs.reminders.words import NO_LONGER_DUE

log = logging.getLogger(__name__)

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
        evening = evening_of(job, timezone.now())
        link = PatientLink.objects.filter(program=job.program_id, revoked_at=None).first()
        if not evening.decision.is_send or link is None:
            cancel(
                job, str(NO_LONGER_DUE[evening.decision.reason]) if link else _("The runner's link was switched off.")
            )
            return
        mail = letter(evening, link, message_id_of(job.pk))
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
        _settle(job, delivery)


def _settle(job: Reminder, delivery: Delivery) -> None:
    if delivery.outcome is Outcome.SENT:
        actions.mark_sent(reminder=job, message_id=message_id_of(job.pk))
    elif delivery.outcome is Outcome.TRY_AGAIN:
        actions.mark_not_sent(reminder=job)
        retry_later(job, delivery.reason)
    else:
        fail(job, delivery.reason)
    log.info("reminder %s: %s", job.pk, delivery.outcome)


@shared_task(name="programs.reminders.sweep")
def sweep() -> None:
    """Ring again for reminders that were never picked up or whose worker died."""
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor=ACTOR):
            for reminder_id in open_jobs(Reminder):
                ring(send, clinic_id, reminder_id)
