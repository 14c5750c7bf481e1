"""The body chart drawn: body, marked regions with their signs, dividing lines. Attributes only, so that it also prints.

In a page the style sheet (bodychart.css) takes over the colours by class; on paper the attributes here hold. Every
quality has its own sign as well as its tint, and signs are single strokes: they survive a grey printer and a photocopy.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from assessments.presenters.chart_geometry import (
    DETAILS,
    HEIGHT,
    LEFT,
    MIDDLE_DETAILS,
    SHAPES,
    TOP,
    WIDTH,
    Piece,
    Point,
    Shape,
    mirrored,
    outline,
    smooth,
)
from assessments.reasoning.body_chart import Area, Quality, View

INK, SKIN, CUT, STAR = "#22282e", "#fbf1e6", "#a99c8e", "#ffffff"
TINTS = {
    Quality.ACHE: "#f0c9a8",
    Quality.SHARP: "#f3b4ad",
    Quality.BURNING: "#f6d27a",
    Quality.TINGLING: "#a9d8d0",
    Quality.NUMB: "#cfd3d6",
    Quality.TIGHT: "#b9d9b4",
    Quality.CRAMP: "#d3c4e0",
}
UNSAID = "#ecdcc9"
STROKE = f'fill="none" stroke="{INK}" stroke-linecap="round" stroke-linejoin="round"'
SIGNS = {
    Quality.ACHE: "M-3 1.2q1.5-3.4 3 0t3 0",
    Quality.SHARP: "M-1.1 3 1.1-3",
    Quality.BURNING: "M-2.2-2.2 2.2 2.2M-2.2 2.2 2.2-2.2",
    Quality.TINGLING: "M-.01 0h.02",
    Quality.NUMB: "M-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0",
    Quality.TIGHT: "M-1.2-2.8v5.6M1.2-2.8v5.6",
    Quality.CRAMP: "M0-2.8 2.6 1.8H-2.6Z",
}
"""Strokes round (0, 0): wave, stroke, cross, dot, ring, two bars, triangle."""
WIDTHS = {Quality.TINGLING: 2.6}
STEP_X, STEP_Y, MARGIN, REACH = 9.0, 8.0, 2.4, 3.0


def path(pieces: Iterable[Piece], *, closed: bool = False) -> str:
    """The `d` of a path, to a tenth of a unit."""
    words: list[str] = []
    at: Point | None = None
    for start, one, other, end in pieces:
        if at is None:
            words.append("M" + _pair(start))
        elif start != at:
            words.append("L" + _pair(start))
        words.append(f"C{_pair(one)} {_pair(other)} {_pair(end)}")
        at = end
    return "".join(words) + ("Z" if closed else "")


def _pair(point: Point) -> str:
    return " ".join(f"{round(value, 1) + 0:g}" for value in point)


def polygon(shape: Shape, steps: int = 8) -> list[Point]:
    """The region as a polygon with so many points to a curve."""
    return [_on(piece, step / steps) for piece in shape.pieces for step in range(steps)]


def _on(piece: Piece, t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, piece, strict=True)) for axis in (0, 1))
    return x, y


def inside(point: Point, corners: list[Point]) -> bool:
    x, y = point
    found = False
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            found = not found
    return found


def _room(point: Point, corners: list[Point]) -> float:
    """Distance to the nearest edge."""
    return min(_distance(point, a, b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))


def _distance(point: Point, a: Point, b: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    t = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    return float(((x - ax - t * (bx - ax)) ** 2 + (y - ay - t * (by - ay)) ** 2) ** 0.5)


@lru_cache(maxsize=64)
def middle(region: str, side: str) -> Point:
    """The point of the region with most room around it: where its sign stands even in the smallest one.

    A region in the middle keeps to the midline.
    """
    corners = polygon(SHAPES[region, side], 4)
    xs, ys = [x for x, _y in corners], [y for _x, y in corners]
    across = [0.0] if not side else [min(xs) + (max(xs) - min(xs)) * step / 14 for step in range(1, 14)]
    down = [min(ys) + (max(ys) - min(ys)) * step / 20 for step in range(1, 20)]
    points = [(x, y) for x in across for y in down if inside((x, y), corners)]
    return max(points, key=lambda point: _room(point, corners))


@lru_cache(maxsize=64)
def spots(region: str, side: str) -> tuple[Point, ...]:
    """Where signs stand: a staggered grid through the middle of the region, as far as there is room for a sign."""
    corners = polygon(SHAPES[region, side], 4)
    x0, y0 = middle(region, side)
    grid = [
        (x0 + (column + (row % 2) / 2) * STEP_X, y0 + row * STEP_Y) for row in range(-16, 17) for column in range(-8, 9)
    ]
    room = REACH + MARGIN / 2
    kept = [spot for spot in grid if inside(spot, corners) and _room(spot, corners) >= room]
    return tuple(sorted(kept or [(x0, y0)], key=lambda spot: (spot[1], spot[0])))


def sign(quality: Quality, at: Point = (0, 0)) -> str:
    width = WIDTHS.get(quality, 1.0)
    place = f' transform="translate({_pair(at)})"' if at != (0, 0) else ""
    return f'<path class="chart-sign" d="{SIGNS[quality]}"{place} {STROKE} stroke-width="{width:g}"/>'


def _marked(area: Area) -> str:
    """One area: its tint, its signs taking turns, a bold edge round the worst and a star in it."""
    shape = SHAPES[area.place]
    tint = TINTS[area.qualities[0]] if area.qualities else UNSAID
    kind = area.qualities[0] if area.qualities else "unsaid"
    drawn = [
        f'<path class="chart-area chart-tint-{kind}{" is-worst" if area.is_worst else ""}" d="{path(shape.pieces, closed=True)}"'
        f' fill="{tint}" stroke="{INK}" stroke-width="{2.2 if area.is_worst else 1:g}" stroke-linejoin="round"/>'
    ]
    star = middle(*area.place)
    for number, spot in enumerate(spots(*area.place)):
        near = abs(spot[0] - star[0]) < 7 and abs(spot[1] - star[1]) < 7
        if area.qualities and not (area.is_worst and near):
            drawn.append(sign(area.qualities[number % len(area.qualities)], spot))
    return "".join(drawn) + (_star(star) if area.is_worst else "")


def _star(at: Point) -> str:
    return (
        f'<g class="chart-worst" transform="translate({_pair(at)})"><circle r="5" fill="{INK}"/><path fill="{STAR}"'
        ' d="M0-3.7 1-1.2 3.6-1.1 1.6.5 2.3 3 0 1.6-2.3 3-1.6.5-3.6-1.1-1-1.2Z"/></g>'
    )


@lru_cache(maxsize=2)
def _body(view: View) -> str:
    """Skin, the lines that make it a person, and the dividing lines: everything that lies under the marks."""
    halves = [smooth(line) for line in DETAILS[view]]
    details = [*halves, *(mirrored(line) for line in halves), *(smooth(line) for line in MIDDLE_DETAILS[view])]
    cuts = "".join(path(shape.pieces, closed=True) for shape in SHAPES.values() if shape.view is view)
    return (
        f'<path class="chart-skin" d="{path(outline(view))}" fill="{SKIN}"/>'
        f'<path class="chart-detail" d="{"".join(path(line) for line in details)}" {STROKE} stroke-width=".8" opacity=".62"/>'
        f'<path class="chart-cut" d="{cuts}" fill="none" stroke="{CUT}" stroke-width=".5" stroke-dasharray="1.8 1.6"/>'
    )


def marks(view: View, areas: Iterable[Area]) -> SafeString:
    """What changes from answer to answer: the body with what is marked on it. The worst is drawn last, on top."""
    shown = sorted((area for area in areas if SHAPES[area.place].view is view), key=lambda area: area.is_worst)
    return mark_safe(_body(view) + "".join(_marked(area) for area in shown))  # noqa: S308 - only our own numbers


@lru_cache(maxsize=2)
def contour(view: View) -> SafeString:
    """The line round the body, over everything else."""
    drawn = f'<path class="chart-contour" d="{path(outline(view))}" {STROKE} stroke-width="1.5"/>'
    return mark_safe(drawn)  # noqa: S308 - only our own numbers


VIEW_BOX = f"{LEFT:g} {TOP:g} {WIDTH:g} {HEIGHT:g}"
GAP, HEAD = 22.0, 30.0
Heads = tuple[str, str, str]
"""Heading of a view, and what stands at its left and at its right end."""


def picture(areas: Iterable[Area], heads: Mapping[View, Heads], title: str) -> SafeString:
    """Both views side by side as one SVG that needs no style sheet and no ids."""
    areas, parts = list(areas), []
    for number, view in enumerate(View):
        heading, left, right = heads[view]
        text = [
            (0.0, TOP - 18, "middle", heading, 700),
            (LEFT + 2, TOP - 5, "start", left, 400),
            (-LEFT - 2, TOP - 5, "end", right, 400),
        ]
        words = "".join(
            f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" font-size="10" font-weight="{weight}" fill="{INK}">{escape(said)}</text>'
            for x, y, anchor, said, weight in text
        )
        at = f"translate({number * (WIDTH + GAP):g} 0)"
        parts.append(f'<g transform="{at}">{words}{marks(view, areas)}{contour(view)}</g>')
    box = f"{LEFT:g} {TOP - HEAD:g} {2 * WIDTH + GAP:g} {HEIGHT + HEAD:g}"
    start = f'<svg xmlns="http://www.w3.org/2000/svg" class="chart-still" viewBox="{box}" role="img">'
    drawn = f"{start}<title>{escape(title)}</title>{''.join(parts)}</svg>"
    return mark_safe(drawn)  # noqa: S308 - our own numbers, and words that were escaped
