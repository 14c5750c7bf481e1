"""Where a drawing is found. An address names the state of our drawing code, so that a browser may keep it for a year."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language

import programs.figures
from clinic.vocabulary.sides import DoseSide
from programs.figures import figure_for, figure_of, figures, motion_for, words_for
from programs.figures.drawing import field
from programs.figures.paint import WIDTH
from programs.figures.scene import Figure

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


def picture(key: str, side: DoseSide, part: str, data: dict[str, Any] | None = None) -> str | None:
    """The svg as an image: the page says in words what it shows, so none are in it. None where nothing was drawn."""
    svg = figure_for(key, side, title=key, frames=PARTS[part], data=data)
    return None if svg is None else TEXTLESS.sub("", svg)


@dataclass(frozen=True)
class Drawing:
    """The drawing of one exercise for one side. `data` is a figure the clinic drew itself: it travels inside the page."""

    key: str
    side: str
    data: dict[str, Any] | None = None

    @property
    def turned(self) -> str:
        return MIRRORED if self.side == DoseSide.LEFT.value else AS_DRAWN

    @property
    def whole(self) -> str:
        return self._address(WHOLE)

    @property
    def end(self) -> str:
        return self._address(END)

    @cached_property
    def figure(self) -> Figure:
        found = figure_of(self.key, self.data)
        if found is None:
            raise LookupError(self.key)
        return found

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
        """Where the movement is found; empty for what a clinic drew, which brings it along (`motion_data`)."""
        if self.data is not None:
            return ""
        return reverse("programs:figure_motion", args=[edition(), self.key, self.turned])

    @cached_property
    def motion_data(self) -> dict[str, Any] | None:
        return None if self.data is None else motion_for(self.key, side_in(self.turned), data=self.data)

    @cached_property
    def words(self) -> str:
        language = (get_language() or "en").partition("-")[0]
        return _words(self.key, self.turned, language) if self.data is None else self._words_of_data(language)

    def _words_of_data(self, language: str) -> str:
        return words_for(self.key, side_in(self.turned), language=language, data=self.data)

    def _address(self, part: str) -> str:
        if self.data is None:
            return reverse("programs:figure", args=[edition(), self.key, self.turned, part])
        svg = picture(self.key, side_in(self.turned), part, self.data) or ""
        return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


@lru_cache(maxsize=1024)
def _words(key: str, turned: str, language: str) -> str:
    return words_for(key, side_in(turned), language=language)


def drawing_of(key: str, side: str, data: dict[str, Any] | None = None) -> Drawing | None:
    """The drawing of an exercise, or None where nobody has drawn one."""
    return Drawing(key, side, data) if data is not None or key in figures() else None
