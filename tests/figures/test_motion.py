"""Movements: every figure can move, with the same paths in every frame, and what stands on the floor stays there."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from clinic.vocabulary.sides import DoseSide
from programs.figures import FigureError, figures, motion_for
from programs.figures.drawing import motion
from programs.figures.geometry import distance
from programs.figures.moving import alike
from programs.figures.pose import Arm, Leg, Pose, blended
from programs.figures.scene import Figure
from programs.figures.skeleton import LegBones, Skeleton, solved

MOST_BYTES = 160 * 1024  # of one movement before the server packs it; a quarter of that on the wire
FIGURES = figures()
every_figure = pytest.mark.parametrize("key", FIGURES)


def unpacked(told: dict[str, Any]) -> list[list[str]]:
    """The frames as a page rebuilds them: what did not change is repeated, an outline is the paths after it."""
    frames: list[list[str | int]] = []
    for frame in told["frames"]:
        frames.append([frames[-1][number] if shape is None else shape for number, shape in enumerate(frame)])
    return [
        [
            "".join(str(part) for part in frame[number + 1 : number + 1 + shape]) if isinstance(shape, int) else shape
            for number, shape in enumerate(frame)
        ]
        for frame in frames
    ]


@every_figure
def test_every_figure_moves_with_the_same_paths_in_every_frame(key: str) -> None:
    told = motion_for(key, DoseSide.RIGHT)
    assert told is not None
    frames = unpacked(told)
    assert len(frames) >= 7
    assert {len(frame) for frame in frames} == {len(told["paint"])}
    assert all(d.startswith("M") for frame in frames for d in frame)
    assert frames[0] != frames[-1]
    assert len(json.dumps(told)) < MOST_BYTES


def poses(figure: Figure) -> Iterator[tuple[Pose, Pose]]:
    for one, other in pairwise(scene.pose for scene in figure.frames):
        if isinstance(one, Pose) and isinstance(other, Pose):
            yield one, other


@every_figure
def test_what_is_told_anew_for_a_movement_begins_and_ends_where_the_drawing_does(key: str) -> None:
    for start, end in poses(FIGURES[key]):
        for before, after in zip((start, end), alike(start, end), strict=True):
            assert _apart(solved(before), solved(after)) < 0.3


def _apart(one: Skeleton, other: Skeleton) -> float:
    places, others = one.places(), other.places()
    return max(distance(places[name], others[name]) for name in places)


@every_figure
def test_a_foot_that_stands_at_the_same_place_in_both_frames_does_not_slide_between_them(key: str) -> None:
    for start, end in poses(FIGURES[key]):
        first, last = solved(start), solved(end)
        for name in ("near_leg", "far_leg"):
            one, two = getattr(first, name), getattr(last, name)
            if distance(one.ankle, two.ankle) < 0.01 and one.foot == two.foot:
                assert max(distance(one.ankle, leg.ankle) for leg in _on_the_way(start, end, name)) < 0.6


def _on_the_way(start: Pose, end: Pose, name: str) -> Iterator[LegBones]:
    one, two = alike(start, end)
    for step in range(1, 6):
        yield getattr(solved(blended(one, two, step / 6)), name)


def test_a_hand_that_only_touches_the_floor_at_the_end_gets_there_by_its_joints() -> None:
    start = Pose(near_arm=Arm(shoulder=5, elbow=20))
    end = replace(start, near_arm=Arm(hand=(18.0, 10.0)))
    one, two = alike(start, end)
    assert one.near_arm.hand is two.near_arm.hand is None
    assert distance(solved(two).near_arm.wrist, (18.0, 10.0)) < 1e-6


def test_a_foot_written_by_angles_in_one_frame_and_by_its_place_in_the_other_is_held_where_it_stands() -> None:
    start = Pose(near_leg=Leg(hip=20, knee=40, ankle=20), anchor=replace(Pose().anchor, part="foot"))
    ankle = solved(start).near_leg
    end = replace(start, anchor=replace(start.anchor, part="hip", x=2, y=44), near_leg=Leg(foot=ankle.ankle[0], on=0))
    legs = list(_on_the_way(start, end, "near_leg"))
    assert max(distance(leg.ankle, ankle.ankle) for leg in legs) < 0.1


def test_frames_that_cannot_become_one_another_are_an_error_that_names_the_figure() -> None:
    figure = FIGURES["side_steps"]
    start, end = figure.frames
    with pytest.raises(FigureError, match="figure 'side_steps': its frames do not have the same shapes"):
        motion(replace(figure, frames=(start, replace(end, bun=True))), mirrored=False)
