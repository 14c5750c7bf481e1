"""The values of a handout: what they refuse and what they work out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from programs.handouts.document import HandoutError
from programs.handouts.drawing import checked
from tests.documents import examples


@pytest.mark.parametrize(
    ("ceiling", "go", "ease", "stop"),
    [
        (0, (0,), (1, 2), (3, 4, 5, 6, 7, 8, 9, 10)),
        (2, (0, 1, 2), (3, 4), (5, 6, 7, 8, 9, 10)),
        (3, (0, 1, 2, 3), (4, 5), (6, 7, 8, 9, 10)),
        (4, (0, 1, 2, 3, 4), (5,), (6, 7, 8, 9, 10)),
        (5, (0, 1, 2, 3, 4, 5), (6,), (7, 8, 9, 10)),
    ],
)
def test_the_pain_zones_move_with_the_ceiling(
    ceiling: int, go: tuple[int, ...], ease: tuple[int, ...], stop: tuple[int, ...]
) -> None:
    zones = examples.strain(pain_ceiling=ceiling).zones
    assert (zones.go, zones.ease, zones.stop) == (go, ease, stop)


@pytest.mark.parametrize("ceiling", range(6))
def test_every_pain_from_0_to_10_stands_in_one_zone_and_severe_pain_always_says_stop(ceiling: int) -> None:
    zones = examples.strain(pain_ceiling=ceiling).zones
    assert zones.go + zones.ease + zones.stop == tuple(range(11))
    assert zones.ease
    assert {7, 8, 9, 10} <= set(zones.stop)


def test_the_days_are_the_two_weeks_with_both_ends() -> None:
    days = examples.strain().days
    assert len(days) == 14
    assert (days[0], days[-1]) == (date(2026, 11, 23), date(2026, 12, 6))


@pytest.mark.parametrize(
    "changes",
    [
        {"exercises": ()},
        {"pain_ceiling": 6},
        {"pain_ceiling": -1},
        {"ends_on": examples.STARTS_ON - timedelta(days=1)},
        {"ends_on": examples.STARTS_ON + timedelta(days=14)},
        {"link_url": "javascript:alert(1)"},
        {"link_url": "file:///etc/passwd"},
    ],
)
def test_a_sheet_nobody_could_follow_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(HandoutError):
        examples.strain(**changes)


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(HandoutError, match="not a side"):
        replace(examples.DIVER, side="middle")


def test_our_own_drawing_passes_unchanged() -> None:
    assert checked(examples.DRAWING) == examples.DRAWING


@pytest.mark.parametrize(
    "inside",
    [
        "<image href='http://127.0.0.1:9/a.png'/>",
        "<a href='http://127.0.0.1:9/'><path d='M0 0'/></a>",
        "<use href='#x'/>",
        "<style>path{fill:red}</style>",
        "<script>x()</script>",
        "<foreignObject/>",
        "<path d='M0 0' style='fill:red'/>",
        "<path d='M0 0' onload='x()'/>",
        "<path d='M0 0' fill='url(http://127.0.0.1:9/x)'/>",
        "<!-- x -->",
        "<path",
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
    ],
)
def test_a_drawing_that_holds_more_than_shapes_is_refused(inside: str) -> None:
    with pytest.raises(HandoutError):
        checked(f'<svg xmlns="http://www.w3.org/2000/svg"><title>Bridge</title>{inside}</svg>')


def test_a_drawing_without_a_title_is_refused_because_a_screen_reader_would_be_silent() -> None:
    with pytest.raises(HandoutError, match="title"):
        checked('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>')
