"""Where a drawing is found. An address names the state of our drawing code, so that a browser may keep it for a year."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

import programs.figures
from clinic.vocabulary.sides import DoseSide
from programs.figures import FigureError, figure_for, figures
from programs.figures.adjusting import drawable
from programs.figures.drawing import field, motion, to_svg
from programs.figures.paint import WIDTH
from programs.figures.scene import Figure
from programs.figures.words import words_of

WHOLE, END = "whole", "end"
PARTS: Mapping[str, tuple[int, ...] | None] = {WHOLE: None, END: (2,)}
"""What of a figure is shown: all its frames side by side, or the last one (a number too high means the last)."""
MIRRORED, AS_DRAWN = "left", "right"
TEXTLESS = re.compile(r"<desc>.*?</desc>", re.DOTALL)


@lru_cache(maxsize=1)
def edition() -> str:
    """Twelve letters that change with every change of the figures or of the code that draws them. Reads 25 small files once."""
    folder = Path(programs.figures.__file__).parent
    files = sorted([*folder.glob("*.py"), *folder.glob("poses/*.toml")])
    found = hashlib.sha256()
    for file in files:
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()[:12]


def side_in(text: str) -> DoseSide:
    """Which way round an address asks for it."""
    return DoseSide.LEFT if text == MIRRORED else DoseSide.RIGHT


def picture(key: str, side: DoseSide, part: str) -> str | None:
    """The svg as an image: the page says in words what it shows, so none are in it. None where nothing was drawn."""
    svg = figure_for(key, side, title=key, frames=PARTS[part])
    return None if svg is None else TEXTLESS.sub("", svg)


@dataclass(frozen=True)
class Drawing:
    """The drawing of one exercise for one side: ours, found at an address."""

    key: str
    side: str

    @property
    def turned(self) -> str:
        return MIRRORED if self.side == DoseSide.LEFT.value else AS_DRAWN

    @property
    def figure(self) -> Figure:
        return figures()[self.key]

    @property
    def whole(self) -> str:
        return self._address(WHOLE)

    @property
    def end(self) -> str:
        return self._address(END)

    @property
    def width(self) -> int:
        """Of `whole`, in drawing units; `end` is 240 wide."""
        return WIDTH * len(self.figure.frames)

    @property
    def height(self) -> int:
        """Of both. Draws the figure once in the life of a process."""
        return field(self.figure)[1]

    @property
    def motion(self) -> str:
        """Where the movement is found."""
        return reverse("programs:figure_motion", args=[edition(), self.key, self.turned])

    @property
    def motion_data(self) -> dict[str, Any] | None:
        """The movement itself, for a drawing that has no address."""
        return None

    @property
    def words(self) -> str:
        return _words(self.figure, self.turned, (get_language() or "en").partition("-")[0])

    def _address(self, part: str) -> str:
        return reverse("programs:figure", args=[edition(), self.key, self.turned, part])


@dataclass(frozen=True)
class OwnDrawing(Drawing):
    """What a clinic drew itself: it travels inside the page, since nobody else may find it at an address.

    `text` is its data as JSON. What is drawn of it is kept in the process: a page asks for the same again and again.
    """

    text: str

    @property
    def figure(self) -> Figure:
        found = _proven(self.key, self.text)
        if found is None:
            raise LookupError(f"own drawing of {self.key}")
        return found

    @property
    def motion(self) -> str:
        return ""

    @property
    def motion_data(self) -> dict[str, Any] | None:
        return _own_motion(self.figure, self.turned)

    def _address(self, part: str) -> str:
        return _own_picture(self.figure, self.turned, part)


@lru_cache(maxsize=1024)
def _words(figure: Figure, turned: str, language: str) -> str:
    return words_of(figure, mirrored=turned == MIRRORED, language=language)


@lru_cache(maxsize=128)
def _proven(key: str, text: str) -> Figure | None:
    """The clinic's figure, or None where it can no longer be drawn (the code that draws has learned since it was kept)."""
    try:
        return drawable(key, json.loads(text))
    except FigureError:
        return None


@lru_cache(maxsize=128)
def _own_picture(figure: Figure, turned: str, part: str) -> str:
    picked = PARTS[part]
    frames = None if picked is None else [min(number, len(figure.frames) - 1) for number in picked]
    svg = to_svg(figure, mirrored=turned == MIRRORED, title=figure.key, words="", frames=frames)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


@lru_cache(maxsize=32)
def _own_motion(figure: Figure, turned: str) -> dict[str, Any] | None:
    return motion(figure, mirrored=turned == MIRRORED) if len(figure.frames) > 1 else None


def sound(key: str, data: dict[str, Any] | None) -> str:
    """A clinic's figure as JSON text if it can be drawn, empty otherwise."""
    text = "" if data is None else json.dumps(data, sort_keys=True)
    return text if text and _proven(key, text) else ""


def drawing_of(key: str, side: str, data: dict[str, Any] | None = None) -> Drawing | None:
    """The drawing of an exercise, or None where nobody has drawn one. `data` is what the clinic drew itself."""
    if own := sound(key, data):
        return OwnDrawing(key, side, own)
    return Drawing(key, side) if key in figures() else None
