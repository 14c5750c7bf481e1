"""Points, smooth outlines and hatching. Body units: stature = 100, x right, y up. Angles in degrees, 0 right, 90 up."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

TANGENT = 0.19  # of the chord between a point's neighbours
HANDLE_MOST = 0.4  # of the chord a curve spans
STEPS_PER_CURVE = 8


def along(start: Point, angle: float, distance: float) -> Point:
    """The point `distance` from `start` in direction `angle`."""
    turned = math.radians(angle)
    return start[0] + distance * math.cos(turned), start[1] + distance * math.sin(turned)


def between(one: Point, other: Point, part: float) -> Point:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def moved(point: Point, by: Point) -> Point:
    return point[0] + by[0], point[1] + by[1]


def distance(one: Point, other: Point) -> float:
    return math.hypot(other[0] - one[0], other[1] - one[1])


def angle_of(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def placed(points: Iterable[Point], origin: Point, angle: float, *, flip: bool = False) -> list[Point]:
    """Local points (x along `angle`, y to its left; `flip`: to its right) in the world."""
    turned = math.radians(angle)
    cos, sin, sign = math.cos(turned), math.sin(turned), -1.0 if flip else 1.0
    return [(origin[0] + x * cos - sign * y * sin, origin[1] + x * sin + sign * y * cos) for x, y in points]


@dataclass(frozen=True)
class Outline:
    """A path: each piece is a letter of SVG (M, L, C, Z) with its points in body units."""

    pieces: tuple[tuple[str, tuple[Point, ...]], ...]

    def points(self) -> list[Point]:
        """The outline as a polygon, curves divided into short lines."""
        found: list[Point] = []
        for letter, points in self.pieces:
            if letter == "C":
                start = found[-1]
                found += [_on_curve((start, *points), (step + 1) / STEPS_PER_CURVE) for step in range(STEPS_PER_CURVE)]
            else:
                found += points
        return found


def _on_curve(curve: tuple[Point, ...], t: float) -> Point:
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    x, y = (sum(w * p[axis] for w, p in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y


def polygon(points: Sequence[Point]) -> Outline:
    return Outline((("M", (points[0],)), *(("L", (point,)) for point in points[1:]), ("Z", ())))


def line(points: Sequence[Point]) -> Outline:
    """A smooth open line through the points."""
    return Outline((("M", (points[0],)), *_curves(points)))


def closed(points: Sequence[Point]) -> Outline:
    """A smooth closed shape through the points."""
    ring = [points[-1], *points, points[0], points[1]]
    pieces: list[tuple[str, tuple[Point, ...]]] = [("M", (points[0],))]
    pieces += [_curve(*ring[number : number + 4]) for number in range(len(points))]
    return Outline((*pieces, ("Z", ())))


def ribbon(one_side: Sequence[Point], other_side: Sequence[Point]) -> Outline:
    """Two smooth open sides joined by straight ends: a limb. Both sides run the same way."""
    back = list(reversed(other_side))
    return Outline((("M", (one_side[0],)), *_curves(one_side), ("L", (back[0],)), *_curves(back), ("Z", ())))


def disc(centre: Point, radius: float) -> Outline:
    """A circle of four curves."""
    k = radius * 0.5523
    x, y = centre
    return Outline(
        (
            ("M", ((x + radius, y),)),
            ("C", ((x + radius, y + k), (x + k, y + radius), (x, y + radius))),
            ("C", ((x - k, y + radius), (x - radius, y + k), (x - radius, y))),
            ("C", ((x - radius, y - k), (x - k, y - radius), (x, y - radius))),
            ("C", ((x + k, y - radius), (x + radius, y - k), (x + radius, y))),
            ("Z", ()),
        )
    )


def _curves(points: Sequence[Point]) -> list[tuple[str, tuple[Point, ...]]]:
    ring = [points[0], *points, points[-1]]
    return [_curve(*ring[number : number + 4]) for number in range(len(points) - 1)]


def _curve(before: Point, start: Point, end: Point, after: Point) -> tuple[str, tuple[Point, ...]]:
    return "C", (_handle(start, before, end, end), _handle(end, after, start, start), end)


def _handle(at: Point, behind: Point, ahead: Point, chord_end: Point) -> Point:
    dx, dy = (ahead[0] - behind[0]) * TANGENT, (ahead[1] - behind[1]) * TANGENT
    length, most = math.hypot(dx, dy), HANDLE_MOST * distance(at, chord_end)
    scale = most / length if length > most else 1.0
    return at[0] + dx * scale, at[1] + dy * scale


def hatched(shape: Outline, gap: float, angle: float = 45.0) -> list[tuple[Point, Point]]:
    """Parallel lines `gap` apart cut to the shape; computed, so that any printer draws them."""
    turned = math.radians(-angle)
    cos, sin = math.cos(turned), math.sin(turned)
    ring = [(x * cos - y * sin, x * sin + y * cos) for x, y in shape.points()]
    low, high = min(y for _x, y in ring), max(y for _x, y in ring)
    lines = []
    level = math.ceil(low / gap) * gap + gap * 0.02
    while level < high:
        cuts = sorted(
            a[0] + (level - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (a[1] <= level) != (b[1] <= level)
        )
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            ends = ((left, level), (right, level))
            lines.append(tuple((x * cos + y * sin, -x * sin + y * cos) for x, y in ends))
        level += gap
    return [(a, b) for a, b in lines]
