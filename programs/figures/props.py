"""Things an exercise needs, drawn from a few measures in body units."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from programs.figures.geometry import Outline, Point, between, disc, line, polygon
from programs.figures.paint import LINES, MAT, METAL, PAD, SLIDER, WOOD, Canvas
from programs.figures.pose import FigureError

Kind = Literal[
    "mat",
    "pad",
    "chair",
    "bench",
    "step",
    "wall",
    "doorway",
    "slider",
    "strap",
    "band",
    "weight",
    "roller",
    "rail",
    "block",
    "slope",
    "clock",
    "tally",
]


Places = Mapping[str, Point]
"""Joints of the body by name."""


@dataclass(frozen=True)
class Prop:
    """`x` is the middle (a chair: the front edge of its seat), `y` the foot, `width` and `height` in body units."""

    kind: Kind
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    to: tuple[Point, ...] = ()
    at: str = ""
    in_front: bool = False
    flip: bool = False


CUFF = 6.0  # body units: a weight not wider than this goes around the ankle
Painter = Callable[[Canvas, Prop, Places], None]


def box(left: float, low: float, right: float, high: float) -> Outline:
    return polygon([(left, low), (right, low), (right, high), (left, high)])


def paint(canvas: Canvas, prop: Prop, places: Places) -> None:
    PAINTERS[prop.kind](canvas, prop, places)


def _box(fill: str, width: float, height: float) -> Painter:
    def painter(canvas: Canvas, prop: Prop, _places: Places) -> None:
        wide, high = prop.width or width, prop.height or height
        outline = box(prop.x - wide / 2, prop.y, prop.x + wide / 2, prop.y + high)
        canvas.shape(outline, fill, LINES["near"][0], 1.1)

    return painter


def _chair(canvas: Canvas, prop: Prop, _places: Places) -> None:
    """Seat 25 high, 24 deep, back 26 above it; the back stands at the right unless flipped."""
    sign = -1 if prop.flip else 1
    high, deep = prop.height or 25.0, prop.width or 24.0

    def part(a: float, low: float, b: float, top: float) -> None:
        left, right = sorted((prop.x + sign * a, prop.x + sign * b))
        canvas.shape(box(left, low, right, top), WOOD, LINES["far"][0], 1.2)

    for leg in (1.6, deep - 3.8):
        part(leg, 0.0, leg + 2.2, high - 2.4)
    part(deep - 2.2, high - 2.4, deep, high + 26)
    part(0.0, high - 2.4, deep, high)


def _bench(canvas: Canvas, prop: Prop, _places: Places) -> None:
    high, wide = prop.height or 20.0, prop.width or 16.0
    left, right = prop.x - wide / 2, prop.x + wide / 2
    for x in (left + 1.5, right - 3.7):
        canvas.shape(box(x, 0, x + 2.2, high - 5), WOOD, LINES["far"][0], 1.2)
    canvas.shape(box(left, high - 5, right, high), PAD, LINES["near"][0], 1.2)


def _wall(canvas: Canvas, prop: Prop, _places: Places) -> None:
    wide = prop.width or 3.0
    canvas.shape(box(prop.x - wide / 2, 0, prop.x + wide / 2, prop.height or 92.0), WOOD, LINES["far"][0], 1.2)


def _line_of(colour: str, width: float) -> Painter:
    def painter(canvas: Canvas, prop: Prop, places: Places) -> None:
        points = [*prop.to]
        if prop.at:
            points.append(place(places, prop.at))
        canvas.strokes([line(points)], "#22282e", width + 1.4)
        canvas.strokes([line(points)], colour, width)

    return painter


def place(places: Places, name: str) -> Point:
    """A joint of the body by its name."""
    if name not in places:
        raise FigureError(f"there is no '{name}' to hang something on; use one of {', '.join(sorted(places))}")
    return places[name]


def _rail(canvas: Canvas, prop: Prop, _places: Places) -> None:
    """Straight bars from point to point."""
    bars = Outline((("M", prop.to[:1]), *(("L", (point,)) for point in prop.to[1:])))
    canvas.strokes([bars], "#22282e", 3.6)
    canvas.strokes([bars], METAL, 2.2)


def _slope(canvas: Canvas, prop: Prop, _places: Places) -> None:
    """Rising ground from the first point to the last, as thick as a mat."""
    (x1, y1), (x2, y2) = prop.to[0], prop.to[-1]
    canvas.shape(polygon([(x1, y1 - 5), (x2, y2 - 5), (x2, y2), (x1, y1)]), MAT, LINES["near"][0], 1.3)


def _mat(canvas: Canvas, prop: Prop, places: Places) -> None:
    """From its edge; or, when it is given a height, as it is seen from above with the front edge nearer."""
    if not prop.height:
        _box(MAT, 110.0, 1.8)(canvas, prop, places)
        return
    half = (prop.width or 110.0) / 2
    left, right, top = prop.x - half, prop.x + half, prop.y + prop.height
    canvas.shape(
        polygon([(left, prop.y), (right, prop.y), (right - 5, top), (left + 5, top)]), MAT, LINES["far"][0], 1.1
    )
    canvas.shape(box(left, prop.y - 1.6, right, prop.y), PAD, LINES["far"][0], 1.1)


def _weight(canvas: Canvas, prop: Prop, places: Places) -> None:
    """A dumbbell; a cuff around the ankle when it is narrow; a kettlebell when it is as high as wide."""
    x, y = place(places, prop.at) if prop.at else (prop.x, prop.y)
    x, y = x + prop.x * bool(prop.at), y + prop.y * bool(prop.at)
    wide, high = prop.width or 4.0, prop.height or 6.5
    if wide <= CUFF:
        canvas.shape(box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2), METAL, LINES["near"][0], 1.1)
        return
    if high >= wide:
        canvas.strokes([disc((x, y + wide * 0.42), wide * 0.28)], LINES["near"][0], 2.2)
        canvas.shape(disc((x, y - wide * 0.08), wide / 2), METAL, LINES["near"][0], 1.1)
        return
    canvas.shape(box(x - wide / 2, y - high / 6, x + wide / 2, y + high / 6), METAL, LINES["near"][0], 1.1)
    for sign in (-1, 1):
        end = x + sign * (wide / 2 - 1.3)
        canvas.shape(box(end - 1.6, y - high / 2, end + 1.6, y + high / 2), METAL, LINES["near"][0], 1.1)


def _roller(canvas: Canvas, prop: Prop, _places: Places) -> None:
    radius = prop.height or 4.2
    canvas.shape(disc((prop.x, prop.y + radius), radius), PAD, LINES["near"][0], 1.2)
    canvas.shape(disc((prop.x, prop.y + radius), radius * 0.45), MAT, LINES["near"][0], 0.7)


def _clock(canvas: Canvas, prop: Prop, _places: Places) -> None:
    """A stopwatch: this is a check, and the time counts."""
    x, y, radius = prop.x, prop.y, prop.height or 6.0
    canvas.shape(box(x - 1.1, y + radius, x + 1.1, y + radius + 2.2), METAL, LINES["near"][0], 1.1)
    canvas.shape(disc((x, y), radius), "#ffffff", LINES["near"][0], 1.4)
    canvas.strokes([line([(x, y + radius * 0.68), (x, y), (x + radius * 0.48, y)])], LINES["near"][0], 1.2)


def _tally(canvas: Canvas, prop: Prop, _places: Places) -> None:
    """Four strokes and one across them: this is a check, and the repetitions count."""
    x, y, high = prop.x, prop.y, prop.height or 9.0
    for place in (0.0, 2.8, 5.6, 8.4):
        canvas.strokes([line([(x + place, y), (x + place, y + high)])], LINES["near"][0], 1.4)
    canvas.strokes([line([(x - 2.0, y + high * 0.15), (x + 10.4, y + high * 0.85)])], LINES["near"][0], 1.4)


PAINTERS: dict[str, Painter] = {
    "mat": _mat,
    "pad": _box(PAD, 24.0, 3.6),
    "step": _box(WOOD, 26.0, 10.0),
    "block": _box(WOOD, 12.0, 8.0),
    "slider": _box(SLIDER, 10.0, 1.3),
    "chair": _chair,
    "bench": _bench,
    "wall": _wall,
    "doorway": _wall,
    "strap": _line_of("#8fa0ad", 1.5),
    "band": _line_of("#0f6b62", 1.9),
    "rail": _rail,
    "slope": _slope,
    "weight": _weight,
    "roller": _roller,
    "clock": _clock,
    "tally": _tally,
}


def moved_prop(start: Prop, end: Prop, part: float) -> Prop:
    """A thing on its way between two frames: a slider under a heel, a strap that follows a hand."""
    to = tuple(between(a, b, part) for a, b in zip(start.to, end.to, strict=True))
    x, y = between((start.x, start.y), (end.x, end.y), part)
    return replace(end, x=x, y=y, to=to)
