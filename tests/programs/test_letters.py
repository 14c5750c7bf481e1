"""Letters seen from the page: begun, written beside their preview, issued once, taken away as PDF and as text."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.actions import amend, sign, start_assessment
from assessments.actions.cosigning import ask_cosignature, cosign
from assessments.models import Activity, Assessment, OutcomeScore, PainArea
from clinic.models import AccessEntry, User
from clinic.permissions import Permission
from programs.actions import issue_program, propose_program
from programs.letters.actions import start_letter
from programs.letters.record import story
from programs.models import Letter, LetterPaper
from tests.assessments.conftest import Examination, open_draft
from tests.programs.test_builder import HTMX
from tests.support.factories import World
from tests.support.letters import ON, drafted, examined, issued
from tests.support.queries import at_most

SignIn = Callable[[User], Client]


@pytest.fixture
def assessment(clinic: World) -> Assessment:
    return examined(clinic)


@pytest.fixture
def letter(clinic: World, assessment: Assessment) -> Letter:
    return drafted(clinic, assessment)


def at(name: str, letter: Letter) -> str:
    return reverse(f"programs:{name}", args=[letter.pk])


def form_of(letter: Letter, **more: Any) -> dict[str, Any]:
    """What a browser would send of the page as it stands."""
    every = ["conclusion", "screening", "history", "chart", "findings", "reasoning", "outcomes", "program", "sooner"]
    return {
        "recipient_name": "Dr Miriam Osei",
        "recipient_organisation": "Hill Street Surgery",
        "recipient_address": "12 Hill Street\nLondon",
        "reference": "",
        "opening": letter.opening,
        "question": letter.question,
        "closing": letter.closing,
        **{f"keep_{key}": "on" for key in every},
        "offered": every,
        "seen": letter.revision,
        "page": str(uuid4()),
    } | more


# --- Beginning ------------------------------------------------------------------------------------------------------


def test_a_letter_begins_from_the_signed_assessment_with_words_to_change(
    browser: Client, assessment: Assessment
) -> None:
    address = reverse("programs:letter_new", args=[assessment.pk])
    assert "Referral" in browser.get(address).content.decode()
    answer = browser.post(address, {"kind": "referral"})
    letter = Letter.objects.get()
    assert answer["Location"] == at("letter", letter)
    assert letter.opening.startswith("Dear colleague,")
    assert "opinion on the working diagnosis" in letter.question
    page = browser.get(answer["Location"]).content.decode()
    assert "Draft: filled from the record" in page
    assert "Sitting bone tender" in page


def test_asked_again_it_opens_the_letter_that_is_being_written(browser: Client, letter: Letter) -> None:
    address = reverse("programs:letter_new", args=[letter.assessment_id])
    assert browser.post(address, {"kind": "referral"})["Location"] == at("letter", letter)
    assert browser.post(address, {"kind": "nonsense"}).status_code == 422
    browser.post(address, {"kind": "gp"})
    assert Letter.objects.count() == 2


def test_no_letter_stands_on_a_draft_assessment(clinic: World, browser: Client, assessment: Assessment) -> None:
    copy = amend(by=clinic.clinician, assessment=assessment, reason="wrong side")
    assert browser.get(reverse("programs:letter_new", args=[copy.pk])).status_code == 404


# --- Writing --------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_and_the_preview_follows(browser: Client, letter: Letter) -> None:
    answer = browser.post(at("letter_save", letter), form_of(letter, question="Is an MRI <b>wise</b>?"), headers=HTMX)
    page = answer.content.decode()
    assert "answer-saved" in answer["HX-Trigger"]
    assert 'id="letter-preview"' in page
    assert "Is an MRI &lt;b&gt;wise&lt;/b&gt;?" in page
    letter.refresh_from_db()
    assert (letter.question, letter.revision) == ("Is an MRI <b>wise</b>?", 2)


def test_without_script_the_same_form_saves(browser: Client, letter: Letter) -> None:
    answer = browser.post(at("letter_save", letter), form_of(letter, closing="Yours"))
    assert answer["Location"] == at("letter", letter)
    letter.refresh_from_db()
    assert letter.closing == "Yours"


def test_a_section_without_its_tick_is_left_out_and_the_letter_says_so(browser: Client, letter: Letter) -> None:
    form = form_of(letter)
    del form["keep_findings"]
    page = browser.post(at("letter_save", letter), form, headers=HTMX).content.decode()
    assert "Resisted knee flexion brings on the pain</th>" not in page
    assert "Section left out: Findings." in page
    letter.refresh_from_db()
    assert letter.left_out == ["findings"]
    assert "Resisted knee flexion brings on the pain</th>" in browser.post(
        at("letter_save", letter), form_of(letter), headers=HTMX
    ).content.decode()  # fmt: skip


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten_unasked(
    clinic: World, browser: Client, letter: Letter, sign_in: SignIn
) -> None:
    mine = form_of(letter)
    sign_in(clinic.administrator).post(at("letter_save", letter), form_of(letter, closing="Hers"))
    answer = browser.post(at("letter_save", letter), mine | {"closing": "Mine"}, headers=HTMX)
    assert "answer-refused" in answer["HX-Trigger"]
    assert "Ada Lindqvist changed this letter" in answer.content.decode()
    assert 'value="2"' in answer.content.decode()
    letter.refresh_from_db()
    assert letter.closing == "Hers"
    browser.post(at("letter_save", letter), mine | {"closing": "Mine", "seen": 2})
    letter.refresh_from_db()
    assert letter.closing == "Mine"


def test_a_page_never_gets_in_its_own_way_but_a_second_tab_does(browser: Client, letter: Letter) -> None:
    mine = form_of(letter)
    for words in ("one", "two", "three"):
        browser.post(at("letter_save", letter), mine | {"closing": words}, headers=HTMX)
    letter.refresh_from_db()
    assert letter.closing == "three"
    answer = browser.post(at("letter_save", letter), form_of(letter, seen=1, closing="other tab"), headers=HTMX)
    assert "answer-refused" in answer["HX-Trigger"]


def test_too_long_a_text_is_refused_in_words_and_nothing_is_lost(browser: Client, letter: Letter) -> None:
    answer = browser.post(at("letter_save", letter), form_of(letter, closing="x" * 4001))
    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()


def test_recipients_of_earlier_letters_are_offered(clinic: World, browser: Client) -> None:
    issued(clinic, recipient_address="12 Hill Street")
    page = browser.get(at("letter", drafted(clinic))).content.decode()
    assert '<option value="Dr Miriam Osei"' in page
    assert 'data-address="12 Hill Street"' in page


def test_a_draft_can_be_discarded_and_an_issued_letter_cannot(clinic: World, browser: Client, letter: Letter) -> None:
    assert "cannot be undone" in browser.get(at("letter_discard", letter)).content.decode()
    browser.post(at("letter_discard", letter))
    assert not Letter.objects.exists()
    kept = issued(clinic, letter.assessment)
    browser.post(at("letter_discard", kept))
    assert Letter.objects.get() == kept


# --- Issuing --------------------------------------------------------------------------------------------------------


def test_issuing_freezes_the_letter_and_orders_its_paper(browser: Client, letter: Letter) -> None:
    answer = browser.post(at("letter_issue", letter), form_of(letter))
    assert answer["Location"] == at("letter", letter)
    letter.refresh_from_db()
    assert letter.issued_at
    assert len(letter.content_key) == 64
    assert letter.paper.state == "queued"
    page = browser.get(at("letter", letter)).content.decode()
    assert "It cannot be changed" in page
    assert "every 1s" in page
    assert '<form class="form card letter-form"' not in page


def test_the_database_refuses_any_change_of_an_issued_letter(clinic: World) -> None:
    letter = issued(clinic)
    with pytest.raises(DatabaseError, match="can no longer change"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(closing="other")
    with pytest.raises(DatabaseError, match="can no longer change"), transaction.atomic():
        letter.delete()


def test_a_letter_to_nobody_is_not_issued(browser: Client, letter: Letter) -> None:
    form = form_of(letter, recipient_name="", recipient_organisation="", closing="kept")
    answer = browser.post(at("letter_issue", letter), form)
    assert answer.status_code == 422
    assert "Say whom the letter goes to" in answer.content.decode()
    letter.refresh_from_db()
    assert (letter.closing, letter.issued_at) == ("kept", None)


def test_issued_twice_it_is_one_letter_with_one_paper(browser: Client, letter: Letter) -> None:
    for _time in range(2):
        browser.post(at("letter_issue", letter), form_of(letter))
    assert (Letter.objects.count(), LetterPaper.objects.count()) == (1, 1)


def test_the_very_same_letter_written_again_is_the_one_already_issued(browser: Client, letter: Letter) -> None:
    form = form_of(letter)
    browser.post(at("letter_issue", letter), form)
    again = Letter.objects.get(pk=browser.post(at("letter_again", letter))["Location"].split("/")[-2])
    assert (again.opening, again.recipient_name) == (letter.opening, "")
    answer = browser.post(at("letter_issue", again), form)
    assert answer["Location"] == at("letter", letter)
    assert Letter.objects.count() == 1
    other = Letter.objects.get(pk=browser.post(at("letter_again", letter))["Location"].split("/")[-2])
    browser.post(at("letter_issue", other), form | {"recipient_name": "Dr Someone Else"})
    assert (Letter.objects.count(), LetterPaper.objects.count()) == (2, 2)


def test_saving_an_issued_letter_changes_nothing_and_says_so(browser: Client, letter: Letter) -> None:
    browser.post(at("letter_issue", letter), form_of(letter))
    answer = browser.post(at("letter_save", letter), form_of(letter, closing="late"), headers=HTMX)
    assert "was issued meanwhile" in answer["HX-Trigger"]


# --- The basis ------------------------------------------------------------------------------------------------------


def test_an_amended_basis_makes_the_letter_out_of_date(clinic: World, browser: Client, letter: Letter) -> None:
    sent = issued(clinic, letter.assessment, kind="gp")
    copy = amend(by=clinic.clinician, assessment=letter.assessment, reason="The tender side was the left.")
    assert "out of date" not in browser.get(at("letter", sent)).content.decode()
    sign(by=clinic.clinician, assessment=copy)
    for one in (letter, sent):
        page = browser.get(at("letter", one)).content.decode()
        assert "This letter is out of date" in page
        assert "The tender side was the left." in page
    assert browser.post(at("letter_issue", letter), form_of(letter)).status_code == 422
    assert browser.post(at("letter_again", letter))["Location"] == at("letter", letter)
    page = browser.get(at("letter", letter)).content.decode()
    assert "out of date" not in page
    assert "version 2, amended" in page
    assert "Version 2 of the assessment" in page
    fresh = Letter.objects.get(pk=browser.post(at("letter_again", sent))["Location"].split("/")[-2])
    assert (fresh.assessment_id, fresh.kind, fresh.is_issued) == (copy.pk, "gp", False)


def test_co_signers_stand_under_the_letter(clinic: World, browser: Client, letter: Letter) -> None:
    request = ask_cosignature(by=clinic.clinician, assessment=letter.assessment, of=clinic.administrator)
    assert "Co-signed by" not in browser.get(at("letter", letter)).content.decode()
    cosign(by=clinic.administrator, asked=request)
    assert "Co-signed by Ada Lindqvist" in browser.get(at("letter", letter)).content.decode()


def test_a_program_and_what_was_reported_on_it_are_told(clinic: World, browser: Client, letter: Letter) -> None:
    assert "Program and response" not in browser.get(at("letter", letter)).content.decode()
    program = propose_program(by=clinic.clinician, assessment=letter.assessment)
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    page = browser.get(at("letter", letter)).content.decode()
    assert "Program and response" in page
    assert "Calm the tendon with still holds" in page
    assert "No pain was reported" in page


# --- Text, paper, record --------------------------------------------------------------------------------------------


def test_the_text_holds_the_whole_letter_and_its_file_names_nobody(browser: Client, letter: Letter) -> None:
    page = browser.get(at("letter_text", letter)).content.decode()
    assert "reaches neither the record nor the PDF" in page
    assert "- Sitting bone tender: left absent; right (painful) present" in page
    answer = browser.get(at("letter_text_file", letter))
    assert answer["Content-Disposition"] == 'attachment; filename="letter.txt"'
    assert answer["Cache-Control"] == "no-store, private"
    assert "Referral letter: Ana Ferreira" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "asks_again", "words"),
    [
        ("queued", True, "waiting for its turn"),
        ("working", True, "Making the PDF"),
        ("done", False, "The PDF is ready"),
        ("failed", False, "could not be made"),
    ],
)
def test_the_line_asks_every_second_until_the_job_is_over(
    clinic: World, browser: Client, state: str, asks_again: bool, words: str
) -> None:
    letter = issued(clinic)
    LetterPaper.objects.update(state=state, error="No room.", finished_at=timezone.now())
    page = browser.get(at("letter_paper", letter), headers=HTMX).content.decode()
    assert ("every 1s" in page) is asks_again
    assert words in page
    assert words in browser.get(at("letter_paper", letter)).content.decode()


def test_asking_is_cheap_and_no_reading_of_the_record(clinic: World, browser: Client) -> None:
    letter = issued(clinic)
    browser.get(at("letter_paper", letter), headers=HTMX)
    before = AccessEntry.objects.count()
    with at_most(8):
        browser.get(at("letter_paper", letter), headers=HTMX)
    assert AccessEntry.objects.count() == before


def test_the_pdf_is_named_without_the_runner_and_kept_nowhere(clinic: World, browser: Client) -> None:
    letter = issued(clinic)
    assert browser.get(at("letter_pdf", letter)).status_code == 404
    LetterPaper.objects.update(state="done", pdf=b"%PDF-1.7 test")
    answer = browser.get(at("letter_pdf", letter))
    assert answer.content == b"%PDF-1.7 test"
    assert answer["Content-Disposition"] == 'inline; filename="letter.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert AccessEntry.objects.filter(what="programs:letter_pdf").count() == 1


def test_a_failed_paper_is_tried_again_and_a_finished_one_is_not(clinic: World, browser: Client) -> None:
    letter = issued(clinic)
    LetterPaper.objects.update(state="failed", error="No room.", attempts=5)
    assert "every 1s" in browser.post(at("letter_retry", letter), headers=HTMX).content.decode()
    paper = LetterPaper.objects.get()
    assert (paper.state, paper.attempts, paper.error) == ("queued", 0, "")
    LetterPaper.objects.update(state="done", pdf=b"%PDF")
    browser.post(at("letter_retry", letter))
    assert LetterPaper.objects.get().state == "done"


def test_the_record_shows_letters_and_where_a_new_one_begins(clinic: World, browser: Client, letter: Letter) -> None:
    issued(clinic, letter.assessment, kind="gp")
    patient = letter.episode.patient_id
    with at_most(1):
        told = story(clinic.clinic.pk, patient, lambda _permission: True)
    assert [(entry.title, entry.detail) for entry in told.entries] == [
        ("Letter issued", "Update for the GP, to Dr Miriam Osei"),
        ("Letter being written", "Referral, by Ines Halvard"),
    ]
    assert [step.text for step in told.episodes[letter.episode_id].steps] == ["Write a letter"]
    assert not story(clinic.clinic.pk, patient, lambda permission: permission is not Permission.SIGN).episodes
    page = browser.get(reverse("clinic:patient", args=[patient])).content.decode()
    assert reverse("programs:letter_new", args=[letter.assessment_id]) in page


# --- Who may, and what it costs -------------------------------------------------------------------------------------


def test_a_reader_opens_letters_and_writes_none(clinic: World, letter: Letter, sign_in: SignIn) -> None:
    reader = sign_in(clinic.reader)
    page = reader.get(at("letter", letter)).content.decode()
    assert "letter-preview" in page
    assert 'id="letter-form"' not in page
    assert reader.get(at("letter_text", letter)).status_code == 200
    for name in ("letter_save", "letter_issue", "letter_again", "letter_discard", "letter_retry"):
        assert reader.post(at(name, letter)).status_code == 403, name


def test_no_patient_in_titles_or_addresses(browser: Client, letter: Letter) -> None:
    page = browser.get(at("letter", letter)).content.decode()
    assert "Ferreira" not in page.split("<title>")[1].split("</title>")[0]


def test_what_the_pages_cost(clinic: World, browser: Client, letter: Letter) -> None:
    program = propose_program(by=clinic.clinician, assessment=letter.assessment)
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    sent = issued(clinic, letter.assessment, kind="gp")
    for address in (at("letter", letter), at("letter", sent)):
        browser.get(address)
    with at_most(21):
        browser.get(at("letter", letter))
    with at_most(9):
        browser.get(at("letter", sent))
    with at_most(20):
        browser.post(at("letter_save", letter), form_of(letter, closing="new"), headers=HTMX)


def test_two_that_begin_at_once_begin_one_letter(clinic: World, assessment: Assessment) -> None:
    first = start_letter(by=clinic.clinician, assessment=assessment, kind="gp", today=ON)
    assert start_letter(by=clinic.administrator, assessment=assessment, kind="gp", today=ON) == first


def test_where_it_hurts_and_how_it_changed_since_the_first_visit_are_told(clinic: World, browser: Client) -> None:
    first = open_draft(clinic).ready()
    running = Activity.objects.create(
        clinic=clinic.clinic, episode=first.draft.episode, number=1, words="Easy <10 km>", by=clinic.clinician
    )
    score(clinic, first.draft, running, 2)
    first.sign()
    again = Examination(clinic, start_assessment(by=clinic.clinician, episode=first.draft.episode, on=ON))
    again.ready()
    score(clinic, again.draft, running, 6)
    PainArea.objects.create(
        clinic=clinic.clinic,
        assessment=again.draft,
        region="calf",
        side="left",
        qualities=["ache"],
        by=clinic.clinician,
    )
    text = browser.get(at("letter_text", drafted(clinic, again.sign()))).content.decode()
    assert "WHERE IT HURTS\nLeft calf: ache." in text
    assert "MEASURES AND CHANGE\n- “Easy &lt;10 km&gt;”\n  First: 2\n  This visit: 6\n" in text


def score(world: World, assessment: Assessment, activity: Activity, value: int) -> None:
    OutcomeScore.objects.create(
        clinic=world.clinic, assessment=assessment, measure="psfs", activity=activity, value=value, by=world.clinician
    )
