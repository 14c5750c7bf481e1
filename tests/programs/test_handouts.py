"""The paper seen from the page: its progress, its file, another try."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from clinic.models import AccessEntry, User
from clinic.pictures import clean_picture
from programs.actions import issue_program, order_handout
from programs.handouts.gather import gather
from programs.models import ExercisePicture, Handout, Program, ProgramLine
from programs.queries import lines_of
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


def test_each_print_is_asked_for_on_the_programs_page_and_stands_there(
    clinic: World, browser: Client, handout: Handout
) -> None:
    become(handout, state="done", pdf=b"%PDF", finished_at=timezone.now())
    page = reverse("programs:program", args=[handout.version.program_id])
    order = reverse("programs:handout_order", args=[handout.version_id])
    for kind in ("full", "large"):
        assert browser.post(order, {"kind": kind, "paper": "Letter"})["Location"] == page
    shown = browser.get(page).content.decode()
    assert "in English, as it was issued" in shown
    for words in ("Fridge sheet, A4, version 1", "Full handout, Letter. Usually", "Large print, Letter. Usually"):
        assert words in shown
    assert shown.count("every 1s") == 2
    assert "A4, or" not in shown
    refused = browser.post(order, {"kind": "poster", "paper": "A3"}, follow=True).content.decode()
    assert "Choose one of the three prints, and A4 or Letter." in refused
    assert Handout.objects.count() == 3


def test_what_is_on_its_way_is_not_begun_twice(clinic: World, handout: Handout) -> None:
    become(handout, state="working")
    order_handout(by=clinic.clinician, version=handout.version, kind="fridge", paper="A4")
    handout.refresh_from_db()
    assert handout.state == "working"


def test_a_reader_asks_for_no_print(clinic: World, handout: Handout, sign_in: Callable[[User], Client]) -> None:
    reader = sign_in(clinic.reader)
    order = reverse("programs:handout_order", args=[handout.version_id])
    assert reader.post(order, {"kind": "full", "paper": "A4"}).status_code == 403
    assert (
        "Make: Full handout"
        not in reader.get(reverse("programs:program", args=[handout.version.program_id])).content.decode()
    )


def test_the_clinics_own_picture_and_its_words_of_today_are_printed(
    clinic: World, program: Program, handout: Handout
) -> None:
    """A newer picture changes nothing on what was issued; a new telephone number is on every new print."""
    line = lines_of(program)[0]
    own = line.exercise
    own.adapts_id, own.content = own.pk, {}
    own.pk, own.clinic, own._state.adding = uuid4(), clinic.clinic, True
    own.save()
    ProgramLine.objects.filter(pk=line.pk).update(exercise=own)
    png = clean_picture(BytesIO(teal_png())).png
    first = ExercisePicture.objects.create(
        clinic=clinic.clinic, exercise=own, image=png, width=64, height=48, words="Ours", by=clinic.clinician
    )
    version = issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    ExercisePicture.objects.create(
        clinic=clinic.clinic, exercise=own, image=b"", width=1, height=1, words="Newer", by=clinic.clinician
    )
    clinic.clinic.phone = "020 7946 0999"
    clinic.clinic.save()
    document, _paper = gather(Handout.objects.get(version=version))
    printed = document.exercises[0].picture
    assert printed
    assert (printed.words, printed.png) == (first.words, png)
    assert document.exercises[0].figure_svg is None
    assert document.clinic.phone == "020 7946 0999"


def teal_png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "PNG")
    return out.getvalue()
