"""Print again for all running programs: asked, watched, cancelled, tried again, taken as files."""

import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AccessEntry, User
from programs.actions import issue_program, order_batch, propose_program
from programs.models import Handout, HandoutBatch, Program
from tests.programs.test_builder import HTMX
from tests.support.factories import World, make_episode, make_patient
from tests.support.programs import make_signed
from tests.support.queries import at_most

BATCHES = reverse("programs:batches")
CHOICE = {"kind": "large", "paper": "Letter"}


@pytest.fixture
def three(clinic: World) -> list[Program]:
    """Three running programs, of Lind, Ferreira and Adeyemi."""
    programs = []
    for last_name in ("Lind", "Ferreira", "Adeyemi"):
        runner = make_patient(clinic.clinic, last_name=last_name, email=f"{last_name}@runner.test")
        assessment = make_signed(clinic, make_episode(clinic, runner))
        programs.append(propose_program(by=clinic.clinician, assessment=assessment))
        issue_program(by=clinic.clinician, program=programs[-1], today=timezone.localdate())
    return programs


@pytest.fixture
def batch(clinic: World, three: list[Program]) -> HandoutBatch:
    return order_batch(by=clinic.clinician, clinic=clinic.clinic, **CHOICE)


def large(**fields: object) -> None:
    Handout.objects.filter(kind="large").update(**fields)


def at(name: str, batch: HandoutBatch) -> str:
    return reverse(f"programs:{name}", args=[batch.pk])


def test_one_print_for_every_running_program(browser: Client, three: list[Program]) -> None:
    Program.objects.filter(pk=three[0].pk).update(state="ended")
    assert "Print for 2 programs" in browser.get(BATCHES).content.decode()
    answer = browser.post(BATCHES, CHOICE)
    batch = HandoutBatch.objects.get()
    assert answer["Location"] == at("batch", batch)
    wanted = set(Handout.objects.filter(kind="large").values_list("paper", "state", "language"))
    assert wanted == {("Letter", "queued", "en")}
    assert batch.handouts.count() == 2


def test_asking_costs_the_same_however_many_programs_run(clinic: World, three: list[Program]) -> None:
    with at_most(14):
        order_batch(by=clinic.clinician, clinic=clinic.clinic, **CHOICE)


def test_a_print_that_is_made_already_is_asked_for_again_and_not_doubled(clinic: World, batch: HandoutBatch) -> None:
    large(state="done", pdf=b"%PDF", content_key="k")
    again = order_batch(by=clinic.clinician, clinic=clinic.clinic, **CHOICE)
    assert Handout.objects.filter(kind="large").count() == again.handouts.count() == 3
    assert set(Handout.objects.filter(kind="large").values_list("state", "content_key")) == {("queued", "k")}


def test_without_a_running_program_there_is_nothing_to_print(browser: Client, clinic: World) -> None:
    assert "No program is running" in browser.get(BATCHES).content.decode()
    assert "nothing to print" in browser.post(BATCHES, CHOICE, follow=True).content.decode()
    assert browser.post(BATCHES, {"kind": "poster", "paper": "A3"}).status_code == 422


def test_progress_is_shown_until_all_is_over(browser: Client, batch: HandoutBatch) -> None:
    page = browser.get(at("batch", batch), headers=HTMX).content.decode()
    assert "0 of 3 ready" in page
    assert "every 2s" in page
    first = Handout.objects.filter(kind="large").first()
    assert first
    Handout.objects.filter(pk=first.pk).update(state="done", pdf=b"%PDF", pages=7)
    page = browser.get(at("batch", batch)).content.decode()
    assert "1 of 3 ready" in page
    assert "Take the files that are ready" in page
    large(state="done", pdf=b"%PDF", pages=7)
    page = browser.get(at("batch", batch), headers=HTMX).content.decode()
    assert "every 2s" not in page
    assert "21 pages" in page


def test_looking_costs_the_same_however_many_handouts(browser: Client, batch: HandoutBatch) -> None:
    browser.get(at("batch", batch), headers=HTMX)
    before = AccessEntry.objects.count()
    with at_most(10):
        browser.get(at("batch", batch), headers=HTMX)
    assert AccessEntry.objects.count() == before


def test_what_failed_is_listed_with_its_reason_and_tried_again(browser: Client, batch: HandoutBatch) -> None:
    large(state="failed", error="The server had no room.")
    page = browser.get(at("batch", batch)).content.decode()
    assert page.count("The server had no room.") == 3
    assert page.index("Adeyemi") < page.index("Ferreira") < page.index("Lind")
    browser.post(at("batch_retry", batch))
    assert set(Handout.objects.filter(kind="large").values_list("state", "error")) == {("queued", "")}


def test_what_waits_is_cancelled_and_what_is_being_made_is_finished(browser: Client, batch: HandoutBatch) -> None:
    first = Handout.objects.filter(kind="large").first()
    assert first
    Handout.objects.filter(pk=first.pk).update(state="working")
    browser.post(at("batch_cancel", batch))
    states = sorted(Handout.objects.filter(kind="large").values_list("state", flat=True))
    assert states == ["cancelled", "cancelled", "working"]
    assert set(Handout.objects.filter(kind="fridge").values_list("state", flat=True)) == {"queued"}
    browser.post(at("batch_retry", batch))
    assert Handout.objects.filter(kind="large", state="queued").count() == 2


def test_the_files_come_in_one_archive_by_name_and_named_after_nobody(browser: Client, batch: HandoutBatch) -> None:
    for handout in Handout.objects.filter(kind="large").select_related("version__program__episode__patient"):
        name = handout.version.program.episode.patient.last_name
        Handout.objects.filter(pk=handout.pk).update(state="done", pdf=b"%PDF " + name.encode())
    answer = browser.get(at("batch_file", batch))
    archive = zipfile.ZipFile(io.BytesIO(answer.getvalue()))
    assert archive.namelist() == [f"handout-00{number}-v1.pdf" for number in (1, 2, 3)]
    assert [archive.read(name) for name in archive.namelist()] == [b"%PDF Adeyemi", b"%PDF Ferreira", b"%PDF Lind"]
    assert archive.testzip() is None
    assert answer["Content-Disposition"] == 'attachment; filename="handouts.zip"'
    assert "no-store" in answer["Cache-Control"]
    assert AccessEntry.objects.filter(what="programs:batch_file").count() == 3


def test_a_reader_orders_none(clinic: World, batch: HandoutBatch, sign_in: Callable[[User], Client]) -> None:
    reader = sign_in(clinic.reader)
    assert reader.post(BATCHES, CHOICE).status_code == 403
    assert reader.get(at("batch", batch)).status_code == 403
