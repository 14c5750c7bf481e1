"""A figure as SVG text: its frames side by side, or one of them, mirrored for the other side of the body."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from programs.figures import front
from programs.figures.paint import HEIGHT, WIDTH
from programs.figures.pose import FigureError, Pose, blended
from programs.figures.props import moved_prop
from programs.figures.scene import Figure, Scene, draw

MIRROR = f'<g transform="translate({WIDTH} 0) scale(-1 1)">'


def frame_parts(figure: Figure, number: int) -> str:
    """The elements of one frame. Raises FigureError naming figure and frame when something is out of reach."""
    try:
        return "".join(draw(figure.frames[number], figure.view))
    except FigureError as error:
        raise FigureError(f"figure '{figure.key}', frame {number + 1}: {error}") from error


def to_svg(figure: Figure, *, mirrored: bool, title: str, words: str, frames: Sequence[int] | None = None) -> str:
    """One svg element with title and description. Frames stand side by side, each in its own 240 by 180 field.

    The near limb is the right one; `mirrored` shows the left one. Only the drawing is turned round, never the words.
    """
    numbers = list(frames if frames is not None else range(len(figure.frames)))
    cells = []
    for place, number in enumerate(numbers):
        inner = frame_parts(figure, number)
        turned = f"{MIRROR}{inner}</g>" if mirrored else inner
        cells.append(f'<g transform="translate({WIDTH * place} 0)">{turned}</g>' if place else f"<g>{turned}</g>")
    box = f"0 0 {WIDTH * len(numbers)} {HEIGHT}"
    head = f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">{head}{"".join(cells)}</svg>'


STEPS = 6
"""In-between drawings of a movement. Contacts are solved in each, so feet stay where they stand."""


def motion(figure: Figure, *, mirrored: bool) -> dict[str, Any]:
    """Frames from start to end as path data: {"mirrored", "paint": [[fill, stroke, width]], "frames": [[d]]}.

    Marks and arrows appear in the last frame only and are left out here. Every frame has the same paths in the same order.
    """
    stops = [replace(scene, regions=(), marks=(), arrows=()) for scene in figure.frames]
    frames: list[list[str]] = []
    paint: list[list[str]] = []
    for start, end in pairwise(stops):
        for step in range(STEPS + 1 if end is stops[-1] else STEPS):
            shapes = [_path_of(part) for part in draw(_between(start, end, step / STEPS), figure.view)]
            paint = paint or [[fill, stroke, width] for _d, fill, stroke, width in shapes]
            frames.append([d for d, _fill, _stroke, _width in shapes])
    if len({len(frame) for frame in frames}) != 1:
        raise FigureError(f"figure '{figure.key}': its frames do not have the same shapes, so it cannot move")
    return {"mirrored": mirrored, "paint": paint, "frames": frames}


def _between(start: Scene, end: Scene, part: float) -> Scene:
    eased = part * part * (3 - 2 * part)
    if isinstance(start.pose, Pose) and isinstance(end.pose, Pose):
        pose: Pose | front.FrontPose = blended(start.pose, end.pose, eased)
    elif isinstance(start.pose, front.FrontPose) and isinstance(end.pose, front.FrontPose):
        pose = front.blended(start.pose, end.pose, eased)
    else:
        raise FigureError("a movement cannot go from one view to another")
    props = tuple(moved_prop(a, b, eased) for a, b in zip(start.props, end.props, strict=True))
    return replace(end, pose=pose, props=props)


PATH = re.compile(r'<path d="([^"]*)" fill="([^"]*)"(?: stroke="([^"]*)" stroke-width="([^"]*)")?')


def _path_of(part: str) -> tuple[str, str, str, str]:
    found = PATH.match(part)
    if found is None:
        raise FigureError(f"not a path: {part[:40]}")
    d, fill, stroke, width = found.groups()
    return d, fill, stroke or "", width or ""
