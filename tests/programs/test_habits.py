"""A clinician's usual doses: kept when issued, offered the next time, one click from the library's."""

from collections.abc import Callable

from django.test import Client

from programs.actions import change_line, end_program, issue_program, propose_program
from programs.actions.habits import keep_habits
from programs.models import DoseHabit, Exercise, Program
from programs.progression.dose import Dose, to_json
from tests.programs.test_builder import HTMX, lines, url
from tests.programs.test_issuing import TODAY
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed
from tests.support.queries import at_most

OWN = Dose(sets=4, hold_s=30, rest_s=90)


def keep_own(clinic: World, program: Program) -> str:
    """The first exercise issued in the clinician's own way; its key."""
    line = lines(program)[0]
    change_line(by=clinic.clinician, line=line, dose=OWN)
    issue_program(by=clinic.clinician, program=program, today=TODAY)
    return line.exercise.key


def again(clinic: World, program: Program, irritability: str = "low") -> Program:
    """The next runner with the same conclusion."""
    end_program(by=clinic.clinician, program=program)
    assessment = make_signed(clinic, make_episode(clinic), irritability=irritability)
    return propose_program(by=clinic.clinician, assessment=assessment)


def test_a_dose_issued_in_another_way_becomes_the_usual_one_without_its_side(clinic: World, program: Program) -> None:
    key = keep_own(clinic, program)
    habit = DoseHabit.objects.get()
    assert (habit.clinician, habit.exercise_key) == (clinic.clinician, key)
    assert "side" not in habit.dose
    assert habit.dose["hold_s"] == 30


def test_what_the_library_proposed_leaves_no_habit_and_ends_one(clinic: World, program: Program) -> None:
    line = lines(program)[0]
    proposed = dict(line.dose)
    keep_own(clinic, program)
    assert DoseHabit.objects.count() == 1
    line.dose = proposed
    line.save()
    issue_program(by=clinic.clinician, program=program, today=TODAY)
    assert not DoseHabit.objects.exists()


def test_the_next_proposal_takes_the_usual_dose_on_the_right_side_and_says_so(
    clinic: World, browser: Client, program: Program
) -> None:
    key = keep_own(clinic, program)
    new = again(clinic, program)
    line = next(line for line in lines(new) if line.exercise.key == key)
    assert (line.dose["hold_s"], line.dose["side"]) == (30, "right")
    page = browser.get(url("builder", new)).content.decode()
    assert "your usual dose" in page
    assert "Take the library’s dose: 5 × 45 s hold" in page
    browser.post(url("line_usual", new, line.pk), {"to": "library"}, headers=HTMX)
    line = next(line for line in lines(new) if line.exercise.key == key)
    assert (line.dose["hold_s"], line.dose["side"]) == (45, "right")
    back = browser.post(url("line_usual", new, line.pk), {"to": "usual"}, headers=HTMX)
    assert "your usual dose" in back.content.decode()


def test_a_colleague_gets_the_librarys_dose(clinic: World, program: Program) -> None:
    keep_own(clinic, program)
    assessment = make_signed(clinic, make_episode(clinic))
    new = propose_program(by=clinic.administrator, assessment=assessment)
    assert lines(new)[0].dose["hold_s"] == 45


def test_high_irritability_goes_before_the_habit(clinic: World, program: Program) -> None:
    key = keep_own(clinic, program)
    line = next(line for line in lines(again(clinic, program, "high")) if line.exercise.key == key)
    assert (line.dose["hold_s"], line.dose["sets"]) == (45, 3)


def test_an_exercise_is_added_with_the_usual_dose(
    clinic: World, browser: Client, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    usual = {name: value for name, value in to_json(OWN).items() if name != "side"}
    DoseHabit.objects.create(
        clinic=clinic.clinic, clinician=clinic.clinician, exercise_key="prone_hip_extension", dose=usual
    )
    browser.post(url("line_add", program), {"exercise": exercise("prone_hip_extension").pk}, headers=HTMX)
    assert (lines(program)[-1].dose["sets"], lines(program)[-1].dose["side"]) == (4, "right")


def test_keeping_habits_costs_the_same_for_one_exercise_as_for_many(clinic: World, program: Program) -> None:
    found = lines(program)
    with at_most(2):
        keep_habits(by=clinic.clinician, program=program, lines=found)
