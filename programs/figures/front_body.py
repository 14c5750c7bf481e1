"""The shapes of a body seen from the front or from behind."""

from collections.abc import Sequence

from programs.figures import anatomy as sizes
from programs.figures.front import FrontArm, FrontBones, FrontLeg, FrontMuscle, FrontPose, solved
from programs.figures.geometry import (
    Outline,
    Point,
    along,
    angle_of,
    between,
    closed,
    disc,
    distance,
    line,
    placed,
    polygon,
    ribbon,
)
from programs.figures.paint import DETAIL, HAIR, LINES, SHIRT, SHORTS, SKIN, Canvas


def _limb(
    start: Point, end: Point, widths: sizes.Widths, *, upto: float = 1.0, wider: float = 0.0, flare: float = 0.0
) -> Outline:
    direction, length = angle_of(start, end), max(distance(start, end), 0.1)
    left, right = [], []
    for part, ahead, behind in sizes.cut(widths, 0.0, upto):
        half = (ahead + behind) / 2 + wider + flare * part / max(upto, 0.01)
        place = along(start, direction, part * length)
        left.append(along(place, direction + 90, half))
        right.append(along(place, direction - 90, half))
    return ribbon(left, right)


FOOT_FRONT: tuple[Point, ...] = (
    (-1.9, 1.6),
    (-2.6, -1.4),
    (-3.4, -3.2),
    (-2.6, -4.2),
    (2.6, -4.2),
    (3.4, -3.2),
    (2.6, -1.4),
    (1.9, 1.6),
)
FOOT_HANGING: tuple[Point, ...] = (
    (-1.9, 1.4),
    (-2.5, -1.8),
    (-3.0, -4.6),
    (-2.3, -7.4),
    (0.6, -7.9),
    (2.7, -6.2),
    (2.6, -2.4),
    (1.9, 1.4),
)
HAND_FRONT: tuple[Point, ...] = (
    (-1.3, 0.4),
    (-2.1, -2.4),
    (-2.0, -5.2),
    (-1.0, -8.2),
    (0.8, -8.4),
    (1.8, -5.4),
    (2.6, -3.4),
    (1.5, 0.4),
)


def _foot(ankle: Point, leg: FrontLeg, pose: FrontPose) -> list[Outline]:
    """The foot in two shapes; what is not seen is a point inside the ankle."""
    angle = pose.turn - 90 if leg.angle is None else leg.angle
    unseen = polygon([ankle])
    if leg.foot == "none":
        return [unseen, unseen]
    if leg.foot == "front":
        return [closed(placed(FOOT_FRONT, ankle, angle)), unseen]
    if leg.foot == "point":
        return [closed(placed(FOOT_HANGING, ankle, angle)), unseen]
    toes = [(sizes.BALL[0] + x, sizes.BALL[1] + y) for x, y in sizes.TOES]
    return [closed(placed(sizes.FOOT, ankle, angle)), closed(placed(toes, ankle, angle))]


def draw(canvas: Canvas, pose: FrontPose, regions: Sequence[tuple[FrontMuscle, str]], *, bun: bool) -> None:
    bones = solved(pose)
    order = sorted(("left", "right"), key=lambda side: getattr(pose, f"{side}_leg").depth == "near")
    for side in order:
        if getattr(pose, f"{side}_arm").depth == "far":
            _draw_arm(canvas, bones, side)
    for side in order:
        _draw_leg(canvas, bones, side)
        for muscle, where in regions:
            if where == side and muscle in ("quadriceps", "hamstrings"):
                canvas.region(_thigh_muscle(bones, side))
    _draw_trunk(canvas, bones, order)
    for muscle, where in regions:
        if muscle not in ("quadriceps", "hamstrings"):
            canvas.region(_hip_muscle(bones, muscle, where))
    _draw_head(canvas, bones, bun=bun)
    for side in order:
        if getattr(pose, f"{side}_arm").depth == "near":
            _draw_arm(canvas, bones, side)


