"""The mail that carries the runner's link. No name, no finding: only that the program is there, and how to open it."""

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from programs.mailing.letters import written
from programs.models import LinkMail, PatientLink, Program
from programs.portal.links import url_for


def link_letter(program: Program, link: PatientLink, kind: str, message_id: str) -> EmailMultiAlternatives:
    """Plain text and HTML in the runner's language. May raise LinkLostError."""
    patient, is_lost = program.episode.patient, kind == LinkMail.Kind.LOST
    with translation.override(patient.language):
        return written(
            clinic=program.clinic,
            to=patient.email,
            subject=_("Your link") if is_lost else _("Your program"),
            template="reminders/link_letter",
            context={"url": url_for(link), "is_lost": is_lost},
            message_id=message_id,
        )
