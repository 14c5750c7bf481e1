"""The pain line of one row: 14 days, 0 to 10, a gap where a planned day has no value, the ceiling dotted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH, TOP, BOTTOM, DAYS = 260, 4, 36, 14  # the box of templates/components/sparkline.html
LONGEST_BRIDGE = timedelta(days=7)  # what lies further apart is not joined, whatever was planned between
CAUTION_UP_TO = 2  # points above the ceiling


@dataclass(frozen=True)
class Line:
    """Coordinates are text: in a drawing a decimal sign is a point in every language."""

    segments: list[str]
    dots: list[tuple[str, str]]
    ceiling: str
    last: dict[str, Any] | None
    summary: str


def _x(day: date, today: date) -> str:
    return f"{WIDTH - (today - day).days * WIDTH / (DAYS - 1):g}"


def _y(pain: int) -> str:
    return f"{BOTTOM - pain * (BOTTOM - TOP) / 10:g}"


def _is_gap(one: date, next_one: date, planned: Collection[date]) -> bool:
    """A planned day without a value lies between. Days off are no gap."""
    return next_one - one > LONGEST_BRIDGE or any(one < day < next_one for day in planned)


def _runs(days: list[date], planned: Collection[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        if runs and not _is_gap(runs[-1][-1], day, planned):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _tone(pain: int, ceiling: int) -> str:
    if pain <= ceiling:
        return "for"
    return "caution" if pain <= ceiling + CAUTION_UP_TO else "stop"


def pain_line(pain: Mapping[date, int], ceiling: int, today: date, planned: Collection[date] = ()) -> Line:
    """The worst pain of each day that has one. `planned`: the days something was asked for."""
    days = sorted(pain)
    runs = _runs(days, planned)
    last = days[-1] if days else None
    return Line(
        segments=[" ".join(f"{_x(d, today)},{_y(pain[d])}" for d in run) for run in runs if len(run) > 1],
        dots=[(_x(run[0], today), _y(pain[run[0]])) for run in runs if len(run) == 1 and run[0] != last],
        ceiling=_y(ceiling),
        last=last
        and {
            "x": _x(last, today),
            "y": _y(pain[last]),
            "label": str(pain[last]),
            "tone": _tone(pain[last], ceiling),
        },
        summary=_summary(pain, days, ceiling),
    )


def _summary(pain: Mapping[date, int], days: list[date], ceiling: int) -> str:
    if not days:
        return _("No pain reported in the last two weeks")
    text = ngettext(
        "Pain on %(n)d day of the last 14: %(last)d, ceiling %(ceiling)d",
        "Pain on %(n)d days of the last 14, from %(first)d to %(last)d, ceiling %(ceiling)d",
        len(days),
    )
    return text % {"n": len(days), "first": pain[days[0]], "last": pain[days[-1]], "ceiling": ceiling}
