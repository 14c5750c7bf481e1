"""What a runner reads about each short check at home: its name and how it is done, in plain words.

The self-tests and the daily load check are exercises of the library and take their words and drawing from there.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from programs.progression.messages import gettext_noop as _

LIBRARY_TESTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bridge_two_leg": "test_bridge_two_leg",
        "bridge_one_leg": "test_bridge_one_leg",
        "double_pull": "test_double_pull",
        "single_pull": "test_single_pull",
        "daily_load": "test_daily_load",
    }
)
"""Check → the exercise of the library that shows it."""

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "normal_walk": _("Normal walk"),
        "slow_jog": _("Very slow jog"),
        "half_force_heel_dig": _("Heel press"),
        "full_force_curl": _("Heel pull"),
        "half_speed_jog": _("Jog at half speed"),
        "run_90_percent": _("Fast run"),
        "full_training": _("Full training"),
        "slow_lifting": _("Slow lifting"),
        "hip_bend_load": _("Lean forward"),
        "lunge": _("Lunge"),
        "rdl_strength": _("One-leg deadlift"),
        "hop_10_s": _("Hops for 10 seconds"),
        "skip": _("Skips"),
        "running_plan_complete": _("Running plan"),
        "steady_on_one_leg": _("Steady on one leg"),
        "rest_pain": _("Pain at rest"),
        "settles_min": _("Time to settle"),
        "slider_leaves_nothing": _("After the nerve slider"),
        "stays_out_of_leg": _("Further down the leg"),
        "calf_raise_10": _("Ten heel raises"),
        "hop_10": _("Ten hops"),
    }
)

HOW: Final[Mapping[str, str]] = MappingProxyType(
    {
        "normal_walk": _("Walk for 5 minutes at your normal pace, on flat ground."),
        "slow_jog": _("Jog for 1 minute, as slowly as you can, on flat ground."),
        "half_force_heel_dig": _(
            "Lie on your back with your knee bent. Press your heel into the floor with about half of your force. "
            "Hold for 5 seconds."
        ),
        "full_force_curl": _(
            "Lie on your front with your knee bent. Let a helper hold your heel, or hook it under something firm. "
            "Pull with all your force for 5 seconds."
        ),
        "half_speed_jog": _("Jog at half of your speed: 1 minute forwards, then a few steps backwards."),
        "run_90_percent": _(
            "Only if fast runs are in your plan by now. Did a run at about 90 percent of your top speed go well today, "
            "without pain?"
        ),
        "full_training": _("Did you do your full training, without pain and without fear?"),
        "slow_lifting": _("Think of your slow lifting today, up and down. How much did it hurt?"),
        "hip_bend_load": _(
            "Stand with soft knees. Lean forward from your hips with a flat back, and come up. Do it 8 times."
        ),
        "lunge": _("Take a long step and bend both knees slowly. Do it 5 times with the sore leg in front."),
        "rdl_strength": _(
            "Take the same weight for both sides. How many slow one-leg deadlifts can you do well on each leg?"
        ),
        "hop_10_s": _("Hop on the spot on the sore leg for 10 seconds."),
        "skip": _("Skip for 15 seconds with your knees up."),
        "running_plan_complete": _("Have you done every step of your running plan?"),
        "steady_on_one_leg": _(
            "Stand on one leg for 10 seconds, then on the other. Were you steady, with level hips, on both?"
        ),
        "rest_pain": _("Sit or lie in the way that suits you best. How much does it hurt?"),
        "settles_min": _("When it has flared up: how many minutes does it take to settle?"),
        "slider_leaves_nothing": _("After your nerve slider: was all tingling gone within minutes?"),
        "stays_out_of_leg": _("On your walks and runs: did it stay where it was, and not move further down the leg?"),
        "calf_raise_10": _("Stand on the sore leg. Rise on your toes 10 times."),
        "hop_10": _("Hop on the sore leg 10 times, on the spot."),
    }
)
