"""Drawings are let onto paper by an allow-list of what our own drawing code writes; anything else is an error.

The renderer cannot open files or addresses anyway; this keeps foreign markup from reaching it at all.
"""

from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from programs.handouts.document import HandoutError, HandoutPicture
from programs.handouts.images import data_uri

_SVG: Final = "{http://www.w3.org/2000/svg}"
_SHAPES: Final = {"path", "line", "circle", "ellipse", "rect", "polyline", "polygon"}
_ELEMENTS: Final = _SHAPES | {"svg", "title", "desc", "g", "text", "tspan"}
_GEOMETRY: Final = {
    "d",
    "points",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "dx",
    "dy",
    "transform",
}
_PAINT: Final = {"class", "fill", "opacity", "stroke", "visibility"}
_FRAME: Final = {"viewBox", "preserveAspectRatio", "width", "height", "role", "lang"}
_STYLES: Final = ("aria-", "fill-", "stroke-", "font-", "text-anchor", "dominant-baseline")


@dataclass(frozen=True)
class Shown:
    """A picture as the page holds it: its bytes as a data address, and what a screen reader says in its place.

    An address and not markup inside the page: the renderer then neither reads nor styles thousands of lines of a body.
    """

    src: str
    words: str


def drawn(svg: str) -> Shown:
    """A drawing of ours, checked; its words are its title and its description."""
    root = ElementTree.fromstring(checked(svg))  # noqa: S314 - checked holds no declarations
    said = [(root.findtext(f"{_SVG}{name}") or "").strip() for name in ("title", "desc")]
    return Shown(data_uri("image/svg+xml", svg.encode()), ". ".join(words.rstrip(".") for words in said if words))


def photographed(picture: HandoutPicture, *, name: str) -> Shown:
    """A clinic's picture; where nobody said what it shows, the exercise's `name` stands for it."""
    return Shown(data_uri("image/png", picture.png), picture.words or name)


def checked(svg: str) -> str:
    """The drawing itself when it is a well-formed SVG with a title and nothing beyond shapes and text."""
    if "<!" in svg or "<?" in svg:
        raise HandoutError("A drawing may hold no declarations, comments or instructions.")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - declarations, and so entities, were refused above
    except ElementTree.ParseError as error:
        raise HandoutError(f"A drawing is not well-formed: {error}.") from error
    if root.tag != f"{_SVG}svg":
        raise HandoutError("A drawing must be one svg element.")
    title = root.find(f"{_SVG}title")
    if title is None or not (title.text or "").strip():
        raise HandoutError("A drawing needs a title: it is what a screen reader says.")
    for element in root.iter():
        if element.tag.removeprefix(_SVG) not in _ELEMENTS:
            raise HandoutError(f"A drawing may not hold “{element.tag}”.")
        for name, value in element.attrib.items():
            is_known = name in _GEOMETRY | _PAINT | _FRAME or name.startswith(_STYLES)
            if not is_known or "url" in value.lower() or "\\" in value:
                raise HandoutError(f"A drawing may not hold the attribute “{name}” with this value.")
    return svg
