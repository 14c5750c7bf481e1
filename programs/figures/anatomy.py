"""Proportions of our figure, measured on adults and rounded by eye. Units: stature = 100.

Widths are half widths in front of and behind the bone line, by the fraction of the segment they stand at.
"""

from collections.abc import Sequence
from itertools import pairwise

from programs.figures.geometry import Point

LUMBAR = 12.5
THORAX = 17.5
NECK = 5.2
THIGH = 24.5
SHANK = 23.5
UPPER_ARM = 16.5
FOREARM = 14.0
SHOULDER_AT = 0.88  # of the spine from hip to neck base
SHOULDER_SWING = 8.2  # how far a full twist moves each shoulder across the spine
HIP_HALF = 4.6  # seen from the front: half the distance of the hips
SHOULDER_HALF = 8.6

Widths = tuple[tuple[float, float, float], ...]

THIGH_WIDTHS: Widths = (
    (0, 5.6, 5.4),
    (0.12, 5.9, 5.4),
    (0.3, 5.8, 5.1),
    (0.5, 5.2, 4.6),
    (0.7, 4.4, 3.9),
    (0.87, 3.7, 3.3),
    (1, 3.4, 3.1),
)
SHANK_WIDTHS: Widths = (
    (0, 3.3, 3.0),
    (0.1, 3.2, 3.4),
    (0.22, 2.9, 4.1),
    (0.36, 2.6, 4.3),
    (0.52, 2.3, 3.6),
    (0.7, 2.0, 2.5),
    (0.86, 1.8, 1.9),
    (1, 1.9, 1.9),
)
UPPER_ARM_WIDTHS: Widths = (
    (0, 3.2, 3.2),
    (0.15, 3.3, 3.2),
    (0.35, 2.9, 2.9),
    (0.6, 2.5, 2.5),
    (0.85, 2.0, 2.0),
    (1, 1.9, 2.0),
)
FOREARM_WIDTHS: Widths = (
    (0, 1.9, 2.0),
    (0.12, 2.2, 2.2),
    (0.3, 2.3, 2.2),
    (0.6, 1.7, 1.8),
    (0.85, 1.3, 1.3),
    (1, 1.2, 1.2),
)
TORSO: tuple[tuple[float, float, float, float], ...] = (
    (-0.17, 1.6, 3.2, 6.5),
    (-0.08, 4.4, 6.0, 8.3),
    (0.04, 5.2, 7.0, 8.7),
    (0.16, 5.5, 6.7, 8.4),
    (0.28, 5.5, 5.4, 7.5),
    (0.4, 5.4, 4.5, 6.9),
    (0.55, 6.0, 4.9, 7.6),
    (0.7, 6.8, 5.8, 8.8),
    (0.82, 6.5, 6.1, 9.6),
    (0.92, 4.8, 5.3, 9.2),
    (1.0, 2.9, 3.5, 5.4),
    (1.06, 2.0, 2.4, 2.9),
)
"""Station on the spine, half width in front and behind seen from the side, half width seen from the front."""

HIP_DISC = 5.6
BUTTOCK_DISC = 6.2
KNEE_DISC = 3.28
ANKLE_DISC = 2.0
SHOULDER_DISC = 3.5
ELBOW_DISC = 1.97
WRIST_DISC = 1.22

HEEL: tuple[Point, ...] = ((-2.0, 1.4), (-3.5, 0.2), (-4.2, -2.0), (-3.6, -3.7))
BALL: Point = (7.2, -3.0)
FOOT_TOP: tuple[Point, ...] = ((2.0, 1.3), (4.2, -0.1), (6.6, -1.4))
SOLE = -4.0
FOOT: tuple[Point, ...] = (*HEEL, (0.0, SOLE), BALL, *FOOT_TOP)
"""The outline without toes, from the back of the ankle over heel, sole and ball to the instep."""
TOES: tuple[Point, ...] = ((0.0, 1.55), (2.1, 1.05), (3.9, 0.35), (4.35, -0.45), (3.6, -1.0), (0.0, -1.0))
"""Toes in the frame of the ball, x towards the tip."""

