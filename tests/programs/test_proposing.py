"""From a signed conclusion to a draft: what is proposed, what is refused, and what happens to a program that runs."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Assessment, Conclusion, RedFlagDecision
from clinic.models import User
from programs.actions import end_program, issue_program, propose_program
from programs.actions.propose import RefusedError, RunningError
from programs.mapping import Suitability
from programs.models import Exercise, Program, ProgramLine
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed

TODAY = date(2026, 11, 22)


def drafted(world: World, *, diagnosis: str = "pht", stage: int | None = 1, **answers: tuple[str, str]) -> Assessment:
    """An assessment with answers, not yet signed."""
    assessment = Assessment.objects.create(
        clinic=world.clinic, episode=make_episode(world), examined_on=TODAY, clinician=world.clinician
    )
    for key, (side, value) in answers.items():
        Answer.objects.create(
            clinic=world.clinic, assessment=assessment, key=key, side=side, value=value, by=world.clinician
        )
    Conclusion.objects.create(
        clinic=world.clinic, assessment=assessment, diagnosis=diagnosis, side="right", stage=stage, by=world.clinician
    )
    return assessment


def sign(world: World, assessment: Assessment) -> Assessment:
    """Signed in the table: what signing checks has its own tests."""
    from django.utils import timezone

    assessment.state, assessment.signed_at, assessment.signed_by = "signed", timezone.now(), world.clinician
    assessment.save()
    return assessment


def keys(program: Program) -> list[str]:
    """Of the current phase."""
    lines = ProgramLine.objects.filter(program=program, phase=program.phase)
    return list(lines.values_list("exercise__key", flat=True))


@pytest.mark.parametrize(
    ("diagnosis", "stages"), [("hamstring_strain", 4), ("pht", 4), ("sij", 3), ("nerve", 3), ("mixed", None)]
)
def test_every_diagnosis_and_stage_has_a_program_with_sides(clinic: World, diagnosis: str, stages: int | None) -> None:
    for stage in range(1, stages + 1) if stages else [None]:
        assessment = sign(clinic, drafted(clinic, diagnosis=diagnosis, stage=stage))
        program = propose_program(by=clinic.clinician, assessment=assessment)
        assert 2 <= len(keys(program)) <= 4
        assert {line.dose["side"] for line in program.lines.all()} <= {"right", "left", "both", "alternate"}
        assert program.running_advice["text"]


@pytest.mark.parametrize(("diagnosis", "ceiling"), [("hamstring_strain", 3), ("pht", 5), ("sij", 3), ("nerve", 2)])
def test_the_pain_ceiling_follows_the_diagnosis(clinic: World, diagnosis: str, ceiling: int) -> None:
    assessment = sign(clinic, drafted(clinic, diagnosis=diagnosis))
    assert propose_program(by=clinic.clinician, assessment=assessment).pain_ceiling == ceiling


def test_a_contributing_finding_brings_its_exercise_on_the_side_it_was_found(clinic: World) -> None:
    assessment = sign(clinic, drafted(clinic, glute_weak=("left", "present")))
    program = propose_program(by=clinic.clinician, assessment=assessment)
    line = program.lines.get(exercise__key="power_position_hold")
    assert line.dose["side"] == "left"


def test_a_contributors_exercise_is_added_by_hand_on_the_side_it_was_found(
    clinic: World, browser: Client, exercise: Callable[[str], Exercise]
) -> None:
    """The stretch goes opposite the pain by rule; found at the painful side, it goes there."""
    for side, found in (("left", {}), ("right", {"ely_or_thomas_tight": ("right", "present")})):
        assessment = sign(clinic, drafted(clinic, **found))
        program = propose_program(by=clinic.clinician, assessment=assessment)
        program.lines.filter(exercise__key="hip_flexor_stretch_kneeling").delete()
        stretch = exercise("hip_flexor_stretch_kneeling")
        browser.post(reverse("programs:line_add", args=[program.pk]), {"exercise": stretch.pk})
        assert program.lines.get(exercise=stretch).dose["side"] == side


def test_a_measure_that_was_not_taken_has_no_side(clinic: World, browser: Client) -> None:
    assessment = sign(clinic, drafted(clinic, slr_degrees=("left", "not_assessed"), power_position_s=("left", "6.5")))
    program = propose_program(by=clinic.clinician, assessment=assessment)
    assert Suitability.of(program).sides == {"power_position_hold": "left"}
    assert browser.get(reverse("programs:builder", args=[program.pk])).status_code == 200


def test_a_measured_contributor_counts_only_beyond_its_limit(clinic: World) -> None:
    fine = sign(clinic, drafted(clinic, power_position_s=("left", "2")))
    slow = sign(clinic, drafted(clinic, power_position_s=("left", "6")))
    assert "power_position_hold" not in keys(propose_program(by=clinic.clinician, assessment=fine))
    assert "power_position_hold" in keys(propose_program(by=clinic.clinician, assessment=slow))


@pytest.mark.parametrize(("diagnosis", "words"), [("refer", "to refer"), ("outside", "none of the four")])
def test_no_program_is_proposed_for_refer_or_outside(clinic: World, diagnosis: str, words: str) -> None:
    assessment = sign(clinic, drafted(clinic, diagnosis=diagnosis, stage=None))
    with pytest.raises(RefusedError, match=words):
        propose_program(by=clinic.clinician, assessment=assessment)
    assert not Program.objects.exists()


def test_no_program_is_proposed_before_signing(clinic: World) -> None:
    with pytest.raises(RefusedError, match="Sign the conclusion first"):
        propose_program(by=clinic.clinician, assessment=drafted(clinic))


def test_an_open_red_flag_stops_the_program_and_a_released_one_does_not(clinic: World) -> None:
    flagged = sign(clinic, drafted(clinic, saddle_numbness=("", "present")))
    with pytest.raises(RefusedError, match="red flag"):
        propose_program(by=clinic.clinician, assessment=flagged)
    for kind, is_refused in ((RedFlagDecision.Kind.ACTED, True), (RedFlagDecision.Kind.RELEASED, False)):
        assessment = drafted(clinic, saddle_numbness=("", "present"))
        RedFlagDecision.objects.create(
            clinic=clinic.clinic,
            assessment=assessment,
            flag="RF01",
            kind=kind,
            reason="Seen by A&E",
            by=clinic.clinician,
        )
        sign(clinic, assessment)
        if is_refused:
            with pytest.raises(RefusedError, match="red flag"):
                propose_program(by=clinic.clinician, assessment=assessment)
        else:
            assert keys(propose_program(by=clinic.clinician, assessment=assessment))


def test_a_closed_episode_gets_no_program(clinic: World) -> None:
    assessment = sign(clinic, drafted(clinic))
    assessment.episode.closed_on = TODAY
    assessment.episode.save()
    with pytest.raises(RefusedError, match="closed"):
        propose_program(by=clinic.clinician, assessment=assessment)


def test_a_program_that_runs_is_never_replaced_unasked(clinic: World, assessment: Assessment, program: Program) -> None:
    with pytest.raises(RunningError):
        propose_program(by=clinic.clinician, assessment=assessment)


def test_a_new_proposal_keeps_the_program_its_link_and_the_lines_that_stay(
    clinic: World, assessment: Assessment, program: Program
) -> None:
    issue_program(by=clinic.clinician, program=program, today=TODAY)
    stays = program.lines.get(exercise__key="prone_curl_hold").pk
    again = make_signed(clinic, assessment.episode, stage=1)
    same = propose_program(by=clinic.clinician, assessment=again, replace=True)
    assert (same.pk, same.state, same.assessment_id) == (program.pk, "issued", again.pk)
    assert same.lines.get(exercise__key="prone_curl_hold").pk == stays
    assert same.links.filter(revoked_at=None).count() == 1


def test_after_the_end_the_next_conclusion_begins_a_new_program(
    clinic: World, assessment: Assessment, program: Program
) -> None:
    end_program(by=clinic.clinician, program=program)
    assert propose_program(by=clinic.clinician, assessment=assessment).pk != program.pk


def test_an_ended_program_changes_no_more(clinic: World, program: Program) -> None:
    end_program(by=clinic.clinician, program=program)
    with pytest.raises(ValidationError, match="ended"):
        issue_program(by=clinic.clinician, program=program, today=TODAY)


def test_the_page_opens_the_builder_asks_when_a_program_runs_and_refuses_in_words(
    clinic: World, browser: Client, assessment: Assessment
) -> None:
    address = reverse("programs:propose", args=[assessment.pk])
    opened = browser.post(address)
    program = Program.objects.get()
    assert opened["Location"] == reverse("programs:builder", args=[program.pk])
    asked = browser.post(address)
    assert asked.status_code == 409
    assert "already has a program" in asked.content.decode()
    assert browser.post(address, {"replace": "yes"})["Location"] == opened["Location"]
    refused = browser.post(reverse("programs:propose", args=[drafted(clinic).pk]), follow=True)
    assert "Sign the conclusion first" in refused.content.decode()


def test_a_reader_proposes_nothing(clinic: World, assessment: Assessment, sign_in: Callable[[User], Client]) -> None:
    assert sign_in(clinic.reader).post(reverse("programs:propose", args=[assessment.pk])).status_code == 403
