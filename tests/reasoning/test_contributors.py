"""Contributors choose content; where sources disagree every view is kept."""

import pytest

from .cases import PRESENT, reasoned

P = PRESENT


def _found(**findings):
    return {item.contributor.key: item for item in reasoned(**findings).contributors}


def test_nothing_found_contributes_nothing():
    assert _found() == {}


@pytest.mark.parametrize(
    ("key", "findings"),
    [
        ("hip_flexor_tight", {"doorway_hip_test": {"left": P}}),
        ("glute_weak", {"power_position_s": {"left": 5}}),
        ("hip_abductor_weak", {"stepdown_pain": P}),
        ("pelvic_tilt", {"pelvic_tilt": "tucked"}),
        ("hip_held_back", {"hip_held_back": P}),
        ("rotation", {"rot_instability": P}),
        ("overstride", {"overstride": P}),
        ("quad_dominant", {"quad_dominant": P}),
        ("short_hamstring", {"slr_degrees": {"right": 64, "left": 80}}),
        ("load_error", {"load_error": P}),
        ("posture", {"posture_weight": "rearfoot"}),
        ("bridge_control", {"bridge_cramp": P}),
        ("cadence", {"cadence": 150}),
    ],
)
def test_each_contributor_is_found_and_names_its_findings(key, findings):
    item = _found(**findings)[key]
    assert set(item.keys) == set(findings)
    assert item.contributor.content


@pytest.mark.parametrize(
    "findings",
    [
        {"pelvic_tilt": "neutral"},
        {"posture_weight": "midfoot"},
        {"slr_degrees": {"right": 65}},
        {"power_position_s": {"left": 2}},
    ],
)
def test_what_passes_contributes_nothing(findings):
    assert _found(**findings) == {}


def test_a_weak_buttock_is_expected_opposite_in_distance_and_same_side_in_sprint():
    assert _found(glute_weak={"left": P})["glute_weak"].as_expected is True
    assert _found(glute_weak={"right": P})["glute_weak"].as_expected is False
    assert _found(running_type="sprint", glute_weak={"right": P})["glute_weak"].as_expected is True
    assert _found(running_type=None, glute_weak={"right": P})["glute_weak"].as_expected is None


def test_a_side_nobody_expects_is_shown_all_the_same():
    item = _found(ely_or_thomas_tight={"right": P})["hip_flexor_tight"]
    assert [side.value for side in item.sides] == ["right"]
    assert item.as_expected is False


def test_pain_on_both_sides_has_no_expected_side():
    assert _found(side="both", glute_weak={"left": P})["glute_weak"].as_expected is None
