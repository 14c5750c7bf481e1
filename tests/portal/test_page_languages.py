"""The patient's page in the language its program was issued in."""

import copy
import re

import pytest

from clinic.models import Patient
from clinic.tenancy import clinic_scope
from programs.models import ProgramVersion
from tests.portal.conftest import Runner


def issue_in(runner: Runner, in_language: str, /, **first_line: object) -> None:
    """A newer version in another language: issued ones never change."""
    old = runner.version
    content = copy.deepcopy(old.content)
    content["language"] = in_language
    content["lines"][0] |= first_line
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        runner.version = ProgramVersion.objects.create(
            clinic=runner.world.clinic,
            program=old.program,
            number=old.number + 1,
            issued_by=runner.world.clinician,
            starts_on=old.starts_on,
            ends_on=old.ends_on,
            content=content,
        )
        Patient.objects.update(language=in_language)


def test_the_page_of_a_french_program_is_french(runner: Runner) -> None:
    issue_in(runner, "fr", name="Pont sur une jambe", language="fr")
    answer = runner.client.get(runner.url)
    page = answer.text
    assert '<html lang="fr">' in page
    assert answer["Content-Language"] == "fr"
    assert "Aujourd’hui, 0 sur" in page
    assert "Quand arrêter et demander de l’aide" in page
    assert re.search(r"(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) \d+ \w+", page)
    for english in ("Tick all as done", "When to stop", "Start<", "Today,"):
        assert english not in page
    step = runner.client.get(runner.exercise_url()).text
    assert "Douleur pendant l’exercice" in step
    assert "(Anglais)" not in step.partition("</h2>")[0]


def test_an_exercise_that_stayed_english_says_so_and_is_read_out_as_english(runner: Runner) -> None:
    issue_in(runner, "de", language="en")
    step = runner.client.get(runner.exercise_url()).text
    assert '<bdi lang="en">One-leg bridge</bdi> (Englisch)' in step
    assert '<ul class="cues" lang="en">' in step
    assert "(Englisch)" in runner.page()


def test_an_english_page_has_no_marks(runner: Runner) -> None:
    assert "(English)" not in runner.page()


@pytest.mark.parametrize(
    ("asked", "language"),
    [("de-AT,de;q=0.9,en;q=0.5", "de"), ("nl,fr;q=0.7", "fr"), ("pl", "en"), ("", "en"), ("en;q=0.2, es;q=0.8", "es")],
)
def test_a_link_that_opens_nothing_answers_in_the_browsers_language(runner: Runner, asked: str, language: str) -> None:
    answer = runner.client.get("/my/" + "x" * 32 + "/", headers={"Accept-Language": asked})
    assert answer.status_code == 404
    assert f'<html lang="{language}">' in answer.text


def test_a_note_that_runs_from_right_to_left_stands_in_its_own_box(runner: Runner) -> None:
    note = "\u0628\u0628\u0637\u0621 (3)"
    issue_in(runner, "de", note=note)
    assert f"<bdi>{note}</bdi>" in runner.client.get(runner.exercise_url()).text
