"""Marking the body chart: saved at once, never over a colleague, frozen with the signature; findings only when agreed."""

import json
import re

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from assessments import actions
from assessments.chart import ChartGiven, Marked, chart_words
from assessments.errors import AlreadySigned
from assessments.models import Answer, PainArea
from assessments.queries import pain_areas_of
from assessments.reasoning.body_chart import Area, Place, area
from assessments.views.chart_context import chart_context
from tests.assessments.conftest import Examination, SignIn
from tests.support.queries import at_most

HTMX = {"HTTP_HX_REQUEST": "true"}
CALF: Place = ("calf", "right")


def url(examination: Examination, name: str = "mark_chart") -> str:
    return reverse(f"assessments:{name}", args=[examination.draft.pk])


def stored(examination: Examination) -> dict[str, tuple[list[str], bool]]:
    rows = PainArea.objects.filter(assessment=examination.draft)
    return {"-".join(filter(None, (row.region, row.side))): (row.qualities, row.is_worst) for row in rows}


def answers(examination: Examination) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=examination.draft)}


def mark(examination: Examination, *areas: Area, seen: str = "", worst: str | None = None) -> actions.ChartOutcome:
    given = ChartGiven(tuple(Marked(item.place, item, seen) for item in areas), worst, "")
    return actions.mark_chart(by=examination.world.clinician, assessment=examination.draft, given=given)


def chart_form(page: str) -> dict[str, str]:
    """What a browser sends of the chart's form as it is shown."""
    form = re.search(r'<form[^>]*id="chart-form".*?</form>', page, re.DOTALL)
    assert form
    data = {"brush": re.search(r'name="brush"[^>]*value="(\w+)"[^>]* checked', page)[1]}  # type: ignore[index]
    for tag in re.findall(r"<input[^>]*>", form[0]):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        data[at["name"]] = at.get("value", "on")
    return data


