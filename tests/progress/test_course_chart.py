"""Where every shape of the course stands: gaps, limits, one point, none, twelve weeks and two years."""

from dataclasses import fields, is_dataclass
from itertools import pairwise

import pytest

from programs.progress.chart.course_chart import course_chart
from programs.progress.chart.facts import Course
from programs.progress.chart.shapes import NARROW, PAPER, WIDE, CourseChart, Format
from tests.progress.conftest import WORDS, course, stretch, told


def chart(drawn: Course, form: Format = WIDE) -> CourseChart:
    return course_chart(drawn, WORDS, form)


def numbers(value: object) -> list[float]:
    """Every coordinate anywhere in the drawing."""
    if is_dataclass(value):
        return [n for field in fields(value) for n in numbers(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [n for one in value for n in numbers(one)]
    if isinstance(value, str):
        parts = value.replace(",", " ").split()
        return [float(part) for part in parts if part.replace(".", "", 1).replace("-", "", 1).isdigit()]
    return []


def label(drawn: CourseChart, key: str) -> str:
    return next(one.text for panel in drawn.panels for one in panel.labels if one.key == key)


def y_of(drawn: CourseChart, pain: int) -> float:
    panel = drawn.panels[0]
    return float(panel.bottom) - pain * (float(panel.bottom) - float(panel.top)) / 10


def test_a_course_without_an_answer_has_no_line_and_no_invented_zero() -> None:
    empty = chart(course())
    assert empty.during.marks == empty.morning.marks == ()
    assert empty.during.pieces == ()
    assert empty.bars == ()
    assert [panel.key for panel in empty.panels] == ["pain", "sessions"]


def test_one_value_is_a_mark_without_a_line() -> None:
    one = chart(course(told(3, done=1, pain=4)))
    assert len(one.during.marks) == 1
    assert one.during.pieces == ()
    assert label(one, "during") == "during 4"


def test_a_planned_day_without_a_value_is_a_gap_and_a_day_off_is_none() -> None:
    days = [told(0, done=1, pain=1), told(2, done=1, pain=2), told(3, not_reported=1), told(4, done=1, pain=3)]
    drawn = chart(course(*days))
    assert len(drawn.during.marks) == 3
    assert [piece.count(",") for piece in drawn.during.pieces] == [2]


def test_what_lies_more_than_a_week_apart_is_not_joined() -> None:
    assert chart(course(told(0, done=1, pain=1), told(8, done=1, pain=2))).during.pieces == ()


@pytest.mark.parametrize("pain", [0, 10])
def test_values_at_the_limits_stand_on_the_edges_of_the_panel(pain: int) -> None:
    drawn = chart(course(told(0, done=1, pain=pain, morning=pain)))
    assert float(drawn.during.marks[0].y) == pytest.approx(y_of(drawn, pain), abs=0.1)
    assert float(drawn.morning.marks[0].y) == pytest.approx(y_of(drawn, pain), abs=0.1)


def test_the_ceiling_holds_as_it_was_at_each_time_with_a_gap_where_no_plan_was() -> None:
    spans = (stretch(0, 3, 1, 3), stretch(4, 7, 2, 5), stretch(10, 13, 3, 5))
    days = [told(2, done=1, pain=4), told(5, done=1, pain=4), told(8, runs=1, pain=6)]
    drawn = chart(course(*days, stretches=spans))
    assert len(drawn.ceiling.pieces) == 2
    heights = {float(point.split(",")[1]) for point in drawn.ceiling.pieces[0].split()}
    assert sorted(heights) == pytest.approx([y_of(drawn, 5), y_of(drawn, 3)], abs=0.1)
    assert [mark.is_above for mark in drawn.during.marks] == [True, False, True]
    assert [mark.value for mark in drawn.during.marks] == ["4", "", "6"]


def test_the_same_place_is_numbered_once() -> None:
    drawn = chart(course(told(2, done=1, pain=7, morning=7), stretches=(stretch(0, 13),)))
    assert drawn.during.marks[0].value == "7"
    assert drawn.morning.marks[0].value == ""


def test_bars_stack_done_skipped_and_not_reported_and_paper_has_its_own_sign() -> None:
    drawn = chart(course(told(1, done=2, skipped=1, not_reported=1, from_paper=3)))
    done, skipped, silent, paper = drawn.bars
    assert [bar.kind for bar in drawn.bars] == ["done", "skipped", "not_reported", "paper"]
    assert float(silent.y) < float(skipped.y) < float(done.y) < float(paper.y)
    assert label(drawn, "paper") == "from paper"
    assert {bar.x for bar in drawn.bars} == {done.x}


def test_runs_and_ladder_have_their_panels_only_when_there_is_something_to_show() -> None:
    drawn = chart(
        course(told(1, runs=1, run_minutes=31, run_level=2), told(3, runs=1), stretches=(stretch(0, 13, level=2),))
    )
    assert [panel.key for panel in drawn.panels] == ["pain", "sessions", "runs", "ladder"]
    assert drawn.panels[2].grid[-1][1] == "40"
    assert label(drawn, "run") == "? min"  # a run whose minutes nobody said is not zero minutes
    assert label(drawn, "step") == "step 2"
    assert len(drawn.step.marks) == 1


def test_a_rung_that_was_run_without_one_set_is_still_shown() -> None:
    drawn = chart(course(told(1, runs=1, run_minutes=10, run_level=1)))
    assert drawn.step.pieces == ()
    assert len(drawn.step.marks) == 1


def test_phases_that_follow_each_other_are_one_band_and_versions_are_marked() -> None:
    spans = (
        stretch(0, 13, 1, phase="Phase 1: A"),
        stretch(14, 27, 2, phase="Phase 1: A"),
        stretch(28, 41, 3, phase="Phase 2: B"),
    )
    drawn = chart(course(length=42, stretches=spans))
    assert [band.text for band in drawn.bands] == ["Phase 1: A", "Phase 2: B"]
    assert [mark.number for mark in drawn.versions] == [2, 3]
    assert float(drawn.bands[1].x) == pytest.approx(float(drawn.bands[0].x) + float(drawn.bands[0].width), abs=0.2)


def test_a_band_too_short_for_its_name_keeps_the_part_before_the_colon_or_nothing() -> None:
    name = "Phase 2: A very long name of a phase"
    drawn = chart(
        course(length=84, stretches=(stretch(0, 20, phase=name), stretch(21, 22, 2, phase="Phase 3"))), NARROW
    )
    assert [band.text for band in drawn.bands] == ["Phase 2", ""]


def test_days_to_come_are_set_off_by_a_line_for_today() -> None:
    assert chart(course(told(0, done=1), today=3)).today
    assert not chart(course(told(0, done=1))).today


LONG = {
    "twelve weeks": course(
        *(
            told(n, done=n % 3, skipped=n % 2, pain=n % 11, morning=(n * 7) % 11, runs=n % 2, run_minutes=n)
            for n in range(84)
        ),
        length=84,
        stretches=tuple(stretch(n * 14, n * 14 + 13, n + 1, n % 6, level=n) for n in range(6)),
    ),
    "two years": course(
        *(told(n, done=3, not_reported=n % 2, pain=n % 11, runs=n % 2, run_minutes=45) for n in range(0, 730, 2)),
        length=730,
        stretches=tuple(stretch(n * 14, n * 14 + 13, n + 1, 5, level=7) for n in range(52)),
    ),
    "one day": course(told(0, done=1, pain=10, morning=0), length=1),
}


@pytest.mark.parametrize("form", [WIDE, NARROW, PAPER], ids=["wide", "narrow", "paper"])
@pytest.mark.parametrize("name", LONG)
def test_everything_stays_inside_the_drawing(name: str, form: Format) -> None:
    drawn = chart(LONG[name], form)
    assert all(-5 <= number <= max(form.width, float(drawn.height)) + 1 for number in numbers(drawn))
    right, bottom = float(drawn.right) + 0.2, float(drawn.bottom)
    for bar in drawn.bars:
        assert float(bar.x) >= float(drawn.left) - 0.2
        assert float(bar.x) + float(bar.width) <= right
        assert float(bar.y) + float(bar.height) <= bottom + 7
    for panel in drawn.panels:
        heights = sorted(float(one.y) for one in panel.labels)
        assert all(b - a >= 13.9 for a, b in pairwise(heights))


def test_in_a_crowded_chart_only_the_worst_value_is_numbered() -> None:
    drawn = chart(LONG["twelve weeks"], NARROW)
    assert [mark.value for mark in drawn.during.marks if mark.value] == ["10"]


def test_of_versions_whose_marks_would_touch_the_later_is_marked() -> None:
    marks = chart(LONG["two years"], NARROW).versions
    places = [float(mark.x) for mark in marks]
    assert marks[-1].number == 52
    assert 5 < len(marks) < 52
    assert all(b - a >= 21.9 for a, b in pairwise(places))
