"""What the letter says: numbers and reasons, never a name."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.waiting import Waiting, waiting_for
from clinic.models import Membership
from programs.caseload.queries import Counts, counts
from programs.caseload.reasons import ATTENTION
from programs.caseload.why import NAMES
from programs.digest.links import stop_url
from programs.mailing.letters import written

LANGUAGE = "en"  # what staff read


@dataclass(frozen=True)
class Line:
    number: int
    words: str


def letter(place: Membership, today: date, message_id: str) -> EmailMultiAlternatives:
    """One person's letter, with one-click unsubscribe (RFC 8058). Three queries while nothing changed."""
    found, waiting = counts(place.clinic, today), waiting_for(place.clinic, place.user)
    unsubscribe = stop_url(place)
    with translation.override(LANGUAGE):
        lines = _lines(found) + _own(waiting, found)
        context = {
            "title": _title(found.attention, is_clear=not lines),
            "lines": lines,
            "running": found.running,
            "planned": found.planned,
            "put_off": found.put_off,
            "url": settings.SITE_URL.rstrip("/") + reverse("programs:caseload"),
            "unsubscribe_url": unsubscribe,
        }
        return written(
            clinic=place.clinic,
            to=place.user.email,
            subject=_("Your caseload this week"),
            template="digest/week",
            context=context,
            message_id=message_id,
            headers={
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _title(attention: int, *, is_clear: bool) -> str:
    if attention:
        words = ngettext("%(n)d runner needs somebody today.", "%(n)d runners need somebody today.", attention)
        return words % {"n": attention}
    return _("Nothing needs you today.") if is_clear else _("No runner needs anybody today.")


def _lines(found: Counts) -> list[Line]:
    """One for each reason that somebody stands under, worst first."""
    return [Line(found.of[reason], str(NAMES[reason])) for reason in ATTENTION if found.of.get(reason)]


def _own(waiting: Waiting, found: Counts) -> list[Line]:
    """What is no runner's reason and yet waits."""
    own = [
        Line(found.handover, _("not handed over yet")),
        Line(waiting.drafts, _("of your own assessments not signed")),
        Line(waiting.cosignatures, _("waiting for your co-signature")),
    ]
    return [line for line in own if line.number]
