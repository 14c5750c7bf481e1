"""A figure as SVG text: its frames side by side, or one of them, mirrored for the other side of the body."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from programs.figures.paint import HEIGHT, WIDTH
from programs.figures.pose import FigureError
from programs.figures.scene import Figure, draw

MIRROR = f'<g transform="translate({WIDTH} 0) scale(-1 1)">'


def frame_parts(figure: Figure, number: int) -> str:
    """The elements of one frame. Raises FigureError naming figure and frame when something is out of reach."""
    try:
        return "".join(draw(figure.frames[number], figure.view))
    except FigureError as error:
        raise FigureError(f"figure '{figure.key}', frame {number + 1}: {error}") from error


def to_svg(figure: Figure, *, mirrored: bool, title: str, words: str, frames: Sequence[int] | None = None) -> str:
    """One svg element with title and description. Frames stand side by side, each in its own 240 by 180 field.

    The near limb is the right one; `mirrored` shows the left one. Only the drawing is turned round, never the words.
    """
    numbers = list(frames if frames is not None else range(len(figure.frames)))
    cells = []
    for place, number in enumerate(numbers):
        inner = frame_parts(figure, number)
        turned = f"{MIRROR}{inner}</g>" if mirrored else inner
        cells.append(f'<g transform="translate({WIDTH * place} 0)">{turned}</g>' if place else f"<g>{turned}</g>")
    box = f"0 0 {WIDTH * len(numbers)} {HEIGHT}"
    head = f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">{head}{"".join(cells)}</svg>'
