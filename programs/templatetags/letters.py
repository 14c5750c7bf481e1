"""What the template of a letter asks of its blocks."""

from django import template

from programs.letters.document import Block, Grid

register = template.Library()


@register.filter
def kind(block: Block) -> str:
    """own, sentence, facts, findings or grid."""
    return type(block).__name__.lower()


@register.filter
def cells(grid: Grid) -> list[list[tuple[str, str]]]:
    """Every cell beside the head of its column."""
    return [list(zip(grid.heads, row, strict=True)) for row in grid.rows]


@register.filter
def parts(cell: str) -> list[str]:
    """The name of a row, and what qualifies it."""
    return cell.split("\n", 1)
