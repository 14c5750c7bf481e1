"""The prints of the newest version on the program's page."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from programs.handouts.prints import offer, print_lines
from programs.models import ProgramVersion

register = template.Library()


@register.inclusion_tag("programs/prints_lines.html", takes_context=True)
def prints_of(context: Context, version: ProgramVersion) -> dict[str, Any]:
    """Made or on their way, and what may be asked for besides. `version` comes from queries.versions_of. No query."""
    return {
        "lines": print_lines(version, version.papers, timezone.now()),  # type: ignore[attr-defined]
        "offer": offer(version, context["request"].clinic),
        "version": version,
        "may_change": context.get("may_change", False),
        "csrf_token": context.get("csrf_token"),
        "request": context["request"],
    }
