"""Red flags and open screening in words."""

from dataclasses import dataclass

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.mapping import Flag, Reading
from assessments.models import RedFlagDecision
from assessments.reasoning import RED_FLAGS, Tier
from assessments.wording.evidence import Cited, cited
from assessments.wording.labels import AGE, evidence_line

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
    """One raised flag: what it is, which findings raised it, what to do, and what was decided about it.

    `asked` is what else the flag looks at, as it was answered or not: a referral says that too.
    """

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
    asked: tuple[str, ...] = ()


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
        asked=tuple(evidence_line(key, reading) for key in _asked(flag)),
    )


def _asked(flag: Flag) -> list[str]:
    """The findings this flag looks at beside those that raised it."""
    conditions = [item for rule in flag.raised.flag.rules for item in (*rule.all_of, *rule.any_of, *rule.unless)]
    keys = dict.fromkeys(key for item in conditions for key in item.keys)
    return [key for key in keys if key not in flag.raised.why and key != AGE]


def decided_words(decision: RedFlagDecision | None) -> str:
    if decision is None:
        return ""
    when = formats.date_format(timezone.localtime(decision.created_at), "j M Y, H:i")
    kind = RedFlagDecision.Kind(decision.kind)
    return str(DECIDED[kind]) % {"who": decision.by.name, "when": when, "reason": decision.reason}


def history_words(reading: Reading) -> tuple[str, ...]:
    """Decisions that no longer hold, newest first: what was decided stays readable when an answer took it back."""
    holding = {flag.decision for flag in reading.flags}
    raised = {flag.id: flag for flag in reading.flags}
    lines = []
    for decision in reading.decisions:
        if decision in holding or decision.flag not in RED_FLAGS:
            continue
        flag = raised.get(decision.flag)
        if flag is None:
            why = _("The flag is no longer raised.")
        elif flag.decision is not None:
            why = _("Decided again later.")
        else:
            why = _("No longer holds: an answer behind it was given anew.")
        lines.append(f"{RED_FLAGS[decision.flag].title}. {decided_words(decision)} {why}")
    return tuple(lines)


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
