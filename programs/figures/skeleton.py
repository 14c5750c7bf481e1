"""From a pose to the places of its joints: forward along the angles, backwards (two bones) where something is touched."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from programs.figures import anatomy as body
from programs.figures.geometry import Point, along, angle_of, between, distance, placed
from programs.figures.pose import Arm, FigureError, Leg, Pose

REACH_SLACK = 0.05  # of a body unit: a target further off than the limb is long is an error, not a floating hand
KNEELING = 3.2  # height of the knee joint above what it kneels on


@dataclass(frozen=True)
class LegBones:
    hip: Point
    knee: Point
    ankle: Point
    thigh: float
    shank: float
    foot: float
    toe: float


@dataclass(frozen=True)
class ArmBones:
    shoulder: Point
    elbow: Point
    wrist: Point
    upper: float
    fore: float
    hand: float
    kind: str


@dataclass(frozen=True)
class Skeleton:
    """All joints of one pose in the world, with the directions (degrees) the bones point to."""

    pose: Pose
    hip: Point
    lumbar: Point
    neck_base: Point
    atlas: Point
    pelvis: float
    thorax: float
    head: float
    near_leg: LegBones
    far_leg: LegBones
    near_arm: ArmBones
    far_arm: ArmBones

    def spine_at(self, station: float) -> tuple[Point, float]:
        """A place on the spine (0 hip, 1 neck base, beyond both ends straight on) and the direction of the spine there."""
        return _spine_at(self.hip, self.lumbar, self.neck_base, station)

    def places(self) -> dict[str, Point]:
        """Joints by name, for props that hang on them: near_ankle, far_wrist, hip …"""
        found = {"hip": self.hip}
        for depth, leg, arm in (("near", self.near_leg, self.near_arm), ("far", self.far_leg, self.far_arm)):
            found |= {f"{depth}_{name}": getattr(leg, name) for name in ("knee", "ankle")}
            found |= {f"{depth}_{name}": getattr(arm, name) for name in ("shoulder", "elbow", "wrist")}
            found[f"{depth}_shin"] = along(leg.knee, leg.shank, 0.25 * body.SHANK)
        return found


def _spine_at(hip: Point, lumbar: Point, neck_base: Point, station: float) -> tuple[Point, float]:
    t = min(max(station, 0.0), 1.0)
    one, two = between(hip, lumbar, t), between(lumbar, neck_base, t)
    direction = angle_of(one, two)
    length = body.LUMBAR + body.THORAX
    return along(between(one, two, t), direction, (station - t) * length), direction


def torso_sides(
    hip: Point,
    lumbar: Point,
    neck_base: Point,
    twist: float,
    rows: Sequence[tuple[float, ...]] = body.TORSO,
    *,
    wider: float = 0.0,
) -> tuple[list[Point], list[Point]]:
    """Front and back of the trunk at these rows of its widths. A twist turns the chest more than the pelvis."""
    front, back = [], []
    for station, ahead, behind, half in rows:
        place, direction = _spine_at(hip, lumbar, neck_base, station)
        blend = math.sin(math.radians(twist)) * min(1.0, max(0.15, 0.15 + station))
        front.append(along(place, direction - 90, ahead + (half - ahead) * blend + wider))
        back.append(along(place, direction + 90, behind + (half - behind) * blend + wider))
    return front, back


def foot_points(ankle: Point, angle: float, toe: float) -> list[Point]:
    """The outline of foot and toes for a foot pointing to `angle`."""
    ball = placed([body.BALL], ankle, angle)[0]
    return [*placed(body.FOOT, ankle, angle), *placed(body.TOES, ball, angle + toe)]


def ankle_over(leg: Leg) -> Point:
    """The ankle of a foot that touches its support with its lowest point."""
    if leg.foot is None:
        raise ValueError("only a leg with a foot to place has a support")
    if leg.free:
        return leg.foot, leg.on
    lowest = min(y for _x, y in foot_points((0.0, 0.0), leg.angle, leg.toe))
    return leg.foot, leg.on - lowest


def two_bones(root: Point, target: Point, first: float, second: float, *, turn: int, what: str) -> Point:
    """The joint between two bones that reach from root to target. `turn` +1 bends it to the left of the way, -1 to the right.

    Raises FigureError when the target lies further away than the bones are long, or nearer than they can fold.
    """
    way = distance(root, target)
    if way > first + second + REACH_SLACK:
        raise FigureError(
            f"{what} cannot reach: {way - first - second:.1f} units too far. Move the target or the body."
        )
    if way < abs(first - second) - REACH_SLACK:
        raise FigureError(f"{what} cannot fold that far: the target is {way:.1f} units away. Move it off the body.")
    way = min(max(way, abs(first - second) + 1e-6), first + second - 1e-6)
    cosine = (first * first + way * way - second * second) / (2 * first * way)
    return along(root, angle_of(root, target) + turn * math.degrees(math.acos(max(-1.0, min(1.0, cosine)))), first)


def solved(pose: Pose) -> Skeleton:
    """The skeleton of a pose. Raises FigureError for contacts that are out of reach."""
    loose = _trunk(pose, (0.0, 0.0), 0.0 if pose.neck is None else pose.neck)
    hip = _hip_of(pose, loose)
    neck = pose.neck if pose.neck is not None else _resting_neck(pose, hip)
    return _limbs(pose, _trunk(pose, hip, neck))


@dataclass(frozen=True)
class Trunk:
    hip: Point
    lumbar: Point
    neck_base: Point
    atlas: Point
    pelvis: float
    thorax: float
    head: float


def _trunk(pose: Pose, hip: Point, neck_angle: float) -> Trunk:
    pelvis = 90 - pose.tilt
    thorax = pelvis - pose.spine
    neck = thorax - neck_angle
    lumbar = along(hip, pelvis, body.LUMBAR)
    base = along(lumbar, thorax, body.THORAX)
    return Trunk(hip, lumbar, base, along(base, neck, body.NECK), pelvis, thorax, neck - pose.head)


def _hip_of(pose: Pose, loose: Trunk) -> Point:
    """Where the hip must be for the anchor to hold; `loose` is the trunk with its hip at the origin."""
    anchor = pose.anchor
    if anchor.part == "hip":
        return anchor.x, anchor.y
    if anchor.part == "neck":
        return anchor.x - loose.neck_base[0], anchor.y - loose.neck_base[1]
    if anchor.part in ("rest", "seat"):
        front, back = torso_sides(loose.hip, loose.lumbar, loose.neck_base, pose.twist)
        seat = along(along((0.0, 0.0), loose.pelvis + 90, 0.9), 270, body.BUTTOCK_DISC + 0.3)
        points = [seat, *front, *back] if anchor.part == "rest" else [seat, *front[:4], *back[:4]]
        lowest = min(y for _x, y in points)
        return anchor.x - (loose.neck_base[0] if anchor.part == "rest" else 0.0), anchor.y - lowest
    if anchor.part in ("knee", "foot"):
        bones = _posed_leg((0.0, 0.0), loose.pelvis, pose.near_leg)
        if anchor.part == "knee":
            return anchor.x - bones.knee[0], anchor.y + KNEELING - bones.knee[1]
        lowest = min(y for _x, y in foot_points(bones.ankle, bones.foot, bones.toe))
        return anchor.x - bones.ankle[0], anchor.y - lowest
    raise FigureError(f"there is no anchor '{anchor.part}'; use hip, neck, rest, seat, knee or foot")


def _resting_neck(pose: Pose, hip: Point) -> float:
    """The neck angle at which the head just touches what the trunk lies on."""
    height = pose.anchor.y

    def gap(angle: float) -> float:
        trunk = _trunk(pose, hip, angle)
        head = placed(body.HEAD + body.HAIR, trunk.atlas, trunk.head - 90, flip=pose.face < 0)
        return min(y for _x, y in head) - height

    angles = [step / 2 for step in range(-70, 141)]
    best = min(angles, key=lambda angle: (abs(gap(angle)), abs(angle)))
    if abs(gap(best)) > 0.6:
        raise FigureError("the head cannot rest on the surface; write a neck angle")
    return best


def _posed_leg(hip: Point, pelvis: float, leg: Leg) -> LegBones:
    thigh = pelvis + 180 + leg.hip
    shank = thigh - leg.knee
    knee = along(hip, thigh, body.THIGH)
    ankle = along(knee, shank, body.SHANK)
    return LegBones(hip, knee, ankle, thigh, shank, shank + 90 + leg.ankle, leg.toe)


def _leg(hip: Point, trunk: Trunk, leg: Leg, name: str) -> LegBones:
    if leg.foot is None:
        return _posed_leg(hip, trunk.pelvis, leg)
    ankle = ankle_over(leg)
    knee = two_bones(hip, ankle, body.THIGH, body.SHANK, turn=-1 if leg.back else 1, what=f"the {name} foot")
    return LegBones(hip, knee, ankle, angle_of(hip, knee), angle_of(knee, ankle), leg.angle, leg.toe)


def _arm(shoulder: Point, trunk: Trunk, arm: Arm, name: str) -> ArmBones:
    first, second = body.UPPER_ARM * arm.seen, body.FOREARM * arm.seen
    if arm.hand is None:
        upper = trunk.thorax + 180 + arm.shoulder
        fore = upper + arm.elbow
        elbow = along(shoulder, upper, first)
        wrist = along(elbow, fore, second)
    else:
        wrist = arm.hand
        turn = 1 if arm.flip else -1
        elbow = two_bones(shoulder, wrist, first, second, turn=turn, what=f"the {name} hand")
        upper, fore = angle_of(shoulder, elbow), angle_of(elbow, wrist)
    return ArmBones(shoulder, elbow, wrist, upper, fore, _hand_angle(arm, fore), arm.kind)


def _hand_angle(arm: Arm, fore: float) -> float:
    return fore + arm.wrist if arm.level is None else arm.level


def _limbs(pose: Pose, trunk: Trunk) -> Skeleton:
    place, direction = _spine_at(trunk.hip, trunk.lumbar, trunk.neck_base, body.SHOULDER_AT)
    swing = body.SHOULDER_SWING * math.sin(math.radians(pose.twist))
    near_shoulder = along(place, direction + 90, swing)
    far_shoulder = along(place, direction - 90, swing)
    return Skeleton(
        pose=pose,
        hip=trunk.hip,
        lumbar=trunk.lumbar,
        neck_base=trunk.neck_base,
        atlas=trunk.atlas,
        pelvis=trunk.pelvis,
        thorax=trunk.thorax,
        head=trunk.head,
        near_leg=_leg(trunk.hip, trunk, pose.near_leg, "near"),
        far_leg=_leg(trunk.hip, trunk, pose.far_leg, "far"),
        near_arm=_arm(near_shoulder, trunk, pose.near_arm, "near"),
        far_arm=_arm(far_shoulder, trunk, pose.far_arm, "far"),
    )
