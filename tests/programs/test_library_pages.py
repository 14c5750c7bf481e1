"""The library in the database and on its page."""

import json

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from programs.library.catalogue import LIBRARY
from programs.loading import exercise_content, load_library
from programs.models import Exercise
from tests.support.factories import World
from tests.support.queries import at_most

HTMX = {"HX-Request": "true"}


def test_every_entry_of_the_library_is_in_the_database(clinic: World) -> None:
    rows = {row.key: row for row in Exercise.objects.filter(clinic=None)}
    assert set(rows) == set(LIBRARY)
    for key, row in rows.items():
        assert row.content == json.loads(json.dumps(exercise_content(LIBRARY[key])))


def test_loading_again_changes_nothing(clinic: World) -> None:
    assert load_library() == (0, 0, 0)


def test_the_application_cannot_write_the_shared_library(clinic: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Exercise.objects.create(clinic=None, key="own", kind="exercise", name="x", search_text="x", content={})
    assert Exercise.objects.filter(clinic=None).update(name="x") == 0


def test_the_page_lists_everything_with_its_standing_in_few_queries(browser: Client) -> None:
    browser.get(reverse("programs:library"))
    with at_most(9):
        page = browser.get(reverse("programs:library")).content.decode()
    assert f"{len(LIBRARY)} exercises" in page
    assert "Expert opinion" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("DIVER", "The diver"),
        ("chair bridge", "Bridge on a chair"),
        ("lying buttock", "Two-leg bridge"),
        ("Nérve", "slider"),
    ],
)
def test_words_are_found_in_any_order_whatever_their_case_and_accents(
    browser: Client, typed: str, found: str | None
) -> None:
    page = browser.get(reverse("programs:library"), {"q": typed}, headers=HTMX).content.decode()
    assert page.lstrip().startswith('<div id="library-results"')
    if found:
        assert found in page


def test_nothing_found_says_what_to_try(browser: Client) -> None:
    page = browser.get(reverse("programs:library"), {"q": "<b>zzz"}).content.decode()
    assert "Nothing found for “&lt;b&gt;zzz”" in page
    assert "Try a muscle" in page


def test_kinds_filter_the_list(browser: Client) -> None:
    page = browser.get(reverse("programs:library"), {"kind": "self_test"}).content.decode()
    count = sum(exercise.kind == "self_test" for exercise in LIBRARY.values())
    assert f"{count} exercises" in page


def test_an_entry_shows_how_its_sources_and_whom_it_does_not_suit(browser: Client) -> None:
    row = Exercise.objects.get(key="supine_strap_stretch")
    browser.get(reverse("programs:library"))
    with at_most(10):
        page = browser.get(reverse("programs:exercise", args=[row.pk])).content.decode()
    assert "Not for" in page
    assert "Locked for proximal tendinopathy" in page
    assert "to be read again by" in page


def test_every_entry_has_a_page(browser: Client) -> None:
    for row in Exercise.objects.all():
        assert browser.get(reverse("programs:exercise", args=[row.pk])).status_code == 200, row.key
