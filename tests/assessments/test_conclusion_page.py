"""Concluding, signing, amending and reading what was signed."""

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from assessments import actions
from assessments.actions.conclusion import mark_of
from assessments.models import Conclusion
from assessments.queries import reading_of
from clinic.models import Episode
from tests.assessments.conftest import TENDON, Examination, SignIn, screening
from tests.support.queries import at_most

FORM = {"diagnosis": "pht", "side": "right", "stage": "1", "irritability": "moderate", "severity": "", "wording": ""}

SAID: dict[str, Any] = {"diagnosis": "pht", "side": "right", "stage": 1, "irritability": "moderate"}


def url(name: str, examination: Examination) -> str:
    return reverse(f"assessments:{name}", args=[examination.draft.pk])


def chosen(page: str, field: str) -> list[str]:
    tags = re.findall(rf'<input type="radio" name="{field}"[^>]*>', page)
    return [value for tag in tags if " checked" in tag for value in re.findall(r'value="([^"]+)"', tag)]


def test_proposals_are_offered_with_reasons_and_nothing_is_chosen(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON, ("settle_minutes", "", "40"), ("nprs_worst", "", "5"))
    page = sign_in(examination.world.clinician).get(url("conclusion", examination)).content.decode()
    for field in ("diagnosis", "side", "stage", "irritability", "severity"):
        assert chosen(page, field) == [], field
    assert 'value="irritability=high"' in page
    assert "Minutes until provoked pain settles: 40 min" in page
    assert 'value="stage=1"' in page


