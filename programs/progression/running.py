"""Where a runner stands on the walk-run ladder: up after two good runs, down after a bad one, else again.

Days count, not runs: two runs on one day are one try and count as the worse of them. Only runs since the rung was set
count. Walks of the lowest rung are reported as runs.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from programs.progression.meeting import is_good_morning
from programs.progression.proposal_types import Point, point_of
from programs.progression.reports import RunReport
from programs.progression.runladder import GOOD_RUNS_TO_MOVE_UP, drops_a_level, is_good_run, level
from programs.progression.settled import Settled


class Ladder(StrEnum):
    """What the last tries at this rung say. `unknown`: an answer about the last try is missing."""

    UP = "up"
    AGAIN = "again"
    DOWN = "down"
    UNKNOWN = "unknown"
    NOT_TRIED = "not_tried"


@dataclass(frozen=True)
class Rung:
    """How the rung stands; `good` counts the good tries in a row up to the last one."""

    ladder: Ladder
    good: int
    points: tuple[Point, ...]


def rung(told: Settled, run_level: int, since: date) -> Rung:
    """The standing on this rung since the day it was set.

    A bad try among the last two asks for a step down, whatever came after it: a rung is repeated before it counts.
    """
    runs = [run for run in told.runs if run.day >= since and run.level in (None, run_level)]
    days = sorted({run.day for run in runs})
    tries = [[run for run in runs if run.day == day] for day in days]
    last = tries[-GOOD_RUNS_TO_MOVE_UP:]
    points = tuple(point_of(run, "run", "", run.pain) for each in last for run in each)
    if not tries:
        return Rung(Ladder.NOT_TRIED, 0, ())
    bad = [run for each in last for run in each if drops_a_level(run.pain, worse_next_day=_is_worse(told, run))]
    if bad:
        return Rung(Ladder.DOWN, 0, tuple(point_of(run, "run", "", run.pain) for run in bad))
    good = 0
    for each in reversed(tries):
        if not all(_is_good(told, run, run_level) for run in each):
            break
        good += 1
    if good >= GOOD_RUNS_TO_MOVE_UP:
        return Rung(Ladder.UP, good, points)
    is_open = any(None in (run.pain, run.minutes, is_good_morning(told, run.day)) for run in tries[-1])
    return Rung(Ladder.UNKNOWN if is_open else Ladder.AGAIN, good, points)


def _is_worse(told: Settled, run: RunReport) -> bool | None:
    good = is_good_morning(told, run.day)
    return None if good is None else not good


def _is_good(told: Settled, run: RunReport, run_level: int) -> bool:
    """A run of a rung with a set time also has to last that long; minutes that were not told are a missing answer."""
    asked = level(run_level).minutes
    is_long_enough = asked is None or (run.minutes is not None and run.minutes >= asked)
    return is_long_enough and is_good_run(run.pain, worse_next_day=_is_worse(told, run))
