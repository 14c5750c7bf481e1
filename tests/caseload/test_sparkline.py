"""The pain line: where its points lie, where it breaks, and what it says to those who do not see it."""

from datetime import date, timedelta

import pytest

from programs.caseload.sparkline import BOTTOM, TOP, WIDTH, Line, pain_line

TODAY = date(2026, 11, 22)


def line(values: dict[int, int], ceiling: int = 3, planned: tuple[int, ...] = ()) -> Line:
    """Pain by days ago."""
    days = {TODAY - timedelta(days=ago): pain for ago, pain in values.items()}
    return pain_line(days, ceiling, TODAY, [TODAY - timedelta(days=ago) for ago in planned])


def test_today_is_at_the_right_edge_and_two_weeks_ago_at_the_left() -> None:
    assert line({13: 0, 12: 10, 11: 5}).segments == [f"0,{BOTTOM} 20,{TOP} 40,20"]
    last = line({1: 2, 0: 0}).last
    assert last is not None
    assert (last["x"], last["y"]) == (str(WIDTH), str(BOTTOM))


@pytest.mark.parametrize(("ceiling", "y"), [(0, "36"), (3, "26.4"), (5, "20"), (10, "4")])
def test_the_ceiling_lies_where_its_value_lies(ceiling: int, y: str) -> None:
    assert line({0: 1}, ceiling).ceiling == y


def test_a_planned_day_without_a_value_is_a_gap() -> None:
    found = line({6: 1, 5: 2, 3: 4, 2: 4, 1: 3}, planned=(6, 5, 4, 3, 2, 1))
    assert [len(run.split()) for run in found.segments] == [2, 3]


def test_days_off_are_no_gap() -> None:
    found = line({6: 1, 4: 2, 2: 3}, planned=(6, 4, 2))
    assert [len(run.split()) for run in found.segments] == [3]


def test_a_week_without_anything_is_a_gap_whatever_was_planned() -> None:
    assert line({13: 1, 5: 2}).segments == []


def test_a_day_that_stands_alone_is_a_dot_and_the_newest_is_marked_instead() -> None:
    found = line({9: 2, 5: 3, 1: 4}, planned=tuple(range(10)))
    assert found.segments == []
    assert len(found.dots) == 2
    assert found.last is not None
    assert found.last["label"] == "4"


@pytest.mark.parametrize(("pain", "tone"), [(0, "for"), (3, "for"), (4, "caution"), (5, "caution"), (6, "stop")])
def test_the_last_value_is_coloured_by_its_distance_from_the_ceiling(pain: int, tone: str) -> None:
    last = line({0: pain}).last
    assert last is not None
    assert last["tone"] == tone


def test_the_same_is_said_in_words() -> None:
    assert line({5: 2, 1: 6}).summary == "Pain on 2 days of the last 14, from 2 to 6, ceiling 3"
    assert line({1: 6}).summary == "Pain on 1 day of the last 14: 6, ceiling 3"
    assert line({}).summary == "No pain reported in the last two weeks"
    assert (line({}).last, line({}).segments, line({}).dots) == (None, [], [])
