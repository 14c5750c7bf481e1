"""Drawings of the exercises, made from data: pure, standard library only.

A figure is data (poses/*.toml): joint angles, contacts, props, marks. `figure_for` draws it as SVG that prints in grey
and needs nothing around it; `words_for` says in words what it shows; `motion_for` gives the frames a page can move.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from clinic.vocabulary.sides import DoseSide
from programs.figures.drawing import motion, to_svg
from programs.figures.pose import FigureError
from programs.figures.reading import read_figure, read_folder, written
from programs.figures.scene import Figure
from programs.figures.words import words_of

__all__ = ["FigureError", "figure_data", "figure_for", "figure_of", "figures", "motion_for", "words_for"]

DRAWINGS_KEPT = 256
"""25 KB for one frame, 50 for two: about 10 MB in all. Holds no patient's data."""


@lru_cache(maxsize=1)
def figures() -> dict[str, Figure]:
    """Every figure of the library by exercise key. Raises FigureError naming file, figure and key."""
    return {figure.key: figure for figure in read_folder()}


@lru_cache(maxsize=1)
def figure_data() -> dict[str, dict[str, Any]]:
    """Every figure as it is written, to be adjusted by a clinic. Not to be changed in place."""
    return {key: data for key, data, _where in written()}


def figure_of(key: str, data: dict[str, Any] | None = None) -> Figure | None:
    """The figure of an exercise, or the one a clinic drew (`data`); None where nothing was drawn."""
    return figures().get(key) if data is None else read_figure(key, data, where=f"clinic figure '{key}'")


def is_mirrored(side: DoseSide) -> bool:
    """The near limb is the right one; only a left-sided dose turns the drawing round."""
    return side is DoseSide.LEFT


def figure_for(
    key: str,
    side: DoseSide,
    *,
    title: str = "",
    language: str = "en",
    frames: Sequence[int] | None = None,
    data: dict[str, Any] | None = None,
) -> str | None:
    """The SVG of an exercise for one side with title and description, or None where no figure has been drawn.

    `frames` picks some of its frames (0 is the start); all of them stand side by side otherwise.
    """
    numbers = None if frames is None else tuple(frames)
    if data is None:
        return _drawn(key, is_mirrored(side), title or key, language, numbers)
    figure = figure_of(key, data)
    return None if figure is None else _svg(figure, is_mirrored(side), title or key, language, numbers)


@lru_cache(maxsize=DRAWINGS_KEPT)
def _drawn(key: str, mirrored: bool, title: str, language: str, frames: tuple[int, ...] | None) -> str | None:  # noqa: FBT001
    figure = figures().get(key)
    return None if figure is None else _svg(figure, mirrored, title, language, frames)


def _svg(figure: Figure, mirrored: bool, title: str, language: str, frames: tuple[int, ...] | None) -> str:  # noqa: FBT001
    picked = None if frames is None else tuple(min(number, len(figure.frames) - 1) for number in frames)
    words = words_of(figure, mirrored=mirrored, language=language, frames=picked)
    return to_svg(figure, mirrored=mirrored, title=title, words=words, frames=picked)


def words_for(key: str, side: DoseSide, *, language: str = "en", data: dict[str, Any] | None = None) -> str:
    """What the drawing shows, in words; empty where nothing was drawn."""
    figure = figure_of(key, data)
    return "" if figure is None else words_of(figure, mirrored=is_mirrored(side), language=language)


def motion_for(key: str, side: DoseSide, *, data: dict[str, Any] | None = None) -> dict[str, Any] | None:
    """The movement for a page: the same paths in every frame, so that a page only exchanges their shapes."""
    figure = figure_of(key, data)
    return None if figure is None or len(figure.frames) < 2 else motion(figure, mirrored=is_mirrored(side))
