"""The differential in templates: a panel live or frozen, and the source behind a line."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from assessments.wording import Panel, thawed
from assessments.wording.panel import evidence_for

register = template.Library()
SHOWN = "assessments/evidence.html"


@register.filter
def as_panel(panel: Panel | Mapping[str, Any]) -> Panel:
    """{% with shown=panel|as_panel %}: a panel as it is, or read back from the JSON of a signature."""
    return panel if isinstance(panel, Panel) else thawed(panel)


@register.simple_tag
def source_behind(panel: Panel, key: str) -> SafeString:
    """{% source_behind panel line.key %}: study, what it measured, figures as published, standing. Frozen with a panel."""
    if panel.evidence is None:
        return _known(key, get_language() or "")
    evidence = panel.evidence.get(key)
    return render_to_string(SHOWN, {"evidence": evidence}) if evidence else SafeString("")


@lru_cache(maxsize=1024)
def _known(key: str, language: str) -> SafeString:  # noqa: ARG001 the words differ by language
    return render_to_string(SHOWN, {"evidence": evidence_for(key)})
