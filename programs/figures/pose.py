"""How a body is asked to stand or lie: joint angles as clinicians say them, or contacts that are solved.

Zero is upright, facing right, arms hanging, feet flat. Degrees; + is flexion, - is extension. `tilt` turns the whole
pelvis: 0 upright, +90 prone (head right), -90 supine (head left).
"""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, TypeVar

from programs.figures.geometry import Point, between

HandKind = Literal["free", "flat", "fist", "hidden"]


class FigureError(Exception):
    """A figure cannot be drawn as it is written. The text names the figure, the frame and what to change."""


@dataclass(frozen=True)
class Leg:
    """Posed by hip, knee and ankle; or solved: the ankle above `foot` x, resting on `on`, foot turned by `angle`.

    `angle` is the foot's own direction (0 flat, + toes up), `toe` bends the toes up. `back` lets the knee bend backwards.
    `free` keeps the solved ankle at exactly (foot, on), touching nothing.
    """

    hip: float = 0.0
    knee: float = 0.0
    ankle: float = 0.0
    foot: float | None = None
    on: float = 0.0
    angle: float = 0.0
    toe: float = 0.0
    back: bool = False
    free: bool = False


@dataclass(frozen=True)
class Arm:
    """Posed by shoulder and elbow; or solved: the wrist at `hand`. `wrist` turns the hand against the forearm.

    `seen` shortens an arm that comes towards the eye (1 is full length), as a hand laid on one's own belly does.
    """

    shoulder: float = 0.0
    elbow: float = 0.0
    hand: Point | None = None
    wrist: float = 0.0
    level: float | None = None
    flip: bool = False
    kind: HandKind = "free"
    seen: float = 1.0


@dataclass(frozen=True)
class Anchor:
    """What holds the body in place: `part` at x, y.

    hip, neck: that joint. rest: the lowest point of the trunk lies on y, the neck base stands over x. seat: the lowest
    point of the pelvis on y, the hip over x. knee: the near knee kneels on y. foot: the near foot stands on y, ankle at x.
    """

    part: str = "hip"
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class Pose:
    """One moment of an exercise. `neck` None lets the head rest on the surface of the anchor."""

    tilt: float = 0.0
    spine: float = 0.0
    neck: float | None = 0.0
    head: float = 0.0
    twist: float = 0.0
    face: int = 1
    anchor: Anchor = field(default_factory=Anchor)
    near_leg: Leg = field(default_factory=Leg)
    far_leg: Leg = field(default_factory=Leg)
    near_arm: Arm = field(default_factory=Arm)
    far_arm: Arm = field(default_factory=Arm)


def blended(start: Pose, end: Pose, part: float) -> Pose:
    """The pose between two: angles and contacts are interpolated, what is solved is solved anew, so nothing slides."""
    neck = None if start.neck is None or end.neck is None else _mix(start.neck, end.neck, part)
    return replace(
        end,
        tilt=_mix(start.tilt, end.tilt, part),
        spine=_mix(start.spine, end.spine, part),
        neck=neck,
        head=_mix(start.head, end.head, part),
        twist=_mix(start.twist, end.twist, part),
        face=start.face if part < 0.5 else end.face,
        anchor=_anchor(start.anchor, end.anchor, part),
        near_leg=_limb(start.near_leg, end.near_leg, part),
        far_leg=_limb(start.far_leg, end.far_leg, part),
        near_arm=_limb(start.near_arm, end.near_arm, part),
        far_arm=_limb(start.far_arm, end.far_arm, part),
    )


def _mix(one: float, other: float, part: float) -> float:
    return one + (other - one) * part


def _anchor(one: Anchor, other: Anchor, part: float) -> Anchor:
    if one.part != other.part:
        return one if part < 0.5 else other
    return Anchor(one.part, _mix(one.x, other.x, part), _mix(one.y, other.y, part))


L = TypeVar("L", Leg, Arm)


def _limb(one: L, other: L, part: float) -> L:
    changes: dict[str, Any] = {}
    for item in fields(one):
        a, b = getattr(one, item.name), getattr(other, item.name)
        if isinstance(a, tuple) and isinstance(b, tuple):
            changes[item.name] = between(a, b, part)
        elif isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool):
            changes[item.name] = _mix(a, b, part)
        else:
            changes[item.name] = a if part < 0.5 else b
    return replace(other, **changes)
