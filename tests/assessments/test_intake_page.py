"""The intake page and its saving, with script and without."""

import json
import re

import pytest
from django.urls import reverse

from assessments.models import Answer
from assessments.reasoning import FINDINGS, SECTIONS
from clinic.models import AccessEntry
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import Examination, SignIn, open_draft, screening
from tests.support.factories import make_clinic, make_patient
from tests.support.queries import at_most

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name: str, examination: Examination) -> str:
    return reverse(f"assessments:{name}", args=[examination.draft.pk])


def stored(examination: Examination) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=examination.draft)}


def section_form(page: str, key: str) -> dict[str, str]:
    """What a browser without script sends when the section's Save is pressed."""
    form = re.search(rf'<form[^>]*id="section-{key}".*?</form>', page, re.DOTALL)
    assert form
    data: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") == "radio" and " checked" not in tag:
            continue
        if "name" in at:
            data[at["name"]] = at.get("value", "")
    return data


def test_every_finding_of_every_section_is_asked(examination: Examination, sign_in: SignIn) -> None:
    page = sign_in(examination.world.clinician).get(url("intake", examination)).content.decode()
    for section in SECTIONS:
        assert f'id="section-{section.key}"' in page
    for key, finding in FINDINGS.items():
        if key == "age_years":
            continue
        for side in ("-left", "-right") if finding.sided else ("",):
            assert f'name="answer-{key}{side}"' in page, key
    assert "checked" not in section_form(page, "neural").values()
    assert not re.search(r'name="answer-[^>]* checked', page), "no default answers"


def test_the_painful_side_is_named_and_no_name_stands_in_the_title(examination: Examination, sign_in: SignIn) -> None:
    page = sign_in(examination.world.clinician).get(url("intake", examination)).content.decode()
    assert "Right · painful" in page
    assert "Left · painful" not in page
    assert "<title>Intake · Strideback</title>" in page


