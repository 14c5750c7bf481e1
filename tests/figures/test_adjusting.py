"""A figure taken apart into numbers and put together again."""

from copy import deepcopy

import pytest

from programs.figures import FigureError, figure_data
from programs.figures.adjusting import adjusted, dials, drawable


@pytest.mark.parametrize("key", figure_data())
def test_untouched_dials_give_the_figure_back(key: str) -> None:
    data = figure_data()[key]
    found = dials(data)
    assert len({dial.name for dial in found}) == len(found) >= 15
    assert all(dial.least <= dial.value <= dial.most for dial in found)
    assert adjusted(data, {dial.name: dial.value for dial in found}) == data


def test_a_turned_dial_changes_that_frame_and_nothing_that_was_there_before() -> None:
    data = figure_data()["bridge_two_leg"]
    before = deepcopy(data)
    turned = adjusted(data, {"end-body-tilt": -110.0, "start-near_leg-foot": 53.0})
    assert (turned["end"]["tilt"], turned["start"]["near_leg"]["foot"]) == (-110.0, 53.0)
    assert turned["end"]["regions"] == data["end"]["regions"]
    assert data == before
    assert drawable("bridge_two_leg", turned).frames[1].pose.tilt == -110.0  # type: ignore[union-attr]


def test_a_hand_that_holds_is_moved_by_its_place() -> None:
    data = figure_data()["glider"]
    turned = adjusted(data, {"start-near_arm-hand_x": 12.0})
    assert turned["start"]["near_arm"]["hand"] == [12.0, 55]


def test_a_pose_that_cannot_be_held_is_said_in_words() -> None:
    data = adjusted(figure_data()["bridge_two_leg"], {"start-near_leg-foot": 110.0})
    with pytest.raises(FigureError, match=r"frame 1: the near foot cannot reach: .* Move the target or the body"):
        drawable("bridge_two_leg", data)
