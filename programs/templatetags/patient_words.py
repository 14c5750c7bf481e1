"""Words of the patient's page."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from programs.wording import language_mark, language_now

register = template.Library()
COUNTED = "seconds?|minutes?|times|Sekunden?|Minuten?|Mal|secondes?|fois|segundos?|minutos?|veces"
NUMBER = re.compile(rf"(\d+(?:[.,]\d+)?(?:\s(?:{COUNTED})\b)?)")


@register.filter
def bold_numbers(sentence: str) -> SafeString:
    """The dose's numbers stand out; everything is escaped."""
    parts = NUMBER.split(sentence)
    return format_html_join(
        "", "{}", ((format_html("<b>{}</b>", part) if i % 2 else part,) for i, part in enumerate(parts))
    )


@register.filter
def marked(part: Mapping[str, Any]) -> str:
    """A word that says so where an exercise or advice is not in the page's language, with a space before it."""
    mark = language_mark(part.get("language", ""))
    return f" {mark}" if mark else ""


@register.filter
def lang_of(part: Mapping[str, Any]) -> str:
    """The language of its words, for the lang attribute: a screen reader then speaks them rightly."""
    return str(part.get("language") or language_now())
