"""Two weeks of pain as a drawing: a line of what was told, with a gap where something was asked for and nothing told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, LEFT, RIGHT = 328, 24, 10
TOP, BOTTOM, HEIGHT = 10, 124, 144
WORST = 10
LONGEST_BRIDGE = timedelta(days=4)  # rest days between two values; longer than that nobody knows


@dataclass(frozen=True)
class Point:
    """Coordinates are text: in a drawing a decimal sign is a point in every language."""

    x: str
    y: str
    is_above: bool = False


@dataclass(frozen=True)
class PainChart:
    """`segments` join values without a gap; `mornings` stand for themselves. `ceiling`: y of the runner's own limit."""

    segments: list[str]
    dots: list[Point]
    mornings: list[Point]
    ceiling: str
    limit: int
    first: date
    last: date


def pain_chart(
    pain: Mapping[date, int],
    mornings: Mapping[date, int],
    *,
    planned: Collection[date],
    ceiling: int,
    first: date,
    last: date,
) -> PainChart | None:
    """None without a value. `planned`: the days something was asked for; days off are no gap."""
    if not pain and not mornings:
        return None
    days = max(1, (last - first).days)

    def at(day: date, value: int) -> Point:
        x = LEFT + (day - first).days * (WIDTH - LEFT - RIGHT) / days
        return Point(f"{x:g}", _y(value), value > ceiling)

    runs = _runs(sorted(pain), planned)
    return PainChart(
        segments=[" ".join(f"{at(d, pain[d]).x},{_y(pain[d])}" for d in run) for run in runs if len(run) > 1],
        dots=[at(day, value) for day, value in sorted(pain.items())],
        mornings=[at(day, value) for day, value in sorted(mornings.items())],
        ceiling=_y(ceiling),
        limit=ceiling,
        first=first,
        last=last,
    )


def _y(value: int) -> str:
    return f"{BOTTOM - value * (BOTTOM - TOP) / WORST:g}"


def _runs(days: list[date], planned: Collection[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        before = runs[-1][-1] if runs else None
        is_gap = before is None or day - before > LONGEST_BRIDGE or any(before < one < day for one in planned)
        if is_gap:
            runs.append([day])
        else:
            runs[-1].append(day)
    return runs
