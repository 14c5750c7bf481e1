"""The lower body of the chart as our own drawing: smooth lines between hand-set points, and regions cut along them.

One half is drawn, at x > 0 in units of a sixth of a hundredth of the stature, y down from the lower ribs to the sole; the
other half is its mirror image. Regions that touch run along the same line, so they leave no gap and never overlap.
"""

from dataclasses import dataclass
from itertools import pairwise

from assessments.reasoning.body_chart import REGIONS, View

Point = tuple[float, float]
Piece = tuple[Point, Point, Point, Point]
"""One cubic curve: start, two handles, end."""

LEFT, TOP, WIDTH, HEIGHT = -61.0, -3.0, 122.0, 424.0
"""What of the plane is seen."""

_LEG_OUTER: list[Point] = [
    (46.4, 0), (43.4, 25), (47.4, 48), (53.2, 72), (56.8, 96), (57, 118), (55.2, 150), (50.8, 188), (45.2, 219),
    (43.4, 232), (44.6, 247), (47.4, 267), (45.6, 292), (39.8, 326), (36, 353), (35.8, 366), (37.6, 376),
]  # fmt: skip
_LEG_INNER: list[Point] = [
    (0, 117.5), (4.2, 129), (7, 152), (9.8, 188), (10.8, 219), (9.6, 231), (10.4, 247), (6.8, 272), (8.6, 297),
    (13.2, 327), (15.8, 353), (14.8, 366), (13, 375),
]  # fmt: skip

LINES: dict[View, dict[str, list[Point]]] = {
    View.BACK: {
        "outer": _LEG_OUTER,
        "inner": _LEG_INNER,
        "top": [(0, 3.4), (7.6, 3.3), (28, 2.6), (46.4, 0)],
        "foot": [(13, 375), (13.8, 385), (15.4, 394), (19.6, 400.2), (26, 401.6), (31.6, 399.4), (35, 396), (39.6, 398.6),
                 (44.4, 398), (45.4, 393.6), (41.6, 386), (37.6, 376)],
        "spine": [(7.6, 3.3), (6.6, 30), (7, 58)],
        "lumbosacral": [(0, 58), (7, 58)],
        "crest": [(7, 58), (20, 54.4), (31, 48.6), (40.4, 46), (47.4, 48)],
        "joint": [(20, 54.4), (19.6, 68), (14.4, 82), (6.8, 93)],
        "sacrum": [(7, 58), (8.4, 76), (6.8, 93), (0, 110)],
        "cleft": [(0, 110), (0, 117.5)],
        "fold": [(0, 117.5), (8.6, 121.4)],
        "bone above": [(8.6, 121.4), (9.6, 108.6), (18.4, 102.4), (27.6, 108.4), (29.4, 121.6)],
        "bone below": [(8.6, 121.4), (13.2, 129.6), (20.4, 131.6), (26.4, 128.8), (29.4, 121.6)],
        "fold outside": [(29.4, 121.6), (37.4, 121.4), (44.6, 117.4)],
        "flank": [(47.4, 48), (45, 70), (43.6, 96), (44.6, 117.4), (46.4, 151), (50.8, 188)],
        "thigh above": [(7, 152), (27, 155), (46.4, 151)],
        "thigh below": [(9.8, 188), (30, 191), (50.8, 188)],
        "knee above": [(10.8, 219), (28, 216.4), (45.2, 219)],
        "knee below": [(10.4, 247), (27.6, 250), (44.6, 247)],
        "calf below": [(13.2, 327), (26.6, 331), (39.8, 326)],
        "heel": [(14.8, 366), (25.4, 369), (35.8, 366)],
    },
    View.FRONT: {
        "outer": _LEG_OUTER,
        "inner": _LEG_INNER,
        "top": [(0, 3.4), (28, 2.6), (46.4, 0)],
        "foot": [(13, 375), (12.8, 388), (10.8, 399), (9.6, 407), (10.6, 414), (14.4, 417.6), (18.6, 416.6), (20.6, 413.8),
                 (23, 415.6), (25.8, 414.8), (27, 412.4), (29.2, 413.6), (31.8, 412.4), (32.8, 410.2), (34.8, 411),
                 (37, 409.6), (37.8, 407.4), (39.8, 407.8), (42, 405.4), (42.8, 400), (40.4, 388), (37.6, 376)],
        "groin above": [(0, 95), (9.6, 97), (20, 88), (30.6, 77.4), (40, 62), (47.4, 48)],
        "pubis": [(9.6, 97), (8.6, 107), (0, 117.5)],
        "groin outside": [(30.6, 77.4), (33, 92), (28.6, 105.6), (19, 118), (4.2, 129)],
        "hip below": [(28.6, 105.6), (43, 114.4), (57, 118)],
        "thigh inside": [(19, 118), (22.4, 150), (21, 186), (16, 208), (10.8, 219)],
        "knee above": [(10.8, 219), (28, 214.6), (45.2, 219)],
        "knee below": [(10.4, 247), (27, 251), (44.6, 247)],
        "shin": [(27, 251), (26.6, 290), (25.4, 326), (25.6, 357)],
        "ankle": [(15.8, 353), (25.6, 357), (36, 353)],
    },
}  # fmt: skip

