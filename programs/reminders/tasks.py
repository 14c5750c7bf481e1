"""The worker's side of reminders. How any message leaves at most once is told in programs.mailing.carrying."""

from datetime import datetime, timedelta

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.jobs import cancel, fail, postpone, ring
from programs.mailing import carrying
from programs.mailing.answers import Delivery, Outcome
from programs.mailing.carrying import Carrier, Ready, by_mail, message_id_of
from programs.models import PatientLink, Reminder
from programs.portal.links import LinkLostError
from programs.reminders import actions
from programs.reminders.mail import letter
from programs.reminders.queries import evening_of
from programs.reminders.rounds import Round, rounds_now
from programs.reminders.schedule import Action
from programs.reminders.words import NO_LONGER_DUE

LOOK_AGAIN_AFTER = timedelta(minutes=10)
ACTOR = "system:programs.reminders"
PLAN_LIMITS = {"soft_time_limit": 840, "time_limit": 900}


@shared_task(name="programs.reminders.plan", **PLAN_LIMITS)
def plan() -> None:
    """Every few minutes: write down who is due, and ring for each. A few hundred programs a transaction, so that memory
    does not grow with the clinic; what one run does not get to, the next one does.
    """
    for clinic_id in all_clinic_ids():
        now = timezone.now()
        with clinic_scope(clinic_id, actor=ACTOR):
            clinic = Clinic.objects.get(pk=clinic_id)
            rounds = rounds_now(clinic, now)
        for asked in rounds:
            _plan_round(clinic, now, asked)


def _plan_round(clinic: Clinic, now: datetime, asked: Round) -> None:
    after, is_first = None, True
    while after or is_first:
        with clinic_scope(clinic.pk, actor=ACTOR):
            ids, after = actions.plan_some(clinic=clinic, now=now, asked=asked, after=after)
            for reminder_id in ids:
                ring(send, clinic.pk, reminder_id)
        is_first = False


def _write(job: Reminder) -> Ready | None:
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
            return by_mail(letter(evening, link, message_id_of("reminder", job.pk)))
        except LinkLostError:
            fail(job, _("The runner's link can no longer be made. Give the runner a new link."))
    return None


def _settled(job: Reminder, ready: Ready, delivery: Delivery) -> None:
    if delivery.outcome is Outcome.SENT:
        actions.count_reminder(program_id=job.program_id)
    elif delivery.outcome is Outcome.NO_SUCH_ADDRESS:
        actions.refuse_address(address=ready.to, program_id=job.program_id, reason=delivery.reason)


REMINDERS = Carrier(model=Reminder, actor=ACTOR, write=_write, settled=_settled, lease_setting="REMINDER_LEASE_SECONDS")


@shared_task(name="programs.reminders.send", **carrying.LIMITS)
def send(clinic_id: str, reminder_id: str) -> None:
    """One reminder."""
    carrying.carry(REMINDERS, clinic_id, reminder_id)


@shared_task(name="programs.reminders.sweep")
def sweep() -> None:
    """Ring again for reminders that were never picked up or whose worker died."""
    carrying.sweep(REMINDERS, send)