def test_one_answer_is_saved_as_it_is_given(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    answer = client.post(url("finding", examination), {"answer-slump-left": "present", "was-slump-left": ""}, **HTMX)
    assert answer.status_code == 200
    assert stored(examination) == {("slump", "left"): "present"}
    events = json.loads(answer["HX-Trigger"])
    assert events["findings-changed"] is True
    assert re.fullmatch(r"Saved \d\d:\d\d", events["answer-saved"]["text"])
    pieces = answer.content.decode()
    assert 'id="was-slump-left" value="present" hx-swap-oob="true"' in pieces
    assert re.search(r'id="count-neural" hx-swap-oob="true">1/\d+<', pieces)


def test_a_measured_value_answers_with_the_difference_of_the_sides(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    client.post(url("finding", examination), {"answer-slr_degrees-left": "74"}, **HTMX)
    pieces = client.post(url("finding", examination), {"answer-slr_degrees-right": "66"}, **HTMX).content.decode()
    assert re.search(r'id="delta-slr_degrees-right" hx-swap-oob="true">.*−8°', pieces)


def test_a_value_out_of_range_is_refused_beside_its_field_and_nothing_is_lost(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    client.post(url("finding", examination), {"answer-slr_degrees-right": "66"}, **HTMX)
    answer = client.post(
        url("finding", examination), {"answer-slr_degrees-right": "740", "was-slr_degrees-right": "66"}, **HTMX
    )
    assert answer.status_code == 422
    assert "“740” was not saved" in answer.content.decode()
    assert 'id="at-slr_degrees-right"' not in answer.content.decode(), "what was typed stays in the field"
    assert "answer-refused" in json.loads(answer["HX-Trigger"])
    assert stored(examination) == {("slr_degrees", "right"): "66"}


def test_an_answer_overtaken_by_a_colleague_comes_back_as_it_is_stored(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(("slump", "left", "absent"))
    answer = sign_in(examination.world.administrator).post(
        url("finding", examination), {"answer-slump-left": "present", "was-slump-left": ""}, **HTMX
    )
    assert answer.status_code == 422
    pieces = answer.content.decode()
    assert "Ines Halvard recorded “Absent” meanwhile" in pieces
    assert re.search(r'id="slump-left-absent" checked', pieces)
    assert stored(examination) == {("slump", "left"): "absent"}


def test_without_script_a_section_saves_all_its_answers_at_once(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    page = client.get(url("intake", examination)).content.decode()
    data = section_form(page, "neural") | {"answer-slump-left": "absent", "answer-slump-right": "present"}
    answer = client.post(url("finding", examination), data)
    assert answer["Location"] == url("intake", examination) + "#section-neural"
    assert stored(examination) == {("slump", "left"): "absent", ("slump", "right"): "present"}
    again = section_form(client.get(url("intake", examination)).content.decode(), "neural")
    assert again["answer-slump-right"] == again["was-slump-right"] == "present"


def test_without_script_a_refused_value_comes_back_as_typed_with_the_reason(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    data = {"section": "range", "answer-slr_degrees-left": "74", "answer-slr_degrees-right": "sixty <b>six</b>"}
    answer = client.post(url("finding", examination), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Some answers were not saved" in page
    assert 'value="sixty &lt;b&gt;six&lt;/b&gt;"' in page
    assert 'value="74"' in page
    assert stored(examination) == {("slr_degrees", "left"): "74"}


def test_an_emergency_takes_the_whole_page_until_somebody_deals_with_it(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    examination.answer(("saddle_numbness", "", "present"))
    page = client.get(url("intake", examination)).content.decode()
    assert "Possible cauda equina syndrome" in page
    assert "Emergency number 999" in page
    assert 'class="intake"' not in page
    assert 'id="hyp-' not in page
    answer = client.get(url("panel", examination), **HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, url("intake", examination))
    client.post(url("red_flag", examination), {"flag": "RF01", "kind": "acted", "reason": "Ambulance called 10:40."})
    page = client.get(url("intake", examination)).content.decode()
    assert "Acted on by Ines Halvard" in page
    assert 'class="intake"' in page
    assert 'class="meter"' not in page, "no order while the flag is not released"


def test_a_mistaken_answer_is_corrected_on_the_stop_page(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    examination.answer(("saddle_numbness", "", "present"))
    data = section_form(client.get(url("intake", examination)).content.decode(), "screening")
    assert data["answer-saddle_numbness"] == "present"
    answer = client.post(url("finding", examination), data | {"answer-saddle_numbness": "absent"}, follow=True)
    assert 'class="intake"' in answer.content.decode()


def test_a_decision_without_a_reason_comes_back_with_words(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(*screening(), ("hop_pain", "right", "present"))
    answer = sign_in(examination.world.clinician).post(
        url("red_flag", examination), {"flag": "RF07", "kind": "released", "reason": " "}
    )
    assert answer.status_code == 422
    assert "the reason stays with the record" in answer.content.decode()


def test_a_reader_looks_but_does_not_touch(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(("slump", "left", "present"))
    client = sign_in(examination.world.reader)
    page = client.get(url("intake", examination)).content.decode()
    assert "your role records no findings" in page
    assert "hx-post" not in page
    assert "Conclude" not in page
    assert "<fieldset disabled>" in page
    for name in ("finding", "red_flag", "conclusion", "sign"):
        assert client.post(url(name, examination)).status_code == 403, name
    start = reverse("assessments:start", args=[examination.draft.episode_id])
    assert client.post(start).status_code == 403


def test_a_colleague_works_on_the_same_assessment_and_every_reading_is_remembered(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.administrator)
    assert client.get(url("intake", examination)).status_code == 200
    entry = AccessEntry.objects.get()
    assert (entry.user, entry.what) == (examination.world.administrator, "assessments:intake")
    assert entry.patient_id == examination.draft.episode.patient_id


@pytest.mark.django_db
def test_a_stranger_finds_nothing(sign_in: SignIn) -> None:
    here = make_clinic("Here")
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        examination = open_draft(here)
    client = sign_in(make_clinic("There").clinician)
    for name in ("intake", "panel", "conclusion", "signed", "amend"):
        assert client.get(url(name, examination)).status_code == 404, name
    for name in ("finding", "red_flag", "conclusion", "sign", "amend"):
        assert client.post(url(name, examination)).status_code == 404, name
    assert client.post(reverse("assessments:start", args=[examination.draft.episode_id])).status_code == 404


def test_a_signed_assessment_answers_409_with_words(examination: Examination, sign_in: SignIn) -> None:
    examination.ready().sign()
    client = sign_in(examination.world.clinician)
    for name in ("finding", "red_flag", "conclusion", "sign"):
        answer = client.post(url(name, examination), {"answer-slump-left": "present"})
        assert answer.status_code == 409, name
        assert "Amend it to correct something" in answer.content.decode(), name
    answer = client.post(url("finding", examination), {"answer-slump-left": "present"}, **HTMX)
    assert answer.status_code == 409
    assert "Amend it" in json.loads(answer["HX-Trigger"])["answer-refused"]["text"]
    assert client.get(url("intake", examination))["Location"] == url("signed", examination)


def test_starting_opens_a_visit_and_starting_again_goes_on_with_it(examination: Examination, sign_in: SignIn) -> None:
    start = reverse("assessments:start", args=[examination.draft.episode_id])
    answer = sign_in(examination.world.administrator).post(start, follow=True)
    assert answer.redirect_chain[0][0] == url("intake", examination)
    assert "Ines Halvard started this visit" in answer.content.decode()
    assert sign_in(examination.world.clinician).get(start).status_code == 405


def test_a_closed_episode_says_why_it_cannot_be_examined(examination: Examination, sign_in: SignIn) -> None:
    episode = examination.ready().sign().episode
    episode.closed_on = "2026-11-22"
    episode.save()
    answer = sign_in(examination.world.clinician).post(reverse("assessments:start", args=[episode.pk]))
    assert answer.status_code == 409
    assert "This episode is closed" in answer.content.decode()


def test_both_sides_painful_names_both_and_shows_no_difference(clinic: object, sign_in: SignIn) -> None:
    examination = open_draft(clinic, painful_side="both")  # type: ignore[arg-type]
    examination.answer(("slr_degrees", "left", "70"), ("slr_degrees", "right", "60"))
    page = sign_in(examination.world.clinician).get(url("intake", examination)).content.decode()
    assert "Left · painful" in page
    assert "Right · painful" in page
    assert "−10°" not in page


def test_hostile_and_long_words_survive_as_text(clinic: object, sign_in: SignIn) -> None:
    world = clinic
    patient = make_patient(world.clinic, last_name="<script>alert(1)</script>" + "x" * 50)  # type: ignore[attr-defined]
    examination = open_draft(world, patient=patient)  # type: ignore[arg-type]
    page = sign_in(examination.world.clinician).get(url("intake", examination)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_query_counts_stay_small_and_do_not_grow_with_the_answers(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    client.get(url("intake", examination))
    for full in (False, True):
        if full:
            examination.answer(
                *screening(),
                *[(k, "right", "absent") for k, f in FINDINGS.items() if f.sided and not f.kind.is_measured],
            )
        with at_most(14):  # one for earlier visits, one for the body chart, one for the outcome measures
            client.get(url("intake", examination))
        with at_most(12):
            value = "present" if not full else "absent"
            client.post(url("finding", examination), {"answer-crossed_slr-left": value}, **HTMX)
        with at_most(12):
            client.get(url("panel", examination), **HTMX)
        with at_most(12):
            client.get(url("conclusion", examination))
