"""Clinics' own exercises: written, changed, retired; ours adapted without losing what we improve."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic.models import User
from clinic.tenancy import clinic_scope
from programs import queries
from programs.actions import add_line
from programs.actions.exercises import (
    adapt_exercise,
    change_exercise,
    create_exercise,
    restore_exercise,
    retire_exercise,
    take_over,
)
from programs.forms.exercises import ExerciseForm
from programs.loading import content_hash, follow_ours, settle
from programs.models import ClinicFigure, Exercise, Program, ProgramLine
from programs.presenters.own import news_of
from tests.programs.own import content_of, typed
from tests.support.factories import World, make_clinic

TODAY = date(2026, 11, 22)
NEW = "/exercises/new/"
Known = Callable[[str], Exercise]


def mine(clinic: World, **changes: Any) -> Exercise:
    return create_exercise(by=clinic.clinician, clinic_id=clinic.clinic.pk, content=content_of(**changes), today=TODAY)


def adapted(clinic: World, ours: Exercise, **changes: Any) -> Exercise:
    return adapt_exercise(
        by=clinic.clinician, clinic_id=clinic.clinic.pk, ours=ours, content={**ours.content, **changes}
    )


def page_of(browser: Client, exercise: Exercise, name: str = "exercise") -> str:
    return browser.get(reverse(f"programs:{name}", args=[exercise.pk])).content.decode()


def changed_by_us(ours: Exercise, **changes: Any) -> None:
    """As if a new edition of the library had been loaded, which only the owner of the tables may do."""
    ours.content = ours.content | changes
    ours.content_hash = content_hash(ours.content)
    settle(ours)


def test_an_exercise_is_written_found_and_put_into_a_program(browser: Client, clinic: World, program: Program) -> None:
    answer = browser.post(NEW, typed())
    own = Exercise.objects.get(clinic=clinic.clinic)
    assert answer["Location"] == f"/exercises/{own.pk}/"
    assert own.content["steps"] == ["Lift your hips.", "Pull the towel in.", "Lower slowly."]
    assert own.content["dose"]["reps"] == 10
    assert own.content["dose"]["side"] == "alternate"
    page = page_of(browser, own)
    assert "Your clinic" in page
    assert "Strideback has not reviewed it" in page
    assert [row.pk for row in queries.exercises(clinic.clinic.pk, text="towel bridge")] == [own.pk]
    line = add_line(by=clinic.clinician, program=program, exercise=queries.by_key([own.key], clinic.clinic.pk)[own.key])
    assert ProgramLine.objects.get(pk=line.pk).exercise.name == "Towel bridge"
    assert browser.get(reverse("programs:builder", args=[program.pk])).status_code == 200


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "x" * 300, "At most 120 characters; these are 300."),
        ("name", "  ", "Fill this in."),
        ("dose", "3x10 purple", "is not understood"),
        ("dose", "3x10 left", "Leave the side out"),
        ("steps", "\n\n", "Fill this in."),
        ("steps", "\n".join("abcdefghij"), "At most 8 lines; these are 10."),
        ("targets", [], "Tick at least one"),
        ("video_url", "http://example.org/v", "beginning with https://"),
        ("video_url", "javascript:alert(1)", "beginning with https://"),
        ("video_url", "https://user:pw@example.org/", "beginning with https://"),
        ("side_rule", "sideways", "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_typed_is_lost(
    browser: Client, clinic: World, field: str, value: Any, words: str
) -> None:
    answer = browser.post(NEW, typed(purpose="So that nothing is lost.", **{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "So that nothing is lost." in page
    if isinstance(value, str) and value.strip() and field != "side_rule":
        assert value.splitlines()[0] in page
    assert not Exercise.objects.filter(clinic=clinic.clinic).exists()


@pytest.mark.parametrize("name", ["<b>Bridge</b>", "Bridge & more", "Bridge 🏃‍♀️", "جسر على ساق واحدة", "x" * 120])
def test_unusual_names_are_shown_as_they_were_typed(browser: Client, clinic: World, name: str) -> None:
    browser.post(NEW, typed(name=name, purpose=name))
    own = Exercise.objects.get(clinic=clinic.clinic)
    assert own.name == name
    for page in (page_of(browser, own), browser.get("/exercises/", {"q": name[:60]}).content.decode()):
        assert name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page
        assert "<b>Bridge" not in page


def test_an_adaptation_takes_the_place_of_ours_and_keeps_only_what_was_changed(
    browser: Client, clinic: World, exercise: Known
) -> None:
    ours = exercise("clam")
    form = browser.get(f"/exercises/{ours.pk}/edit/").context["form"].initial | {"seen": ours.content_hash}
    answer = browser.post(f"/exercises/{ours.pk}/edit/", form | {"purpose": "Our clinic's reason."})
    own = Exercise.objects.get(clinic=clinic.clinic)
    assert answer["Location"] == f"/exercises/{own.pk}/"
    assert own.key == ours.key
    assert own.adapted_hash == ours.content_hash
    assert {name for name in own.content if name != "based_on"} == {"purpose"}
    assert own.whole["steps"] == ours.content["steps"]
    found = queries.exercises(clinic.clinic.pk, text=ours.name)
    assert [row.pk for row in found if row.key == "clam"] == [own.pk]
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"] == own
    assert "Adapted here" in page_of(browser, own)
    assert "Your clinic adapted this exercise" in page_of(browser, ours)


def test_two_people_changing_an_exercise_at_once_hear_of_each_other(
    browser: Client, clinic: World, exercise: Known
) -> None:
    own = mine(clinic)
    late = typed(name="The second name", seen=own.content_hash)
    browser.post(f"/exercises/{own.pk}/edit/", typed(name="The first name", seen=own.content_hash))
    answer = browser.post(f"/exercises/{own.pk}/edit/", late)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Somebody changed this exercise meanwhile" in page
    assert "The second name" in page
    own.refresh_from_db()
    assert own.name == "The first name"
    browser.post(f"/exercises/{own.pk}/edit/", late | {"seen": own.content_hash})
    own.refresh_from_db()
    assert own.name == "The second name"
    ours = exercise("clam")
    adapted(clinic, ours, purpose="A colleague's reason.")
    form = ExerciseForm.initial_of(ours.content) | {"purpose": "Mine.", "seen": ours.content_hash}
    assert browser.post(f"/exercises/{ours.pk}/edit/", form).status_code == 422
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"].whole["purpose"] == "A colleague's reason."


def test_what_we_improve_reaches_the_clinic_except_where_it_said_something_else(clinic: World, exercise: Known) -> None:
    ours = exercise("clam")
    own = adapted(clinic, ours, purpose="Our clinic's reason.")
    changed_by_us(ours, purpose="A better reason.", start="A clearer start.", sources=[])
    own.adapts = ours
    assert own.whole["purpose"] == "Our clinic's reason."
    assert own.whole["start"] == "A clearer start."
    first, second = news_of(own)
    assert (first.label, first.now, first.mine) == ("Purpose", ["A better reason."], ["Our clinic's reason."])
    assert (second.label, second.mine) == ("Start", [])


def test_a_new_edition_of_the_library_renames_what_the_clinic_did_not_name(clinic: World, exercise: Known) -> None:
    clam, diver = (
        adapted(clinic, exercise("clam"), purpose="Our reason."),
        adapted(clinic, exercise("diver"), name="Ours"),
    )
    Exercise.objects.filter(pk__in=[clam.pk, diver.pk]).update(name="As we once called it", search_text="once")
    follow_ours(clinic.clinic.pk)
    clam.refresh_from_db()
    diver.refresh_from_db()
    assert (clam.name, diver.name) == (exercise("clam").name, "Ours")
    assert "our reason" in clam.search_text


def test_the_clinic_keeps_its_words_or_takes_ours_field_by_field(
    browser: Client, clinic: World, exercise: Known
) -> None:
    ours = exercise("clam")
    own = adapted(clinic, ours, purpose="Our reason.", easier="Our easier way.")
    was = own.content["based_on"] | {"purpose": "An older reason.", "easier": "Older."}
    Exercise.objects.filter(pk=own.pk).update(adapted_hash="older", content=own.content | {"based_on": was})
    assert "Ours changed since your clinic adapted it" in page_of(browser, own)
    news = page_of(browser, own, "own_news")
    for words in ("An older reason.", ours.content["purpose"], "Our reason."):
        assert words in news
    browser.post(f"/exercises/{own.pk}/news/", {"take-purpose": "mine", "take-easier": "ours", "take-dose": "ours"})
    own = Exercise.objects.select_related("adapts").get(pk=own.pk)
    assert own.whole["purpose"] == "Our reason."
    assert own.whole["easier"] == ours.content["easier"]
    assert own.adapted_hash == ours.content_hash
    assert news_of(own) == []


def test_editing_an_adaptation_does_not_hide_that_ours_changed(clinic: World, exercise: Known) -> None:
    own = adapted(clinic, exercise("clam"), purpose="Our reason.")
    Exercise.objects.filter(pk=own.pk).update(adapted_hash="older")
    own.refresh_from_db()
    content = own.whole | {"purpose": "Another reason."}
    change_exercise(by=clinic.clinician, exercise=own, content=content, video_url="", today=TODAY)
    own.refresh_from_db()
    assert own.adapted_hash == "older"
    assert own.whole["purpose"] == "Another reason."


def test_taking_everything_back_leaves_ours(clinic: World, exercise: Known) -> None:
    ours = exercise("clam")
    own = adapted(clinic, ours, purpose="Our reason.")
    own = take_over(by=clinic.clinician, exercise=own, take=["purpose"])
    assert {**own.whole, "based_on": None} == {**ours.content, "based_on": None}


def test_a_retired_exercise_stays_in_drafts_that_have_it_and_can_be_offered_again(
    browser: Client, clinic: World, program: Program
) -> None:
    own = mine(clinic)
    line = add_line(by=clinic.clinician, program=program, exercise=own)
    assert "Retire this exercise?" in page_of(browser, own, "own_retire")
    browser.post(f"/exercises/{own.pk}/retire/")
    assert not queries.exercises(clinic.clinic.pk, text="towel bridge").exists()
    assert "Towel bridge" in browser.get("/exercises/", {"whose": "retired"}).content.decode()
    assert ProgramLine.objects.filter(pk=line.pk).exists()
    builder = browser.get(reverse("programs:builder", args=[program.pk])).content.decode()
    assert "Towel bridge" in builder
    assert "Retired from the library since" in builder
    browser.post(f"/exercises/{own.pk}/restore/")
    assert queries.exercises(clinic.clinic.pk, text="towel bridge").exists()


def test_giving_up_an_adaptation_shows_ours_and_keeps_the_words_for_later(clinic: World, exercise: Known) -> None:
    ours = exercise("clam")
    own = adapted(clinic, ours, purpose="Our reason.")
    retire_exercise(by=clinic.clinician, exercise=own)
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"] == ours
    restore_exercise(by=clinic.clinician, exercise=own)
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"].whole["purpose"] == "Our reason."
    retire_exercise(by=clinic.clinician, exercise=own)
    again = adapted(clinic, ours, purpose="A third reason.")
    assert again.pk == own.pk
    assert again.whole["purpose"] == "A third reason."


def test_a_copy_goes_its_own_way_with_our_drawing_and_sources(browser: Client, clinic: World, exercise: Known) -> None:
    ours = exercise("clam")
    form = browser.get(NEW, {"like": str(ours.pk)}).context["form"].initial
    assert form["name"] == "The clam, our way"
    browser.post(f"{NEW}?like={ours.pk}", form)
    own = Exercise.objects.get(clinic=clinic.clinic)
    assert own.adapts is None
    assert own.key != ours.key
    assert own.content["sources"] == ours.content["sources"]
    assert own.content["reviewed"]["author"] == clinic.clinician.name
    assert ClinicFigure.objects.filter(exercise_key=own.key).exists()
    assert queries.by_key(["clam"], clinic.clinic.pk)["clam"] == ours


def test_ours_cannot_be_edited_retired_or_restored(browser: Client, clinic: World, exercise: Known) -> None:
    ours = exercise("clam")
    for name in ("news", "retire", "restore"):
        assert browser.post(f"/exercises/{ours.pk}/{name}/").status_code == 404
    with pytest.raises(ValidationError):
        retire_exercise(by=clinic.clinician, exercise=ours)


def test_a_reader_looks_and_does_not_change(clinic: World, sign_in: Callable[[User], Client]) -> None:
    own, reader = mine(clinic), sign_in(clinic.reader)
    page = page_of(reader, own)
    assert "Towel bridge" in page
    for word in ("Edit", "Retire", "Add a picture"):
        assert f">{word}<" not in page
    assert reader.get(NEW).status_code == 403
    for name in ("edit", "retire", "restore", "picture"):
        assert reader.post(f"/exercises/{own.pk}/{name}/").status_code == 403


def test_another_clinic_never_meets_it(clinic: World) -> None:
    own = mine(clinic)
    connection.cursor().execute("SELECT set_config('strideback.clinic_id', '', true)")
    connection.strideback_scope = ("", "")  # type: ignore[attr-defined]
    there = make_clinic("Elsewhere")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        assert not queries.exercises(there.clinic.pk, text="towel bridge").exists()
        assert not Exercise.objects.filter(pk=own.pk).exists()
    client = Client()
    client.force_login(there.clinician)
    for name in ("", "edit/", "retire/", "picture/"):
        assert client.get(f"/exercises/{own.pk}/{name}").status_code == 404
    assert client.get(NEW, {"like": str(own.pk)}).status_code == 404


def test_the_video_is_a_plain_link_that_says_where_it_leads(browser: Client, clinic: World) -> None:
    browser.post(NEW, typed(video_url="https://videos.example.org/watch?v=1&t=2"))
    page = page_of(browser, Exercise.objects.get(clinic=clinic.clinic))
    assert 'href="https://videos.example.org/watch?v=1&amp;t=2" rel="noopener noreferrer"' in page
    assert "Video on videos.example.org" in page
    assert "<iframe" not in page
