"""The shapes of a body seen from the side: limbs, trunk, head, clothes, and the muscles that can be marked."""

import math
from collections.abc import Sequence
from typing import Literal

from programs.figures import anatomy as sizes
from programs.figures.geometry import (
    Outline,
    Point,
    along,
    angle_of,
    closed,
    disc,
    distance,
    line,
    placed,
    polygon,
    ribbon,
)
from programs.figures.paint import DETAIL, HAIR, LINES, SHIRT, SHORTS, SKIN, Canvas, Depth
from programs.figures.skeleton import ArmBones, LegBones, Skeleton, torso_sides

Muscle = Literal["hamstrings", "gluteals", "hip_flexors", "trunk", "quadriceps", "calf", "low_back", "belly", "nerve"]

SHORTS_END = 0.46
SLEEVE_END = 0.5


def limb(
    start: Point,
    direction: float,
    length: float,
    widths: sizes.Widths,
    *,
    upto: float = 1.0,
    since: float = 0.0,
    wider: float = 0.0,
    flare: float = 0.0,
) -> Outline:
    """A limb segment, or part of it; `wider` for cloth over it, `flare` widens its end."""
    front, back = [], []
    for part, ahead, behind in sizes.cut(widths, since, upto):
        place = along(start, direction, part * length)
        more = wider + flare * max(0.0, (part - 0.15) / max(upto - 0.15, 0.01))
        front.append(along(place, direction + 90, ahead + more))
        back.append(along(place, direction - 90, behind + more))
    return ribbon(front, back)


def trunk(bones: Skeleton, since: float, upto: float, *, wider: float = 0.0) -> tuple[list[Point], list[Point]]:
    """Front and back of a stretch of the trunk."""
    rows = sizes.cut(sizes.TORSO, since, upto)
    return torso_sides(bones.hip, bones.lumbar, bones.neck_base, bones.pose.twist, rows, wider=wider)


def foot(leg: LegBones) -> list[Outline]:
    ball = placed([(sizes.BALL[0], sizes.BALL[1])], leg.ankle, leg.foot)[0]
    return [closed(placed(sizes.FOOT, leg.ankle, leg.foot)), closed(placed(sizes.TOES, ball, leg.foot + leg.toe))]


def draw_leg(canvas: Canvas, leg: LegBones, depth: Depth) -> None:
    shapes = [
        limb(leg.hip, leg.thigh, sizes.THIGH, sizes.THIGH_WIDTHS, since=0.2),
        disc(leg.knee, sizes.KNEE_DISC),
        limb(leg.knee, leg.shank, sizes.SHANK, sizes.SHANK_WIDTHS),
        disc(leg.ankle, sizes.ANKLE_DISC),
        *foot(leg),
    ]
    canvas.union(shapes, SKIN[depth], depth)
    if depth == "helper":
        return
    kneecap = [along(along(leg.knee, leg.thigh + 90, 1.6), leg.thigh, part) for part in (-1.6, 0.2)]
    bend = [*kneecap, along(along(leg.knee, leg.shank + 90, 0.9), leg.shank, 1.5)]
    bone = placed([(-0.9, 0.6), (0.1, -0.5), (1.0, 0.5)], leg.ankle, leg.foot)
    canvas.strokes([line(bend), line(bone)], LINES[depth][0], DETAIL)


def draw_shorts(canvas: Canvas, bones: Skeleton, leg: LegBones, depth: Depth, *, pelvis: bool) -> None:
    """One leg of the shorts; with the pelvis for the near one."""
    shapes = [
        limb(leg.hip, leg.thigh, sizes.THIGH, sizes.THIGH_WIDTHS, upto=SHORTS_END, wider=0.35, flare=0.6),
        disc(leg.hip, sizes.HIP_DISC),
    ]
    if pelvis:
        front, back = trunk(bones, -0.15, 0.3, wider=0.25)
        seat = along(leg.hip, bones.pelvis + 90, 0.9)
        shapes += [ribbon(front, back), disc(seat, sizes.BUTTOCK_DISC)]
    canvas.union(shapes, SHORTS[depth], depth)
    if pelvis and depth == "near":
        front, back = trunk(bones, 0.24, 0.3, wider=0.1)
        canvas.strokes([line([front[0], back[0]])], "#93a3b1", DETAIL)


