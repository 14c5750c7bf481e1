"""The runner's link by e-mail on the program's page: what would be sent where, and what became of the last ones."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from programs.models import LinkMail, PatientLink, Program
from programs.reminders.link_tasks import why_not
from programs.reminders.states import is_uncertain, state_of

SHOWN = 3
OPEN = (LinkMail.State.QUEUED, LinkMail.State.WORKING)


@dataclass(frozen=True)
class LinkMailTold:
    """One mail. `leaves_at`: until then it can be taken back."""

    id: UUID
    kind: str
    words: str
    at: datetime | None
    leaves_at: datetime | None
    reason: str
    is_failed: bool
    is_uncertain: bool
    by: str
    may_resend: bool


@dataclass(frozen=True)
class LinkMailCard:
    """`why_not`: in words why none can be sent now. `is_open`: something is still on its way, so the card looks again."""

    why_not: str
    to: str
    mails: list[LinkMailTold]
    is_open: bool

    @property
    def was_sent(self) -> bool:
        return any(told.at for told in self.mails)


def link_mail_card(program: Program, link: PatientLink | None) -> LinkMailCard:
    """The last three mails, newest first. One query."""
    newest = list(LinkMail.objects.filter(program=program.pk).select_related("by").order_by("-created_at")[:SHOWN])
    told = [_told(mail, is_newest=place == 0) for place, mail in enumerate(newest)]
    is_open = any(mail.state in OPEN for mail in newest)
    return LinkMailCard(why_not(program, link), program.episode.patient.email, told, is_open)


def _told(mail: LinkMail, *, is_newest: bool) -> LinkMailTold:
    is_failed = mail.state == LinkMail.State.FAILED
    may_take_back = mail.state == LinkMail.State.QUEUED and mail.attempts == 0 and mail.not_before
    return LinkMailTold(
        id=mail.pk,
        kind=_("Asked for by the runner, who had lost it") if mail.kind == LinkMail.Kind.LOST else _("The link"),
        words=_("Not sent") if mail.state == LinkMail.State.CANCELLED else state_of(mail),
        at=mail.finished_at if mail.state == LinkMail.State.DONE else None,
        leaves_at=mail.not_before if may_take_back else None,
        reason=mail.error,
        is_failed=is_failed,
        is_uncertain=is_uncertain(mail),
        by=mail.by.name if mail.by else "",
        may_resend=is_failed and is_newest,
    )
