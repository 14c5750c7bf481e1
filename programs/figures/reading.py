"""Reads figures from their files. Every error names the file, the figure and the key, so that an author can mend it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, cast, get_args

from programs.figures.body import Muscle
from programs.figures.front import FrontArm, FrontLeg, FrontMuscle, FrontPose
from programs.figures.pose import Anchor, Arm, FigureError, Leg, Pose
from programs.figures.props import PAINTERS, Prop
from programs.figures.scene import Arrow, Figure, Region, Scene

FOLDER = Path(__file__).parent / "poses"
FRAMES = ("start", "middle", "end")
LIMBS: dict[str, type] = {"near_leg": Leg, "far_leg": Leg, "near_arm": Arm, "far_arm": Arm, "anchor": Anchor}
SCENE_KEYS = {"regions", "arrows", "helper", "says"}
FIGURE_KEYS = {"view", "scale", "centre", "floor", "bun", "ground", "props", "via", *FRAMES}
ANGLES = ("tilt", "spine", "neck", "head", "twist", "face")


def read_folder(folder: Path = FOLDER) -> Iterator[Figure]:
    """All figures of all files, in the order written."""
    for key, data, where in written(folder):
        yield read_figure(key, data, where=where)


def written(folder: Path = FOLDER) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Key, data and place of every figure as it is written. `same_as` takes another's poses; what is written beside it
    (other props) goes before.
    """
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text())
        except tomllib.TOMLDecodeError as error:
            raise FigureError(f"{path.name}: cannot be read: {error}") from error
        for key, data in content.items():
            where = f"{path.name}, figure '{key}'"
            like = data.get("same_as")
            if like is not None and like not in content:
                raise FigureError(f"{where}: '{like}' is not a figure of this file")
            own = {name: value for name, value in data.items() if name != "same_as"}
            yield key, own if like is None else {**content[like], **own}, where


def read_figure(key: str, data: Mapping[str, Any], *, where: str) -> Figure:
    """One figure. `end` and `middle` start from what `start` says and write only what differs.

    `via`, a moment of the movement between them that is not drawn by itself, starts from `start` too.
    """
    _known(data, FIGURE_KEYS, where)
    frames: list[Scene] = []
    names: list[str] = []
    before: dict[str, Any] = {}
    for name in FRAMES:
        if name not in data:
            continue
        before = merged(before, data[name])
        frames.append(_scene(before, data, f"{where}, {name}"))
        names.append(str(before.get("says", "")))
    if not frames:
        raise FigureError(f"{where}: has no frame; write at least [{key}.start]")
    scale, middle, floor = (_number(data, part, where) for part in ("scale", "centre", "floor"))
    via = _scene(merged(data["start"], data["via"]), data, f"{where}, via") if "via" in data else None
    return Figure(key, scale, middle, floor, tuple(frames), tuple(names), via)


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """What `over` says in place of `base`; marks (regions, arrows) belong to one frame and are not inherited."""
    kept = {key: value for key, value in base.items() if key not in ("regions", "arrows")}
    return kept | dict(over)


def _scene(data: Mapping[str, Any], figure: Mapping[str, Any], where: str) -> Scene:
    props = [_prop(item, f"{where}, prop") for item in [*figure.get("props", []), *data.get("props", [])]]
    angles = {key: value for key, value in data.items() if key not in SCENE_KEYS | {"props"}}
    seen_from = figure.get("view", "side") != "side"
    if seen_from:
        angles["back"] = figure["view"] == "back"
    return Scene(
        pose=read_front(angles, where=where) if seen_from else read_pose(angles, where=where),
        regions=() if seen_from else tuple(_region(text, where) for text in data.get("regions", [])),
        marks=tuple(_mark(text, where) for text in data.get("regions", [])) if seen_from else (),
        arrows=tuple(Arrow(tuple((float(x), float(y)) for x, y in points)) for points in data.get("arrows", [])),
        props=tuple(props),
        helper=read_pose(data["helper"], where=f"{where}, helper") if "helper" in data else None,
        bun=bool(figure.get("bun", False)),
        floor=bool(figure.get("ground", True)),
    )


def read_pose(data: Mapping[str, Any], *, where: str) -> Pose:
    """One pose from plain values."""
    _known(data, {*ANGLES, *LIMBS}, where)
    values: dict[str, Any] = {}
    for name in ANGLES:
        if name in data:
            rests = name == "neck" and data[name] == "rest"
            values[name] = None if rests else _number(data, name, where)
    for name, kind in LIMBS.items():
        if name in data:
            values[name] = _limb(kind, data[name], f"{where}, {name}")
    if "face" in values:
        values["face"] = int(values["face"])
    return Pose(**values)


def read_front(data: Mapping[str, Any], *, where: str) -> FrontPose:
    """One pose seen from the front or behind, from plain values."""
    _known(data, {item.name for item in fields(FrontPose)}, where)
    limbs: dict[str, type] = {"left_leg": FrontLeg, "right_leg": FrontLeg, "left_arm": FrontArm, "right_arm": FrontArm}
    values = {
        name: _limb(limbs[name], value, f"{where}, {name}") if name in limbs else value for name, value in data.items()
    }
    return FrontPose(**values)


def _limb(kind: type, data: Mapping[str, Any], where: str) -> Any:
    _known(data, {item.name for item in fields(kind)}, where)
    values = {key: (float(value[0]), float(value[1])) if key == "hand" else value for key, value in data.items()}
    return kind(**values)


def _prop(data: Mapping[str, Any], where: str) -> Prop:
    _known(data, {item.name for item in fields(Prop)}, where)
    if data.get("kind") not in PAINTERS:
        raise FigureError(f"{where}: there is no '{data.get('kind')}'; use one of {', '.join(sorted(PAINTERS))}")
    values = dict(data)
    if "to" in values:
        values["to"] = tuple((float(x), float(y)) for x, y in values["to"])
    return Prop(**values)


def _region(text: str, where: str) -> Region:
    leg, _space, muscle = text.rpartition(" ")
    if muscle not in get_args(Muscle) or leg not in ("", "near", "far"):
        raise FigureError(
            f"{where}: no region '{text}'; write one of {', '.join(get_args(Muscle))}, or 'far' before it"
        )
    return Region(cast(Muscle, muscle), "far" if leg == "far" else "near")


def _mark(text: str, where: str) -> tuple[FrontMuscle, str]:
    side, _space, muscle = text.partition(" ")
    if muscle not in get_args(FrontMuscle) or side not in ("left", "right"):
        raise FigureError(
            f"{where}: no region '{text}'; write left or right and one of {', '.join(get_args(FrontMuscle))}"
        )
    return cast(FrontMuscle, muscle), side


def _number(data: Mapping[str, Any], key: str, where: str) -> float:
    value = data.get(key)
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise FigureError(f"{where}, key '{key}': must be a number, not {value!r}")
    return float(value)


def _known(data: Mapping[str, Any], names: set[str], where: str) -> None:
    unknown = sorted(set(data) - names)
    if unknown:
        raise FigureError(f"{where}: '{unknown[0]}' is not known here; write one of {', '.join(sorted(names))}")
