"""The time axis and the words beside lines: nothing outside the edges, nothing over anything."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.progress.chart.axis import TICK_ROOM, Axis
from programs.progress.chart.labels import spread
from tests.progress.conftest import START


def axis(days: int, step: int = 1, width: int = 300) -> Axis:
    return Axis(START, START + timedelta(days=days - 1), 30, 30 + width, step)


@pytest.mark.parametrize("days", [1, 2, 14, 42, 84, 98, 200, 730, 2000])
def test_day_names_stay_inside_and_never_touch(days: int) -> None:
    line = axis(days)
    places = [float(tick.x) for tick in line.ticks()]
    assert places
    assert all(line.left <= x <= line.right for x in places)
    assert all(b - a > TICK_ROOM * 0.85 for a, b in pairwise(places))


def test_weekly_names_are_mondays_and_long_courses_name_months() -> None:
    assert {tick.day.weekday() for tick in axis(60).ticks()} == {0}
    months = axis(730).ticks()
    assert all(tick.is_month and tick.day.day == 1 for tick in months)


def test_a_day_outside_is_kept_at_the_edge() -> None:
    line = axis(14)
    assert line.start(START - timedelta(days=3)) == line.left
    assert line.end(START + timedelta(days=90)) == pytest.approx(line.right)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.integers(0, 140), max_size=6))
def test_words_beside_lines_are_apart_and_in_order(wanted: list[int]) -> None:
    found = spread(wanted, room=14, lowest=0, highest=140)
    ordered = sorted(found)
    assert all(b - a >= 13.999 for a, b in pairwise(ordered))
    assert [found[i] for i in sorted(range(len(wanted)), key=lambda i: (wanted[i], i))] == ordered


def test_words_with_room_stay_where_they_belong() -> None:
    assert spread([10.0, 60.0], room=14, lowest=0, highest=140) == [10.0, 60.0]
    assert spread([60.0, 60.0], room=14, lowest=0, highest=140) == [60.0, 74.0]
