"""Phases of a draft: proposed from where the runner is, worded, moved between, and issued one at a time."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from clinic.models import Patient
from programs.actions import (
    add_phase,
    change_phase,
    issue_program,
    move_to_phase,
    propose_program,
    remove_phase,
    take_back,
)
from programs.freezing import has_unissued_changes
from programs.models import DraftStep, Program, ProgramLine
from programs.queries import lines_of
from tests.programs.test_builder import HTMX, lines, prefix, url
from tests.programs.test_issuing import TODAY
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed


def at_stage(clinic: World, diagnosis: str, stage: int | None) -> Program:
    assessment = make_signed(clinic, make_episode(clinic), diagnosis=diagnosis, stage=stage)
    return propose_program(by=clinic.clinician, assessment=assessment)


@pytest.mark.parametrize(
    ("diagnosis", "stage", "stages"),
    [
        ("pht", 1, [1, 2, 3, 4]),
        ("pht", 3, [3, 4]),
        ("hamstring_strain", 2, [2, 3, 4]),
        ("sij", 3, [3]),
        ("nerve", 1, [1, 2, 3]),
        ("mixed", None, [None]),
    ],
)
def test_the_phases_begin_where_the_runner_is(
    clinic: World, diagnosis: str, stage: int | None, stages: list[int | None]
) -> None:
    program = at_stage(clinic, diagnosis, stage)
    assert [phase["stage"] for phase in program.phases] == stages
    assert all(phase["title"] and phase["criteria"] for phase in program.phases)
    for number in range(1, len(stages) + 1):
        assert 2 <= ProgramLine.objects.filter(program=program, phase=number).count() <= 4


def test_the_page_shows_the_current_phase_open_and_later_ones_folded(browser: Client, program: Program) -> None:
    page = browser.get(url("builder", program)).content.decode()
    assert 'id="phase-1" open' in page
    assert 'id="phase-2">' in page
    assert "Bending the hip with load hurts at 3 or less." in page


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_the_fields_of_a_later_phase_come_when_it_is_opened(
    browser: Client, program: Program, headers: dict[str, str]
) -> None:
    """Folded away they would only make every answer longer."""
    later = ProgramLine.objects.filter(program=program, phase=2).first()
    assert later
    field = f'name="{prefix(later)}-dose"'
    assert field not in browser.get(url("builder", program)).content.decode()
    page = browser.get(url("builder", program), {"open": 2}, headers=headers).content.decode()
    assert field in page
    assert ("<html" in page) is not bool(headers)
    assert browser.get(url("builder", program), {"open": "²"}).status_code == 200
    typed = {"how": "line", f"{prefix(later)}-dose": "2x5"}
    saved = browser.post(url("line", program, later.pk), typed, headers=HTMX).content.decode()
    assert 'id="phase-2" open' in saved


def test_moving_on_changes_stage_running_and_what_is_suitable(browser: Client, program: Program) -> None:
    answer = browser.post(url("phase_move", program, 2), headers=HTMX)
    assert 'id="phase-2" open' in answer.content.decode()
    program.refresh_from_db()
    assert (program.phase, program.stage) == (2, 2)
    assert "Flat ground, short steps" in program.running_advice["text"]
    assert "Unsuitable" not in answer.content.decode()


def test_running_advice_in_own_words_stays_when_the_runner_moves_on(clinic: World, program: Program) -> None:
    program.running_advice = program.running_advice | {"text": "Grass only."}
    program.save()
    move_to_phase(by=clinic.clinician, program=program, number=2)
    program.refresh_from_db()
    assert program.running_advice["text"] == "Grass only."


def test_a_version_holds_the_current_phase_and_names_those_ahead(clinic: World, program: Program) -> None:
    content = issue_program(by=clinic.clinician, program=program, today=TODAY).content
    assert [line["line"] for line in content["lines"]] == [str(line.pk) for line in lines(program)]
    assert [phase["is_current"] for phase in content["phases"]] == [True, False, False, False]
    assert content["phases"][0]["lines"] == list(content["doses"])
    assert content["phases"][1]["title"] == "Slow strength with the hip straight"
    assert content["criteria"] == content["phases"][0]["criteria"]


def test_the_librarys_phases_are_issued_in_the_runners_language_and_own_words_as_written(
    clinic: World, program: Program
) -> None:
    Patient.objects.filter(pk=program.episode.patient_id).update(language="de")
    change_phase(by=clinic.clinician, program=program, number=2, title="Own words", criteria=["Ready"])
    phases = issue_program(by=clinic.clinician, program=program, today=TODAY).content["phases"]
    assert phases[0]["language"] == "de"
    assert phases[0]["title"] != program.phases[0]["title"]
    assert (phases[1]["title"], phases[1]["criteria"]) == ("Own words", ["Ready"])
    assert phases[1]["language"] == clinic.clinic.language


def test_a_changed_phase_counts_as_an_unissued_change(clinic: World, program: Program) -> None:
    version = issue_program(by=clinic.clinician, program=program, today=TODAY)
    program.refresh_from_db()
    assert not has_unissued_changes(program, lines_of(program), version)
    change_phase(by=clinic.clinician, program=program, number=3, title="Spring later", criteria=[])
    program.refresh_from_db()
    assert has_unissued_changes(program, lines_of(program), version)


def test_phases_are_added_filled_removed_and_brought_back(clinic: World, browser: Client, program: Program) -> None:
    sent = {"new-phase-title": "Race week", "new-phase-criteria": "Feels ready\n\nSlept well"}
    browser.post(url("phase_add", program), sent, headers=HTMX)
    program.refresh_from_db()
    assert program.phases[-1] == {"title": "Race week", "criteria": ["Feels ready", "Slept well"], "stage": None}
    inside = ProgramLine.objects.filter(program=program, phase=2).count()
    remove_phase(by=clinic.clinician, program=program, number=2)
    program.refresh_from_db()
    assert [phase["stage"] for phase in program.phases] == [1, 3, 4, None]
    assert ProgramLine.objects.filter(program=program, phase=4).count() == 0
    step = DraftStep.objects.filter(program=program).first()
    assert step
    take_back(by=clinic.clinician, program=program, number=step.number)
    program.refresh_from_db()
    assert [phase["stage"] for phase in program.phases] == [1, 2, 3, 4, None]
    assert ProgramLine.objects.filter(program=program, phase=2).count() == inside


def test_the_phase_the_runner_is_in_is_not_removed(clinic: World, browser: Client, program: Program) -> None:
    with pytest.raises(ValidationError, match="The runner is in this phase"):
        remove_phase(by=clinic.clinician, program=program, number=1)
    answer = browser.post(url("phase_move", program, 9), headers=HTMX)
    assert answer.status_code == 422
    assert "removed meanwhile" in answer.content.decode()


def test_a_phase_without_a_title_is_said_at_the_field_with_what_was_typed(browser: Client, program: Program) -> None:
    sent = {"phase-2-title": "", "phase-2-criteria": "Kept as typed"}
    answer = browser.post(url("phase", program, 2), sent, headers=HTMX)
    assert answer.status_code == 422
    assert "Kept as typed" in answer.content.decode()
    assert 'id="phase-2" open' in answer.content.decode()


def test_a_program_from_before_phases_has_one_and_gets_more(clinic: World, browser: Client, program: Program) -> None:
    ProgramLine.objects.filter(program=program, phase__gt=1).delete()
    Program.objects.filter(pk=program.pk).update(phases=[])
    program.refresh_from_db()
    assert "Calm the tendon with still holds" in browser.get(url("builder", program)).content.decode()
    content = issue_program(by=clinic.clinician, program=program, today=TODAY).content
    assert "phases" not in content
    assert add_phase(by=clinic.clinician, program=program, title="Next", criteria=[]) == 2


def test_an_exercise_is_added_to_the_phase_that_was_chosen(browser: Client, program: Program) -> None:
    page = browser.get(url("builder_library", program), {"q": "clam", "phase": 3}, headers=HTMX)
    assert page.context["to_phase"] == 3
    offer = page.context["offers"][0]
    answer = browser.post(url("line_add", program), {"exercise": offer.exercise.pk, "phase": 3}, headers=HTMX)
    assert 'id="phase-3" open' in answer.content.decode()
    assert ProgramLine.objects.filter(program=program, phase=3, exercise=offer.exercise.pk).exists()
