"""Finding exercises: mistyped, without accents, by what they are for and need, and never those of another clinic."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from programs import queries, shelf
from programs.actions.exercises import create_exercise
from programs.library.catalogue import LIBRARY
from programs.library.stages import keys_of_stage
from programs.models import Exercise, Program, ProgramLine
from tests.programs.own import content_of
from tests.support.exercises import many_exercises
from tests.support.factories import World
from tests.support.queries import at_most

HTMX = {"HX-Request": "true"}
PAGE = "/exercises/"
TODAY = date(2026, 11, 22)


def found(clinic: World, text: str, **more: object) -> list[str]:
    return [row.name for row in queries.exercises(clinic.clinic.pk, text=text, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed", ["one leg bridge", "ONE-LEG BRIDGE", "bridge one", "one leg brigde", "onne-leg bridg"]
)
def test_a_name_is_found_however_it_is_typed(clinic: World, typed: str) -> None:
    assert found(clinic, typed)[0] == "One-leg bridge"


def test_a_name_comes_before_a_text_that_only_mentions_it(clinic: World, exercise: Callable[[str], Exercise]) -> None:
    names = found(clinic, "bridge")
    last_named = max(number for number, name in enumerate(names) if "bridge" in name.lower())
    assert all("bridge" in name.lower() for name in names[: last_named + 1])
    assert names[0].lower().startswith("bridge")


@pytest.mark.parametrize("typed", ["hamstrnig", "glutael", "nordik", "stetch"])
def test_mistyped_words_are_understood(clinic: World, typed: str) -> None:
    assert found(clinic, typed)


def test_accents_and_our_names_in_other_languages_do_not_matter(clinic: World) -> None:
    assert found(clinic, "muschel") == ["The clam"]
    create_exercise(
        by=clinic.clinician, clinic_id=clinic.clinic.pk, content=content_of(name="Élévation du mollet"), today=TODAY
    )
    assert found(clinic, "elevation MOLLET") == ["Élévation du mollet"]


def test_gibberish_finds_nothing_and_a_word_of_one_letter_does_no_harm(clinic: World) -> None:
    assert found(clinic, "qxzzvw kkkj") == []
    assert found(clinic, "b")
    assert found(clinic, "%") == []
    assert found(clinic, "\\") == []
    assert found(clinic, "🏃") == []


def test_filters_narrow_the_list_and_go_together(clinic: World) -> None:
    def keys(**filters: object) -> set[str]:
        return {row.key for row in queries.exercises(clinic.clinic.pk, **filters)}  # type: ignore[arg-type]

    assert keys(target=["nerve"]) == {key for key, each in LIBRARY.items() if "nerve" in each.targets}
    assert keys(equipment=["none"]) == {key for key, each in LIBRARY.items() if not each.equipment}
    assert keys(equipment=["band", "strap"]) == {k for k, e in LIBRARY.items() if {"band", "strap"} & set(e.equipment)}
    assert keys(position=["prone"]) == {key for key, each in LIBRARY.items() if each.position == "prone"}
    assert keys(stage=["pht_1"]) == set(keys_of_stage("pht_1"))
    both = keys(target=["gluteal"], kind="drill")
    assert both == {key for key, each in LIBRARY.items() if "gluteal" in each.targets and each.kind == "drill"}


def test_the_guard_of_this_runner_can_be_asked(browser: Client, program: Program) -> None:
    page = browser.get(PAGE, {"program": str(program.pk), "q": "supine strap"}).content.decode()
    assert "Locked for proximal tendinopathy" in page
    page = browser.get(PAGE, {"program": str(program.pk), "fits": "on", "q": "supine strap"}).content.decode()
    assert "Locked for proximal tendinopathy" not in page


def test_from_the_library_a_suitable_exercise_goes_straight_into_the_program(
    browser: Client, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    page = browser.get(PAGE, {"program": str(program.pk), "q": "clam"}).content.decode()
    assert f'action="/programs/{program.pk}/lines/"' in page
    browser.post(f"/programs/{program.pk}/lines/", {"exercise": exercise("clam").pk})
    assert ProgramLine.objects.filter(program=program, exercise=exercise("clam")).exists()


def test_the_page_keeps_filters_in_its_address_and_says_how_many_were_found(browser: Client) -> None:
    answer = browser.get(PAGE, {"q": "bridge", "target": ["gluteal", "hamstring"], "kind": ""}, headers=HTMX)
    assert answer["HX-Replace-Url"] == "/exercises/?q=bridge&target=gluteal&target=hamstring"
    assert "exercises" in answer["HX-Trigger"]
    assert "Clear 1 filter" in answer.content.decode()


def test_what_the_address_does_not_mean_is_left_out(browser: Client) -> None:
    answer = browser.get(PAGE, {"target": "<b>", "kind": "nonsense", "page": "-7", "program": "x", "stage": "pht_99"})
    assert answer.status_code == 200


def test_an_empty_answer_to_filters_offers_to_clear_them(browser: Client) -> None:
    page = browser.get(PAGE, {"position": "running", "equipment": "bench"}).content.decode()
    assert "No exercise has all of this" in page
    assert "Clear the filters" in page


def test_a_long_library_is_paged_and_never_cut(clinic: World, browser: Client) -> None:
    many_exercises(clinic, 150)
    browser.get(PAGE)
    with at_most(9):
        first = browser.get(PAGE, {"whose": "clinic"}).content.decode()
    assert "150 exercises" in first
    assert "1 to 40 of 150" in first
    assert "121 to 150 of 150" in browser.get(PAGE, {"whose": "clinic", "page": "4"}).content.decode()


def test_the_search_of_the_top_bar_forgives_typing_too(browser: Client) -> None:
    assert "One-leg bridge" in browser.get(reverse("clinic:search"), {"q": "one-leg brigde"}).content.decode()


def test_rows_come_back_in_the_order_asked_for(clinic: World) -> None:
    ids = shelf.ids_of(queries.exercises(clinic.clinic.pk, text="bridge"))
    assert [row.pk for row in shelf.rows_of(ids[2:5], clinic.clinic.pk)] == ids[2:5]
