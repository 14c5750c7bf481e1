"""The shapes of a drawing with their places. All coordinates are text in units of the drawing."""

from dataclasses import dataclass

from programs.progress.chart.axis import Tick


@dataclass(frozen=True)
class Format:
    """How wide the drawing is and what it keeps free at its sides; `letter` is the width of a letter of the band's name."""

    width: int
    left: int
    right: int
    letter: float = 6.2


WIDE = Format(800, 30, 108)
NARROW = Format(340, 24, 78)
PAPER = Format(620, 28, 96)


@dataclass(frozen=True)
class Mark:
    """One value. `value` is printed beside it when it is above the ceiling and there is room."""

    x: str
    y: str
    is_above: bool = False
    value: str = ""


@dataclass(frozen=True)
class Line:
    """A step line or a joined one: its pieces between gaps, and the marks on it."""

    pieces: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Bar:
    """Part of a bar; `kind` is done, skipped, not_reported, run or paper."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Label:
    """Words at the right edge beside what they name; `key` draws its mark in front of them."""

    key: str
    y: str
    text: str


@dataclass(frozen=True)
class Panel:
    """One of the four: its room, its lines across with their numbers, and the labels at its right."""

    key: str
    top: str
    bottom: str
    title_y: str
    grid: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Band:
    """A phase: drawn behind everything, named at the top as far as there is room."""

    x: str
    width: str
    text_x: str
    text: str
    is_shaded: bool


@dataclass(frozen=True)
class VersionMark:
    """The day a version begins."""

    x: str
    number: int


@dataclass(frozen=True)
class CourseChart:
    """Everything the drawing holds. All coordinates are text in units of `width` by `height`."""

    width: int
    height: str
    left: str
    right: str
    label_x: str
    mark_x: str
    bottom: str
    ticks: tuple[Tick, ...]
    bands: tuple[Band, ...]
    versions: tuple[VersionMark, ...]
    today: str
    radius: str
    reach: str
    panels: tuple[Panel, ...]
    during: Line
    morning: Line
    ceiling: Line
    bars: tuple[Bar, ...]
    step: Line
