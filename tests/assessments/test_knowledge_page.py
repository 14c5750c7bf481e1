"""The knowledge page: everything with its source, found by any word."""

from django.urls import reverse

from assessments.reasoning import CONTRIBUTORS, CRITERIA, FINDINGS, KNOWLEDGE_VERSION, RED_FLAGS
from tests.assessments.conftest import SignIn
from tests.support.factories import World
from tests.support.queries import at_most

PAGE = reverse("assessments:knowledge")


def test_everything_stands_there_with_version_source_and_review(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.reader)
    page = client.get(PAGE).content.decode()
    total = len(RED_FLAGS) + len(CRITERIA) + len(FINDINGS) - 1 + len(CONTRIBUTORS)
    assert f"{total} entries" in page
    assert KNOWLEDGE_VERSION in page
    assert page.count("Reviewed ") == total
    assert "RF01" in page
    assert "expert opinion, no study behind it" in page
    with at_most(6):
        client.get(PAGE)


def test_every_word_must_be_found(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.reader)
    page = client.get(PAGE, {"q": "thigh thrust laslett"}).content.decode()
    assert "Thigh thrust" in page
    assert "Cauda" not in page
    assert "Nothing holds all of these words" in client.get(PAGE, {"q": "thigh zzz"}).content.decode()


def test_while_typing_only_the_entries_come_back(clinic: World, sign_in: SignIn) -> None:
    page = sign_in(clinic.reader).get(PAGE, {"q": "<slump>"}, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div class="stack" id="entries">')
    assert "<slump>" not in page
