"""Drawings of the exercises, made from data: pure, standard library only.

The place is kept: pages and handouts already ask here for a drawing and go without one until a figure exists.
"""

from clinic.vocabulary.sides import DoseSide


def figure_for(key: str, side: DoseSide) -> str | None:
    """The SVG of an exercise for one side, or None where no figure has been drawn; callers show the steps alone."""
    drawn: dict[tuple[str, DoseSide], str] = {}
    return drawn.get((key, side))
