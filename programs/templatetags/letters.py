"""What the template of a letter asks of its blocks."""

from typing import Any

from django import template
from django.template.loader import render_to_string

from programs.handouts.images import data_uri
from programs.letters.document import Block, Chart, Grid
from programs.progress.chart.course_chart import course_chart
from programs.progress.chart.facts import course_from_json
from programs.progress.chart.shapes import NARROW, PAPER, WIDE
from programs.progress.presenters import chart_words

register = template.Library()


@register.filter
def kind(block: Block) -> str:
    """own, sentence, facts, findings, grid or chart."""
    return type(block).__name__.lower()


@register.filter
def cells(grid: Grid) -> list[list[tuple[str, str]]]:
    """Every cell beside the head of its column."""
    return [list(zip(grid.heads, row, strict=True)) for row in grid.rows]


@register.filter
def parts(cell: str) -> list[str]:
    """The name of a row, and what qualifies it."""
    return cell.split("\n", 1)


@register.inclusion_tag("letters/chart.html")
def chart_on_screen(block: Chart) -> dict[str, Any]:
    """The frozen course drawn in both sizes; the style sheet shows the one there is room for."""
    course, words = course_from_json(block.course), chart_words()
    return {
        "said": block.text,
        "wide": course_chart(course, words, WIDE),
        "narrow": course_chart(course, words, NARROW),
    }


@register.simple_tag
def chart_on_paper(block: Chart) -> str:
    """The same drawing in black and white as a data address: the renderer of letters opens nothing else."""
    drawing = course_chart(course_from_json(block.course), chart_words(), PAPER)
    svg = render_to_string("progress/course_svg.html", {"chart": drawing, "said": block.text, "paper": True})
    return data_uri("image/svg+xml", svg.encode())
