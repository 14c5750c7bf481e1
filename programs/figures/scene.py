"""One drawing: a body in a pose among its props, with the working muscles and the movement marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from programs.figures import front, front_body
from programs.figures import props as things
from programs.figures.body import Muscle, draw_arm, draw_head, draw_leg, draw_neck, draw_shirt, draw_shorts, muscle
from programs.figures.geometry import Outline, Point, along, angle_of, line
from programs.figures.paint import FLOOR, Canvas, Depth, View
from programs.figures.pose import Pose
from programs.figures.skeleton import Skeleton, solved

TURNED = 25.0  # degrees of twist from which the far arm is drawn like the near one
ARROW_HEAD = (8.5, 9.2)
"""Length and width, drawing units."""


@dataclass(frozen=True)
class Region:
    muscle: Muscle
    leg: Literal["near", "far"] = "near"


@dataclass(frozen=True)
class Arrow:
    """Through these points (body units), smoothly, its head at the last."""

    points: tuple[Point, ...]


@dataclass(frozen=True)
class Scene:
    """One frame as it is drawn: from the side, or from the front or behind with its own marks (muscle, side)."""

    pose: Pose | front.FrontPose
    regions: tuple[Region, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    props: tuple[things.Prop, ...] = ()
    helper: Pose | None = None
    bun: bool = False
    floor: bool = True
    marks: tuple[tuple[front.FrontMuscle, str], ...] = ()
    turned: bool = False

    @property
    def is_turned(self) -> bool:
        """Whether the trunk shows its front: then both arms are near. A movement turns in all its frames or in none."""
        return self.turned or (isinstance(self.pose, Pose) and self.pose.twist > TURNED)


def draw(scene: Scene, view: View) -> list[str]:
    """The elements of one frame, back to front."""
    canvas = Canvas(view, [])
    if scene.floor:
        span = 112 / view.scale
        ends = [(view.middle - span, 0.0), (view.middle + span, 0.0)]
        canvas.strokes([line(ends)], FLOOR, 1.6)
    if isinstance(scene.pose, front.FrontPose):
        _from_the_front(canvas, scene, scene.pose)
    else:
        _from_the_side(canvas, scene, solved(scene.pose))
    for arrow in scene.arrows:
        canvas.arrow(*_arrow(arrow.points, view))
    return canvas.parts


def _from_the_front(canvas: Canvas, scene: Scene, pose: front.FrontPose) -> None:
    places = front.solved(pose).places()
    for prop in scene.props:
        if not prop.in_front:
            things.paint(canvas, prop, places)
    front_body.draw(canvas, pose, scene.marks, bun=scene.bun)
    for prop in scene.props:
        if prop.in_front:
            things.paint(canvas, prop, places)


def _from_the_side(canvas: Canvas, scene: Scene, bones: Skeleton) -> None:
    places = bones.places()
    for prop in scene.props:
        if not prop.in_front:
            things.paint(canvas, prop, places)
    helper = solved(scene.helper) if scene.helper else None
    if helper:
        _body(canvas, helper, (), "helper", bun=False, turned=False, near_arm=False)
    _body(canvas, bones, scene.regions, "near", bun=scene.bun, turned=scene.is_turned)
    if helper:
        draw_arm(canvas, helper.near_arm, "helper")
    for prop in scene.props:
        if prop.in_front:
            things.paint(canvas, prop, places)


def _body(
    canvas: Canvas,
    bones: Skeleton,
    regions: Sequence[Region],
    depth: Depth,
    *,
    bun: bool,
    turned: bool,
    near_arm: bool = True,
) -> None:
    far: Depth = depth if depth == "helper" else "far"
    if not turned:
        draw_arm(canvas, bones.far_arm, far)
    draw_leg(canvas, bones.far_leg, far)
    draw_shorts(canvas, bones, bones.far_leg, far, pelvis=False)
    for region in regions:
        if region.leg == "far":
            canvas.region(muscle(bones, region.muscle, bones.far_leg))
    if turned:
        draw_arm(canvas, bones.far_arm, depth)
    draw_neck(canvas, bones, depth)
    draw_shirt(canvas, bones, depth, folds=depth == "near" and not turned)
    for region in regions:
        if region.muscle in ("trunk", "low_back", "belly"):
            canvas.region(muscle(bones, region.muscle, bones.near_leg))
    draw_head(canvas, bones, depth, bun=bun)
    draw_leg(canvas, bones.near_leg, depth)
    draw_shorts(canvas, bones, bones.near_leg, depth, pelvis=True)
    for region in regions:
        if region.leg == "near" and region.muscle not in ("trunk", "low_back", "belly"):
            canvas.region(muscle(bones, region.muscle, bones.near_leg))
    if near_arm:
        draw_arm(canvas, bones.near_arm, depth)


def _arrow(points: Sequence[Point], view: View) -> tuple[Outline, list[Point]]:
    tip, before = points[-1], points[-2]
    length, width = (size / view.scale for size in ARROW_HEAD)
    direction = angle_of(before, tip)
    if len(points) > 2:
        swing = angle_of(points[-3], before)
        direction += 0.5 * math.remainder(direction - swing, 360)
    foot = along(tip, direction + 180, length)
    head = [tip, along(foot, direction + 90, width / 2), along(foot, direction - 90, width / 2)]
    return line([*points[:-1], along(tip, direction + 180, length * 0.8)]), head


@dataclass(frozen=True)
class Figure:
    """An exercise as frames that share one view. `frames` from start to end; the words name what each shows.

    `via` is a moment the movement passes through on its way to the end; it is never drawn by itself.
    """

    key: str
    scale: float
    middle: float
    floor: float
    frames: tuple[Scene, ...]
    names: tuple[str, ...] = field(default=())
    via: Scene | None = None

    @property
    def view(self) -> View:
        return View(self.scale, self.middle, self.floor)
