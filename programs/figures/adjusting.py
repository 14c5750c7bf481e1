"""A figure taken apart into the numbers a clinician may turn, and put together again from them.

Marks, things and which limb touches what stay as they were: only angles and places are turned.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from programs.figures.drawing import frame_parts, motion
from programs.figures.pose import FigureError
from programs.figures.reading import FRAMES, read_figure
from programs.figures.scene import Figure

ANGLE = (-200.0, 200.0)
PLACE = (-120.0, 120.0)  # body units; stature is 100
LENGTH = (0.2, 1.0)  # seen length of a limb that comes towards the eye
BODY: dict[str, tuple[float, float]] = {
    "tilt": (-180.0, 180.0), "spine": (-90.0, 90.0), "neck": (-90.0, 90.0), "head": (-60.0, 60.0), "twist": (0.0, 90.0),
}  # fmt: skip
FRONT_BODY: dict[str, tuple[float, float]] = {
    "x": PLACE, "y": PLACE, "turn": (-90.0, 270.0), "drop": (-45.0, 45.0), "lean": (-90.0, 90.0), "neck": (-60.0, 60.0),
}  # fmt: skip
POSED_LEG = {"hip": ANGLE, "knee": ANGLE, "ankle": (-90.0, 90.0)}
STANDING_LEG = {"foot": PLACE, "on": PLACE, "angle": ANGLE, "toe": (-90.0, 90.0)}
POSED_ARM = {"shoulder": ANGLE, "elbow": (-30.0, 170.0)}
HOLDING_ARM = {"hand_x": PLACE, "hand_y": PLACE}
FRONT_LEG = {"out": ANGLE, "bend": ANGLE, "thigh": LENGTH, "shank": LENGTH}
FRONT_ARM = {"out": ANGLE, "bend": ANGLE, "upper": LENGTH, "fore": LENGTH}
DEFAULTS = {"turn": 90.0, "y": 52.0, "thigh": 1.0, "shank": 1.0, "upper": 1.0, "fore": 1.0}


@dataclass(frozen=True)
class Dial:
    """One number of one frame: `part` is the body, the anchor or a limb."""

    frame: str
    part: str
    quality: str
    value: float
    least: float
    most: float

    @property
    def name(self) -> str:
        return f"{self.frame}-{self.part}-{self.quality}"

    @property
    def step(self) -> float:
        return 0.05 if (self.least, self.most) == LENGTH else 1.0 if (self.least, self.most) != PLACE else 0.5


def dials(data: Mapping[str, Any]) -> list[Dial]:
    """What may be turned, frame by frame. A limb a later frame does not speak of follows the start."""
    from_the_front = data.get("view", "side") != "side"
    return [dial for frame in FRAMES if frame in data for dial in _of_frame(frame, data, front=from_the_front)]


def _of_frame(frame: str, data: Mapping[str, Any], *, front: bool) -> Iterator[Dial]:
    said = data[frame]
    for quality, (least, most) in (FRONT_BODY if front else BODY).items():
        usual = DEFAULTS.get(quality, 0.0) if front else 0.0
        value = said.get(quality, data[FRAMES[0]].get(quality, usual))
        if isinstance(value, (int, float)):
            yield Dial(frame, "body", quality, float(value), least, most)
    if "anchor" in said:
        for axis in ("x", "y"):
            yield Dial(frame, "anchor", axis, float(said["anchor"].get(axis, 0.0)), *PLACE)
    for part, limb in said.items():
        if part.endswith(("_leg", "_arm")):
            yield from _of_limb(frame, part, limb, front=front)


def _of_limb(frame: str, part: str, limb: Mapping[str, Any], *, front: bool) -> Iterator[Dial]:
    for quality, (least, most) in _range_of(part, limb, front=front).items():
        if quality.startswith("hand_"):
            value = limb["hand"][0 if quality == "hand_x" else 1]
        else:
            value = limb.get(quality, DEFAULTS.get(quality, 0.0) if front else 0.0)
        yield Dial(frame, part, quality, float(value), least, most)


def _range_of(part: str, limb: Mapping[str, Any], *, front: bool) -> dict[str, tuple[float, float]]:
    if part.endswith("_leg"):
        return FRONT_LEG if front else STANDING_LEG if "foot" in limb else POSED_LEG
    return FRONT_ARM if front else HOLDING_ARM if "hand" in limb else POSED_ARM


def adjusted(data: Mapping[str, Any], values: Mapping[str, float]) -> dict[str, Any]:
    """The figure with its dials turned to `values` (by their names); what is not named stays."""
    turned: dict[str, Any] = deepcopy(dict(data))
    for dial in dials(data):
        value = values.get(dial.name, dial.value)
        if value == dial.value:
            continue
        place = turned[dial.frame] if dial.part == "body" else turned[dial.frame][dial.part]
        if dial.quality.startswith("hand_"):
            x, y = place["hand"]
            place["hand"] = [value, y] if dial.quality == "hand_x" else [x, value]
        else:
            place[dial.quality] = value
    return turned


def drawable(key: str, data: Mapping[str, Any]) -> Figure:
    """The figure, proven in every frame and on the way between them. Raises FigureError in words."""
    figure = read_figure(key, data, where="this drawing")
    for number in range(len(figure.frames)):
        frame_parts(figure, number)
    if len(figure.frames) > 1:
        motion(figure, mirrored=False)
    return figure


__all__ = ["Dial", "FigureError", "adjusted", "dials", "drawable"]
