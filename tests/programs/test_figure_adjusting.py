"""A clinic adjusts a drawing: seen before it is kept, kept for this clinic alone, frozen into what is issued."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from clinic.tenancy import clinic_scope
from programs.actions import issue_program
from programs.figures import figure_data
from programs.figures.adjusting import dials
from programs.models import ClinicFigure, Exercise, Program
from tests.support.factories import World, make_clinic

Get = Callable[[str], Exercise]
KEY = "bridge_two_leg"


@pytest.fixture
def bridge(exercise: Get) -> Exercise:
    return exercise(KEY)


def at(name: str, exercise: Exercise) -> str:
    return reverse(f"programs:{name}", args=[exercise.pk])


def numbers(**changed: Any) -> dict[str, Any]:
    """All numbers of the form, some of them changed (`end_body_tilt=-110`)."""
    values = {dial.name: dial.value for dial in dials(figure_data()[KEY])}
    for name, value in changed.items():
        frame, part, quality = name.split("__")
        values[f"{frame}-{part}-{quality}"] = value
    return values


def test_the_form_begins_with_our_drawing(browser: Client, bridge: Exercise) -> None:
    page = browser.get(at("figure_adjust", bridge)).content.decode()
    assert 'name="end-body-tilt" value="-116"' in page
    assert "Near leg (right)" in page
    assert "Back to our drawing" not in page


def test_the_preview_shows_the_drawing_the_numbers_give_and_keeps_nothing(browser: Client, bridge: Exercise) -> None:
    seen = browser.post(at("figure_preview", bridge), numbers(end__body__tilt=-108)).content.decode()
    assert "data:image/svg+xml;base64," in seen
    assert "<html" not in seen
    assert not ClinicFigure.objects.exists()


@pytest.mark.parametrize("number", ["nan", "inf", "1e9", "abc", "", "<b>"])
def test_a_number_that_is_none_is_refused_and_everything_typed_stays(
    browser: Client, bridge: Exercise, number: str
) -> None:
    answer = browser.post(at("figure_adjust", bridge), numbers(end__body__tilt=number, start__near_leg__foot=54))
    assert answer.status_code == 422
    assert 'value="54"' in answer.content.decode()
    assert not ClinicFigure.objects.exists()


def test_a_foot_out_of_reach_is_said_in_words_and_nothing_is_lost(browser: Client, bridge: Exercise) -> None:
    answer = browser.post(at("figure_adjust", bridge), numbers(start__near_leg__foot=110))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Start: the near foot cannot reach: 32.2 units too far." in page
    assert 'name="start-near_leg-foot" value="110"' in page


@pytest.mark.django_db
def test_a_kept_drawing_is_shown_here_and_nowhere_else(sign_in: Callable[[User], Client]) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    browser, stranger = sign_in(here.clinician), sign_in(there.clinician)
    bridge = Exercise.objects.get(clinic=None, key=KEY)
    assert browser.post(at("figure_adjust", bridge), numbers(end__body__tilt=-108)).status_code == 302
    assert "data:image/svg+xml" in browser.get(at("exercise", bridge)).content.decode()
    found = browser.get(reverse("programs:library"), {"q": bridge.name})
    assert found.content.decode().count("data:image/svg+xml") == 1
    assert "data:image/svg+xml" not in stranger.get(at("exercise", bridge)).content.decode()
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        assert not ClinicFigure.objects.exists()


def test_our_drawing_comes_back_when_it_is_asked_for(browser: Client, bridge: Exercise) -> None:
    browser.post(at("figure_adjust", bridge), numbers(end__body__tilt=-108))
    assert "Back to our drawing" in browser.get(at("figure_adjust", bridge)).content.decode()
    browser.post(at("figure_reset", bridge))
    assert "data:image/svg+xml" not in browser.get(at("exercise", bridge)).content.decode()


def test_a_reader_looks_and_does_not_adjust(clinic: World, bridge: Exercise, sign_in: Callable[[User], Client]) -> None:
    reader = sign_in(clinic.reader)
    assert "Adjust the drawing" not in reader.get(at("exercise", bridge)).content.decode()
    assert reader.post(at("figure_adjust", bridge), numbers()).status_code == 403


def test_what_was_issued_keeps_the_drawing_it_was_issued_with(
    clinic: World, browser: Client, program: Program, exercise: Get
) -> None:
    line = program.lines.select_related("exercise").first()
    assert line is not None
    key = line.exercise.key
    own = figure_data()[KEY]
    ClinicFigure.objects.create(clinic=clinic.clinic, exercise_key=key, data=own, by=clinic.clinician)
    version = issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    frozen = {entry["exercise"]: entry.get("figure") for entry in version.content["lines"]}
    assert frozen.pop(key) == own
    assert set(frozen.values()) <= {None}
    browser.post(at("figure_reset", exercise(key)))
    version.refresh_from_db()
    assert version.content["lines"][0]["figure"] == own


def test_an_exercise_of_the_clinic_s_own_begins_with_a_drawing_that_comes_near(
    clinic: World, browser: Client, bridge: Exercise
) -> None:
    bridge.pk, bridge.clinic, bridge.key, bridge._state.adding = None, clinic.clinic, "our_bridge", True
    bridge.save()
    page = browser.get(at("figure_adjust", bridge)).content.decode()
    assert "Begin with a drawing that comes near" in page
    answer = browser.post(at("figure_adjust", bridge) + f"?like={KEY}", numbers(end__body__tilt=-108))
    assert answer.status_code == 302
    assert ClinicFigure.objects.get().exercise_key == "our_bridge"
    assert "data:image/svg+xml" in browser.get(at("exercise", bridge)).content.decode()
