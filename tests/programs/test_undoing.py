"""Undo: every change of a draft, several back, with and without script, and never somebody else's work unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from clinic.models import User
from programs.actions import add_line, change_line, change_plan, issue_program, move_line, remove_line, take_back
from programs.actions.undo import STEPS_KEPT, ChangedMeanwhileError
from programs.mapping import dose_mark, running_words
from programs.models import DraftStep, Exercise, Program, ProgramLine
from programs.progression.dose import Dose, from_json
from tests.programs.test_builder import HTMX, lines, names, prefix, url
from tests.programs.test_issuing import TODAY
from tests.support.factories import World


def draft(program: Program) -> list[Any]:
    """Everything an undo must bring back."""
    program.refresh_from_db()
    kept = ("pk", "exercise_id", "phase", "position", "dose", "note", "override_reason")
    return [
        list(ProgramLine.objects.filter(program=program).order_by("pk").values(*kept)),
        (
            program.pain_ceiling,
            program.running_advice,
            program.next_visit,
            program.phases,
            program.phase,
            program.stage,
        ),
    ]


def newest(program: Program) -> int:
    return DraftStep.objects.filter(program=program).values_list("number", flat=True).first() or 0


def test_every_change_is_taken_back_one_by_one_to_where_it_began(
    clinic: World, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    by, states = clinic.clinician, [draft(program)]
    ProgramLine.objects.filter(pk=lines(program)[0].pk).update(note="Mind the knee", override_reason="Tried")
    states[0] = draft(program)
    changes: list[Callable[[], object]] = [
        lambda: add_line(by=by, program=program, exercise=exercise("clam")),
        lambda: change_line(by=by, line=lines(program)[0], dose=Dose(sets=2, reps=8), note="Slowly"),
        lambda: move_line(by=by, line=lines(program)[1], up=True),
        lambda: remove_line(by=by, line=lines(program)[0]),
        lambda: change_plan(
            by=by,
            program=program,
            pain_ceiling=2,
            running_advice=running_words(0, ""),
            next_visit="Monday",
            starts_on=TODAY,
        ),
    ]
    for change in changes:
        change()
        states.append(draft(program))
    for before in reversed(states[:-1]):
        take_back(by=by, program=program, number=newest(program))
        assert draft(program) == before
    with pytest.raises(ValidationError, match="already undone"):
        take_back(by=by, program=program, number=1)


def test_a_change_that_changes_nothing_leaves_nothing_to_undo(clinic: World, program: Program) -> None:
    line = lines(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json(line.dose), note=line.note)
    assert not move_line(by=clinic.clinician, line=line, up=True)
    assert newest(program) == 0


def test_only_the_newest_steps_are_kept(clinic: World, program: Program) -> None:
    line = lines(program)[0]
    for reps in range(1, STEPS_KEPT + 6):
        change_line(by=clinic.clinician, line=line, dose=Dose(sets=2, reps=reps))
    numbers = list(DraftStep.objects.filter(program=program).values_list("number", flat=True))
    assert len(numbers) == STEPS_KEPT
    assert numbers[0] == STEPS_KEPT + 5


def test_a_colleagues_newer_change_is_never_taken_back_unseen(clinic: World, program: Program) -> None:
    first, second = lines(program)[:2]
    remove_line(by=clinic.clinician, line=first)
    seen = newest(program)
    change_line(by=clinic.administrator, line=second, dose=Dose(sets=1, reps=3))
    before = draft(program)
    with pytest.raises(ChangedMeanwhileError, match="Ada Lindqvist changed the program"):
        take_back(by=clinic.clinician, program=program, number=seen)
    assert draft(program) == before


def test_a_dose_somebody_changed_meanwhile_is_not_overwritten(clinic: World, browser: Client, program: Program) -> None:
    line = lines(program)[0]
    seen = dose_mark(line)
    change_line(by=clinic.administrator, line=line, dose=Dose(sets=1, reps=3))
    sent = {"how": "line", f"{prefix(line)}-dose": "3x10", "seen": seen}
    answer = browser.post(url("line", program, line.pk), sent, headers=HTMX)
    assert answer.status_code == 422
    assert "Somebody changed this exercise meanwhile" in answer.content.decode()
    assert lines(program)[0].dose["reps"] == 3
    again = sent | {"seen": dose_mark(lines(program)[0])}
    assert browser.post(url("line", program, line.pk), again, headers=HTMX).status_code == 200
    assert lines(program)[0].dose["reps"] == 10


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_the_button_names_the_change_and_works_without_script(
    browser: Client, program: Program, headers: dict[str, str]
) -> None:
    line = lines(program)[0]
    browser.post(url("line_remove", program, line.pk), headers=headers)
    assert line.exercise.key not in names(program)
    page = browser.get(url("builder", program)).content.decode()
    assert f"Undo: Removed {line.exercise.name}" in page
    answer = browser.post(url("undo", program), {"step": newest(program)}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    assert lines(program)[0].pk == line.pk
    twice = browser.post(url("undo", program), {"step": 1}, headers=HTMX)
    assert twice.status_code == 422
    assert "already undone" in twice.content.decode()


def test_a_colleagues_change_carries_the_colleagues_name(
    clinic: World, program: Program, sign_in: Callable[[User], Client]
) -> None:
    remove_line(by=clinic.clinician, line=lines(program)[0])
    page = sign_in(clinic.administrator).get(url("builder", program)).content.decode()
    assert "(Ines Halvard)" in page


@pytest.mark.parametrize("step", ["", "x", "-1", "99", "²"])
def test_a_wrong_step_changes_nothing(browser: Client, program: Program, step: str) -> None:
    remove_line(by=program.clinician, line=lines(program)[0])
    before = draft(program)
    assert browser.post(url("undo", program), {"step": step}, headers=HTMX).status_code == 422
    assert draft(program) == before


def test_undoing_after_issuing_leaves_what_was_issued(clinic: World, program: Program) -> None:
    removed = lines(program)[0]
    remove_line(by=clinic.clinician, line=removed)
    version = issue_program(by=clinic.clinician, program=program, today=TODAY)
    take_back(by=clinic.clinician, program=program, number=newest(program))
    version.refresh_from_db()
    assert str(removed.pk) not in version.content["doses"]
    assert removed.pk in [line.pk for line in lines(program)]
