"""Drawings in templates: small beside a name, large with what it shows in words, moving on the runner's page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from clinic.permissions import Permission, can
from clinic.vocabulary.sides import DoseSide
from programs.drawings.addresses import Drawing, drawing_of
from programs.drawings.frozen import own_figure
from programs.models import Exercise

register = template.Library()


def of_exercise(exercise: Exercise, side: str) -> Drawing | None:
    """Ours, or the one the clinic drew. A clinic's own exercise has ours only where it is an adaptation of it."""
    own = own_figure(exercise)
    if own is None and exercise.clinic_id is not None and exercise.adapts_id is None:
        return None
    return drawing_of(exercise.key, side, own)


def of_line(line: Mapping[str, Any]) -> Drawing | None:
    """The drawing of an issued exercise: what was frozen into the version, or ours by its key."""
    return drawing_of(line["exercise"], line["side"], line.get("figure"))


@register.simple_tag
def figure_small(exercise: Exercise, side: str = "right") -> SafeString | str:
    """The clinic's picture, or the end of the movement, beside the name that says what it is: no words are added to it."""
    if picture := getattr(exercise, "clinic_picture", None):
        return format_html(
            '<span class="figure figure-small"><img src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async"></span>',
            reverse("programs:picture", args=[picture["id"]]),
            picture["width"],
            picture["height"],
        )
    drawing = of_exercise(exercise, side)
    if drawing is None:
        return ""
    return format_html(
        '<span class="figure figure-small"><img src="{}" width="240" height="180" alt="" loading="lazy" decoding="async"></span>',
        drawing.end,
    )


@register.inclusion_tag("programs/figure_card.html", takes_context=True)
def figure_card(context: Context, exercise: Exercise) -> dict[str, Any]:
    """Start and end at full size, for the side the address asks for (`?side=left`)."""
    has_sides = exercise.whole.get("dose", {}).get("side") != DoseSide.BOTH.value
    asked = context["request"].GET.get("side", "")
    side = asked if has_sides and asked in ("left", "right") else "right"
    membership = getattr(context["request"], "membership", None)
    return {
        "drawing": of_exercise(exercise, side),
        "side": side,
        "has_sides": has_sides,
        "exercise": exercise,
        "adjust": membership is not None and can(membership, Permission.PRESCRIBE),
    }


@register.inclusion_tag("portal/figure.html", takes_context=True)
def figure_moving(context: Context, line: Mapping[str, Any]) -> dict[str, Any]:
    """The exercise as the runner sees it: the clinic's picture, else the drawing, moving where that is wanted."""
    if picture := line.get("picture"):
        address = reverse("programs:patient_picture", args=[context["visit"].token, picture["id"]])
        return {"picture": picture, "address": address}
    return {"drawing": of_line(line)}
