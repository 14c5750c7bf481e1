"""The time axis: where a day stands, and which days are named under it."""

from dataclasses import dataclass
from datetime import date, timedelta

TICK_ROOM, MONTH_ROOM = 46, 62
"""Width the name of a day and of a month with its year need, in units of the drawing."""
STEPS = (1, 2, 7, 14, 28)
MONTHS = (1, 2, 3, 6, 12)
DAYS_OF_A_MONTH = 30.4


def n(value: float) -> str:
    """A coordinate as text: in a drawing the decimal sign is a point in every language."""
    return f"{round(value, 1):g}"


@dataclass(frozen=True)
class Tick:
    """A named day: `is_month` when the axis is so long that only months are."""

    x: str
    day: date
    is_month: bool


@dataclass(frozen=True)
class Axis:
    """Days from `first` to `last` between two edges, `step` days to a slot."""

    first: date
    last: date
    left: float
    right: float
    step: int = 1

    @property
    def slots(self) -> int:
        return (self.last - self.first).days // self.step + 1

    @property
    def slot(self) -> float:
        return (self.right - self.left) / self.slots

    def start(self, day: date) -> float:
        """The left edge of the slot a day is in, kept inside the axis."""
        place = (min(max(day, self.first), self.last) - self.first).days // self.step
        return self.left + place * self.slot

    def end(self, day: date) -> float:
        return self.start(day) + self.slot

    def middle(self, day: date) -> float:
        return self.start(day) + self.slot / 2

    def ticks(self) -> tuple[Tick, ...]:
        """Single days in a short course, then Mondays, then months; never so close that their names would touch."""
        days = (self.last - self.first).days + 1
        per_day = (self.right - self.left) / days
        step = next((one for one in STEPS if one * per_day >= TICK_ROOM), None)
        if step is None:
            return self._months(next((m for m in MONTHS if m * DAYS_OF_A_MONTH * per_day >= MONTH_ROOM), MONTHS[-1]))
        begin = self.first if step < STEPS[2] else self.first + timedelta(days=-self.first.weekday() % 7)
        count = (self.last - begin).days // step + 1
        return tuple(self._tick(begin + timedelta(days=step * place)) for place in range(count))

    def _months(self, every: int) -> tuple[Tick, ...]:
        months = range(self.first.year * 12 + self.first.month, self.last.year * 12 + self.last.month)
        begins = [date(month // 12, month % 12 + 1, 1) for month in months if month % 12 % every == 0]
        return tuple(self._tick(day, is_month=True) for day in begins)

    def _tick(self, day: date, *, is_month: bool = False) -> Tick:
        return Tick(n(self.middle(day)), day, is_month)
