"""The reminder as a letter, and what the mail server said. No name, no finding, no diagnosis: only that something is open."""

import re
import smtplib
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from programs.models import PatientLink
from programs.portal.links import unsubscribe_url_for, url_for
from programs.reminders.queries import Evening


class Outcome(StrEnum):
    SENT = "sent"
    TRY_AGAIN = "try_again"  # the server took nothing and may take it later
    NO_SUCH_ADDRESS = "no_such_address"  # the server will never take anything for this runner there
    REFUSED = "refused"  # the server refuses us or this mail; another address would not help
    UNKNOWN = "unknown"  # the line broke while it was leaving: it may have arrived


@dataclass(frozen=True)
class Delivery:
    outcome: Outcome
    reason: str = ""
    code: int | None = None


def letter(evening: Evening, link: PatientLink, message_id: str) -> EmailMultiAlternatives:
    """Plain text and HTML in the runner's language, with one-click unsubscribe (RFC 8058)."""
    patient, clinic = evening.program.episode.patient, evening.program.clinic
    unsubscribe = unsubscribe_url_for(link)
    with translation.override(patient.language):
        context = {
            "clinic": clinic,
            "open_sessions": evening.open_sessions,
            "url": url_for(link),
            "unsubscribe_url": unsubscribe,
        }
        mail = EmailMultiAlternatives(
            subject=_("Still open today"),
            body=render_to_string("reminders/evening.txt", context),
            from_email=formataddr((clinic.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
            to=[patient.email],
            reply_to=[clinic.email] if clinic.email else None,
            headers={
                "Message-ID": message_id,
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("reminders/evening.html", context), "text/html")
    return mail


def message_id_of(reminder_id: object) -> str:
    return f"<reminder-{reminder_id}@{urlsplit(settings.SITE_URL).hostname or 'strideback'}>"


def open_line() -> EmailBackend | None:
    """A conversation with the mail server, greeted and ready, before anything is promised; None when it cannot be had now."""
    line = get_connection()
    try:
        line.open()
        if isinstance(line, EmailBackend) and line.connection:
            line.connection.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException):
        _hang_up(line)
        return None
    return line  # type: ignore[no-any-return]


def _hang_up(line: EmailBackend) -> None:
    try:
        line.close()
    except (OSError, smtplib.SMTPException):
        line.connection = None


ADDRESS_CODES = {550, 551, 553, 556}  # RFC 5321 4.2.3, RFC 7504: no such mailbox, moved, not allowed, no mail there
ENHANCED = re.compile(rb"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
ADDRESS_STATUS = re.compile(r"5\.1\.[12346]$|5\.1\.10$|5\.2\.1$")  # RFC 3463 and 7505: mailbox unknown or closed


def _said(error: smtplib.SMTPException) -> tuple[int, bytes]:
    """The code and the words of the server about our one recipient."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    else:
        code, text = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
    return int(code or 0), text if isinstance(text, bytes) else str(text).encode()


def is_address_status(status: str) -> bool:
    """Whether an enhanced status code says that this address takes no mail for good."""
    return bool(ADDRESS_STATUS.match(status))


def is_about_the_address(error: smtplib.SMTPException) -> bool:
    """Whether the server refused this recipient for good, and not us or what we wrote.

    The enhanced status decides where there is one, so that a server that refuses to pass on our mail (5.7.1) does not
    stop everybody's reminders. Without one only an answer to the recipient itself counts.
    """
    if isinstance(error, smtplib.SMTPSenderRefused):
        return False
    code, text = _said(error)
    status = ENHANCED.match(text)
    if status:
        return is_address_status(status[1].decode()) and 500 <= code < 600
    return isinstance(error, smtplib.SMTPRecipientsRefused) and code in ADDRESS_CODES


def deliver(line: EmailBackend, mail: EmailMultiAlternatives) -> Delivery:
    """Hand it over. A clear refusal is told from a broken line, because a broken line may have delivered."""
    try:
        line.send_messages([mail])
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
        smtplib.SMTPHeloError,
    ) as error:
        return _refusal(error)
    except (OSError, smtplib.SMTPException):
        return Delivery(
            Outcome.UNKNOWN, _("The line broke while the mail was leaving. It may have arrived; it is not sent twice.")
        )
    finally:
        _hang_up(line)
    return Delivery(Outcome.SENT)


def _refusal(error: smtplib.SMTPException) -> Delivery:
    code, _text = _said(error)
    if 400 <= code < 500:
        reason = _("The mail server asks to try later (code %(code)d).")
        return Delivery(Outcome.TRY_AGAIN, reason % {"code": code}, code)
    if is_about_the_address(error):
        reason = _("The mail server refuses this address (code %(code)d). Ask the runner for another one.")
        return Delivery(Outcome.NO_SUCH_ADDRESS, reason % {"code": code}, code)
    reason = _("The mail server refuses the mail, not the address (code %(code)d). Tell whoever looks after e-mail.")
    return Delivery(Outcome.REFUSED, reason % {"code": code}, code)
