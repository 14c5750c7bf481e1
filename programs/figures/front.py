"""A body seen from the front or from behind, upright or lying on its side: clothes and limbs with even widths.

Angles are in the plane of the picture, + away from the body's middle line. A limb that comes towards the eye, or goes
away from it, is drawn shorter (`thigh`, `shank`, `upper`, `fore`: seen length, 1 is full).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from programs.figures import anatomy as sizes
from programs.figures.geometry import Point, along, angle_of, distance
from programs.figures.paint import Depth

SAME_PLACE = 0.6  # body units within which a foot has not moved
FootKind = Literal["front", "side", "point", "none"]
FrontMuscle = Literal["gluteals", "hip_side", "trunk", "quadriceps", "hamstrings"]


@dataclass(frozen=True)
class FrontLeg:
    """`out` turns the thigh away from the middle, `bend` the shank back towards it."""

    out: float = 2.0
    bend: float = 0.0
    thigh: float = 1.0
    shank: float = 1.0
    foot: FootKind = "front"
    angle: float | None = None
    depth: Depth = "near"


@dataclass(frozen=True)
class FrontArm:
    out: float = 8.0
    bend: float = 0.0
    upper: float = 1.0
    fore: float = 1.0
    depth: Depth = "near"


@dataclass(frozen=True)
class FrontPose:
    """`turn` is the direction of the trunk (90 upright, 180 lying with the head to the left), `drop` tips the pelvis.

    `left` and `right` are the sides of the picture. The hip centre stands at (x, y).
    """

    x: float = 0.0
    y: float = 52.0
    turn: float = 90.0
    drop: float = 0.0
    lean: float = 0.0
    neck: float = 0.0
    back: bool = False
    left_leg: FrontLeg = field(default_factory=FrontLeg)
    right_leg: FrontLeg = field(default_factory=FrontLeg)
    left_arm: FrontArm = field(default_factory=FrontArm)
    right_arm: FrontArm = field(default_factory=FrontArm)


@dataclass(frozen=True)
class FrontBones:
    """Places of one front pose. Legs and arms as (root, joint, end) by side of the picture."""

    pose: FrontPose
    hip: Point
    lumbar: Point
    neck_base: Point
    trunk: float
    pelvis: float
    legs: dict[str, tuple[Point, Point, Point]]
    arms: dict[str, tuple[Point, Point, Point]]

    def places(self) -> dict[str, Point]:
        """Joints by name, for props that hang on them: left_knee, right_wrist, hip …"""
        found = {"hip": self.hip}
        for side in ("left", "right"):
            found |= dict(zip((f"{side}_hip", f"{side}_knee", f"{side}_ankle"), self.legs[side], strict=True))
            found |= dict(zip((f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist"), self.arms[side], strict=True))
        return found


def solved(pose: FrontPose) -> FrontBones:
    """All joints; nothing is searched, so nothing can be out of reach."""
    hip = (pose.x, pose.y)
    pelvis = pose.turn + pose.drop
    lumbar = along(hip, pelvis, sizes.LUMBAR)
    chest = pose.turn + pose.lean
    base = along(lumbar, chest, sizes.THORAX)
    legs, arms = {}, {}
    for side, sign in (("left", 1), ("right", -1)):
        leg: FrontLeg = getattr(pose, f"{side}_leg")
        root = along(hip, pelvis + 90 * sign, sizes.HIP_HALF)
        thigh = pose.turn + 180 - sign * leg.out
        knee = along(root, thigh, sizes.THIGH * leg.thigh)
        ankle = along(knee, thigh + sign * leg.bend, sizes.SHANK * leg.shank)
        legs[side] = root, knee, ankle
        arm: FrontArm = getattr(pose, f"{side}_arm")
        shoulder = along(along(base, chest + 180, 2.6), chest + 90 * sign, sizes.SHOULDER_HALF)
        upper = chest + 180 - sign * arm.out
        elbow = along(shoulder, upper, sizes.UPPER_ARM * arm.upper)
        wrist = along(elbow, upper + sign * arm.bend, sizes.FOREARM * arm.fore)
        arms[side] = shoulder, elbow, wrist
    return FrontBones(pose, hip, lumbar, base, chest, pelvis, legs, arms)


def blended(start: FrontPose, end: FrontPose, part: float) -> FrontPose:
    """The front pose between two."""
    changes: dict[str, Any] = {}
    for name in ("x", "y", "turn", "drop", "lean", "neck"):
        one, other = getattr(start, name), getattr(end, name)
        changes[name] = one + (other - one) * part
    for name in ("left_leg", "right_leg"):
        changes[name] = _mixed(getattr(start, name), getattr(end, name), ("out", "bend", "thigh", "shank"), part)
    for name in ("left_arm", "right_arm"):
        changes[name] = _mixed(getattr(start, name), getattr(end, name), ("out", "bend", "upper", "fore"), part)
    return _feet_kept(start, end, replace(end, **changes))


def _feet_kept(start: FrontPose, end: FrontPose, now: FrontPose) -> FrontPose:
    """A foot at the same place in both poses stays there: its shank is aimed at it, and drawn as long as it is seen."""
    one, two, bones = solved(start), solved(end), solved(now)
    for side, sign in (("left", 1), ("right", -1)):
        ankle = two.legs[side][2]
        if distance(one.legs[side][2], ankle) > SAME_PLACE:
            continue
        root, knee, _ankle = bones.legs[side]
        leg: FrontLeg = getattr(now, f"{side}_leg")
        bend = math.remainder(sign * (angle_of(knee, ankle) - angle_of(root, knee)), 360)
        held: dict[str, Any] = {f"{side}_leg": replace(leg, bend=bend, shank=distance(knee, ankle) / sizes.SHANK)}
        now = replace(now, **held)
    return now


L = TypeVar("L", FrontLeg, FrontArm)


def _mixed(one: L, other: L, names: Sequence[str], part: float) -> L:
    return replace(
        other, **{name: getattr(one, name) + (getattr(other, name) - getattr(one, name)) * part for name in names}
    )
