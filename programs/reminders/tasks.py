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
from programs.push.carrying import by_push
from programs.push.phones import end_phones, live_phones
from programs.reminders import actions
from programs.reminders.mail import letter, push_message
from programs.reminders.queries import Evening, evening_of, live_link
from programs.reminders.rounds import Round, rounds_now
from programs.reminders.schedule import Action
from programs.reminders.words import NO_LONGER_DUE

RUNG_TOGETHER = 20
PUSH_TRIES, TRY_LATER = 2, 429
PHONE_ENDED = "The push service says that this phone takes nothing more."
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
            for first in range(0, len(ids), RUNG_TOGETHER):
                ring(send, clinic.pk, ",".join(str(each) for each in ids[first : first + RUNG_TOGETHER]))
        is_first = False


def _write(job: Reminder) -> Ready | None:
    """Judge once more and write it; None when there is none to send: the row then says why."""
    evening = evening_of(job, timezone.now())
    words = str(NO_LONGER_DUE[evening.decision.reason])
    link = live_link(job.program_id)
    if evening.decision.action is Action.WAIT:  # written down by a clock that was ahead
        postpone(job, words, delay=LOOK_AGAIN_AFTER)
    elif not evening.decision.is_send:
        cancel(job, words)
    elif link is None:
        cancel(job, _("The runner's link was switched off."))
    else:
        return _written(job, evening, link)
    return None


def _written(job: Reminder, evening: Evening, link: PatientLink) -> Ready | None:
    """By the phone where one takes it, else by mail; never both. By mail too once the phone's service clearly took nothing
    several times, or refuses us.
    """
    patient = evening.program.episode.patient
    by_mail_too = patient.email and not patient.email_refused
    if evening.has_push and not (by_mail_too and _push_is_tried(job)):
        phones = live_phones(job.program_id)
        if phones:
            return by_push(phones, push_message(evening, timezone.now()))
    if not by_mail_too:
        cancel(job, _("The runner's phone takes none any more, and there is no e-mail address to write to."))
        return None
    try:
        mail = letter(evening, link, message_id_of("reminder", job.pk))
    except LinkLostError:
        fail(job, _("The runner's link can no longer be made. Give the runner a new link."))
        return None
    return by_mail(mail, channel=Reminder.Channel.EMAIL)


def _push_is_tried(job: Reminder) -> bool:
    is_refused = 400 <= (job.smtp_code or 0) < 500 and job.smtp_code != TRY_LATER
    return job.attempts > PUSH_TRIES or (job.channel == Reminder.Channel.PUSH and is_refused)


def _settled(job: Reminder, ready: Ready, delivery: Delivery) -> None:
    end_phones(ids=delivery.gone, why=PHONE_ENDED, at=timezone.now())
    if delivery.outcome is Outcome.SENT:
        actions.count_reminder(program_id=job.program_id)
    elif delivery.outcome is Outcome.NO_SUCH_ADDRESS:
        actions.refuse_address(address=ready.to, program_id=job.program_id, reason=delivery.reason)


REMINDERS = Carrier(model=Reminder, actor=ACTOR, write=_write, settled=_settled, lease_setting="REMINDER_LEASE_SECONDS")


@shared_task(name="programs.reminders.send", **carrying.LIMITS)
def send(clinic_id: str, reminder_ids: str) -> None:
    """One reminder, or several with commas between: writing messages for the broker costs more than planning does."""
    carrying.carry_some(REMINDERS, clinic_id, reminder_ids.split(","))


@shared_task(name="programs.reminders.sweep")
def sweep() -> None:
    """Ring again for reminders that were never picked up or whose worker died."""
    carrying.sweep(REMINDERS, send)
