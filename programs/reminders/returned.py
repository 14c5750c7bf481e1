"""A mail that came back after the server had taken it (RFC 3464), or was reported as unwanted (RFC 5965)."""

import re
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from email.utils import parseaddr
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from programs.caseload.standing import refresh
from programs.mailing.answers import is_address_status
from programs.models import Job, LinkMail, Reminder
from programs.reminders.actions import refuse_address

OURS = re.compile(r"<(reminder|link)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^>]*>", re.IGNORECASE)
REFUSED = 550
SENT: dict[str, type[Reminder] | type[LinkMail]] = {"reminder": Reminder, "link": LinkMail}


@dataclass(frozen=True)
class Returned:
    """Which mail, and why. The random id in the Message-ID is the proof: only who got the mail knows it."""

    kind: str
    mail_id: UUID
    status: str
    is_complaint: bool
    address: str  # where it had gone, empty when the notice hides it


def read_returned(message: Message) -> Returned | None:
    """None for anything else: an answer by a person, a notice that delivery is only late, somebody else's mail."""
    status, is_complaint = "", False
    for part in message.walk():
        if part.get_content_type() == "message/feedback-report":
            is_complaint = True
        if "failed" in str(part.get("Action", "")).lower():
            status = str(part.get("Status", "")).strip()[:10]
    original = _original(message)
    found = OURS.search(str(original["Message-ID"]))
    if not found or not (is_complaint or status.startswith("5")):
        return None
    return Returned(found[1].lower(), UUID(found[2]), status, is_complaint, parseaddr(str(original["To"] or ""))[1])


def _original(message: Message) -> Message:
    """The mail it is about, from the copy or its headers that the notice carries; empty when there is neither."""
    for part in message.walk():
        if part is not message and part.get("Message-ID"):
            return part
        if part.get_content_type() == "text/rfc822-headers":
            return message_from_string(str(part.get_payload()))
    return Message()


@transaction.atomic
def take_returned(*, returned: Returned) -> bool:
    """Inside a clinic's scope: the mail says that it came back, and an address that does not exist or complains gets
    nothing more. False when the mail is not this clinic's. Taking the same notice twice changes nothing more.
    """
    mails = SENT[returned.kind]._default_manager
    sent = mails.select_related("program__episode__patient").filter(pk=returned.mail_id).first()
    if sent is None:
        return False
    if returned.is_complaint:
        reason = _("The runner reported our mail as unwanted. Ask before sending again.")
    else:
        reason = _("The mail came back (%(status)s). Ask the runner for another address.") % {"status": returned.status}
        settled = mails.filter(pk=sent.pk, state__in=[Job.State.DONE, Job.State.FAILED])
        settled.update(state=Job.State.FAILED, smtp_code=REFUSED, sending_at=None, error=reason)
        refresh(sent.program_id)
    if returned.is_complaint or is_address_status(returned.status):
        address = returned.address or sent.program.episode.patient.email
        refuse_address(address=address, program_id=sent.program_id, reason=reason)
    return True
