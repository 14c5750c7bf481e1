"""What lies between two poses. Contacts that hold in both stay where they are; everything else turns at its joints."""

import math
from dataclasses import replace
from typing import Any, Literal

from programs.figures.geometry import angle_of, distance
from programs.figures.pose import Anchor, Arm, FigureError, Leg, Pose, blended
from programs.figures.skeleton import ArmBones, LegBones, Skeleton, solved

LimbName = Literal["near_leg", "far_leg", "near_arm", "far_arm"]
LIMBS: tuple[LimbName, ...] = ("near_leg", "far_leg", "near_arm", "far_arm")
SAME_PLACE, SAME_ANGLE = 0.6, 2.0  # body units and degrees within which a foot has not moved
CHECKED = (0.25, 0.5, 0.75)  # where a movement is tried before a contact is given up


def alike(start: Pose, end: Pose) -> tuple[Pose, Pose]:
    """Both poses, unchanged to look at, written so that every moment between them can be drawn.

    An anchor that changes becomes the place of the hip. A limb that touches something in one of them only, or whose
    contact could not be reached on the way, is told by the angles of its joints.
    """
    bones = solved(start), solved(end)
    one, two = _anchored_alike(start, end, bones)
    for name in LIMBS:
        if _is_held(getattr(one, name)) != _is_held(getattr(two, name)):
            one, two = _told_alike(one, two, name, bones)
    for name in LIMBS:
        if _is_held(getattr(one, name)) and not _reaches(one, two, name, bones):
            one, two = _posed(one, name, bones[0]), _posed(two, name, bones[1])
    return one, two


def _is_held(limb: Leg | Arm) -> bool:
    return (limb.foot if isinstance(limb, Leg) else limb.hand) is not None


def _anchored_alike(start: Pose, end: Pose, bones: tuple[Skeleton, Skeleton]) -> tuple[Pose, Pose]:
    if (start.neck is None) != (end.neck is None):
        start, end = (replace(pose, neck=_neck(it)) for pose, it in zip((start, end), bones, strict=True))
    on_the_leg = start.anchor.part in ("knee", "foot")
    if start.anchor.part == end.anchor.part and not (on_the_leg and _is_held(start.near_leg) | _is_held(end.near_leg)):
        return start, end
    if start.neck is None:
        start, end = (replace(pose, neck=_neck(it)) for pose, it in zip((start, end), bones, strict=True))
    one, two = (replace(pose, anchor=Anchor("hip", *it.hip)) for pose, it in zip((start, end), bones, strict=True))
    return one, two


def _neck(bones: Skeleton) -> float:
    return _turn(bones.thorax - angle_of(bones.neck_base, bones.atlas))


def _told_alike(start: Pose, end: Pose, name: LimbName, bones: tuple[Skeleton, Skeleton]) -> tuple[Pose, Pose]:
    """A foot that stands still is held in both, though one of them wrote angles; any other limb gets angles in both."""
    legs = [getattr(it, name) for it in bones]
    if isinstance(legs[0], LegBones) and _stands_still(legs[0], legs[1]):
        backward = any(getattr(pose, name).back for pose in (start, end))
        one, two = (
            _with(pose, name, _held_leg(leg, backward=backward)) for pose, leg in zip((start, end), legs, strict=True)
        )
        return one, two
    return _posed(start, name, bones[0]), _posed(end, name, bones[1])


def _stands_still(one: LegBones, other: LegBones) -> bool:
    return distance(one.ankle, other.ankle) < SAME_PLACE and abs(_turn(one.foot - other.foot)) < SAME_ANGLE


def _held_leg(leg: LegBones, *, backward: bool) -> Leg:
    return Leg(foot=leg.ankle[0], on=leg.ankle[1], free=True, angle=leg.foot, toe=leg.toe, back=backward)


def _posed(pose: Pose, name: LimbName, bones: Skeleton) -> Pose:
    limb = getattr(bones, name)
    told: Leg | Arm
    if isinstance(limb, LegBones):
        told = Leg(*_leg_angles(bones.pelvis, limb), toe=limb.toe)
    else:
        told = replace(_arm_angles(bones.thorax, limb), kind=limb.kind, seen=getattr(pose, name).seen)
    return _with(pose, name, told)


def _with(pose: Pose, name: LimbName, limb: Leg | Arm) -> Pose:
    changes: dict[str, Any] = {name: limb}
    return replace(pose, **changes)


def _leg_angles(pelvis: float, leg: LegBones) -> tuple[float, float, float]:
    return _turn(leg.thigh - pelvis - 180), _turn(leg.thigh - leg.shank), _turn(leg.foot - leg.shank - 90)


def _arm_angles(thorax: float, arm: ArmBones) -> Arm:
    raised = _turn(arm.upper - thorax - 180)
    raised += 360 if raised < -140 else 0  # an arm beside the head went up in front of the body
    return Arm(shoulder=raised, elbow=_turn(arm.fore - arm.upper), wrist=_turn(arm.hand - arm.fore))


def _turn(angle: float) -> float:
    return math.remainder(angle, 360)


def _reaches(start: Pose, end: Pose, name: LimbName, bones: tuple[Skeleton, Skeleton]) -> bool:
    """Whether this one limb finds its contact all the way; the others are told by angles meanwhile."""
    others = [other for other in LIMBS if other != name]
    poses = [start, end]
    for other in others:
        poses = [_posed(pose, other, it) for pose, it in zip(poses, bones, strict=True)]
    try:
        for part in CHECKED:
            solved(blended(poses[0], poses[1], part))
    except FigureError:
        return False
    return True