def _draw_leg(canvas: Canvas, bones: FrontBones, side: str) -> None:
    root, knee, ankle = bones.legs[side]
    leg: FrontLeg = getattr(bones.pose, f"{side}_leg")
    depth = leg.depth
    shapes = [
        _limb(root, knee, sizes.THIGH_WIDTHS),
        disc(knee, sizes.KNEE_DISC),
        _limb(knee, ankle, sizes.SHANK_WIDTHS),
        disc(ankle, sizes.ANKLE_DISC),
        *_foot(ankle, leg, bones.pose),
    ]
    canvas.union(shapes, SKIN[depth], depth)
    if not bones.pose.back:
        cap = placed([(-1.4, 0.6), (0.0, -0.9), (1.4, 0.6)], knee, bones.pose.turn - 90)
        canvas.strokes([line(cap)], LINES[depth][0], DETAIL)
    short = _limb(root, knee, sizes.THIGH_WIDTHS, upto=0.46, wider=0.35, flare=0.6)
    canvas.union([short], SHORTS[depth], depth)


def _draw_trunk(canvas: Canvas, bones: FrontBones, order: Sequence[str]) -> None:
    neck_top = along(bones.neck_base, bones.trunk + bones.pose.neck, sizes.NECK + 1.5)
    left = [along(point, bones.trunk + 90, 2.6) for point in (along(bones.neck_base, bones.trunk, -2), neck_top)]
    right = [along(point, bones.trunk - 90, 2.6) for point in (along(bones.neck_base, bones.trunk, -2), neck_top)]
    canvas.union([ribbon(left, right)], SKIN["near"], "near")
    canvas.union([_trunk(bones, 0.2, 1.03)], SHIRT["near"], "near")
    shorts = [_trunk(bones, -0.12, 0.3, wider=0.2)]
    for side in order:
        leg: FrontLeg = getattr(bones.pose, f"{side}_leg")
        if leg.depth == "near":
            root, knee, _ankle = bones.legs[side]
            shorts.append(_limb(root, knee, sizes.THIGH_WIDTHS, upto=0.46, wider=0.35, flare=0.6))
    canvas.union(shorts, SHORTS["near"], "near")
    belt = [along(along(bones.hip, bones.pelvis, 7.6), bones.pelvis + 90 * sign, 7.0) for sign in (1, -1)]
    canvas.strokes([line(belt)], "#93a3b1", DETAIL)


def _trunk(bones: FrontBones, since: float, upto: float, *, wider: float = 0.0) -> Outline:
    left, right = [], []
    stations = [row for row in sizes.TORSO if since <= row[0] <= upto]
    for station, _ahead, _behind, half in stations:
        t = min(max(station, 0.0), 1.0)
        one, two = between(bones.hip, bones.lumbar, t), between(bones.lumbar, bones.neck_base, t)
        direction = angle_of(one, two)
        place = along(between(one, two, t), direction, (station - t) * 30)
        left.append(along(place, direction + 90, half + wider))
        right.append(along(place, direction - 90, half + wider))
    return ribbon(left, right)


def _draw_arm(canvas: Canvas, bones: FrontBones, side: str) -> None:
    shoulder, elbow, wrist = bones.arms[side]
    arm: FrontArm = getattr(bones.pose, f"{side}_arm")
    fore = angle_of(elbow, wrist)
    mitten = HAND_FRONT if side == "left" else tuple((-x, y) for x, y in HAND_FRONT)
    shapes = [
        _limb(shoulder, elbow, sizes.UPPER_ARM_WIDTHS),
        disc(elbow, sizes.ELBOW_DISC),
        _limb(elbow, wrist, sizes.FOREARM_WIDTHS),
        disc(wrist, sizes.WRIST_DISC),
        closed(placed(mitten, wrist, fore + 90)),
    ]
    canvas.union(shapes, SKIN[arm.depth], arm.depth)
    sleeve = _limb(shoulder, elbow, sizes.UPPER_ARM_WIDTHS, upto=0.5, wider=0.3, flare=0.4)
    canvas.union([disc(shoulder, sizes.SHOULDER_DISC - 0.2), sleeve], SHIRT[arm.depth], arm.depth)