Run = tuple[str, int, int]
"""Part of a line: its name, from which point, to which point (smaller: backwards)."""

CHAINS: dict[str, list[Run]] = {
    "low_back_mid": [("top", 0, 1), ("spine", 0, 2), ("lumbosacral", 1, 0)],
    "low_back": [("top", 1, 3), ("outer", 0, 2), ("crest", 4, 0), ("spine", 2, 0)],
    "si_joint": [("crest", 0, 1), ("joint", 0, 3), ("sacrum", 2, 0)],
    "sacrum": [("lumbosacral", 0, 1), ("sacrum", 0, 3)],
    "buttock": [("crest", 1, 4), ("flank", 0, 3), ("fold outside", 2, 0), ("bone above", 4, 0), ("fold", 1, 0),
                ("cleft", 1, 0), ("sacrum", 3, 2), ("joint", 3, 0)],
    "sitting_bone": [("bone above", 0, 4), ("bone below", 4, 0)],
    "outer_hip": [("outer", 2, 7), ("flank", 5, 0)],
    "thigh_upper": [("fold", 0, 1), ("bone below", 0, 4), ("fold outside", 0, 2), ("flank", 3, 4), ("thigh above", 2, 0),
                    ("inner", 2, 0)],
    "thigh_mid": [("thigh above", 0, 2), ("flank", 4, 5), ("thigh below", 2, 0), ("inner", 3, 2)],
    "thigh_lower": [("thigh below", 0, 2), ("outer", 7, 8), ("knee above", 2, 0), ("inner", 4, 3)],
    "knee_back": [("knee above", 0, 2), ("outer", 8, 10), ("knee below", 2, 0), ("inner", 6, 4)],
    "calf": [("knee below", 0, 2), ("outer", 10, 13), ("calf below", 2, 0), ("inner", 9, 6)],
    "achilles": [("calf below", 0, 2), ("outer", 13, 15), ("heel", 2, 0), ("inner", 11, 9)],
    "heel": [("heel", 0, 2), ("outer", 15, 16), ("foot", 11, 0), ("inner", 12, 11)],
    "abdomen": [("top", 0, 2), ("outer", 0, 2), ("groin above", 5, 0)],
    "pubis": [("groin above", 0, 1), ("pubis", 0, 2)],
    "groin": [("groin above", 1, 3), ("groin outside", 0, 4), ("inner", 1, 0), ("pubis", 2, 0)],
    "hip_front": [("groin above", 3, 5), ("outer", 2, 5), ("hip below", 2, 0), ("groin outside", 2, 0)],
    "thigh_front": [("hip below", 0, 2), ("outer", 5, 8), ("knee above", 2, 0), ("thigh inside", 4, 0),
                    ("groin outside", 3, 2)],
    "thigh_inner": [("groin outside", 3, 4), ("inner", 1, 4), ("thigh inside", 4, 0)],
    "knee": [("knee above", 0, 2), ("outer", 8, 10), ("knee below", 2, 0), ("inner", 6, 4)],
    "shin": [("knee below", 0, 1), ("shin", 0, 3), ("ankle", 1, 0), ("inner", 10, 6)],
    "shin_outer": [("knee below", 1, 2), ("outer", 10, 14), ("ankle", 2, 1), ("shin", 3, 0)],
    "foot_top": [("ankle", 0, 2), ("outer", 14, 16), ("foot", 21, 0), ("inner", 12, 10)],
}  # fmt: skip
"""Round each region once. A region in the middle is given from the midline back to the midline."""

