"""The walk-run ladder: eight levels on flat, easy ground, every second day; repeat before moving up.

Source: clinical/rehab.md section 7 (proposed there, generic; the entry level is chosen by diagnosis and
stage). Patient sentences are messages for gettext, reading grade 8 or below.
"""

from dataclasses import dataclass
from typing import Final

from programs.progression.messages import Gettext
from programs.progression.messages import gettext_noop as _

GOOD_RUNS_TO_MOVE_UP: Final = 2
GOOD_RUN_PAIN_AT_MOST: Final = 2
DROP_A_LEVEL_ABOVE_PAIN: Final = 3
DROPS_BEFORE_REVIEW: Final = 2


@dataclass(frozen=True)
class RunLevel:
    """One rung: repeats of run and walk in minutes (None where the rung is not intervals), heading and
    sentence.
    """

    level: int
    key: str
    headline: str
    sentence: str
    repeats: int | None = None
    run_min: int | None = None
    walk_min: int | None = None

    @property
    def minutes(self) -> int | None:
        """Time on the feet for one session, where the rung fixes it."""
        if self.repeats is None:
            return None
        return self.repeats * ((self.run_min or 0) + (self.walk_min or 0))


RUN_LADDER: Final[tuple[RunLevel, ...]] = (
    RunLevel(
        level=0,
        key="walk_30",
        headline=_("30 min brisk walk"),
        sentence=_("Walk for 30 minutes at a brisk pace, on flat ground."),
        repeats=1,
        run_min=0,
        walk_min=30,
    ),
    RunLevel(
        level=1,
        key="run_1_walk_2",
        headline=_("10 × (run 1 min, walk 2 min)"),
        sentence=_("Run for 1 minute, then walk for 2. Do this 10 times."),
        repeats=10,
        run_min=1,
        walk_min=2,
    ),
    RunLevel(
        level=2,
        key="run_2_walk_2",
        headline=_("8 × (run 2 min, walk 2 min)"),
        sentence=_("Run for 2 minutes, then walk for 2. Do this 8 times."),
        repeats=8,
        run_min=2,
        walk_min=2,
    ),
    RunLevel(
        level=3,
        key="run_4_walk_1",
        headline=_("6 × (run 4 min, walk 1 min)"),
        sentence=_("Run for 4 minutes, then walk for 1. Do this 6 times."),
        repeats=6,
        run_min=4,
        walk_min=1,
    ),
    RunLevel(
        level=4,
        key="run_12_walk_2",
        headline=_("2 × (run 12–15 min, walk 2 min)"),
        sentence=_("Run for 12 to 15 minutes, then walk for 2. Do this twice."),
        repeats=2,
        run_min=12,
        walk_min=2,
    ),
    RunLevel(
        level=5,
        key="run_30",
        headline=_("30 min easy run"),
        sentence=_("Run for 30 minutes without a break, at an easy pace, on flat ground."),
        repeats=1,
        run_min=30,
        walk_min=0,
    ),
    RunLevel(
        level=6,
        key="weekly_volume",
        headline=_("Back to your usual week"),
        sentence=_("Go back to your usual distance. Add no more than 10 to 15 percent each week. Keep the pace easy."),
    ),
    RunLevel(
        level=7,
        key="strides",
        headline=_("Strides, then downhill, then fast runs"),
        sentence=_(
            "Add 4 to 6 strides of 80 metres, at 60 to 80 percent of your top speed. "
            "When these feel fine, add downhill runs. Add fast runs last."
        ),
    ),
)

TOP_LEVEL: Final = RUN_LADDER[-1].level


def level(number: int) -> RunLevel:
    """The rung with this number. Raises `ValueError` outside 0 to 7."""
    if not 0 <= number <= TOP_LEVEL:
        raise ValueError(f"A run level is from 0 to {TOP_LEVEL}, not {number}.")
    return RUN_LADDER[number]


def is_good_run(pain_during: int | None, *, worse_next_day: bool | None) -> bool:
    """Whether a run counts towards moving up. Both answers are needed: a missing one is not a good run."""
    return pain_during is not None and pain_during <= GOOD_RUN_PAIN_AT_MOST and worse_next_day is False


def drops_a_level(pain_during: int | None, *, worse_next_day: bool | None) -> bool:
    """Whether a run asks for one level down: pain above 3 of 10, or worse the next day."""
    return (pain_during is not None and pain_during > DROP_A_LEVEL_ABOVE_PAIN) or worse_next_day is True


def move_up_sentence(number: int, gettext: Gettext = str) -> str:
    """What the patient reads about going on from this rung; empty at the top."""
    if number >= TOP_LEVEL:
        return ""
    words = gettext("Move up to “{next}” after 2 good runs in a row: pain 2 or less, and no worse the next morning.")
    return words.format(next=gettext(level(number + 1).headline))


def drop_sentence(gettext: Gettext = str) -> str:
    """What the patient reads about stepping down."""
    return gettext("If pain goes over 3, or the next morning is worse, go down one step.")
