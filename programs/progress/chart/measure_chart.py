"""One measure over the visits: each side as a line with its own mark, its value at its end, and the first value as a level."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from programs.progress.chart.axis import n
from programs.progress.chart.labels import spread
from programs.progress.chart.shapes import Label, Line, Mark

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 320, 138, 30, 12, 112
ROOM = 14
LETTERS = 15
FULL_SCALE = 10.0


@dataclass(frozen=True)
class Series:
    """One side, or one activity. `mark` is circle, square, diamond or triangle; values in the order of the visits."""

    name: str
    mark: str
    values: tuple[tuple[date, float], ...]


@dataclass(frozen=True)
class Measure:
    """One measure in `unit`; `days` are the visits it could have been taken at. The first series leads: its first value is
    the baseline.
    """

    key: str
    title: str
    unit: str
    days: tuple[date, ...]
    series: tuple[Series, ...]
    is_of_ten: bool = False

    @property
    def values(self) -> list[float]:
        return [value for one in self.series for _day, value in one.values]


@dataclass(frozen=True)
class DrawnSeries:
    """A series with its places."""

    mark: str
    line: Line


@dataclass(frozen=True)
class MeasureChart:
    """Everything the small drawing holds. `grid`: heights with their numbers."""

    width: int
    height: int
    left: str
    right: str
    label_x: str
    mark_x: str
    bottom: str
    grid: tuple[tuple[str, str], ...]
    days: tuple[tuple[str, date, str], ...]
    baseline: str
    series: tuple[DrawnSeries, ...]
    labels: tuple[Label, ...]


def measure_chart(measure: Measure, right: int = 104) -> MeasureChart:
    """The drawing; `right` is kept free for words. A measure without a value has no lines."""
    edge = float(WIDTH - right)
    low, high = scale(measure)
    shown = [one for one in measure.series if one.values]

    def y(value: float) -> float:
        return BOTTOM - (value - low) * (BOTTOM - TOP) / (high - low)

    def x(day: date) -> float:
        span = (measure.days[-1] - measure.days[0]).days
        inner, width = LEFT + 8, edge - LEFT - 16
        return inner + width / 2 if not span else inner + (day - measure.days[0]).days * width / span

    ends = [one.values[-1][1] for one in shown]
    heights = spread([y(value) + 4 for value in ends], room=ROOM, lowest=TOP + 2, highest=BOTTOM + 2)
    first = next((one.values for one in shown[:1] if len(one.values) > 1), ())
    days = measure.days[:1] + measure.days[-1:] if len(measure.days) > 1 else measure.days
    anchors = ("start", "end") if len(days) > 1 else ("middle",)
    return MeasureChart(
        width=WIDTH,
        height=HEIGHT,
        left=str(LEFT),
        right=n(edge),
        label_x=n(edge + 15),
        mark_x=n(edge + 7),
        bottom=str(BOTTOM),
        grid=tuple((n(y(value)), f"{value:g}") for value in (low, high)),
        days=tuple((n(x(day)), day, anchor) for day, anchor in zip(days, anchors, strict=True)),
        baseline=n(y(first[0][1])) if first else "",
        series=tuple(_drawn(one, x, y) for one in shown),
        labels=tuple(
            Label(one.mark, n(height), _label(one, value, measure.unit))
            for one, value, height in zip(shown, ends, heights, strict=True)
        ),
    )


def scale(measure: Measure) -> tuple[float, float]:
    """From a round number below the lowest value to one above the highest; the whole scale where there is one."""
    if measure.is_of_ten or not measure.values:
        return 0.0, FULL_SCALE
    low, high = min(measure.values), max(measure.values)
    step = 10.0 if high > 20 else 5.0
    bottom = 0.0 if low < high / 2 else low // step * step
    return min(bottom, low // step * step), max(-(-high // step) * step, bottom + step)


def _drawn(one: Series, x: Callable[[date], float], y: Callable[[float], float]) -> DrawnSeries:
    places = [(n(x(day)), n(y(value))) for day, value in one.values]
    pieces = (" ".join(",".join(place) for place in places),) if len(places) > 1 else ()
    return DrawnSeries(one.mark, Line(pieces, tuple(Mark(*place) for place in places)))


def _label(one: Series, value: float, unit: str) -> str:
    name = one.name if len(one.name) <= LETTERS else f"{one.name[: LETTERS - 1].rstrip()}…"
    return f"{value:.1f}".removesuffix(".0") + f"{unit} {name}"
