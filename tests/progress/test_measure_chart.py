"""A measure over the visits: both sides, the first value as a level, and one visit alone."""

import pytest

from programs.progress.chart.measure_chart import Measure, MeasureChart, Series, measure_chart, scale
from tests.progress.conftest import day


def measure(*values: tuple[float, ...], unit: str = "°", is_of_ten: bool = False) -> Measure:
    days = tuple(day(n * 21) for n in range(max([len(one) for one in values] + [1])))
    names = (("right", "circle"), ("left", "square"))
    series = tuple(
        Series(name, mark, tuple(zip(days, one, strict=False)))
        for (name, mark), one in zip(names, values, strict=False)
    )
    return Measure("slr_degrees", "Straight-leg raise", unit, days, series, is_of_ten)


def inside(drawn: MeasureChart) -> bool:
    marks = [mark for one in drawn.series for mark in one.line.marks]
    return all(float(drawn.left) <= float(m.x) <= float(drawn.right) and 0 <= float(m.y) <= drawn.height for m in marks)


def test_both_sides_end_in_their_value_and_the_first_is_the_level() -> None:
    drawn = measure_chart(measure((58, 66, 72), (78, 78, 79)))
    assert [label.text for label in drawn.labels] == ["72° right", "79° left"]
    assert drawn.baseline == drawn.series[0].line.marks[0].y
    assert [anchor for _x, _day, anchor in drawn.days] == ["start", "end"]
    assert inside(drawn)


def test_one_visit_is_two_marks_without_a_line() -> None:
    drawn = measure_chart(measure((58,), (78,)))
    assert [one.line.pieces for one in drawn.series] == [(), ()]
    assert drawn.baseline == ""
    assert len(drawn.days) == 1


def test_no_value_at_all_draws_nothing() -> None:
    drawn = measure_chart(Measure("x", "X", "", (day(0),), ()))
    assert drawn.series == drawn.labels == ()


@pytest.mark.parametrize(
    ("values", "wanted"),
    [((58.0, 72.0), (50.0, 80.0)), ((0.0,), (0.0, 5.0)), ((18.0, 30.0), (10.0, 30.0)), ((5.0, 60.0), (0.0, 60.0)), ((4.0, 6.0), (0.0, 10.0))],
    ids=["degrees", "zero", "seconds", "wide", "repetitions"],
)  # fmt: skip
def test_the_scale_holds_every_value_between_round_numbers(
    values: tuple[float, ...], wanted: tuple[float, float]
) -> None:
    low, high = scale(measure(values))
    assert low <= min(values) <= max(values) <= high
    assert low < high
    if wanted != (0.0, 10.0):
        assert (low, high) == wanted


def test_activities_keep_their_whole_scale_and_long_names_are_cut() -> None:
    said = Measure("psfs", "PSFS", "", (day(0),), (Series("Walking down the steep stairs", "square", ((day(0), 6.0),)),), is_of_ten=True)  # fmt: skip
    assert scale(said) == (0.0, 10.0)
    assert measure_chart(said, 150).labels[0].text == "6 Walking down t…"
