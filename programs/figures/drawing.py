"""A figure as SVG text: its frames side by side, or one of them, mirrored for the other side of the body."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

from programs.figures import front
from programs.figures.moving import alike
from programs.figures.paint import HEIGHT, ROUND, WIDTH
from programs.figures.pose import FigureError, Pose, blended
from programs.figures.props import moved_prop
from programs.figures.scene import Figure, Scene, draw

MIRROR = f'<g transform="translate({WIDTH} 0) scale(-1 1)">'


def frame_parts(figure: Figure, number: int) -> str:
    """The elements of one frame, for a group with round lines. Raises FigureError naming figure and frame when something is out of reach."""
    try:
        return "".join(draw(figure.frames[number], figure.view))
    except FigureError as error:
        raise FigureError(f"figure '{figure.key}', frame {number + 1}: {error}") from error


PADDING = 10
LOWEST_FIELD = 100
NUMBERS = re.compile(r"-?[\d.]+")


@lru_cache(maxsize=256)
def field(figure: Figure) -> tuple[int, int]:
    """Top and height of what all frames of a figure use, of the 180 units there are: a person who lies needs fewer."""
    heights = [
        float(y)
        for number in range(len(figure.frames))
        for d in re.findall(r' d="([^"]*)"', frame_parts(figure, number))
        for y in NUMBERS.findall(d)[1::2]
    ]
    low = min(HEIGHT, math.ceil(max(heights)) + PADDING)
    top = max(0, min(math.floor(min(heights)) - PADDING, low - LOWEST_FIELD))
    return top, low - top


def to_svg(figure: Figure, *, mirrored: bool, title: str, words: str, frames: Sequence[int] | None = None) -> str:
    """One svg element with title and description. Frames stand side by side, each in its own 240 by 180 field.

    The near limb is the right one; `mirrored` shows the left one. Only the drawing is turned round, never the words.
    """
    numbers = list(frames if frames is not None else range(len(figure.frames)))
    cells = []
    for place, number in enumerate(numbers):
        inner = frame_parts(figure, number)
        turned = f"{MIRROR}{inner}</g>" if mirrored else inner
        beside = f' transform="translate({WIDTH * place} 0)"' if place else ""
        cells.append(f"<g {ROUND}{beside}>{turned}</g>")
    top, height = field(figure)
    box = f"0 {top} {WIDTH * len(numbers)} {height}"
    head = f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">{head}{"".join(cells)}</svg>'


STEPS = 6
"""A movement is told in so many steps from one frame to the next. Contacts are solved in each, so feet stay put."""

Shape = str | int | None
"""Path data; how many of the following paths together are this one (an outline); or None: as in the frame before."""


def motion(figure: Figure, *, mirrored: bool) -> dict[str, Any]:
    """The movement from start to end: {"viewBox", "mirrored", "paint": [[fill, stroke, width]], "frames": [[Shape]]}.

    Every frame has the same paths in the same order. Marks and arrows belong to the still drawing and are left out.
    Raises FigureError naming the figure when a moment on the way cannot be drawn.
    """
    frames: list[list[str]] = []
    paint: list[list[str]] = []
    for scene in _moments(figure):
        try:
            shapes = [_path_of(part) for part in draw(scene, figure.view)]
        except FigureError as error:
            raise FigureError(f"figure '{figure.key}', on the way: {error}") from error
        colours = [[fill, stroke, width] for _d, fill, stroke, width in shapes]
        if colours != (paint or colours):
            raise FigureError(f"figure '{figure.key}': its frames do not have the same shapes, so it cannot move")
        paint = colours
        frames.append([d for d, *_paint in shapes])
    top, height = field(figure)
    packed = [_packed(frame, before) for frame, before in zip(frames, [None, *frames], strict=False)]
    return {"viewBox": f"0 {top} {WIDTH} {height}", "mirrored": mirrored, "paint": paint, "frames": packed}


def _moments(figure: Figure) -> Iterator[Scene]:
    """Start, what lies between and the end, each ready to be drawn with the same shapes."""
    stops = [figure.frames[0], *([figure.via] if figure.via else []), *figure.frames[1:]]
    turned = any(scene.is_turned for scene in stops)
    stops = [replace(scene, regions=(), marks=(), arrows=(), turned=turned) for scene in stops]
    yield stops[0]
    for start, end in pairwise(stops):
        one, two = _alike(start, end)
        for step in range(1, STEPS + 1):
            yield _between(one, two, step / STEPS)


def _alike(start: Scene, end: Scene) -> tuple[Scene, Scene]:
    if isinstance(start.pose, Pose) and isinstance(end.pose, Pose):
        one, two = alike(start.pose, end.pose)
        return replace(start, pose=one), replace(end, pose=two)
    return start, end


def _packed(frame: list[str], before: list[str] | None) -> list[Shape]:
    return [None if before and before[number] == d else _joined(frame, number) or d for number, d in enumerate(frame)]


def _joined(frame: list[str], number: int) -> int:
    """How many of the paths after this one add up to it, 0 if they do not."""
    whole, rest = frame[number], 0
    while whole and (following := frame[number + rest + 1 : number + rest + 2]) and whole.startswith(following[0]):
        whole = whole[len(following[0]) :]
        rest += 1
    return 0 if whole else rest


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
