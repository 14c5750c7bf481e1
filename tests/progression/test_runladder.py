"""The walk-run ladder is data, and repeats before it moves."""

import pytest

from programs.progression.runladder import (
    RUN_LADDER,
    TOP_LEVEL,
    drop_sentence,
    drops_a_level,
    is_good_run,
    level,
    move_up_sentence,
)


def test_the_rungs_are_numbered_from_the_bottom() -> None:
    assert [rung.level for rung in RUN_LADDER] == list(range(8))
    assert level(1).headline == "10 × (run 1 min, walk 2 min)"


def test_running_time_grows_with_every_interval_rung() -> None:
    running = [rung.repeats * (rung.run_min or 0) for rung in RUN_LADDER if rung.repeats]
    assert running == sorted(running)
    assert [rung.minutes for rung in RUN_LADDER] == [30, 30, 32, 30, 28, 30, None, None]


@pytest.mark.parametrize(
    ("pain", "worse", "good", "down"),
    [
        (0, False, True, False),
        (2, False, True, False),
        (3, False, False, False),
        (4, False, False, True),
        (1, True, False, True),
        (None, False, False, False),
        (1, None, False, False),
        (None, None, False, False),
        (None, True, False, True),
    ],
)
def test_a_run_counts_only_when_both_answers_are_good(
    pain: int | None, worse: bool | None, good: bool, down: bool
) -> None:
    assert is_good_run(pain, worse_next_day=worse) is good
    assert drops_a_level(pain, worse_next_day=worse) is down


def test_the_way_up_is_said_and_ends_at_the_top() -> None:
    assert "8 × (run 2 min, walk 2 min)" in move_up_sentence(1)
    assert move_up_sentence(TOP_LEVEL) == ""
    assert "go down one step" in drop_sentence()


@pytest.mark.parametrize("number", [-1, 8])
def test_there_is_no_rung_beyond_the_ends(number: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 7"):
        level(number)