HEAD: tuple[Point, ...] = (
    (1.2, -2.2),
    (3.0, -3.1),
    (4.5, -3.3),
    (5.2, -2.6),
    (5.15, -1.5),
    (5.5, -0.9),
    (5.2, -0.35),
    (5.65, 0.15),
    (5.5, 0.9),
    (6.95, 1.45),
    (6.6, 2.2),
    (5.75, 3.6),
    (5.8, 4.6),
    (5.6, 6.2),
    (4.8, 8.2),
    (2.9, 9.6),
    (0.4, 10.0),
    (-2.6, 9.2),
    (-4.7, 6.9),
    (-5.3, 4.0),
    (-4.6, 1.2),
    (-3.4, -0.6),
)
"""The profile from the throat over face and crown to the nape; x forward, y up from the top of the neck."""

HAIR: tuple[Point, ...] = (
    (5.0, 7.9),
    (3.4, 9.7),
    (0.5, 10.6),
    (-2.9, 9.8),
    (-5.2, 7.3),
    (-5.9, 4.0),
    (-5.2, 1.1),
    (-3.9, -0.7),
    (-2.9, 0.2),
    (-2.3, 1.6),
    (-1.8, 3.6),
    (-0.7, 4.0),
    (0.2, 2.3),
    (0.9, 2.6),
    (1.2, 4.6),
    (2.1, 6.3),
    (3.6, 7.2),
)
BUN: Point = (-5.0, 8.6)
BUN_RADIUS = 2.1
EAR: tuple[Point, ...] = ((-1.0, 3.4), (-0.1, 3.9), (0.5, 3.2), (0.1, 1.9), (-0.5, 1.1), (-1.0, 1.8))
EYE: Point = (4.0, 3.7)
LID: tuple[Point, ...] = ((3.2, 3.9), (3.9, 4.35), (4.8, 4.1))
BROW: tuple[Point, ...] = ((3.0, 5.4), (4.1, 5.75), (5.2, 5.3))
MOUTH: tuple[Point, ...] = ((3.9, -0.55), (4.5, -0.4), (5.2, -0.35))
JAW: tuple[Point, ...] = ((0.1, 0.3), (1.0, -1.3), (2.6, -2.5))

HAND_FLAT: tuple[Point, ...] = (
    (0, 1.1),
    (3.0, 1.25),
    (6.5, 0.8),
    (9.0, 0.1),
    (9.3, -0.5),
    (8.4, -0.8),
    (4.0, -1.0),
    (0, -1.1),
)
HAND: tuple[Point, ...] = (
    (0, 1.15),
    (2.2, 1.9),
    (4.4, 2.2),
    (6.6, 1.9),
    (8.9, 1.1),
    (9.3, 0.2),
    (8.6, -0.5),
    (6.0, -0.9),
    (3.4, -1.4),
    (0, -1.15),
)
THUMB: tuple[Point, ...] = ((1.6, 1.2), (3.6, 2.9), (5.7, 3.4), (6.2, 2.7), (5.0, 1.9), (3.0, 0.6))
FIST: tuple[Point, ...] = ((0, 1.2), (2.0, 2.1), (4.2, 1.9), (5.2, 0.5), (4.8, -1.2), (2.8, -1.9), (0, -1.2))
HAND_LENGTH = 9.3


def row_at(table: Sequence[tuple[float, ...]], at: float) -> tuple[float, ...]:
    """The widths at one fraction, between the rows measured; the nearest row beyond both ends."""
    for low, high in pairwise(table):
        if low[0] <= at <= high[0]:
            part = (at - low[0]) / (high[0] - low[0])
            return (at, *(a + (b - a) * part for a, b in zip(low[1:], high[1:], strict=True)))
    return table[0] if at < table[0][0] else table[-1]


def cut(table: Sequence[tuple[float, ...]], since: float, upto: float) -> list[tuple[float, ...]]:
    """The rows of a stretch, with its two ends."""
    inside = [row for row in table if since < row[0] < upto]
    return [row_at(table, since), *inside, row_at(table, upto)]
