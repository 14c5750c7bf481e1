"""What the intake page does besides single answers: a section at once, earlier findings, evidence; with script and without."""

import json
import re

from django.urls import reverse

from assessments import actions
from assessments.models import Answer
from tests.assessments.conftest import ON, Examination, SignIn
from tests.assessments.test_intake_page import HTMX, section_form, stored, url
from tests.support.queries import at_most


def act(name: str, examination: Examination, section: str) -> str:
    return reverse(f"assessments:{name}", args=[examination.draft.pk, section])


def followed(examination: Examination) -> Examination:
    """The second visit after one that was signed."""
    examination.ready().sign()
    draft = actions.start_assessment(by=examination.world.clinician, episode=examination.draft.episode, on=ON)
    return Examination(examination.world, draft)


def test_a_section_is_filled_and_taken_back_in_place(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    examination.answer(("faber", "right", "present"))
    answer = client.post(act("all_absent", examination, "sacroiliac"), **HTMX)
    pieces = answer.content.decode()
    assert len(stored(examination)) == 12
    assert re.search(r'id="faber-left-absent" checked', pieces)
    assert 'id="at-faber-right"' not in pieces, "what was answered before is not touched"
    assert "11 answers recorded as absent." in pieces
    assert re.search(r'id="count-sacroiliac" hx-swap-oob="true">6/6<', pieces)
    events = json.loads(answer["HX-Trigger"])
    assert events["section-filled"] == {"section": "sacroiliac", "number": 11}
    undo = re.search(r'name="undo" value="([^"]+)"', pieces)
    assert undo
    back = client.post(act("take_back", examination, "sacroiliac"), {"undo": undo[1]}, **HTMX)
    assert stored(examination) == {("faber", "right"): "present"}
    assert "All absent in this section" in back.content.decode()


def test_without_script_a_section_is_filled_with_what_was_ticked_and_taken_back(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    page = client.get(url("intake", examination)).content.decode()
    data = section_form(page, "sacroiliac") | {"answer-faber-right": "present"}
    filled = client.post(act("all_absent", examination, "sacroiliac"), data)
    page = filled.content.decode()
    assert filled.status_code == 200
    assert stored(examination)["faber", "right"] == "present"
    assert len(stored(examination)) == 12
    undo = re.search(r'name="undo" value="([^"]+)"', page)
    assert undo
    data = section_form(page, "sacroiliac") | {"undo": undo[1]}
    answer = client.post(act("take_back", examination, "sacroiliac"), data)
    assert answer["Location"].endswith("#section-sacroiliac")
    assert stored(examination) == {("faber", "right"): "present"}


def test_a_colleagues_answer_is_kept_and_told_when_a_section_is_filled(
    examination: Examination, sign_in: SignIn
) -> None:
    page = sign_in(examination.world.administrator).get(url("intake", examination)).content.decode()
    data = section_form(page, "sacroiliac") | {f"answer-faber-{side}": "" for side in ("left", "right")}
    examination.answer(("faber", "left", "present"))
    client = sign_in(examination.world.administrator)
    answer = client.post(act("all_absent", examination, "sacroiliac"), data, **HTMX)
    assert stored(examination)["faber", "left"] == "present"
    assert "Ines Halvard recorded “Present” meanwhile" in answer.content.decode()


def test_screening_and_history_have_no_such_button_and_refuse_it(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    page = client.get(url("intake", examination)).content.decode()
    for section in ("screening", "history", "loading"):
        assert act("all_absent", examination, section) not in page
        assert client.post(act("all_absent", examination, section), **HTMX).status_code == 409
    assert stored(examination) == {}


def test_taking_back_touches_no_other_section(examination: Examination, sign_in: SignIn) -> None:
    examination.answer(("slump", "left", "absent"))
    client = sign_in(examination.world.clinician)
    client.post(act("take_back", examination, "sacroiliac"), {"undo": "slump-left nothing <b>"}, **HTMX)
    assert stored(examination) == {("slump", "left"): "absent"}


def test_each_row_shows_what_was_found_before_with_the_whole_visit_one_tap_away(
    examination: Examination, sign_in: SignIn
) -> None:
    second = followed(examination)
    page = sign_in(second.world.clinician).get(url("intake", second)).content.decode()
    line = re.search(r'<p class="finding-before[^"]*" id="before-sij_distraction">.*?</p>', page, re.DOTALL)
    assert line
    assert "right absent" in line[0]
    assert url("signed", examination) in line[0]
    assert 'target="_blank"' in line[0], "a window of its own: nothing on this page is lost"
    screening = re.search(r'id="before-night_pain">.*?</p>', page, re.DOTALL)
    assert screening
    assert "Carry over" not in screening[0], "screening is asked anew"


def test_carried_then_confirmed_and_only_then_counted(examination: Examination, sign_in: SignIn) -> None:
    second = followed(examination)
    client = sign_in(second.world.clinician)
    carried = client.post(url("carry", second), {"carry": "sij_distraction"}, **HTMX)
    assert "carried over, not confirmed" in carried.content.decode()
    assert "findings-changed" not in json.loads(carried["HX-Trigger"])
    page = client.get(url("intake", second)).content.decode()
    assert not re.search(r'id="sij_distraction-right-absent" checked', page), "a carried answer is not today's answer"
    assert "0/6" in page
    confirmed = client.post(url("confirm", second), {"confirm": "sij_distraction"}, **HTMX)
    assert json.loads(confirmed["HX-Trigger"])["findings-changed"] is True
    assert re.search(r'id="sij_distraction-right-absent" checked', confirmed.content.decode())
    assert Answer.objects.get(assessment=second.draft).carried_from is None


def test_carried_answers_are_left_out_one_by_one_or_all(examination: Examination, sign_in: SignIn) -> None:
    second = followed(examination)
    client = sign_in(second.world.clinician)
    for key in ("sij_distraction", "mbk_stretch", "onset"):
        client.post(url("carry", second), {"carry": key}, **HTMX)
    client.post(url("leave_out", second), {"leave": "onset"}, **HTMX)
    assert Answer.objects.filter(assessment=second.draft).count() == 2
    client.post(url("leave_out", second))
    assert not Answer.objects.filter(assessment=second.draft).exists()


def test_without_script_carrying_keeps_what_was_ticked_in_the_same_form(
    examination: Examination, sign_in: SignIn
) -> None:
    second = followed(examination)
    client = sign_in(second.world.clinician)
    page = client.get(url("intake", second)).content.decode()
    data = section_form(page, "sacroiliac") | {"answer-faber-left": "present", "carry": "sij_distraction"}
    answer = client.post(url("carry", second), data)
    assert answer["Location"].endswith("#section-sacroiliac")
    rows = {row.key: row.carried_from_id is not None for row in Answer.objects.filter(assessment=second.draft)}
    assert rows == {"faber": False, "sij_distraction": True}


def test_a_question_about_a_value_comes_with_its_button_and_one_press_keeps_it(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    data = {"section": "range", "answer-slr_degrees-right": "139", "was-slr_degrees-right": ""}
    asked = client.post(url("finding", examination), data)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "139° is unusual here" in page
    assert "Yes, keep 139°" in page
    assert stored(examination) == {}
    again = section_form(page, "range")
    assert again["answer-slr_degrees-right"] == "139"
    client.post(url("finding", examination), again | {"sure-slr_degrees-right": "139"})
    assert stored(examination)["slr_degrees", "right"] == "139"
    other = {"answer-slr_degrees-right": "138", "was-slr_degrees-right": "139", "sure-slr_degrees-right": "139"}
    assert client.post(url("finding", examination), other, **HTMX).status_code == 422, "sure of another value"


def test_the_evidence_of_a_finding_is_read_on_demand_or_on_a_page_of_its_own(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.reader)
    address = reverse("assessments:about_finding", args=["slump"])
    part = client.get(address, **HTMX).content.decode()
    assert "<html" not in part
    assert '<th scope="col" class="num">LR+</th>' in part
    assert "%" not in re.sub(r"<[^>]+>", "", part), "no percentages"
    assert re.search(r'class="standing">\w', part)
    assert "Reviewed" in part
    page = client.get(address).content.decode()
    assert "<h1>Slump test" in page
    assert client.get(reverse("assessments:about_finding", args=["nothing"])).status_code == 404
    assert "Published accuracy" not in client.get(url("intake", examination)).content.decode()


def test_the_loss_of_one_side_is_put_into_words_where_there_is_a_mark(
    examination: Examination, sign_in: SignIn
) -> None:
    examination.answer(("ake_degrees", "left", "10"), ("ake_degrees", "right", "31"), ("slr_degrees", "left", "80"))
    page = sign_in(examination.world.clinician).get(url("intake", examination)).content.decode()
    assert "+21°" in page
    assert "More than 15°: counts as a side difference (our proposal)" in page


def test_acts_cost_few_queries_however_much_is_recorded(examination: Examination, sign_in: SignIn) -> None:
    second = followed(examination)
    client = sign_in(second.world.clinician)
    with at_most(16):
        client.post(act("all_absent", second, "neural"), **HTMX)
    with at_most(16):
        client.post(url("carry", second), {"carry": "sij_distraction"}, **HTMX)
    with at_most(16):
        client.post(url("confirm", second), {"confirm": "sij_distraction"}, **HTMX)
