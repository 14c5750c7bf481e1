"""What came of handing a message over, and what a mail server means by its answers."""

import re
import smtplib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

ADDRESS_CODES = {550, 551, 553, 556}  # RFC 5321 4.2.3, RFC 7504: no such mailbox, moved, not allowed, no mail there
ENHANCED = re.compile(rb"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
ADDRESS_STATUS = re.compile(r"5\.1\.[12346]$|5\.1\.10$|5\.2\.1$")  # RFC 3463 and 7505: mailbox unknown or closed


class Outcome(StrEnum):
    SENT = "sent"
    TRY_AGAIN = "try_again"  # the server took nothing and may take it later
    NO_SUCH_ADDRESS = "no_such_address"  # the server will never take anything for this person there
    REFUSED = "refused"  # the server refuses us or this message; another address would not help
    UNKNOWN = "unknown"  # the line broke while it was leaving: it may have arrived


@dataclass(frozen=True)
class Delivery:
    """`reason` is a sentence for staff, `code` the server's own number when it did not take the message, `gone` the phones
    that were found to take nothing more.
    """

    outcome: Outcome
    reason: str = ""
    code: int | None = None
    gone: tuple[UUID, ...] = ()


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


def refusal(error: smtplib.SMTPException) -> Delivery:
    """What a clear refusal of the mail server means, in words staff can act on."""
    code, _text = _said(error)
    if 400 <= code < 500:
        reason = _("The mail server asks to try later (code %(code)d).")
        return Delivery(Outcome.TRY_AGAIN, reason % {"code": code}, code)
    if is_about_the_address(error):
        reason = _("The mail server refuses this address (code %(code)d). Ask the runner for another one.")
        return Delivery(Outcome.NO_SUCH_ADDRESS, reason % {"code": code}, code)
    reason = _("The mail server refuses the mail, not the address (code %(code)d). Tell whoever looks after e-mail.")
    return Delivery(Outcome.REFUSED, reason % {"code": code}, code)


def _said(error: smtplib.SMTPException) -> tuple[int, bytes]:
    """The code and the words of the server about our one recipient."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    else:
        code, text = getattr(error, "smtp_code", 0), getattr(error, "smtp_error", b"")
    return int(code or 0), text if isinstance(text, bytes) else str(text).encode()