def test_a_proposal_names_what_speaks_against_more_and_links_to_what_was_not_recorded(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(*screening(), *TENDON, ("nprs_worst", "", "7"))
    page = sign_in(examination.world.clinician).get(url("conclusion", examination)).content.decode()
    assert "cannot be proposed yet" in page
    assert "Not further, because of:" in page
    assert "<li>Worst pain in the last 24 hours: 7</li>" in page
    assert f"{url('intake', examination)}#finding-settle_minutes" in page


def test_use_takes_over_one_proposal_as_a_draft_and_keeps_what_was_typed(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(*screening(), *TENDON)
    sent = FORM | {"stage": "", "irritability": "", "wording": "So far so good", "use": "stage=1"}
    page = sign_in(examination.world.clinician).post(url("conclusion", examination), sent, follow=True).content.decode()
    assert chosen(page, "stage") == ["1"]
    assert chosen(page, "diagnosis") == ["pht"]
    assert chosen(page, "irritability") == []
    assert "So far so good" in page


def test_the_text_can_start_from_the_findings_below_what_was_typed(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), *TENDON)
    sent = {"wording": "My own first line.", "use": "wording"}
    answer = sign_in(examination.world.clinician).post(url("conclusion", examination), sent)
    assert answer["Location"] == url("conclusion", examination) + "#id_wording"
    said = Conclusion.objects.get().wording
    assert said.startswith("My own first line.\n\nVisit 1, 22 November 2026. Painful side: right.")
    assert "Sitting bone tender, right (left absent)" in said


def test_a_conclusion_is_kept_as_a_draft(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    client.post(url("conclusion", examination), FORM | {"wording": "Not sure yet"})
    assert Conclusion.objects.get().wording == "Not sure yet"
    page = client.get(url("conclusion", examination)).content.decode()
    assert chosen(page, "diagnosis") == ["pht"]
    assert not examination.draft.is_signed


def test_what_stands_in_the_way_is_named_at_once_and_nothing_typed_is_lost(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(("palp_ischial", "right", "present"))
    answer = sign_in(examination.world.clinician).post(
        url("sign", examination), FORM | {"stage": "", "irritability": "", "wording": "My <i>words</i>"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Choose the stage", "Choose the irritability", "Screening questions are open", "Not examined:"):
        assert words in page, words
    assert "My &lt;i&gt;words&lt;/i&gt;" in page
    assert chosen(page, "diagnosis") == ["pht"]


def test_a_form_without_a_diagnosis_says_what_to_choose(examination: Examination, sign_in: SignIn) -> None:
    answer = sign_in(examination.world.clinician).post(url("sign", examination), {"wording": "kept"})
    assert answer.status_code == 422
    assert "Choose a working diagnosis" in answer.content.decode()
    assert ">\nkept</textarea>" in answer.content.decode()


def test_a_stage_beyond_the_diagnosis_is_explained_at_its_field(examination: Examination, sign_in: SignIn) -> None:
    sent = FORM | {"diagnosis": "sij", "stage": "4"}
    answer = sign_in(examination.world.clinician).post(url("conclusion", examination), sent)
    assert answer.status_code == 422
    assert "This diagnosis has the stages 1 to 3" in answer.content.decode()


def test_an_open_red_flag_takes_the_form_away(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().answer(("hop_pain", "right", "present"))
    client = sign_in(examination.world.clinician)
    page = client.get(url("conclusion", examination)).content.decode()
    assert "nothing can be concluded until you acted on it or released it" in page
    assert 'name="diagnosis"' not in page
    assert client.post(url("sign", examination), FORM).status_code == 422
    for flag in reading_of(examination.draft).open_flags:
        sent = {"flag": flag.id, "kind": "released", "reason": "Scan was clear.", "back": "conclusion"}
        assert client.post(url("red_flag", examination), sent)["Location"] == url("conclusion", examination)
    assert 'name="diagnosis"' in client.get(url("conclusion", examination)).content.decode()


def test_signing_leads_to_the_signed_page_which_shows_everything(examination: Examination, sign_in: SignIn) -> None:
    examination.ready()
    client = sign_in(examination.world.clinician)
    answer = client.post(url("sign", examination), FORM | {"wording": "High hamstring."}, follow=True)
    assert answer.redirect_chain == [(url("signed", examination), 302)]
    page = re.sub(r"\s+", " ", answer.content.decode())
    for words in (
        "Proximal hamstring tendinopathy, right",
        "Signed by Ines Halvard",
        "High hamstring.",
        "What the screen showed",
        "Criteria met",
        "Sitting bone tender",
        "not assessed:",
        "Amend",
    ):
        assert words in page, words
    assert "<title>Signed assessment · Strideback</title>" in page
    assert "hx-post" not in page


def test_the_signed_page_shows_what_was_shown_then_even_when_words_change(
    examination: Examination, sign_in: SignIn, monkeypatch: object
) -> None:
    signed = examination.ready().sign()
    patient = Episode.objects.get(pk=signed.episode_id).patient
    patient.date_of_birth = "1950-01-01"
    patient.save()
    signed.refresh_from_db()
    assert signed.shown["patient"]["age"] == 34
    page = sign_in(examination.world.reader).get(url("signed", examination)).content.decode()
    assert signed.shown["panel"]["chip"] in page


def test_a_reader_opens_the_signed_page_without_the_buttons(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    client = sign_in(examination.world.reader)
    page = client.get(url("signed", examination)).content.decode()
    assert reverse("assessments:amend", args=[examination.draft.pk]) not in page
    assert "Propose a program" not in page
    assert client.get(url("amend", examination)).status_code == 403


def test_a_draft_has_no_signed_page_and_a_signed_one_no_form(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    assert client.get(url("signed", examination))["Location"] == url("intake", examination)
    examination.ready().sign()
    assert client.get(url("conclusion", examination))["Location"] == url("signed", examination)


def test_amending_asks_why_and_the_new_version_shows_what_it_changed(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    client = sign_in(examination.world.clinician)
    assert client.post(url("amend", examination), {"reason": " "}).status_code == 422
    answer = client.post(url("amend", examination), {"reason": "Slump was on the other side"}, follow=True)
    page = answer.content.decode()
    assert "You are amending a signed assessment" in page
    copy = answer.redirect_chain[0][0]
    client.post(copy + "findings/", {"answer-slump-left": "present"})
    client.post(copy + "sign/", FORM | {"stage": "2"})
    page = re.sub(r"\s+", " ", client.get(copy + "signed/").content.decode())
    assert "What this version changes" in page
    assert re.search(
        r"Slump test[^<]*, left <span class=\"chip\">added</span></th><td><span class=\"soft\">nothing</span></td>"
        r"<td><ins>present</ins></td>",
        page,
    )
    assert re.search(r"Stage <span class=\"chip\">changed</span></th><td><del>1</del></td><td><ins>2</ins>", page)
    assert "Version 2" in page
    old = client.get(url("signed", examination)).content.decode()
    assert "This version was amended" in old
    assert reverse("assessments:amend", args=[examination.draft.pk]) not in old


def test_amending_twice_is_refused_in_words(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    client = sign_in(examination.world.clinician)
    client.post(url("amend", examination), {"reason": "One"})
    answer = client.post(url("amend", examination), {"reason": "Two"})
    assert answer.status_code == 409
    assert "amended before" in answer.content.decode()


def test_the_signed_page_costs_few_queries(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    client = sign_in(examination.world.clinician)
    client.get(url("signed", examination))
    with at_most(13):  # one of them for the body chart, one for the measures
        client.get(url("signed", examination))


def test_an_amendment_costs_few_queries_more(examination: Examination, sign_in: SignIn) -> None:
    original = examination.ready().sign()
    copy = actions.amend(by=examination.world.clinician, assessment=original, reason="Wrong side")
    actions.sign(by=examination.world.clinician, assessment=copy)
    client = sign_in(examination.world.clinician)
    address = reverse("assessments:signed", args=[copy.pk])
    client.get(address)
    with at_most(20):
        client.get(address)


HTMX = {"HX-Request": "true"}


def test_what_is_typed_is_kept_while_typing_and_nothing_has_to_be_chosen_yet(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(("palp_ischial", "right", "present"))
    client = sign_in(examination.world.clinician)
    answer = client.post(url("conclusion", examination), {"wording": "High ham", "seen": mark_of(None)}, headers=HTMX)
    assert answer.status_code == 200
    assert json.loads(answer["HX-Trigger"])["answer-saved"]["text"].startswith("Kept as a draft ")
    kept = Conclusion.objects.get()
    assert (kept.diagnosis, kept.side, kept.wording) == ("", "", "High ham")
    page = answer.content.decode()
    assert f'value="{mark_of(kept)}"' in page
    assert "Choose a working diagnosis." in page
    assert "<html" not in page


def test_a_stage_that_does_not_exist_is_said_while_typing(examination: Examination, sign_in: SignIn) -> None:
    sent = FORM | {"diagnosis": "sij", "stage": "4"}
    answer = sign_in(examination.world.clinician).post(url("conclusion", examination), sent, headers=HTMX)
    assert answer.status_code == 422
    assert "answer-refused" in answer["HX-Trigger"]
    assert "has the stages 1 to 3" in answer.content.decode()
    assert not Conclusion.objects.exists()


def test_what_a_colleague_concluded_meanwhile_is_told_and_not_overwritten(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.conclude(wording="As it was")
    seen = mark_of(Conclusion.objects.get())
    actions.save_conclusion(
        by=examination.world.administrator,
        assessment=examination.draft,
        **(SAID | {"stage": 2, "wording": "As it was"}),
    )
    client = sign_in(examination.world.clinician)
    sent = FORM | {"stage": "3", "wording": "My words", "seen": seen}
    answer = client.post(url("conclusion", examination), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ada Lindqvist changed the conclusion meanwhile (Stage: 2)" in page
    assert "My words" in page
    assert Conclusion.objects.get().wording == "As it was"
    assert client.post(url("sign", examination), sent).status_code == 422
    replace = mark_of(Conclusion.objects.get())
    assert client.post(url("conclusion", examination), sent | {"replace": replace}).status_code == 302
    assert (Conclusion.objects.get().stage, Conclusion.objects.get().wording) == (3, "My words")


def test_what_only_a_colleague_changed_stays_when_i_change_something_else(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.conclude(wording="As it was")
    seen = mark_of(Conclusion.objects.get())
    actions.save_conclusion(
        by=examination.world.administrator, assessment=examination.draft, **(SAID | {"wording": "Ada's words"})
    )
    sent = FORM | {"stage": "1", "irritability": "low", "wording": "As it was", "seen": seen}
    assert sign_in(examination.world.clinician).post(url("conclusion", examination), sent).status_code == 302
    kept = Conclusion.objects.get()
    assert (kept.irritability, kept.wording) == ("low", "Ada's words")


def test_keeping_after_somebody_signed_is_told_as_such(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    answer = sign_in(examination.world.clinician).post(url("conclusion", examination), FORM, headers=HTMX)
    assert answer.status_code == 409
    assert "signed and can no longer change" in answer["HX-Trigger"]


def test_a_reader_keeps_and_signs_nothing(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.reader)
    for name in ("conclusion", "sign", "discard"):
        assert client.post(url(name, examination), FORM).status_code == 403, name
    assert client.get(reverse("assessments:to_sign")).status_code == 403


@pytest.mark.parametrize(
    ("fields", "offered"),
    [({"diagnosis": "mixed", "stage": None}, True), ({}, True), ({"diagnosis": "outside", "stage": None}, False)],
    ids=["mixed", "one cause", "none of them"],
)
def test_a_program_is_offered_where_the_library_has_one(
    examination: Examination, sign_in: SignIn, fields: dict[str, Any], offered: bool
) -> None:
    examination.ready().conclude(**fields)
    examination.sign()
    page = sign_in(examination.world.clinician).get(url("signed", examination)).content.decode()
    assert ("Propose a program" in page) is offered
