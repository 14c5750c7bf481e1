"""What the patient's record and the search of the top bar know of programs."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from clinic.models import User
from clinic.permissions import Permission
from programs.actions import end_program, issue_program, propose_program, tick_handover
from programs.models import Program
from programs.record import search, story
from tests.support.factories import World
from tests.support.programs import make_signed
from tests.support.queries import at_most

TODAY = timezone.localdate


def everything(_permission: Permission) -> bool:
    return True


def nothing(_permission: Permission) -> bool:
    return False


def told(assessment: Assessment, can: Callable[[Permission], bool] = everything) -> tuple[list[str], list[str]]:
    """States and steps of the assessment's episode."""
    with at_most(3):
        news = story(assessment.clinic_id, assessment.episode.patient_id, can).episodes[assessment.episode_id]
    return list(news.states), [step.text for step in news.steps]


def test_the_next_step_follows_the_program_from_conclusion_to_end(clinic: World, assessment: Assessment) -> None:
    assert told(assessment) == ([], ["Propose a program"])
    program = propose_program(by=clinic.clinician, assessment=assessment)
    assert told(assessment) == (["Program not issued yet"], ["Go on with the program"])
    issue_program(by=clinic.clinician, program=program, today=TODAY())
    states, steps = told(assessment)
    assert states[0].startswith("Program version 1, until ")
    assert states[1] == "Not handed over yet: not shown, not demonstrated, neither link nor paper"
    assert steps == ["Open the program", "Finish the handover"]
    for step in ("shown", "demonstrated", "paper"):
        tick_handover(by=clinic.clinician, version=program.versions.get(), step=step)
    assert told(assessment)[1] == ["Open the program"]
    again = make_signed(clinic, assessment.episode, stage=2)
    assert told(again)[1] == ["Open the program", "Propose the next program"]
    end_program(by=clinic.clinician, program=program)
    entries = story(clinic.clinic.pk, assessment.episode.patient_id, everything).entries
    assert {entry.title for entry in entries} == {"Program issued, version 1", "Program ended"}


def test_a_reader_is_offered_nothing_that_changes(clinic: World, assessment: Assessment) -> None:
    assert told(assessment, nothing) == ([], [])
    propose_program(by=clinic.clinician, assessment=assessment)
    assert told(assessment, nothing)[1] == ["Look at the draft program"]


def test_to_refer_offers_no_program(clinic: World, assessment: Assessment) -> None:
    referred = make_signed(clinic, assessment.episode, diagnosis="refer")
    assert told(referred)[1] == []


def test_the_record_page_shows_it(browser: Client, assessment: Assessment, program: Program) -> None:
    page = browser.get(reverse("clinic:patient", args=[assessment.episode.patient_id])).content.decode()
    assert reverse("programs:builder", args=[program.pk]) in page


def test_the_search_finds_exercises(clinic: World, sign_in: Callable[[User], Client]) -> None:
    with at_most(2):
        hits = search(clinic.clinic.pk, "chair")
    assert any(hit.title == "Bridge on a chair" for hit in hits)
    page = sign_in(clinic.reader).get(reverse("clinic:search"), {"q": "diver"}).content.decode()
    assert "The diver" in page
