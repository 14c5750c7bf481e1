"""The differential in templates: a panel live or frozen, and the source behind a line."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.wording import Panel, thawed
from assessments.wording.hypotheses import Card
from assessments.wording.panel import evidence_for

register = template.Library()
Manner = tuple[bool, str, bool, bool]
"""How a card is shown: with links, to which page, frozen, wide."""
SHOWN = "assessments/evidence.html"
REMEMBERED_CARDS = 512


@register.filter
def as_panel(panel: Panel | Mapping[str, Any]) -> Panel:
    """{% with shown=panel|as_panel %}: a panel as it is, or read back from the JSON of a signature."""
    return panel if isinstance(panel, Panel) else thawed(panel)


@register.simple_tag(takes_context=True)
def hypothesis_card(context: Context, panel: Panel, card: Card) -> SafeString:
    """{% hypothesis_card shown card %}: one card as columns.html wants it. After an answer most cards are as before, so a
    card of a live panel is rendered once for all that it shows.
    """
    manner = (
        bool(context.get("anchors")),
        str(context.get("intake_url", "")),
        bool(context.get("frozen")),
        bool(context.get("wide")),
    )
    is_changed = card.key in panel.changed
    if panel.evidence is not None:
        return _card(panel, card, manner, is_changed=is_changed)
    return _remembered_card(card, manner, is_changed, get_language() or "")


@lru_cache(maxsize=REMEMBERED_CARDS)
def _remembered_card(card: Card, manner: Manner, is_changed: bool, language: str) -> SafeString:  # noqa: ARG001, FBT001 the words differ by language
    return _card(None, card, manner, is_changed=is_changed)


def _card(panel: Panel | None, card: Card, manner: Manner, *, is_changed: bool) -> SafeString:
    anchors, intake_url, frozen, wide = manner
    context = {
        "shown": panel,
        "card": card,
        "is_changed": is_changed,
        "anchors": anchors,
        "intake_url": intake_url,
        "frozen": frozen,
        "wide": wide,
    }
    return render_to_string("assessments/card.html", context)


@register.simple_tag
def source_behind(panel: Panel | None, key: str) -> SafeString:
    """{% source_behind panel line.key %}: study, what it measured, figures as published, standing. Frozen with a panel."""
    if panel is None or panel.evidence is None:
        return _known(key, get_language() or "")
    evidence = panel.evidence.get(key)
    return render_to_string(SHOWN, {"evidence": evidence}) if evidence else SafeString("")


@lru_cache(maxsize=1024)
def _known(key: str, language: str) -> SafeString:  # noqa: ARG001 the words differ by language
    return render_to_string(SHOWN, {"evidence": evidence_for(key)})
