"""What is cut out of a course, how days share a bar, and that a frozen course comes back equal."""

import json

import pytest

from programs.progress.chart.facts import binned, course_from_json, course_to_json, window
from tests.progress.conftest import course, day, stretch, told


def test_a_window_ends_today_and_holds_only_its_days() -> None:
    whole = course(*(told(n, done=1) for n in range(60)), length=60, stretches=(stretch(0, 29), stretch(30, 59, 2)))
    cut = window(whole, 14)
    assert (cut.first, cut.last) == (day(46), day(59))
    assert [one.day for one in cut.days] == [day(n) for n in range(46, 60)]
    assert [(one.version, one.first) for one in cut.stretches] == [(2, day(46))]


def test_a_young_program_is_shown_from_its_first_day_two_weeks_wide() -> None:
    cut = window(course(told(0, done=1), length=14, today=2), 42)
    assert (cut.first, cut.last) == (day(0), day(13))


@pytest.mark.parametrize(("length", "step"), [(1, 1), (98, 1), (99, 7), (735, 7), (736, 28)])
def test_long_courses_share_bars(length: int, step: int) -> None:
    assert course(length=length).step == step


def test_days_that_share_a_bar_add_sessions_and_keep_the_worst_pain() -> None:
    first, second = binned(
        course(
            told(0, done=2, pain=1, runs=1, run_minutes=20, run_level=1),
            told(6, skipped=1, pain=5, runs=1, run_level=2),
            told(7, not_reported=3, morning=0),
            length=200,
        )
    )
    assert (first.day, first.done, first.skipped, first.pain, first.morning) == (day(0), 2, 1, 5, None)
    assert (first.runs, first.run_minutes, first.run_level) == (2, 20, 2)
    assert (second.day, second.not_reported, second.pain, second.morning) == (day(7), 3, None, 0)


def test_a_frozen_course_comes_back_equal_and_zero_is_not_lost() -> None:
    whole = course(
        told(0, done=1, pain=0, morning=0, change="same"),
        told(2, runs=1, run_minutes=0, run_level=0),
        stretches=(stretch(0, 13, level=0),),
    )
    kept = json.loads(json.dumps(course_to_json(whole)))
    assert course_from_json(kept) == whole
    assert "morning" not in kept["days"][1]