DETAILS: dict[View, list[list[Point]]] = {
    View.BACK: [
        [(13.6, 62.4), (15.8, 64.4), (17.2, 67)],
        [(30, 12), (26, 20), (25, 30)],
        [(5, 119.6), (12.4, 123.8), (22, 125), (31.6, 122.4)],
        [(14, 238.6), (21, 235.6), (27, 236.6)],
        [(37, 231), (35, 224), (35.4, 214)],
        [(17.4, 226), (19, 217), (18.4, 206)],
        [(28.4, 262), (27.4, 276), (27.8, 292)],
        [(12.4, 303), (16, 306.8), (20.6, 306.6), (24.6, 303)],
        [(42.4, 292.4), (38.8, 297.6), (34.6, 298.2), (31, 295.6)],
        [(21.4, 334), (22.6, 350), (21, 366)],
        [(31.4, 334), (29.6, 350), (30.6, 366)],
        [(16.8, 375), (18.2, 377.8), (17.2, 381)],
        [(34.4, 377), (32.8, 380), (34, 383.4)],
        [(35, 396), (36.2, 390), (35.4, 385)],
        [(40.2, 398.8), (40.6, 396.4)],
    ],
    View.FRONT: [
        [(38.6, 64), (36.4, 67.6), (33.4, 70)],
        [(7, 6), (16, 10), (25, 19), (29, 27)],
        [(31, 128), (33.6, 146), (33.4, 164)],
        [(19, 206), (16.4, 213), (18.4, 219)],
        [(36.4, 203), (39.4, 210), (38.4, 216)],
        [(20, 226), (19.4, 233.6), (23.6, 239.4), (31.4, 239.4), (35.4, 233.6), (34.6, 226)],
        [(27, 243), (26.4, 247)],
        [(17, 374), (18.4, 377.6), (16.8, 381)],
        [(34.6, 375), (33, 379), (35, 382.6)],
        [(20.6, 413.8), (20, 408.4), (20.6, 403)],
        [(27, 412.4), (26.4, 408), (26.2, 404.6)],
        [(32.8, 410.2), (31.8, 406.6), (31.2, 404)],
        [(37.8, 407.4), (36.6, 404.4), (35.6, 402.4)],
    ],
}
"""Short lines that make it a person: dimples, folds, kneecap, calf, ankle, toes. Drawn on both halves."""

MIDDLE_DETAILS: dict[View, list[list[Point]]] = {
    View.BACK: [[(0, 8), (0.4, 30), (0, 52)], [(0, 97), (0, 117.5)]],
    View.FRONT: [[(-2.2, 46), (0, 48.6), (2.2, 46)], [(0, 14), (0.3, 24), (0, 34)]],
}
"""Furrow of the spine and cleft; navel and the line above it."""

TENSION = 1 / 6
LONGEST_HANDLE = 0.4


@dataclass(frozen=True)
class Shape:
    """One region on one side as a closed chain of cubic curves."""

    region: str
    side: str
    view: View
    pieces: tuple[Piece, ...]


def smooth(points: list[Point]) -> list[Piece]:
    """Cubic curves through all points, with the directions of a Catmull-Rom curve."""
    before = [points[0], *points[:-1]]
    after = [*points[1:], points[-1]]
    ways = [(b[0] - a[0], b[1] - a[1]) for a, b in zip(before, after, strict=True)]
    return [
        (start, _handle(start, end, ways[number], 1), _handle(end, start, ways[number + 1], -1), end)
        for number, (start, end) in enumerate(pairwise(points))
    ]


def _handle(at: Point, other: Point, way: Point, sign: int) -> Point:
    """A handle in the direction of the curve, never longer than its share of the chord: no loops at tight corners."""
    chord = ((other[0] - at[0]) ** 2 + (other[1] - at[1]) ** 2) ** 0.5
    length = (way[0] ** 2 + way[1] ** 2) ** 0.5
    reach = min(TENSION, LONGEST_HANDLE * chord / length) if length else 0.0
    return at[0] + sign * reach * way[0], at[1] + sign * reach * way[1]


_SMOOTH = {view: {name: smooth(points) for name, points in lines.items()} for view, lines in LINES.items()}


def _run(view: View, run: Run) -> list[Piece]:
    name, start, end = run
    line = _SMOOTH[view][name]
    return line[start:end] if start < end else turned(line[end:start])


def turned(pieces: list[Piece]) -> list[Piece]:
    """The same curves walked the other way."""
    return [(d, c, b, a) for a, b, c, d in reversed(pieces)]


def mirrored(pieces: list[Piece]) -> list[Piece]:
    return [tuple((-x, y) for x, y in piece) for piece in pieces]  # type: ignore[misc]


def _shapes() -> dict[tuple[str, str], Shape]:
    """Seen from behind the left is on the left; seen from the front it is on the right."""
    made: dict[tuple[str, str], Shape] = {}
    for region in REGIONS.values():
        half = [piece for run in CHAINS[region.key] for piece in _run(region.view, run)]
        if not region.sided:
            made[region.key, ""] = Shape(region.key, "", region.view, (*half, *turned(mirrored(half))))
            continue
        drawn, other = ("right", "left") if region.view is View.BACK else ("left", "right")
        made[region.key, drawn] = Shape(region.key, drawn, region.view, tuple(half))
        made[region.key, other] = Shape(region.key, other, region.view, tuple(mirrored(half)))
    return made


SHAPES = _shapes()
"""Every region by key and side."""


def outline(view: View) -> list[Piece]:
    """The contour of the body, from the ribs down one leg and up the other; open at the top, where the body goes on."""
    lines = _SMOOTH[view]
    half = [*lines["outer"], *turned(lines["foot"]), *turned(lines["inner"])]
    return [*half, *turned(mirrored(half))]
