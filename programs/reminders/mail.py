"""The reminder as a letter. No name, no finding, no diagnosis: only that something is open."""

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from programs.mailing.letters import written
from programs.models import PatientLink
from programs.portal.links import unsubscribe_url_for, url_for
from programs.reminders.queries import Evening


def letter(evening: Evening, link: PatientLink, message_id: str) -> EmailMultiAlternatives:
    """Plain text and HTML in the runner's language, with one-click unsubscribe (RFC 8058)."""
    patient = evening.program.episode.patient
    unsubscribe = unsubscribe_url_for(link)
    with translation.override(patient.language):
        return written(
            clinic=evening.program.clinic,
            to=patient.email,
            subject=_("Still open today"),
            template="reminders/evening",
            context={
                "open_sessions": evening.open_sessions,
                "url": url_for(link),
                "unsubscribe_url": unsubscribe,
            },
            message_id=message_id,
            headers={
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
