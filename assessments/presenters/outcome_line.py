"""The small line of one measure over the visits: 0 to 10, placed by date, with a gap where nothing was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.wording.outcomes import day_words, points

WIDTH, TOP, BOTTOM = 260, 4, 36  # the box of templates/components/sparkline.html
HIGHEST = 10


@dataclass(frozen=True)
class Line:
    """Coordinates are text: in a drawing a decimal sign is a point in every language."""

    segments: tuple[str, ...]
    dots: tuple[tuple[str, str], ...]
    ceiling: None
    last: dict[str, Any] | None
    summary: str


def line_of(days: Sequence[date], values: Sequence[float | None], *, title: str) -> Line | None:
    """None with fewer than two values: a single point says nothing about a course."""
    told = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    if len(told) < 2:
        return None
    first, span = days[0], max((days[-1] - days[0]).days, 1)
    points_of = [
        None if value is None else (f"{(day - first).days * WIDTH / span:g}", _height(value))
        for day, value in zip(days, values, strict=True)
    ]
    runs: list[list[tuple[str, str]]] = [[]]
    for point in points_of:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    last = next(point for point in reversed(points_of) if point is not None)
    return Line(
        segments=tuple(" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1 and run[0] != last),
        ceiling=None,
        last={"x": last[0], "y": last[1], "label": points(told[-1][1]), "tone": "quiet"},
        summary=_summary(title, told, days[-1]),
    )


def _height(value: float) -> str:
    return f"{BOTTOM - value * (BOTTOM - TOP) / HIGHEST:g}"


def _summary(title: str, told: list[tuple[date, float]], today: date) -> str:
    words = _("%(value)s on %(day)s")
    said = [words % {"value": points(value), "day": day_words(day, today)} for day, value in told]
    return f"{title}: {', '.join(said)}"
