"""Records and moments in words, for templates. Days are those of the clinic, whose time zone is active."""

from datetime import date, datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from clinic import presenters
from clinic.models import Episode, Patient

register = template.Library()


@register.filter
def facts(patient: Patient) -> str:
    """{{ patient|facts }}: 34 · distance, 48 km/week · half marathon 14 Mar."""
    return presenters.facts(patient, timezone.localdate())


@register.filter
def thigh(episode: Episode) -> str:
    """{{ episode|thigh }}: Right posterior thigh."""
    return presenters.thigh(episode)


@register.filter
def duration(episode: Episode) -> str:
    """{{ episode|duration }}: 9 weeks."""
    return presenters.duration(episode, timezone.localdate())


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """{% moment entry.at %}: the day as people say it, with the exact time on demand."""
    local = timezone.localtime(at)
    words = capfirst(presenters.moment_in_words(at, timezone.localdate()))
    exact = formats.date_format(local, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), exact, words)


@register.simple_tag
def day(on: date) -> SafeString:
    """{% day episode.began_on %}: the same for a calendar day."""
    words, exact = presenters.day_in_words(on, timezone.localdate()), formats.date_format(on, "DATE_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', on.isoformat(), exact, words)
