"""The conversation with the mail server: greeted before anything is promised, and kept for the next mail in a worker."""

import smtplib
import time
from dataclasses import dataclass

from celery.signals import worker_process_init, worker_process_shutdown
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from programs.mailing.answers import Delivery, Outcome, refusal

MAILS_A_LINE = 100  # servers that limit a conversation allow about that many
KEPT_S = 60  # shorter than any server waits (RFC 5321 4.5.3.2.7: five minutes)
IS_READY = 250


@dataclass
class _Kept:
    """The line a worker keeps between two mails. Only a worker's own child process keeps one."""

    is_worker: bool = False
    line: EmailBackend | None = None
    mails: int = 0
    until: float = 0.0


_kept = _Kept()


@worker_process_init.connect
def _begin(**_signal: object) -> None:
    _kept.is_worker = True


@worker_process_shutdown.connect
def _end(**_signal: object) -> None:
    if _kept.line:
        hang_up(_kept.line)


def open_line() -> EmailBackend | None:
    """A line that answered just now; None when none can be had. Greeting a server anew takes four messages, asking a kept
    line whether it still stands one.
    """
    line, _kept.line = _kept.line, None
    if line is not None:
        if time.monotonic() < _kept.until and _kept.mails < MAILS_A_LINE and _answers(line):
            return line
        hang_up(line)
    _kept.mails = 0
    return _greeted()


def _greeted() -> EmailBackend | None:
    line: EmailBackend = get_connection()  # type: ignore[assignment]
    try:
        line.open()
        if isinstance(line, EmailBackend) and line.connection:
            line.connection.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException):
        hang_up(line)
        return None
    return line


def _answers(line: EmailBackend) -> bool:
    try:
        return bool(line.connection and line.connection.noop()[0] == IS_READY)
    except (OSError, smtplib.SMTPException):
        return False


def hang_up(line: EmailBackend) -> None:
    try:
        line.close()
    except (OSError, smtplib.SMTPException):
        line.connection = None


def deliver(line: EmailBackend, mail: EmailMultiAlternatives) -> Delivery:
    """Hand it over. A clear refusal is told from a broken line, because a broken line may have delivered."""
    delivery, is_good = _handed_over(line, mail)
    _kept.mails += 1
    if is_good and _kept.is_worker and isinstance(line, EmailBackend):
        _kept.line, _kept.until = line, time.monotonic() + KEPT_S
    else:
        hang_up(line)
    return delivery


def _handed_over(line: EmailBackend, mail: EmailMultiAlternatives) -> tuple[Delivery, bool]:
    """What came of it, and whether the line is as good as before."""
    try:
        line.send_messages([mail])
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPDataError,
        smtplib.SMTPHeloError,
    ) as error:
        return refusal(error), False
    except (OSError, smtplib.SMTPException):
        reason = _("The line broke while the mail was leaving. It may have arrived; it is not sent twice.")
        return Delivery(Outcome.UNKNOWN, reason), False
    return Delivery(Outcome.SENT), True
