"""What is proposed for whom: never unsuitable, never many, always on the right side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.vocabulary.diagnoses import STAGES, Irritability, Severity, WorkingDiagnosis
from clinic.vocabulary.sides import DoseSide, PainfulSide, Side
from programs.library.catalogue import LIBRARY, PROTOCOLS, SUGGESTIONS
from programs.library.contributor import Contributor
from programs.library.exercise import Exercise, SideRule
from programs.library.proposal import propose, protocol_for, why_unsuitable

W, P = WorkingDiagnosis, PainfulSide
LOW, HIGH = Irritability.LOW, Irritability.HIGH
STAGED = [(diagnosis, stage) for diagnosis, stages in STAGES.items() for stage in stages]
Case = tuple[WorkingDiagnosis, int | None]
CASES: list[Case] = [*STAGED, (W.MIXED, None)]
cases = st.sampled_from(CASES)
irritabilities = st.none() | st.sampled_from(Irritability)
painful_sides = st.sampled_from(PainfulSide)
contributors = st.lists(
    st.builds(
        Contributor,
        finding=st.sampled_from([s.finding for s in SUGGESTIONS] + [s.contributor for s in SUGGESTIONS] + ["nprs_now"]),
        side=st.none() | st.sampled_from(Side),
    ),
    max_size=5,
)


@pytest.mark.parametrize(("diagnosis", "stage"), CASES)
def test_every_diagnosis_and_stage_proposes_its_whole_protocol_when_not_irritable(
    diagnosis: WorkingDiagnosis, stage: int | None
) -> None:
    """A protocol that contradicts the contraindications would be a mistake of ours."""
    program = propose(diagnosis, stage, LOW, P.LEFT)
    assert program.left_out == ()
    protocol = protocol_for(diagnosis, stage)
    assert protocol is not None
    assert [line.exercise for line in program.lines] == [line.exercise for line in protocol.lines]
    assert 2 <= len(program.lines) <= 4
    assert program.running.text
    assert program.running.hills
    assert program.move_on
    assert program.avoid


@pytest.mark.parametrize(
    ("diagnosis", "ceiling"), [(W.HAMSTRING_STRAIN, 3), (W.PHT, 5), (W.SIJ, 3), (W.NERVE, 2), (W.MIXED, 2)]
)
def test_the_pain_ceiling_belongs_to_the_diagnosis(diagnosis: WorkingDiagnosis, ceiling: int) -> None:
    assert {p.pain_ceiling for p in PROTOCOLS.values() if p.diagnosis is diagnosis} == {ceiling}


@given(cases, irritabilities, painful_sides, contributors)
def test_nothing_unsuitable_is_ever_proposed(
    case: Case, irritability: Irritability | None, painful: PainfulSide, found: list[Contributor]
) -> None:
    diagnosis, stage = case
    program = propose(diagnosis, stage, irritability, painful, found)
    for key in [*(line.exercise for line in program.lines), *program.also]:
        assert why_unsuitable(LIBRARY[key], diagnosis, stage, irritability) is None
    for left_out in program.left_out:
        assert left_out.reason


@given(cases, irritabilities, painful_sides, contributors)
def test_a_proposal_has_two_to_four_exercises_and_none_twice(
    case: Case, irritability: Irritability | None, painful: PainfulSide, found: list[Contributor]
) -> None:
    program = propose(*case, irritability, painful, found)
    keys = [line.exercise for line in program.lines]
    assert 2 <= len(keys) <= 4
    assert len(set(keys)) == len(keys)
    assert sum(bool(line.contributor) for line in program.lines) <= 1
    assert not set(keys) & set(program.also)


@given(cases, irritabilities, painful_sides, contributors)
def test_every_side_is_one_the_exercise_can_be_done_on(
    case: Case, irritability: Irritability | None, painful: PainfulSide, found: list[Contributor]
) -> None:
    for line in propose(*case, irritability, painful, found).lines:
        together = LIBRARY[line.exercise].side_rule is SideRule.BOTH
        assert (line.dose.side is DoseSide.BOTH) == together


@given(cases, irritabilities, contributors)
def test_the_other_leg_gets_the_mirrored_program(
    case: Case, irritability: Irritability | None, found: list[Contributor]
) -> None:
    mirrored = [Contributor(c.finding, c.side.opposite if c.side else None) for c in found]
    left = propose(*case, irritability, P.LEFT, found)
    right = propose(*case, irritability, P.RIGHT, mirrored)
    assert [line.exercise for line in left.lines] == [line.exercise for line in right.lines]
    assert [line.dose.side.mirrored for line in left.lines] == [line.dose.side for line in right.lines]


def test_the_injured_side_carries_the_lengthening_work() -> None:
    program = propose(W.HAMSTRING_STRAIN, 2, LOW, P.RIGHT)
    assert [(line.exercise, line.dose.side) for line in program.lines] == [
        ("extender", DoseSide.RIGHT),
        ("diver", DoseSide.RIGHT),
        ("glider", DoseSide.RIGHT),
    ]
    assert (program.lines[0].dose.sets, program.lines[0].dose.reps, program.lines[0].dose.times_per_day) == (3, 12, 2)
    assert program.running.level == 1


def test_a_tight_hip_flexor_on_the_sound_side_adds_its_stretch_there() -> None:
    found = [Contributor("ely_or_thomas_tight", Side.LEFT)]
    added = propose(W.HAMSTRING_STRAIN, 2, LOW, P.RIGHT, found).lines[-1]
    assert (added.exercise, added.dose.side, added.contributor) == (
        "hip_flexor_stretch_kneeling",
        DoseSide.LEFT,
        "ely_or_thomas_tight",
    )
    assert "Expert opinion" in added.reason
    assert "other side than expected" not in added.reason


def test_a_contributor_on_the_unexpected_side_is_trained_where_it_was_found_and_says_so() -> None:
    added = propose(W.HAMSTRING_STRAIN, 2, LOW, P.RIGHT, [Contributor("glute_weak", Side.RIGHT)]).lines[-1]
    assert (added.exercise, added.dose.side) == ("power_position_hold", DoseSide.RIGHT)
    assert "other side than expected" in added.reason


def test_found_on_both_sides_the_expected_one_is_offered() -> None:
    found = [Contributor("ely_or_thomas_tight", Side.LEFT), Contributor("ely_or_thomas_tight", Side.RIGHT)]
    assert propose(W.HAMSTRING_STRAIN, 2, LOW, P.LEFT, found).lines[-1].dose.side is DoseSide.RIGHT


def test_the_reasoning_may_name_the_contributor_instead_of_the_finding() -> None:
    added = propose(W.SIJ, 2, LOW, P.LEFT, [Contributor("rotation", Side.LEFT)]).lines[-1]
    assert added.exercise == "banded_hip_twist"


def test_a_contributor_whose_exercise_does_not_suit_makes_room_for_the_next() -> None:
    found = [Contributor("ely_or_thomas_tight", Side.RIGHT), Contributor("hip_abductor_weak", Side.RIGHT)]
    program = propose(W.SIJ, 1, LOW, P.LEFT, found)
    assert program.lines[-1].exercise == "clam"


def test_high_irritability_halves_the_sets_and_leaves_out_what_provokes() -> None:
    program = propose(W.HAMSTRING_STRAIN, 2, HIGH, P.LEFT)
    assert [left_out.exercise for left_out in program.left_out] == ["extender", "diver", "glider"]
    assert [line.exercise for line in program.lines] == ["chair_bridge", "bridge_one_leg"]
    assert [line.dose.sets for line in program.lines] == [1, 2]
    assert program.running.level == 0
    assert "half the sets, and one run level lower" in program.note


@pytest.mark.parametrize("diagnosis", [W.OUTSIDE, W.REFER])
def test_without_a_protocol_nothing_is_proposed_and_the_note_says_why(diagnosis: WorkingDiagnosis) -> None:
    program = propose(diagnosis, None, LOW, P.LEFT)
    assert program.lines == ()
    assert program.note


def test_a_stage_the_diagnosis_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="sij has stages 1 to 3, not 4"):
        propose(W.SIJ, 4, LOW, P.LEFT)


def test_no_stage_yet_means_the_first() -> None:
    assert propose(W.NERVE, None, None, P.LEFT).stage == 1


@pytest.mark.parametrize(("severity", "grade"), [("mild", "I:"), ("moderate", "II:"), ("severe", "III or")])
def test_the_time_a_strain_takes_follows_its_grade(severity: str, grade: str) -> None:
    expected = propose(W.HAMSTRING_STRAIN, 1, LOW, P.LEFT, severity=Severity(severity)).expected
    assert expected.startswith(f"Grade {grade}")
    assert expected.count("Grade") == 1


def test_every_diagnosis_says_how_long_it_usually_takes() -> None:
    for diagnosis in (W.HAMSTRING_STRAIN, W.PHT, W.SIJ, W.NERVE):
        assert propose(diagnosis, 1, LOW, P.LEFT).expected
        assert propose(diagnosis, 1, LOW, P.LEFT, severity=Severity.MILD).expected
    assert propose(W.MIXED, None, LOW, P.LEFT).expected == ""


def test_uphill_suits_a_strain_and_not_a_sore_tendon() -> None:
    assert "Uphill is usually fine" in PROTOCOLS[W.HAMSTRING_STRAIN, 2].running.hills
    for stage in (1, 2, 3):
        assert PROTOCOLS[W.PHT, stage].running.hills.lower().startswith(("no hills", "still no hills"))
    assert "Uphill comes back" in PROTOCOLS[W.PHT, 4].running.hills


@pytest.mark.parametrize(
    ("key", "diagnosis", "stages_that_suit"),
    [
        ("seated_hamstring_stretch", W.HAMSTRING_STRAIN, {2, 3, 4}),
        ("seated_hamstring_stretch", W.PHT, set()),
        ("seated_hamstring_stretch", W.SIJ, {1, 2, 3}),
        ("seated_hamstring_stretch", W.NERVE, {3}),
        ("glider", W.HAMSTRING_STRAIN, {2, 3, 4}),
        ("diver", W.PHT, {3, 4}),
        ("diver", W.SIJ, {3}),
        ("diver", W.NERVE, {3}),
        ("nordic_curl", W.HAMSTRING_STRAIN, {3, 4}),
        ("nordic_curl", W.PHT, {2, 3, 4}),
        ("nordic_curl", W.SIJ, {1, 2, 3}),
        ("nordic_curl", W.NERVE, {3}),
        ("bridge_two_leg", W.HAMSTRING_STRAIN, {1, 2, 3, 4}),
        ("bridge_two_leg", W.PHT, {1, 2, 3, 4}),
        ("bridge_two_leg", W.SIJ, {1, 2, 3}),
        ("bridge_two_leg", W.NERVE, {1, 2, 3}),
        ("hip_flexor_stretch_kneeling", W.SIJ, {2, 3}),
        ("hip_flexor_stretch_kneeling", W.HAMSTRING_STRAIN, {1, 2, 3, 4}),
        ("sciatic_tensioner", W.NERVE, {3}),
        ("sciatic_slider", W.NERVE, {1, 2, 3}),
        ("slump_stretch", W.PHT, set()),
        ("slump_stretch", W.SIJ, set()),
        ("strides", W.PHT, {4}),
        ("march_skip", W.HAMSTRING_STRAIN, {3, 4}),
        ("uphill_run", W.HAMSTRING_STRAIN, {2, 3, 4}),
        ("uphill_run", W.PHT, {4}),
        ("bounding", W.HAMSTRING_STRAIN, {4}),
        ("bounding", W.PHT, {4}),
        ("prone_curl", W.PHT, {2, 3, 4}),
        ("leg_pull_down", W.PHT, {1, 2, 3, 4}),
        ("nordic_band", W.PHT, {2, 3, 4}),
        ("walking_lunge", W.PHT, {3, 4}),
        ("plank", W.HAMSTRING_STRAIN, {1, 2, 3, 4}),
        ("plank_turn", W.HAMSTRING_STRAIN, {2, 3, 4}),
        ("single_leg_squat", W.SIJ, {3}),
        ("single_leg_stand", W.SIJ, {2, 3}),
        ("lying_slider", W.NERVE, {1, 2, 3}),
        ("stiff_leg_deadlift", W.NERVE, {3}),
    ],
)
def test_the_contraindications_of_the_clinical_file_hold(
    key: str, diagnosis: WorkingDiagnosis, stages_that_suit: set[int]
) -> None:
    suits = {s for s in diagnosis.stages if why_unsuitable(LIBRARY[key], diagnosis, s, LOW) is None}
    assert suits == stages_that_suit


@pytest.mark.parametrize(
    ("findings", "suits"), [(set(), False), ({"slump"}, True), ({"slump_sd"}, True), ({"slr_pain"}, False)]
)
def test_a_slump_stretch_needs_a_positive_slump(findings: set[str], suits: bool) -> None:
    reason = why_unsuitable(LIBRARY["slump_stretch"], W.HAMSTRING_STRAIN, 3, LOW, findings)
    assert (reason is None) is suits


def test_a_painful_gaenslen_locks_the_long_hip_flexor_stretch() -> None:
    stretch = LIBRARY["hip_flexor_stretch_kneeling"]
    assert why_unsuitable(stretch, W.SIJ, 3, LOW) is None
    assert "Gaenslen" in (why_unsuitable(stretch, W.SIJ, 3, LOW, {"sij_gaenslen"}) or "")


@given(st.sampled_from(list(LIBRARY.values())), irritabilities)
def test_a_mixed_picture_allows_only_what_all_four_allow_at_first(
    exercise: Exercise, irritability: Irritability | None
) -> None:
    mixed = why_unsuitable(exercise, W.MIXED, None, irritability)
    each = [why_unsuitable(exercise, d, 1, irritability) for d in (W.HAMSTRING_STRAIN, W.PHT, W.SIJ, W.NERVE)]
    assert (mixed is None) == (not any(each))


@given(st.sampled_from(list(LIBRARY.values())), st.sampled_from(STAGED))
def test_more_irritable_never_allows_more(exercise: Exercise, case: Case) -> None:
    if why_unsuitable(exercise, *case, LOW) is not None:
        assert why_unsuitable(exercise, *case, HIGH) is not None


@given(st.sampled_from(list(LIBRARY.values())), st.sampled_from(STAGED))
def test_a_later_stage_never_allows_less(exercise: Exercise, case: Case) -> None:
    diagnosis, stage = case
    assert stage is not None
    if stage + 1 in diagnosis.stages and why_unsuitable(exercise, diagnosis, stage, LOW) is None:
        assert why_unsuitable(exercise, diagnosis, stage + 1, LOW) is None


def test_to_refer_speaks_against_every_exercise_and_outside_against_none() -> None:
    assert all(why_unsuitable(e, W.REFER, None, None) for e in LIBRARY.values())
    assert not any(why_unsuitable(e, W.OUTSIDE, None, None) for e in LIBRARY.values())
