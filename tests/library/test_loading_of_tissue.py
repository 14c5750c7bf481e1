"""What an exercise asks of muscle, nerve and joint agrees with whom it does not suit (clinical/rehab.md section 9)."""

import pytest

from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from programs.library.catalogue import LIBRARY
from programs.library.exercise import (
    Content,
    Exercise,
    HamstringLength,
    HipBend,
    KneeBend,
    LoadType,
    NeuralBias,
    SijLoad,
)
from programs.library.proposal import why_unsuitable

W = WorkingDiagnosis
exercises = pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda e: e.key)


@pytest.mark.parametrize(
    ("hip", "knee", "length"),
    [
        (HipBend.STRAIGHT, KneeBend.BENT, HamstringLength.SHORT),
        (HipBend.HALF, KneeBend.BENT, HamstringLength.SHORT),
        (HipBend.BENT, KneeBend.BENT, HamstringLength.MIDDLE),
        (HipBend.STRAIGHT, KneeBend.STRAIGHT, HamstringLength.MIDDLE),
        (HipBend.BENT, KneeBend.HALF, HamstringLength.MIDDLE),
        (HipBend.HALF, KneeBend.STRAIGHT, HamstringLength.LONG),
        (HipBend.BENT, KneeBend.STRAIGHT, HamstringLength.LONG),
    ],
)
def test_the_length_of_the_hamstring_follows_from_hip_and_knee(
    hip: HipBend, knee: KneeBend, length: HamstringLength
) -> None:
    assert HamstringLength.of(hip, knee) is length


@exercises
def test_long_work_waits_for_the_second_stage_of_strain_and_tendon(exercise: Exercise) -> None:
    if exercise.length is HamstringLength.LONG:
        for diagnosis in (W.HAMSTRING_STRAIN, W.PHT):
            assert why_unsuitable(exercise, diagnosis, 1, None)


@exercises
def test_an_irritable_nerve_is_never_pulled(exercise: Exercise) -> None:
    if exercise.neural is NeuralBias.TENSIONER:
        for stage in W.NERVE.stages:
            assert why_unsuitable(exercise, W.NERVE, stage, Irritability.HIGH)
    if exercise.neural in (NeuralBias.TENSIONER, NeuralBias.LOADED):
        assert why_unsuitable(exercise, W.NERVE, 1, None)


@exercises
def test_a_sore_joint_is_loaded_on_both_sides_alike_first(exercise: Exercise) -> None:
    if exercise.sij_load is not SijLoad.LOW:
        assert why_unsuitable(exercise, W.SIJ, 1, None)


@exercises
def test_what_is_said_in_two_ways_is_said_alike(exercise: Exercise) -> None:
    content = set(exercise.content)
    assert (exercise.neural is NeuralBias.SLIDER) == (Content.SLIDER in content)
    assert (exercise.neural is NeuralBias.TENSIONER) == (Content.TENSIONER in content)
    assert (exercise.load_type is LoadType.NEURAL) == (exercise.neural in (NeuralBias.SLIDER, NeuralBias.TENSIONER))
    if content & {Content.LENGTHENING, Content.LONG_LENGTH_HINGE, Content.END_RANGE_HAMSTRING_STRETCH}:
        assert exercise.length is HamstringLength.LONG
    if content & {Content.SINGLE_LEG_LOAD, Content.SINGLE_LEG_BRIDGE, Content.ONE_SIDED}:
        assert exercise.sij_load is not SijLoad.LOW
    if Content.ROTATION in content:
        assert exercise.sij_load is SijLoad.SHEAR


@exercises
def test_still_and_heavy_work_on_the_trunk_says_how_to_breathe(exercise: Exercise) -> None:
    if {Content.BRIDGE, Content.NORDIC, Content.HEAVY_LONG_LENGTH} & set(exercise.content):
        assert exercise.breathing