def test_a_tap_marks_a_region_with_the_quality_in_hand(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    sent = {"was-calf-left": "", "area-calf-left": "on", "brush": "numb"}
    answer = client.post(url(examination), sent, **HTMX)
    assert answer.status_code == 200
    assert stored(examination) == {"calf-left": (["numb"], False)}
    events = json.loads(answer["HX-Trigger"])
    assert re.fullmatch(r"Saved \d\d:\d\d", events["answer-saved"]["text"])
    assert events["announce"]["text"] == "Marked: Left calf: numb."
    pieces = answer.content.decode()
    assert 'data-area="calf-left"' in pieces
    assert 'name="was-calf-left" value="numb"' in pieces
    assert re.search(r'id="chart-marks-back"[^>]*hx-swap-oob="true"', pieces)
    assert "findings-changed" not in events, "a drawing answers no finding"


def test_qualities_are_added_and_taken_back_and_the_region_stays_marked(examination: Examination) -> None:
    mark(examination, area(CALF, ["ache"]))
    mark(examination, area(CALF, ["burning", "ache"]), seen="ache")
    assert stored(examination) == {"calf-right": (["ache", "burning"], False)}
    mark(examination, area(CALF), seen="ache,burning")
    assert stored(examination) == {"calf-right": ([], False)}


def test_one_area_is_the_worst_and_choosing_another_moves_it(examination: Examination, sign_in: SignIn) -> None:
    mark(examination, area(CALF, ["ache"]), area(("buttock", "right"), ["ache"]), worst="calf-right")
    client = sign_in(examination.world.clinician)
    client.post(url(examination), {"worst": "buttock-right", "was-worst": "calf-right"}, **HTMX)
    assert stored(examination) == {"calf-right": (["ache"], False), "buttock-right": (["ache"], True)}
    assert chart_words(chart_context(examination.draft, None).areas)[0] == "Right buttock: ache, worst area"
    client.post(url(examination), {"worst": "", "was-worst": "buttock-right"}, **HTMX)
    assert not any(is_worst for _qualities, is_worst in stored(examination).values())


def test_what_is_removed_can_be_put_back_as_it_was(examination: Examination, sign_in: SignIn) -> None:
    mark(examination, area(CALF, ["ache", "numb"]), worst="calf-right")
    client = sign_in(examination.world.clinician)
    sent = {
        "was-calf-right": "ache,numb",
        "area-calf-right": "on",
        "quality-calf-right-ache": "on",
        "remove": "calf-right",
    }
    pieces = client.post(url(examination), sent, **HTMX).content.decode()
    assert stored(examination) == {}
    undo = re.search(r'<form[^>]*id="undo-calf-right".*?</form>', pieces, re.DOTALL)
    assert undo
    back = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', undo[0]))
    client.post(url(examination), back, **HTMX)
    assert stored(examination) == {"calf-right": (["ache", "numb"], True)}


def test_a_colleagues_mark_is_not_overwritten_unseen(examination: Examination, sign_in: SignIn) -> None:
    mark(examination, area(CALF, ["ache"]))
    client = sign_in(examination.world.administrator)
    sent = {"was-calf-right": "", "area-calf-right": "on", "quality-calf-right-sharp": "on"}
    answer = client.post(url(examination), sent, **HTMX)
    assert answer.status_code == 422
    assert "Right calf: Ines Halvard recorded “ache” meanwhile; “sharp” was not saved." in answer.content.decode()
    assert stored(examination) == {"calf-right": (["ache"], False)}
    answer = client.post(url(examination), sent | {"was-calf-right": "ache"}, **HTMX)
    assert stored(examination) == {"calf-right": (["sharp"], False)}


def test_a_worst_area_a_colleague_chose_is_not_overwritten_unseen(examination: Examination, sign_in: SignIn) -> None:
    mark(examination, area(CALF), area(("buttock", "right")), worst="calf-right")
    sent = {"worst": "buttock-right", "was-worst": ""}
    answer = sign_in(examination.world.administrator).post(url(examination), sent, **HTMX)
    assert answer.status_code == 422
    assert "Ines Halvard chose Right calf as the worst area meanwhile" in answer.content.decode()
    assert stored(examination)["calf-right"] == ([], True)


def test_an_old_page_sent_again_takes_nothing_back(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    old = chart_form(client.get(reverse("assessments:intake", args=[examination.draft.pk])).content.decode())
    mark(examination, area(CALF, ["ache"]))
    client.post(url(examination), old | {"area-knee-left": "on"})
    assert stored(examination) == {"calf-right": (["ache"], False), "knee-left": (["ache"], False)}


def test_the_same_message_sent_twice_counts_once(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    counted = HTMX | {"HTTP_X_ANSWER_DEVICE": "5f0c2c52-9e0b-4e6f-9a55-0a4d2f1f3c77", "HTTP_X_ANSWER_NUMBER": "1"}
    sent = {"was-calf-right": "", "area-calf-right": "on", "brush": "ache"}
    client.post(url(examination), sent, **counted)
    mark(examination, area(CALF, ["numb"]), seen="ache")
    answer = client.post(url(examination), sent, **counted)
    assert answer.status_code == 200
    assert 'name="was-calf-right" value="numb"' in answer.content.decode()
    assert stored(examination) == {"calf-right": (["numb"], False)}


def test_without_script_the_list_is_a_form_that_saves_everything_at_once(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    intake = reverse("assessments:intake", args=[examination.draft.pk])
    data = chart_form(client.get(intake).content.decode())
    answer = client.post(url(examination), data | {"area-calf-left": "on", "area-sacrum": "on", "brush": "sharp"})
    assert answer["Location"] == intake + "#section-body-chart"
    assert stored(examination) == {"calf-left": (["sharp"], False), "sacrum": (["sharp"], False)}
    data = chart_form(client.get(intake).content.decode())
    del data["area-sacrum"]
    client.post(url(examination), data | {"worst": "calf-left", "quality-calf-left-numb": "on"})
    assert stored(examination) == {"calf-left": (["sharp", "numb"], True)}


@pytest.mark.parametrize(
    "sent",
    [{"was-elbow-left": ""}, {"worst": "elbow"}, {"was-calf-left": "", "area-calf-left": "on", "brush": "itchy"}],
)
def test_what_the_chart_does_not_have_is_refused(
    examination: Examination, sign_in: SignIn, sent: dict[str, str]
) -> None:
    answer = sign_in(examination.world.clinician).post(url(examination), sent, **HTMX)
    assert answer.status_code == 409
    assert stored(examination) == {}


def test_a_signed_chart_can_no_longer_change(examination: Examination, sign_in: SignIn) -> None:
    mark(examination, area(CALF, ["ache"]))
    examination.ready().sign()
    with pytest.raises(AlreadySigned):
        mark(examination, area(("knee", "left")))
    with pytest.raises(DatabaseError, match="signed"), transaction.atomic():
        PainArea.objects.filter(assessment=examination.draft).update(qualities=["numb"])
    answer = sign_in(examination.world.clinician).post(url(examination), {"was-knee-left": "", "area-knee-left": "on"})
    assert answer.status_code == 409
    assert stored(examination) == {"calf-right": (["ache"], False)}


def test_a_reader_sees_the_chart_and_marks_nothing(examination: Examination, sign_in: SignIn) -> None:
    mark(examination, area(CALF, ["ache"]))
    client = sign_in(examination.world.reader)
    page = client.get(reverse("assessments:intake", args=[examination.draft.pk])).content.decode()
    assert "<li>Right calf: ache</li>" in page
    assert 'id="chart-form"' not in page
    assert client.post(url(examination), {}).status_code == 403
    assert client.post(url(examination, "agree_chart"), {}).status_code == 403


def test_a_suggestion_is_recorded_when_agreed_and_shown_in_its_own_place(
    examination: Examination, sign_in: SignIn
) -> None:
    mark(examination, area(CALF, ["ache"]))
    client = sign_in(examination.world.clinician)
    page = client.get(reverse("assessments:intake", args=[examination.draft.pk])).content.decode()
    assert "Marked: Right calf." in page
    assert answers(examination) == {}, "nothing is answered by drawing"
    sent = {"finding": "pain_below_knee", "side": "", "seen": "", "answer": "present"}
    answer = client.post(url(examination, "agree_chart"), sent, **HTMX)
    assert answers(examination) == {("pain_below_knee", ""): "present"}
    assert json.loads(answer["HX-Trigger"])["findings-changed"] is True
    pieces = answer.content.decode()
    assert re.search(r'id="pain_below_knee-present" checked', pieces)
    assert 'id="agree-pain_below_knee"' not in pieces


def test_a_suggestion_is_not_so_only_when_somebody_says_so_and_both_stay_visible(
    examination: Examination, sign_in: SignIn
) -> None:
    mark(examination, area(CALF, ["ache"]))
    client = sign_in(examination.world.clinician)
    sent = {"finding": "pain_below_knee", "side": "", "seen": "", "answer": "absent"}
    client.post(url(examination, "agree_chart"), sent)
    page = client.get(reverse("assessments:intake", args=[examination.draft.pk])).content.decode()
    assert "Answered absent, but the chart shows: Right calf." in page


def test_a_mark_taken_away_later_clears_no_answer_and_says_that_they_differ(
    examination: Examination, sign_in: SignIn
) -> None:
    mark(examination, area(CALF, ["ache"]), area(("thigh_mid", "right"), ["ache"]))
    examination.answer(("pain_below_knee", "", "present"))
    client = sign_in(examination.world.clinician)
    pieces = client.post(url(examination), {"was-calf-right": "ache"}, **HTMX).content.decode()
    assert answers(examination) == {("pain_below_knee", ""): "present"}
    assert "Answered present, but the chart does not show it (any more)." in pieces


def test_an_answer_a_colleague_gave_meanwhile_is_not_overwritten_by_agreeing(
    examination: Examination, sign_in: SignIn
) -> None:
    mark(examination, area(CALF, ["ache"]))
    examination.answer(("pain_below_knee", "", "absent"))
    sent = {"finding": "pain_below_knee", "side": "", "seen": "", "answer": "present"}
    answer = sign_in(examination.world.administrator).post(url(examination, "agree_chart"), sent, **HTMX)
    assert answer.status_code == 422
    assert "Ines Halvard recorded “Absent” meanwhile" in answer.content.decode()
    assert answers(examination) == {("pain_below_knee", ""): "absent"}


def test_only_findings_the_chart_speaks_for_can_be_answered_from_it(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    answer = client.post(
        url(examination, "agree_chart"), {"finding": "slump", "side": "left", "answer": "present"}, **HTMX
    )
    assert answer.status_code == 409
    assert answers(examination) == {}


def test_the_pointing_sign_is_explained_and_cannot_be_recorded_from_a_mark(
    examination: Examination, sign_in: SignIn
) -> None:
    mark(examination, area(("si_joint", "right"), ["ache"]))
    client = sign_in(examination.world.clinician)
    page = client.get(reverse("assessments:intake", args=[examination.draft.pk])).content.decode()
    assert "A mark here is not the sign." in page
    assert 'href="#finding-sij_fortin"' in page
    sent = {"finding": "sij_fortin", "side": "right", "seen": "", "answer": "present"}
    assert client.post(url(examination, "agree_chart"), sent, **HTMX).status_code == 409
    assert answers(examination) == {}


def test_query_counts_stay_small_and_do_not_grow_with_the_chart(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    for places in ([CALF], [("knee", "left"), ("shin", "left"), ("heel", "left"), ("groin", "left")]):
        mark(examination, *(area(place, ["ache"]) for place in places))
        region, side = places[0]
        with at_most(15):
            sent = {
                f"was-{region}-{side}": "ache",
                f"area-{region}-{side}": "on",
                f"quality-{region}-{side}-numb": "on",
            }
            assert client.post(url(examination), sent, **HTMX).status_code == 200
    with at_most(1):
        pain_areas_of(examination.draft)
