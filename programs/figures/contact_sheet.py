"""All figures on one sheet, to be looked at as a clinician would: is each recognisable without its name?"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from programs.figures.drawing import frame_parts
from programs.figures.paint import HEIGHT, ROUND, WIDTH
from programs.figures.scene import Figure

COLUMNS = 6  # of single frames
HEAD = 14
PRINTED = 113  # drawing units that 240 take at 30 mm wide, when the sheet is looked at at 96 dots an inch


def contact_sheet(figures: Iterable[Figure], *, grey: bool = False) -> str:
    """One svg: every frame with the name of its figure. `grey` shows the tones and the size of a 30 mm print.

    Raises FigureError naming figure and frame when something is out of reach.
    """
    cells = [(figure, number) for figure in figures for number in range(len(figure.frames))]
    wide, high = (PRINTED, PRINTED * HEIGHT / WIDTH + HEAD) if grey else (WIDTH, HEIGHT + HEAD)
    rows = -(-len(cells) // COLUMNS)
    box = f"{COLUMNS * wide:g} {rows * high:g}"
    width, height = box.split()
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {box}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for place, (figure, number) in enumerate(cells):
        row, column = divmod(place, COLUMNS)
        inner = frame_parts(figure, number)
        name = f"{figure.key} {number + 1}"
        parts.append(
            f'<g transform="translate({column * wide:g} {row * high:g})">'
            f'<text x="4" y="{HEAD - 4}" font-family="sans-serif" font-size="{6 if grey else 9}">{escape(name)}</text>'
            f'<g {ROUND} transform="translate(0 {HEAD}) scale({wide / WIDTH:.4f})">{_greyed(inner) if grey else inner}</g></g>'
        )
    return "".join([*parts, "</svg>"])


COLOUR = re.compile(r'"#([0-9a-f]{6})"')


def _greyed(markup: str) -> str:
    def tone(found: re.Match[str]) -> str:
        red, green, blue = (int(found[1][place : place + 2], 16) for place in (0, 2, 4))
        level = round(0.2126 * red + 0.7152 * green + 0.0722 * blue)
        return f'"#{level:02x}{level:02x}{level:02x}"'

    return COLOUR.sub(tone, markup)
