"""The reminder as a letter and as a line on the phone. No name, no finding, no diagnosis: only that something is open."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from programs.mailing.letters import written
from programs.models import PatientLink, Reminder
from programs.portal.links import unsubscribe_url_for, url_for
from programs.push.carrying import message_about
from programs.push.service import Message
from programs.reminders.queries import Evening
from programs.reminders.schedule import seconds_left


def letter(evening: Evening, link: PatientLink, message_id: str) -> EmailMultiAlternatives:
    """Plain text and HTML in the runner's language, with one-click unsubscribe (RFC 8058). May raise LinkLostError."""
    patient, is_morning = evening.program.episode.patient, evening.kind == Reminder.Kind.MORNING
    unsubscribe = unsubscribe_url_for(link)
    with translation.override(patient.language):
        return written(
            clinic=evening.program.clinic,
            to=patient.email,
            subject=_("How is it this morning?") if is_morning else _("Still open today"),
            template="reminders/morning" if is_morning else "reminders/evening",
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


def push_message(evening: Evening, now: datetime) -> Message:
    """One line in the runner's language. It is no longer shown once quiet hours or the next day have begun."""
    patient, clinic = evening.program.episode.patient, evening.program.clinic
    with translation.override(patient.language):
        is_morning = evening.kind == Reminder.Kind.MORNING
        words = _("How is it this morning?") if is_morning else _("Still open today")
    seconds = seconds_left(
        now_utc=now, time_zone=patient.time_zone, quiet_from=clinic.quiet_from, quiet_until=clinic.quiet_until
    )
    return message_about(
        words, seconds=seconds, name=f"{evening.kind}-{evening.local_day:%Y%m%d}", language=patient.language
    )