FACE: tuple[Point, ...] = (
    (0, -3.3),
    (2.2, -2.7),
    (3.9, -0.6),
    (4.7, 2.4),
    (4.9, 5.2),
    (4.2, 8.0),
    (2.2, 9.6),
    (0, 10.0),
)
CAP: tuple[Point, ...] = (
    (-4.9, 3.8),
    (-5.4, 6.4),
    (-4.6, 9.2),
    (-2.3, 10.5),
    (0, 10.8),
    (2.3, 10.5),
    (4.6, 9.2),
    (5.4, 6.4),
    (4.9, 3.8),
    (4.3, 6.2),
    (2.6, 7.6),
    (-0.6, 7.4),
    (-3.2, 7.0),
    (-4.3, 6.0),
)
BACK_HAIR: tuple[Point, ...] = (
    (-3.4, -1.4),
    (-4.9, 1.4),
    (-5.5, 5.4),
    (-4.6, 9.2),
    (-2.3, 10.5),
    (0, 10.8),
    (2.3, 10.5),
    (4.6, 9.2),
    (5.5, 5.4),
    (4.9, 1.4),
    (3.4, -1.4),
    (0, -2.0),
)


def _draw_head(canvas: Canvas, bones: FrontBones, *, bun: bool) -> None:
    up = bones.trunk + bones.pose.neck
    origin = along(bones.neck_base, up, sizes.NECK)
    turned = up - 90

    def here(points: Sequence[Point]) -> list[Point]:
        return placed(points, origin, turned)

    colour = LINES["near"][0]
    whole = [*FACE, *[(-x, y) for x, y in reversed(FACE[1:-1])]]
    ears = [
        closed(here([(sign * 4.6, 4.2), (sign * 5.6, 4.0), (sign * 5.5, 2.2), (sign * 4.7, 1.4)])) for sign in (1, -1)
    ]
    canvas.union([*ears, closed(here(whole))], SKIN["near"], "near")
    if bun:
        canvas.shape(disc(here([(0.0, 11.4)])[0], sizes.BUN_RADIUS), HAIR["near"], colour, 0.8)
    canvas.shape(closed(here(BACK_HAIR if bones.pose.back else CAP)), HAIR["near"], HAIR["near"], 0.6)
    if bones.pose.back:
        return
    eyes = [here([(sign * 1.9, 3.4)])[0] for sign in (1, -1)]
    for eye in eyes:
        canvas.shape(disc(eye, 0.42), colour)
    brows = [line(here([(sign * 1.0, 4.9), (sign * 2.0, 5.3), (sign * 3.0, 4.9)])) for sign in (1, -1)]
    nose = line(here([(0.2, 3.0), (0.8, 1.3), (-0.2, 1.0)]))
    mouth = line(here([(-1.4, -0.7), (0.0, -1.0), (1.4, -0.7)]))
    canvas.strokes([*brows, nose, mouth], colour, DETAIL)


def _thigh_muscle(bones: FrontBones, side: str) -> Outline:
    root, knee, _ankle = bones.legs[side]
    direction = angle_of(root, knee)
    spots = [(0.25, 0.4), (0.4, 2.6), (0.6, 2.9), (0.78, 2.2), (0.9, 0.4)]
    left = [along(between(root, knee, part), direction + 90, half) for part, half in spots]
    right = [along(between(root, knee, part), direction - 90, half) for part, half in spots]
    return closed([*left, *reversed(right[1:-1])])


def _hip_muscle(bones: FrontBones, muscle: FrontMuscle, side: str) -> Outline:
    sign = 1 if side == "left" else -1
    if muscle == "trunk":
        middle = along(along(bones.lumbar, bones.trunk, 1.5), bones.trunk + 90 * sign, 4.6)
        return closed([along(along(middle, bones.trunk, 5.0 * y), bones.trunk + 90, 2.3 * x) for x, y in _ROUND])
    root = bones.legs[side][0]
    out, up, wide, high = (3.6, 3.2, 1.9, 4.2) if muscle == "hip_side" else (-0.4, 1.2, 3.5, 3.8)
    middle = along(along(root, bones.pelvis, up), bones.pelvis + 90 * sign, out)
    return closed([along(along(middle, bones.pelvis, high * y), bones.pelvis + 90, wide * x) for x, y in _ROUND])


_ROUND: tuple[Point, ...] = (
    (1, 0),
    (0.81, 0.59),
    (0.31, 0.95),
    (-0.31, 0.95),
    (-0.81, 0.59),
    (-1, 0),
    (-0.81, -0.59),
    (-0.31, -0.95),
    (0.31, -0.95),
    (0.81, -0.59),
)