def hand(arm: ArmBones, *, up: bool) -> list[Outline]:
    """The hand in two shapes; a flat one is seen from its edge, with the palm away from `up`.

    What is not seen is a point inside the wrist, so that every hand has as many shapes and one can become another.
    """
    unseen = polygon([arm.wrist])
    if arm.kind == "hidden":
        return [unseen, unseen]
    if arm.kind in ("fist", "flat"):
        edge = sizes.FIST if arm.kind == "fist" else sizes.HAND_FLAT
        return [closed(placed(edge, arm.wrist, arm.hand, flip=not up)), unseen]
    return [closed(placed(points, arm.wrist, arm.hand, flip=not up)) for points in (sizes.HAND, sizes.THUMB)]


def draw_arm(canvas: Canvas, arm: ArmBones, depth: Depth) -> None:
    up = math.cos(math.radians(arm.hand)) >= 0
    upper, fore = distance(arm.shoulder, arm.elbow), distance(arm.elbow, arm.wrist)
    shapes = [
        limb(arm.shoulder, arm.upper, upper, sizes.UPPER_ARM_WIDTHS, since=0.15),
        disc(arm.elbow, sizes.ELBOW_DISC),
        limb(arm.elbow, arm.fore, fore, sizes.FOREARM_WIDTHS),
        disc(arm.wrist, sizes.WRIST_DISC),
        *hand(arm, up=up),
    ]
    canvas.union(shapes, SKIN[depth], depth)
    sleeve = limb(arm.shoulder, arm.upper, upper, sizes.UPPER_ARM_WIDTHS, upto=SLEEVE_END, wider=0.3, flare=0.4)
    canvas.union([disc(arm.shoulder, sizes.SHOULDER_DISC), sleeve], SHIRT[depth], depth)


def draw_shirt(canvas: Canvas, bones: Skeleton, depth: Depth, *, folds: bool) -> None:
    front, back = trunk(bones, 0.2, 1.03)
    canvas.union([ribbon(front, back)], SHIRT[depth], depth)
    if folds:
        creases = [
            [_across(bones, 0.36, -3.6), _across(bones, 0.33, -1.0)],
            [_across(bones, 0.44, -3.2), _across(bones, 0.42, -1.4)],
        ]
        canvas.strokes([line(fold) for fold in creases], "#8496a5", DETAIL)


def _across(bones: Skeleton, station: float, ahead: float) -> Point:
    place, direction = bones.spine_at(station)
    return along(place, direction - 90, ahead)


def draw_neck(canvas: Canvas, bones: Skeleton, depth: Depth) -> None:
    direction = bones.head
    low, high = bones.spine_at(0.94)[0], along(bones.atlas, direction, 1.5)
    lean = angle_of(low, high)
    front = [along(low, lean - 90, 2.9), along(high, lean - 90, 2.5)]
    back = [along(low, lean + 90, 3.0), along(high, lean + 90, 3.0)]
    canvas.union([polygon([*front, *reversed(back)])], SKIN[depth], depth)


def draw_head(canvas: Canvas, bones: Skeleton, depth: Depth, *, bun: bool) -> None:
    flip = bones.pose.face < 0
    turned = bones.head - 90

    def here(points: Sequence[Point]) -> list[Point]:
        return placed(points, bones.atlas, turned, flip=False) if not flip else _faced(points, bones.atlas, turned)

    colour = LINES[depth][0]
    canvas.union([closed(here(sizes.HEAD))], SKIN[depth], depth)
    throat = here([(-2.4, -2.8), (2.3, -3.4), (2.6, -1.8), (-2.4, 0.4)])
    canvas.shape(polygon(throat), SKIN[depth])
    if bun:
        canvas.shape(disc(here([sizes.BUN])[0], sizes.BUN_RADIUS), HAIR[depth], colour, 0.8)
    canvas.shape(closed(here(sizes.HAIR)), HAIR[depth], HAIR[depth] if depth != "helper" else colour, 0.6)
    canvas.shape(closed(here(sizes.EAR)), SKIN[depth], colour, 0.6)
    lines = [line(here(points)) for points in (sizes.LID, sizes.BROW, sizes.MOUTH, sizes.JAW)]
    canvas.strokes(lines, colour, DETAIL)
    canvas.shape(disc(here([sizes.EYE])[0], 0.42), colour)


