"""The library: complete, cited, reviewed, and every name it mentions exists."""

import re
from datetime import date
from pathlib import Path

import pytest

from clinic.vocabulary.sides import DoseSide, PainfulSide
from programs.figures import figure_for
from programs.library.catalogue import (
    CONTRAINDICATIONS,
    FOLDER,
    LIBRARY,
    LIBRARY_VERSION,
    PROTOCOLS,
    SOURCES,
    SUGGESTIONS,
    version_of,
)
from programs.library.exercise import Content, Exercise, Kind, SideRule
from programs.library.reading import read_toml

ASKED_FOR = {
    # checks
    "test_straight_leg_raise", "test_doorway_hip", "test_posture", "test_power_position", "test_bridge_two_leg",
    "test_bridge_one_leg", "test_double_pull", "test_single_pull",
    # exercises and drills of the sources
    "hip_flexor_stretch_kneeling", "twisted_warrior", "banded_hip_twist", "rotisserie", "nordic_hold",
    "prone_curl_hold", "posture_practice", "forward_lean", "chair_bridge", "bridge_walk_out", "power_position_hold",
    "march_skip", "gentle_leg_range", "soft_tissue", "single_leg_deadlift", "chair_bridge_one_leg", "nordic_curl",
    "seated_hamstring_stretch", "supine_strap_stretch", "standing_forward_fold", "bridge_two_leg", "bridge_one_leg",
    "double_pull", "single_pull",
    # what the stages need
    "extender", "diver", "glider", "side_plank", "clam", "bird_dog", "hip_thrust", "single_leg_rdl", "step_up",
    "step_down", "isometric_heel_dig", "bridge_long_lever_hold", "sciatic_slider", "sciatic_tensioner", "walk",
    "walk_run", "strides", "belly_breathing", "glute_squeeze",
    # strain: trunk and agility in two steps, curls at length, jog and return to speed
    "plank", "plank_turn", "grapevine", "boxer_shuffle", "backward_jog", "bridge_reach", "side_plank_long",
    "stiff_leg_deadlift", "nordic_band", "calf_raise", "hop", "easy_run", "uphill_run",
    # tendon: isometric, isotonic, deep hip, energy storage, the daily load test
    "leg_pull_down", "trunk_lift", "prone_curl", "walking_lunge", "split_jump", "bounding", "kettlebell_swing",
    "test_daily_load",
    # joint and nerve
    "single_leg_squat", "side_leg_lift", "lying_slider", "position_of_ease", "front_thigh_roller",
}  # fmt: skip
exercises = pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda e: e.key)


def test_everything_asked_for_is_there() -> None:
    assert set(LIBRARY) >= ASKED_FOR
    assert len(LIBRARY) >= 66
    tests = [exercise for exercise in LIBRARY.values() if exercise.kind is Kind.SELF_TEST]
    assert sum(bool(exercise.finding) for exercise in tests) == 8


@exercises
def test_an_exercise_has_sides_exactly_when_its_rule_says_so(exercise: Exercise) -> None:
    together = exercise.side_rule is SideRule.BOTH
    assert exercise.dose.side is (DoseSide.BOTH if together else DoseSide.ALTERNATE)


@exercises
def test_every_self_test_measures_and_leads_somewhere(exercise: Exercise) -> None:
    if exercise.kind is Kind.SELF_TEST:
        assert exercise.passes
        assert exercise.result
        assert exercise.progressions


def test_what_the_sources_dispute_carries_both_views() -> None:
    disputed = {key for key, exercise in LIBRARY.items() if exercise.disputed}
    assert disputed >= {"posture_practice", "forward_lean", "test_posture", "seated_hamstring_stretch"}
    for key in ("posture_practice", "forward_lean"):
        assert set(LIBRARY[key].sources) == {"S000", "S001"}


def test_every_source_is_used_and_every_content_that_is_ruled_on_exists() -> None:
    cited = {code for exercise in LIBRARY.values() for code in exercise.sources}
    cited |= {code for protocol in PROTOCOLS.values() for code in protocol.sources}
    cited |= {code for entry in (*CONTRAINDICATIONS, *SUGGESTIONS) for code in entry.sources}
    assert cited <= set(SOURCES)
    asked = {content for exercise in LIBRARY.values() for content in exercise.content}
    assert {rule.content for rule in CONTRAINDICATIONS} <= asked
    assert asked <= set(Content)


def test_every_finding_the_library_names_is_a_finding_of_the_intake() -> None:
    known = intake_findings()
    named = {exercise.finding for exercise in LIBRARY.values() if exercise.finding}
    named |= {suggestion.finding for suggestion in SUGGESTIONS}
    for rule in CONTRAINDICATIONS:
        named |= {*rule.unsuitable.findings, *rule.unsuitable.unless_findings}
    assert named <= known


def intake_findings() -> set[str]:
    """The finding keys of the intake's knowledge, read from its files."""
    folder = Path(__file__).resolve().parents[2] / "assessments" / "reasoning" / "knowledge"
    keys: set[str] = set()
    for path in folder.glob("findings_*.toml"):
        keys |= set(read_toml(path).get("findings", {}))
    return keys


def test_no_entry_is_overdue_for_review() -> None:
    """Fails on the day a review is due, so that content is read again rather than trusted for ever."""
    entries = [*LIBRARY.values(), *PROTOCOLS.values(), *CONTRAINDICATIONS, *SUGGESTIONS]
    assert [entry for entry in entries if entry.reviewed.is_overdue(date.today())] == []


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("x = 1")
    before = version_of(tmp_path)
    (tmp_path / "a.toml").write_text("x = 2")
    assert version_of(tmp_path) != before
    assert version_of(FOLDER) == LIBRARY_VERSION


@pytest.mark.parametrize(
    ("rule", "painful", "side"),
    [
        (SideRule.INJURED, PainfulSide.LEFT, DoseSide.LEFT),
        (SideRule.INJURED, PainfulSide.RIGHT, DoseSide.RIGHT),
        (SideRule.OPPOSITE, PainfulSide.LEFT, DoseSide.RIGHT),
        (SideRule.OPPOSITE, PainfulSide.RIGHT, DoseSide.LEFT),
        (SideRule.INJURED, PainfulSide.BOTH, DoseSide.ALTERNATE),
        (SideRule.OPPOSITE, PainfulSide.BOTH, DoseSide.ALTERNATE),
        (SideRule.EACH, PainfulSide.LEFT, DoseSide.ALTERNATE),
        (SideRule.BOTH, PainfulSide.RIGHT, DoseSide.BOTH),
    ],
)
def test_the_side_follows_the_injured_side(rule: SideRule, painful: PainfulSide, side: DoseSide) -> None:
    assert rule.resolve(painful) is side


@exercises
def test_every_exercise_of_the_library_has_its_drawing(exercise: Exercise) -> None:
    assert figure_for(exercise.key, DoseSide.LEFT) is not None


def test_no_two_exercises_share_a_drawing() -> None:
    drawn = {figure_for(key, DoseSide.RIGHT) for key in LIBRARY}
    shapes = {re.sub(r"<(title|desc)[^>]*>.*?</\1>", "", drawing or "") for drawing in drawn}
    assert len(shapes) == len(LIBRARY)


def test_a_page_can_ask_for_a_drawing_that_does_not_exist() -> None:
    assert figure_for("something_a_clinic_added", DoseSide.LEFT) is None
