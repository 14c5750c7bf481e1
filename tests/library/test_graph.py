"""Harder and easier are one graph: the same from both ends, without circles, with a criterion at every step."""

from itertools import pairwise

import pytest

from programs.library.catalogue import LIBRARY, PROTOCOLS
from programs.library.exercise import Exercise, Kind

LADDERS = {
    "bridges": "bridge_two_leg bridge_one_leg double_pull single_pull",
    "bridges, long": "chair_bridge bridge_walk_out bridge_reach single_pull",
    "checks": "test_bridge_two_leg test_bridge_one_leg test_double_pull test_single_pull",
    "lengthening": "extender diver glider",
    "nordic": "prone_curl_hold nordic_hold nordic_band nordic_curl",
    "tendon": "isometric_heel_dig bridge_long_lever_hold chair_bridge_one_leg hip_thrust stiff_leg_deadlift kettlebell_swing",
    "one leg": "chair_bridge_one_leg single_leg_deadlift single_leg_rdl",
    "steps": "step_down step_up split_squat walking_lunge split_jump",
    "spring": "a_march march_skip hop bounding",
    "agility": "side_steps grapevine boxer_shuffle backward_jog",
    "trunk": "bird_dog plank plank_turn",
    "side": "clam side_plank side_plank_long plank_turn",
    "hip": "clam side_leg_lift step_down single_leg_squat",
    "rotation": "twisted_warrior banded_hip_twist rotisserie",
    "nerve": "position_of_ease lying_slider sciatic_slider sciatic_tensioner slump_stretch",
    "running": "walk walk_run easy_run strides",
    "hills": "easy_run uphill_run",
}
STAND_ALONE = {"standing_forward_fold", "soft_tissue", "front_thigh_roller", "back_press_up"}
"""The clinical texts give no ladder for these: two stretches and releases, and a movement that is repeated or left."""
exercises = pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda e: e.key)


def is_test(key: str) -> bool:
    return LIBRARY[key].kind is Kind.SELF_TEST


@exercises
def test_a_step_is_known_at_both_ends(exercise: Exercise) -> None:
    for harder in exercise.progressions:
        if is_test(exercise.key) is is_test(harder):
            assert exercise.key in LIBRARY[harder].regressions
    for easier in exercise.regressions:
        assert exercise.key in LIBRARY[easier].progressions


@exercises
def test_a_check_is_never_offered_as_an_easier_exercise(exercise: Exercise) -> None:
    if exercise.kind is not Kind.SELF_TEST:
        assert not [key for key in exercise.regressions if is_test(key)]


def test_harder_and_easier_never_lead_round_in_a_circle() -> None:
    def harder_than(key: str, seen: frozenset[str]) -> None:
        assert key not in seen, f"{key} leads back to itself"
        for following in LIBRARY[key].progressions:
            harder_than(following, seen | {key})

    for key in LIBRARY:
        harder_than(key, frozenset())


@exercises
def test_whoever_may_move_on_is_told_when(exercise: Exercise) -> None:
    if exercise.progressions:
        assert exercise.passes


@pytest.mark.parametrize("ladder", LADDERS.values(), ids=LADDERS)
def test_every_rung_of_a_ladder_leads_to_the_next(ladder: str) -> None:
    for easier, harder in pairwise(ladder.split()):
        assert harder in LIBRARY[easier].progressions, (easier, harder)


def test_no_exercise_hangs_in_the_air() -> None:
    alone = {key for key, exercise in LIBRARY.items() if not exercise.progressions and not exercise.regressions}
    assert alone == STAND_ALONE


def test_every_exercise_is_offered_somewhere() -> None:
    """In a protocol, or beside an exercise of one: what no plan leads to would never be found."""
    offered = {line.exercise for protocol in PROTOCOLS.values() for line in protocol.lines}
    offered |= {key for protocol in PROTOCOLS.values() for key in protocol.also}
    near = {key for known in offered for key in (*LIBRARY[known].progressions, *LIBRARY[known].regressions)}
    rest = {key for key in LIBRARY if key not in offered | near and not is_test(key)}
    assert rest <= STAND_ALONE | {"hip_flexor_stretch_kneeling", "forward_lean", "seated_hamstring_stretch"}
