"""Tones, line widths and the SVG text itself. Only shapes with presentation attributes: no ids, styles, clips or filters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from programs.figures.geometry import Outline, Point, hatched

WIDTH, HEIGHT = 240, 180
ROUND = 'stroke-linejoin="round" stroke-linecap="round"'
"""Belongs on the group that holds the elements of a drawing: said once, not on each of its lines."""
Depth = Literal["near", "far", "helper"]

LINES: dict[Depth, tuple[str, float]] = {"near": ("#22282e", 1.5), "far": ("#7b838b", 1.25), "helper": ("#868e96", 1.1)}
SKIN: dict[Depth, str] = {"near": "#fbf1e6", "far": "#e2ddd6", "helper": "#ffffff"}
SHIRT: dict[Depth, str] = {"near": "#bccbd6", "far": "#a9b7c2", "helper": "#f1f3f5"}
SHORTS: dict[Depth, str] = {"near": "#46586a", "far": "#8d99a5", "helper": "#dfe3e7"}
HAIR: dict[Depth, str] = {"near": "#2f3337", "far": "#2f3337", "helper": "#c9ced3"}
REGION_TINT, REGION_LINE = "#f0a592", "#c2402a"
ARROW = "#14517f"
FLOOR, MAT, PAD, WOOD, SLIDER, METAL = "#4b545c", "#cfd9df", "#8fa0ad", "#dfe6ea", "#39434d", "#6b7680"
DETAIL = 0.7


@dataclass(frozen=True)
class View:
    """From body units to the drawing: X = ox + k x, Y = floor - k y."""

    scale: float
    middle: float
    floor: float

    def at(self, point: Point) -> Point:
        return WIDTH / 2 + self.scale * (point[0] - self.middle), self.floor - self.scale * point[1]

    def words(self, point: Point) -> str:
        x, y = self.at(point)
        return f"{_short(x)} {_short(y)}"

    def path(self, outline: Outline) -> str:
        return "".join(letter + " ".join(self.words(point) for point in points) for letter, points in outline.pieces)


def _short(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


@dataclass
class Canvas:
    """Collects the elements of one drawing in the order they are painted."""

    view: View
    parts: list[str]

    def union(self, shapes: Sequence[Outline], fill: str, depth: Depth) -> None:
        """Several shapes as one: first all outlines, then all fillings, so that no inner line is left."""
        colour, width = LINES[depth]
        everything = "".join(self.view.path(shape) for shape in shapes)
        self._path(everything, fill="none", stroke=colour, width=2 * width)
        for shape in shapes:
            self._path(self.view.path(shape), fill=fill)

    def shape(self, outline: Outline, fill: str, line: str = "", width: float = 0.0) -> None:
        self._path(self.view.path(outline), fill=fill, stroke=line, width=width)

    def strokes(self, lines: Iterable[Outline], colour: str, width: float = DETAIL) -> None:
        """Open lines without filling."""
        text = "".join(self.view.path(line) for line in lines)
        if text:
            self._path(text, fill="none", stroke=colour, width=width)

    def region(self, outline: Outline) -> None:
        """A working muscle: tint, hatching and edge, readable without colour."""
        self.shape(outline, REGION_TINT)
        gap = 3.0 / self.view.scale
        marks = "".join(f"M{self.view.words(a)}L{self.view.words(b)}" for a, b in hatched(outline, gap))
        if marks:
            self._path(marks, fill="none", stroke=REGION_LINE, width=0.9)
        self._path(self.view.path(outline), fill="none", stroke=REGION_LINE, width=0.9)

    def arrow(self, shaft: Outline, head: Sequence[Point]) -> None:
        """A movement: shaft and head over a white halo. The head is given in drawing units by the caller's view."""
        path = self.view.path(shaft)
        tip = "M" + "L".join(self.view.words(point) for point in head) + "Z"
        self._path(path + tip, fill="none", stroke="#ffffff", width=5.6)
        self._path(path, fill="none", stroke=ARROW, width=2.6)
        self._path(tip, fill=ARROW, stroke=ARROW, width=0.6)

    def _path(self, d: str, *, fill: str, stroke: str = "", width: float = 0.0) -> None:
        line = ""
        if stroke and width:
            line = f' stroke="{stroke}" stroke-width="{_width(width)}"'
        self.parts.append(f'<path d="{d}" fill="{fill}"{line}/>')


def _width(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
