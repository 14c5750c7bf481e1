"""A diagnosis as a course of phases: ordered, one of them current, in words the runner can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from clinic.vocabulary.sides import DoseSide, PainfulSide
from programs.library.catalogue import LIBRARY, PROTOCOLS
from programs.library.phases import phases_for
from programs.library.proposal import propose, why_unsuitable

W, P = WorkingDiagnosis, PainfulSide
CASES = [(diagnosis, stage) for diagnosis in W for stage in diagnosis.stages]
LANGUAGES = ("en", "de", "fr", "es")


@pytest.mark.parametrize("diagnosis", [d for d in W if d.stages])
def test_every_stage_is_a_phase_in_order_and_the_patients_one_is_current(diagnosis: WorkingDiagnosis) -> None:
    for stage in diagnosis.stages:
        phases = phases_for(diagnosis, stage, P.LEFT)
        assert [phase.stage for phase in phases] == list(diagnosis.stages)
        assert [phase.number for phase in phases] == list(range(1, len(phases) + 1))
        assert [phase.stage for phase in phases if phase.is_current] == [stage]


def test_without_a_stage_the_first_phase_is_current() -> None:
    assert phases_for(W.PHT, None, P.LEFT)[0].is_current


def test_a_mixed_picture_is_one_phase_and_what_has_no_protocol_has_none() -> None:
    (phase,) = phases_for(W.MIXED, None, P.LEFT)
    assert (phase.stage, phase.is_current) == (0, True)
    assert phases_for(W.REFER, None, P.LEFT) == ()
    assert phases_for(W.OUTSIDE, None, P.LEFT) == ()


def test_a_stage_the_diagnosis_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="sij has stages 1 to 3, not 4"):
        phases_for(W.SIJ, 4, P.LEFT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_criteria_are_in_the_runners_language(language: str) -> None:
    for diagnosis, stage in CASES:
        for phase in phases_for(diagnosis, stage, P.RIGHT, language=language):
            english = PROTOCOLS[diagnosis, phase.stage]
            assert phase.language == language
            assert len(phase.criteria) == len(english.move_on)
            assert (phase.title == english.title) is (language == "en")


def test_a_language_we_do_not_have_is_answered_in_english_and_says_so() -> None:
    phase = phases_for(W.PHT, 1, P.LEFT, language="ar")[0]
    assert (phase.language, phase.title) == ("en", PROTOCOLS[W.PHT, 1].title)


@given(st.sampled_from(CASES), st.sampled_from([None, *Irritability]), st.sampled_from(list(P)))
def test_the_current_phase_is_the_proposal_and_no_phase_has_what_does_not_suit_it(
    case: tuple[WorkingDiagnosis, int], irritability: Irritability | None, painful: PainfulSide
) -> None:
    for phase in phases_for(*case, painful, irritability=irritability):
        if phase.is_current:
            assert phase.lines == propose(*case, irritability, painful).lines
        assert 2 <= len(phase.lines) <= 4
        for line in phase.lines:
            assert why_unsuitable(LIBRARY[line.exercise], case[0], phase.stage, None) is None


def test_later_phases_know_the_injured_side() -> None:
    second = phases_for(W.HAMSTRING_STRAIN, 1, P.RIGHT)[1]
    assert {line.dose.side for line in second.lines} == {DoseSide.RIGHT}
