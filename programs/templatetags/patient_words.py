"""Words of the patient's page."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
NUMBER = re.compile(r"(\d+(?:[.,]\d+)?(?:\s(?:seconds?|minutes?|times))?)")


@register.filter
def bold_numbers(sentence: str) -> SafeString:
    """The dose's numbers stand out; everything is escaped."""
    parts = NUMBER.split(sentence)
    return format_html_join(
        "", "{}", ((format_html("<b>{}</b>", part) if i % 2 else part,) for i, part in enumerate(parts))
    )
