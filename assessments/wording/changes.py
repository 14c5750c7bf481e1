"""What the last answer changed: cards and lines to mark, and one short sentence to speak."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from zlib import crc32

from django.utils.translation import gettext as _

from assessments.wording.hypotheses import Card

if TYPE_CHECKING:
    from assessments.wording.panel import Panel


def _mark(line: str) -> str:
    """A line as four hexadecimal digits: enough to compare by, nothing to read."""
    return f"{crc32(line.encode()) & 0xFFFF:04x}"


def _lines(card: Card) -> tuple[str, ...]:
    return (*(f"+{key}" for key in card.keys_for), *(f"-{key}" for key in card.keys_against))


def signature_of(panel: "Panel") -> str:
    """What the next panel compares itself with: picture, flags, states and marks of lines. It names no finding."""
    flags = ",".join(f"{flag.id}.{flag.tier}.{int(flag.is_open)}" for flag in panel.flags)
    cards = ",".join(
        f"{card.key}.{card.level}.{card.state}.{''.join(_mark(card.key + line) for line in _lines(card))}"
        for card in panel.cards
    )
    return f"{panel.picture}|{flags}|{cards}"


def compared(panel: "Panel", before: str) -> "Panel":
    """The same panel, knowing what changed since `before` (a signature). Nonsense in `before` marks, and harms nothing."""
    if not before or before == panel.signature:
        return panel
    picture, flags, cards = ([*before.split("|"), "", ""])[:3]
    known = {part.split(".")[0]: part.split(".") for part in cards.split(",") if part.count(".") == 3}
    marked = tuple(replace(card, new=_new_lines(card, known.get(card.key))) for card in panel.cards)
    changed = [card for card in marked if _state(card) != _state_before(known.get(card.key))]
    words = _words(panel, flags, changed, known) or _line_words(marked)
    headline = f"{panel.headline}." if picture != panel.picture else ""
    return replace(
        panel,
        cards=marked,
        changed=tuple(card.key for card in marked if card in changed or card.new),
        change=words,
        sentence=" ".join(filter(None, [headline, words])),
    )


def _state(card: Card) -> tuple[str, str]:
    return str(card.level), card.state


def _state_before(known: list[str] | None) -> tuple[str, str] | None:
    return (known[1], known[2]) if known else None


def _new_lines(card: Card, known: list[str] | None) -> tuple[str, ...]:
    if known is None:
        return ()
    marks = {known[3][place : place + 4] for place in range(0, len(known[3]), 4)}
    return tuple(line for line in _lines(card) if _mark(card.key + line) not in marks)


def _words(panel: "Panel", flags: str, changed: list[Card], known: Mapping[str, list[str]]) -> str:
    """The gravest change only: a red flag, else the first card whose criteria or support became another."""
    before = {part.split(".")[0]: part for part in flags.split(",")}
    for flag in panel.flags:
        if flag.id not in before:
            return _("Red flag: %(title)s.") % {"title": flag.title}
    gone = set(before) - {flag.id for flag in panel.flags} - {""}
    if gone:
        return _("A red flag is no longer raised.")
    if not panel.ranking_shown:
        return ""
    by_state = [card for card in changed if card.key in known and known[card.key][2] != card.state]
    for card in by_state or changed:
        said = [card.state_words] if card in by_state else []
        said += [card.word] if card.word else []
        return _("%(name)s: %(said)s.") % {"name": card.name, "said": ", ".join(said).lower()}
    return ""


def _line_words(cards: tuple[Card, ...]) -> str:
    """Where the last answer stands now, when it changed no state: "Speaks for sciatic nerve tension; against …"."""
    speaks_for = [card.name.lower() for card in cards if any(line[0] == "+" for line in card.new)]
    against = [card.name.lower() for card in cards if any(line[0] == "-" for line in card.new)]
    if speaks_for and against:
        words = {"names": ", ".join(speaks_for), "others": ", ".join(against)}
        return _("Speaks for %(names)s; against %(others)s.") % words
    if speaks_for:
        return _("Speaks for %(names)s.") % {"names": ", ".join(speaks_for)}
    return _("Speaks against %(names)s.") % {"names": ", ".join(against)} if against else ""
