"""Red flags and open screening in words."""

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.mapping import Flag, Reading
from assessments.models import RedFlagDecision
from assessments.reasoning import Tier
from assessments.wording.evidence import Cited, cited
from assessments.wording.labels import evidence_line

TIERS = {
    Tier.R1: lazy("Emergency · stop the examination"),
    Tier.R2: lazy("Urgent · exercises locked"),
    Tier.AMBER: lazy("Caution · go on with care, review within two weeks"),
}
RELEASED_TIERS = {
    Tier.R1: lazy("Released · would be an emergency"),
    Tier.R2: lazy("Released · would be urgent"),
    Tier.AMBER: TIERS[Tier.AMBER],
}
DECIDED = {
    RedFlagDecision.Kind.ACTED: lazy("Acted on by %(who)s, %(when)s: %(reason)s"),
    RedFlagDecision.Kind.RELEASED: lazy("Released by %(who)s, %(when)s: %(reason)s"),
}


@dataclass(frozen=True)
class FlagCard:
    """One raised flag: what it is, which findings raised it, what to do, and what was decided about it."""

    id: str
    tier: str
    tier_words: str
    title: str
    why: tuple[str, ...]
    keys: tuple[str, ...]
    notes: tuple[str, ...]
    action: str
    referral: str
    source: Cited
    is_open: bool
    stops: bool
    is_released: bool
    decided: str


def flag_card(flag: Flag, reading: Reading) -> FlagCard:
    raised = flag.raised
    return FlagCard(
        id=raised.id,
        tier=raised.tier.value.lower(),
        tier_words=str((RELEASED_TIERS if flag.is_released else TIERS)[raised.tier]),
        title=raised.flag.title,
        why=tuple(evidence_line(key, reading) for key in raised.why),
        keys=raised.why,
        notes=raised.notes,
        action=raised.flag.action,
        referral=raised.flag.referral,
        source=cited(raised.flag.source),
        is_open=flag.is_open,
        stops=flag.stops,
        is_released=flag.is_released,
        decided=decided_words(flag.decision),
    )


def decided_words(decision: RedFlagDecision | None) -> str:
    if decision is None:
        return ""
    when = formats.date_format(timezone.localtime(decision.created_at), "j M Y, H:i")
    kind = RedFlagDecision.Kind(decision.kind)
    return str(DECIDED[kind]) % {"who": decision.by.name, "when": when, "reason": decision.reason}


def screening_words(reading: Reading) -> tuple[str, str]:
    """Tone and sentence above everything: what the screening says, never "no red flag" while a question is open."""
    open_questions = len(reading.reasoning.unanswered_screening)
    if open_questions:
        return "caution", _("Screening is not complete: %(count)s open. No order is shown until it is.") % {
            "count": open_questions
        }
    if any(flag.stops for flag in reading.flags):
        return "", ""
    if reading.flags:
        return "caution", _("Screening complete. See the caution below; it is asked again at every visit.")
    return "for", _("Screening complete, no red flag. Asked again at every visit.")