def _faced(points: Sequence[Point], origin: Point, angle: float) -> list[Point]:
    """The head the other way round: mirrored across its own long axis."""
    return placed([(-x, y) for x, y in points], origin, angle)


LIMB_MUSCLES = {"hamstrings": (0.24, 0.93), "quadriceps": (0.2, 0.9), "calf": (0.08, 0.7)}
"""Where a muscle of the leg begins and ends, in parts of its segment."""
TRUNK_MUSCLES = {
    "gluteals": (-0.13, 0.25, 2, (0.35, 0.95)),
    "low_back": (0.3, 0.6, 2, (0.3, 0.95)),
    "belly": (0.25, 0.62, 1, (0.35, 0.95)),
    "trunk": (0.33, 0.72, 1, (-0.45, 0.5)),
}
"""From and to on the spine, the column of widths it is measured in, and how far out it begins and ends."""


def muscle(bones: Skeleton, name: Muscle, leg: LegBones) -> Outline:
    """The part of the body surface over a muscle, as a shape of the pose."""
    if name in LIMB_MUSCLES:
        return _lens(leg, name)
    if name in TRUNK_MUSCLES:
        return _patch(bones, *TRUNK_MUSCLES[name])
    return _hip_flexors(bones, leg) if name == "hip_flexors" else _nerve(bones, leg)


def _lens(leg: LegBones, name: Muscle) -> Outline:
    thigh = name != "calf"
    start, direction, length = (leg.hip, leg.thigh, sizes.THIGH) if thigh else (leg.knee, leg.shank, sizes.SHANK)
    rows = sizes.cut(sizes.THIGH_WIDTHS if thigh else sizes.SHANK_WIDTHS, *LIMB_MUSCLES[name])
    in_front = name == "quadriceps"
    inner, outer = [], []
    for number, (part, ahead, behind) in enumerate(rows):
        width = ahead if in_front else behind
        place = along(start, direction, part * length)
        fade = 0.0 if number in (0, len(rows) - 1) else 1.0
        side = direction + 90 if in_front else direction - 90
        outer.append(along(place, side, width * (0.62 + 0.3 * fade)))
        inner.append(along(place, side, width * (0.62 - 0.5 * fade)))
    return closed([*outer, *reversed(inner[1:-1])])


def _patch(bones: Skeleton, since: float, upto: float, column: int, span: tuple[float, float]) -> Outline:
    """An oval on the trunk: column 1 measured to the front, 2 to the back; span in parts of the half width."""
    middle, half = (since + upto) / 2, (upto - since) / 2
    low, high = span
    points = []
    for step in range(10):
        turn = math.radians(36 * step)
        station = middle + half * math.sin(turn)
        row = sizes.row_at(sizes.TORSO, station)
        place, direction = bones.spine_at(station)
        reach = row[column] * ((low + high) / 2 + (high - low) / 2 * math.cos(turn))
        points.append(along(place, direction - 90 if column == 1 else direction + 90, reach))
    return closed(points)


def _hip_flexors(bones: Skeleton, leg: LegBones) -> Outline:
    front, _back = trunk(bones, 0.08, 0.2)
    inner = [_across(bones, 0.2, 2.4), _across(bones, 0.02, 2.0)]
    edge = [along(along(leg.hip, leg.thigh, part * sizes.THIGH), leg.thigh + 90, 5.2) for part in (0.18, 0.34, 0.48)]
    core = [along(along(leg.hip, leg.thigh, part * sizes.THIGH), leg.thigh + 90, 2.6) for part in (0.4, 0.25)]
    return closed([front[-1], *edge, *core, *reversed(inner)])


def _nerve(bones: Skeleton, leg: LegBones) -> Outline:
    """A thin band from the buttock down the back of the leg."""
    spots = [_across(bones, 0.08, -3.0)]
    spots += [along(along(leg.hip, leg.thigh, part * sizes.THIGH), leg.thigh - 90, 2.2) for part in (0.2, 0.5, 0.85)]
    spots += [along(along(leg.knee, leg.shank, part * sizes.SHANK), leg.shank - 90, 1.6) for part in (0.15, 0.5, 0.85)]
    left = [(x, y + 0.7) for x, y in spots]
    right = [(x, y - 0.7) for x, y in spots]
    return ribbon(left, right)
