"""The paper seen from the page: its progress, its file, another try."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AccessEntry, User
from programs.actions import issue_program
from programs.models import Handout, Program
from tests.programs.test_builder import HTMX
from tests.support.factories import World
from tests.support.queries import at_most


@pytest.fixture
def handout(clinic: World, program: Program) -> Handout:
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    return Handout.objects.get()


def at(name: str, handout: Handout) -> str:
    return reverse(f"programs:{name}", args=[handout.pk])


def become(handout: Handout, **fields: object) -> None:
    Handout.objects.filter(pk=handout.pk).update(**fields)


@pytest.mark.parametrize(
    ("state", "asks_again", "words"),
    [
        ("queued", True, "waiting for its turn"),
        ("working", True, "Making the handout"),
        ("done", False, "The handout is ready"),
        ("failed", False, "could not be made"),
    ],
)
def test_the_line_asks_every_second_until_the_job_is_over(
    browser: Client, handout: Handout, state: str, asks_again: bool, words: str
) -> None:
    become(handout, state=state, error="No room.", finished_at=timezone.now())
    page = browser.get(at("handout", handout), headers=HTMX).content.decode()
    assert ("every 1s" in page) is asks_again
    assert words in page
    whole = browser.get(at("handout", handout)).content.decode()
    assert "<!doctype html>" in whole
    assert words in whole


def test_a_stuck_job_stops_asking_so_that_an_empty_room_is_signed_out(browser: Client, handout: Handout) -> None:
    become(handout, created_at=timezone.now() - timedelta(minutes=11))
    page = browser.get(at("handout", handout), headers=HTMX).content.decode()
    assert "every 1s" not in page
    assert "Look again" in page


def test_asking_is_cheap_and_no_reading_of_the_record(browser: Client, handout: Handout) -> None:
    browser.get(at("handout", handout), headers=HTMX)
    before = AccessEntry.objects.count()
    with at_most(9):
        browser.get(at("handout", handout), headers=HTMX)
    assert AccessEntry.objects.count() == before


def test_the_file_is_named_without_the_runner_and_kept_nowhere(browser: Client, handout: Handout) -> None:
    assert browser.get(at("handout_pdf", handout)).status_code == 404
    become(handout, state="done", pdf=b"%PDF-1.7 test")
    answer = browser.get(at("handout_pdf", handout))
    assert answer.content == b"%PDF-1.7 test"
    assert answer["Content-Disposition"] == 'inline; filename="exercises-v1.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert AccessEntry.objects.filter(what="programs:handout_pdf").count() == 1


def test_a_failed_sheet_is_tried_again_and_a_finished_one_is_not(browser: Client, handout: Handout) -> None:
    become(handout, state="failed", error="No room.", attempts=5)
    page = browser.post(at("handout_retry", handout), headers=HTMX).content.decode()
    assert "every 1s" in page
    handout.refresh_from_db()
    assert (handout.state, handout.attempts, handout.error) == ("queued", 0, "")
    become(handout, state="done", pdf=b"%PDF")
    browser.post(at("handout_retry", handout))
    handout.refresh_from_db()
    assert handout.state == "done"


def test_a_reader_opens_the_paper_and_orders_none(
    clinic: World, handout: Handout, sign_in: Callable[[User], Client]
) -> None:
    become(handout, state="done", pdf=b"%PDF")
    reader = sign_in(clinic.reader)
    assert reader.get(at("handout_pdf", handout)).status_code == 200
    assert reader.post(at("handout_retry", handout)).status_code == 403
