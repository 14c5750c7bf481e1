"""The worker's side of mails that carry a link. How any message leaves at most once is told in programs.mailing.carrying."""

from celery import shared_task
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.jobs import cancel, fail
from programs.mailing import carrying
from programs.mailing.answers import Delivery, Outcome
from programs.mailing.carrying import Carrier, Ready, by_mail, message_id_of
from programs.models import LinkMail, PatientLink, Program
from programs.portal.links import LinkLostError
from programs.reminders.actions import refuse_address
from programs.reminders.link_letter import link_letter
from programs.reminders.queries import live_link

NO_ADDRESS = gettext_lazy("The runner has no e-mail address.")
REFUSED = gettext_lazy("The mail server had refused this address.")
OVER = gettext_lazy("The program was over before it left.")
NO_LINK = gettext_lazy("The runner's link was switched off.")


def why_not(program: Program, link: PatientLink | None) -> str:
    """Why no link can be mailed to this runner now, in words for staff; empty when it can."""
    patient = program.episode.patient
    reasons = (
        (not patient.email, NO_ADDRESS),
        (patient.email_refused, REFUSED),
        (program.state != Program.State.ISSUED or patient.archived_at or program.episode.closed_on, OVER),
        (link is None, NO_LINK),
    )
    return next((str(words) for applies, words in reasons if applies), "")


def _write(mail: LinkMail) -> Ready | None:
    """With the address and the link of this moment; what can no longer be sent says why."""
    program = Program.objects.select_related("episode__patient", "clinic").get(pk=mail.program_id)
    link = live_link(program.pk)
    reason = why_not(program, link)
    if reason or link is None:
        cancel(mail, reason)
        return None
    try:
        return by_mail(link_letter(program, link, mail.kind, message_id_of("link", mail.pk)))
    except LinkLostError:
        fail(mail, _("The runner's link can no longer be made. Give the runner a new link."))
    return None


def _settled(mail: LinkMail, ready: Ready, delivery: Delivery) -> None:
    if delivery.outcome is Outcome.NO_SUCH_ADDRESS:
        refuse_address(address=ready.to, program_id=mail.program_id, reason=delivery.reason)


LINK_MAILS = Carrier(
    model=LinkMail,
    actor="system:programs.link_mails",
    write=_write,
    settled=_settled,
    lease_setting="REMINDER_LEASE_SECONDS",
)


@shared_task(name="programs.link_mails.send", **carrying.LIMITS)
def send_link_mail(clinic_id: str, mail_id: str) -> None:
    """One mail."""
    carrying.carry(LINK_MAILS, clinic_id, mail_id)


@shared_task(name="programs.link_mails.sweep")
def sweep_link_mails() -> None:
    """Ring for mails that can no longer be taken back, and for those that were left behind."""
    carrying.sweep(LINK_MAILS, send_link_mail)
