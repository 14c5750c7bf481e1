"""A follow-up visit opens on the retest card: baseline beside today, answered where it stands, the differential reopened."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from assessments import actions
from assessments.models import Activity, Answer, OutcomeScore, PainArea
from assessments.said import Said
from tests.assessments.conftest import ON, Examination, SignIn, screening
from tests.support.queries import at_most

HTMX = {"HTTP_HX_REQUEST": "true"}
STRAIN = [
    ("onset", "", "sudden"),
    ("palp_hamstring", "right", "present"),
    ("stretch_pain", "right", "present"),
    ("resisted_kf_pain", "right", "present"),
    ("slr_degrees", "right", "52"),
    ("slr_degrees", "left", "74"),
    ("nprs_run", "", "6"),
    ("own_prediction_days", "", "21"),
    ("slump", "right", "present"),
]
SETTLED = [
    ("palp_hamstring", "right", "absent"),
    ("stretch_pain", "right", "absent"),
    ("resisted_kf_pain", "right", "absent"),
]


def concluded(examination: Examination, *answers: tuple[str, str, str]) -> None:
    examination.answer(*screening(), *answers)
    examination.conclude(
        diagnosis="hamstring_strain", stage=2, severity="moderate", unexamined_reason="The picture is clear."
    )
    examination.sign()


def follow_up(examination: Examination, *, days: int = 21) -> Examination:
    draft = actions.start_assessment(
        by=examination.world.clinician, episode=examination.draft.episode, on=ON + timedelta(days=days)
    )
    return Examination(examination.world, draft)


@pytest.fixture
def second(examination: Examination) -> Examination:
    """The second visit of a strain with a slump test that was positive from the start."""
    concluded(examination, *STRAIN)
    return follow_up(examination)


def url(name: str, examination: Examination) -> str:
    return reverse(f"assessments:{name}", args=[examination.draft.pk])


def page_of(examination: Examination, sign_in: SignIn) -> str:
    return sign_in(examination.world.clinician).get(url("intake", examination)).content.decode()


def part(page: str, identity: str) -> str:
    """One form of the page by its id."""
    found = re.search(rf'<form[^>]*id="{identity}".*?</form>', page, re.DOTALL)
    return found[0] if found else ""


def row(page: str, key: str) -> str:
    found = re.search(rf'<li[^>]*id="finding-{key}".*?</li>', page, re.DOTALL)
    assert found, key
    return re.sub(r"\s+", " ", found[0])


def news(examination: Examination, sign_in: SignIn) -> str:
    answer = sign_in(examination.world.clinician).get(url("retest", examination), **HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_first_visit_has_no_card(examination: Examination, sign_in: SignIn) -> None:
    page = page_of(examination, sign_in)
    assert 'id="section-retest"' not in page
    assert 'id="rail-retest"' not in page
    client = sign_in(examination.world.clinician)
    assert client.get(url("retest", examination), **HTMX)["Location"] == url("intake", examination)


def test_a_follow_up_opens_on_the_card_with_diagnosis_baseline_and_what_the_runner_expected(
    second: Examination, sign_in: SignIn
) -> None:
    page = page_of(second, sign_in)
    assert page.index('id="section-retest"') < page.index('id="section-screening"')
    card = part(page, "section-retest")
    assert "<b>Hamstring strain</b>, right, stage 2, moderate irritability" in card
    assert "baseline of 22 Nov (3 weeks ago) against today" in card
    assert "the runner expected 21 days, until 13 Dec: " in card or "until today." in card
    assert "Red flags are asked again at every visit" in card
    assert "22 Nov <b>52°</b>" in row(card, "slr_degrees")
    assert "Not retested" in row(card, "slr_degrees")
    assert "Not examined before" in row(card, "ake_degrees")
    assert "Sign of another cause" in row(card, "slump")


def test_every_finding_is_answered_in_one_place_only(second: Examination, sign_in: SignIn) -> None:
    page = page_of(second, sign_in)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert 'href="#finding-slump"' in part(page, "section-neural")
    assert 'name="answer-slump-right"' not in part(page, "section-neural")
    assert 'name="answer-slump-right"' in part(page, "section-retest")


def test_answering_in_the_card_is_answering_the_finding(second: Examination, sign_in: SignIn) -> None:
    client = sign_in(second.world.clinician)
    saved = client.post(url("finding", second), {"answer-slr_degrees-right": "66", "was-slr_degrees-right": ""}, **HTMX)
    assert saved.status_code == 200
    assert Answer.objects.get(assessment=second.draft, key="slr_degrees").value == "66"
    change = re.search(r'id="change-slr_degrees-right" hx-swap-oob="true">([^<]*)<', news(second, sign_in))
    assert change
    assert change[1] == "Better by 14°"


def test_without_script_the_card_is_saved_as_a_section(second: Examination, sign_in: SignIn) -> None:
    client = sign_in(second.world.clinician)
    client.post(url("finding", second), {"section": "retest", "answer-slump-right": "absent", "was-slump-right": ""})
    assert Answer.objects.get(assessment=second.draft, key="slump").value == "absent"
    assert "Better: gone" in row(page_of(second, sign_in), "slump")


def test_hamstring_signs_settled_and_slump_still_positive_opens_the_differential(
    second: Examination, sign_in: SignIn
) -> None:
    second.answer(*SETTLED)
    assert "The differential is open again" not in news(second, sign_in)
    second.answer(("slump", "right", "present"))
    told = news(second, sign_in)
    assert "The differential is open again" in told
    assert "The signs of hamstring strain found on 22 Nov have settled" in told
    assert "sciatic nerve tension" in told
    assert 'href="#finding-slump"' in told
    assert reverse("assessments:differential", args=[second.draft.pk]) in told
    assert "The differential is open again" in page_of(second, sign_in)


def test_what_is_carried_over_and_not_confirmed_is_not_retested(second: Examination, sign_in: SignIn) -> None:
    second.answer(("slump", "right", "present"))
    for key in ("palp_hamstring", "stretch_pain", "resisted_kf_pain"):
        actions.carry_over(by=second.world.clinician, assessment=second.draft, key=key)
    assert "Not retested" in row(page_of(second, sign_in), "palp_hamstring")
    assert "The differential is open again" not in news(second, sign_in)


def test_a_third_visit_shows_the_first_and_the_last_one(second: Examination, sign_in: SignIn) -> None:
    concluded(second, *SETTLED, ("slr_degrees", "right", "60"))
    third = follow_up(second, days=35)
    third.answer(("slr_degrees", "right", "70"))
    page = row(page_of(third, sign_in), "slr_degrees")
    assert "22 Nov <b>52°</b>" in page
    assert "13 Dec <b>60°</b>" in page
    assert "Better by 18°" in page


def test_six_weeks_on_it_asks_for_what_is_missing_and_then_says_that_it_does_not_settle(
    examination: Examination, sign_in: SignIn
) -> None:
    given = [Said("words-1", "Hop"), Said("psfs-1", "3"), Said("words-2", "Sit"), Said("psfs-2", "4")]
    actions.record_outcomes(by=examination.world.clinician, assessment=examination.draft, said=given)
    concluded(examination, *STRAIN)
    later = follow_up(examination, days=42)
    assert "score pain and activities today" in news(later, sign_in)
    later.answer(("nprs_run", "", "5"))
    given = [Said("psfs-1", "4"), Said("psfs-2", "4")]
    actions.record_outcomes(by=later.world.clinician, assessment=later.draft, said=given)
    told = news(later, sign_in)
    assert "Not settling: 6 weeks on" in told
    assert "RF18" in told


def test_the_card_says_what_the_body_chart_changed_and_nothing_while_it_is_not_marked(
    examination: Examination, sign_in: SignIn
) -> None:
    first = PainArea(assessment=examination.draft, region="buttock", side="right", qualities=["ache"])
    first.clinic, first.by = examination.world.clinic, examination.world.clinician
    first.save()
    concluded(examination, *STRAIN)
    later = follow_up(examination)
    assert "Body chart since the baseline" not in news(later, sign_in)
    now = PainArea(assessment=later.draft, region="calf", side="right", qualities=["ache"])
    now.clinic, now.by = later.world.clinic, later.world.clinician
    now.save()
    told = news(later, sign_in)
    assert "reaches further down the leg than before" in told
    assert "Gone: " in told
    assert "reaches further down the leg than before" in page_of(later, sign_in)


def test_the_page_of_a_follow_up_costs_the_same_after_two_visits_and_after_five(
    second: Examination, sign_in: SignIn
) -> None:
    client = sign_in(second.world.clinician)
    current = second
    for visit in range(4):
        client.get(url("intake", current))  # the first page of a process fills the caches
        with at_most(17):
            assert client.get(url("intake", current)).status_code == 200
        concluded(current, *SETTLED, ("nprs_run", "", "4"))
        current = follow_up(current, days=21 + visit)


# The measures at the end of the page


def send(examination: Examination, sign_in: SignIn, *, htmx: bool = True, **fields: str):
    data = {name.replace("_", "-"): value for name, value in fields.items()}
    return sign_in(examination.world.clinician).post(url("outcomes", examination), data, **(HTMX if htmx else {}))


def test_a_first_visit_names_activities_and_is_not_asked_for_a_change(
    examination: Examination, sign_in: SignIn
) -> None:
    measures = part(page_of(examination, sign_in), "section-measures")
    assert measures.count('name="answer-words-') == 3
    assert 'name="answer-groc"' not in measures
    assert not re.search(r"<input[^>]* checked", measures)
    assert 'href="#finding-nprs_run"' in measures


def test_each_measure_is_saved_by_itself_and_answers_with_its_pieces(examination: Examination, sign_in: SignIn) -> None:
    send(examination, sign_in, answer_words_1="Run downhill", was_words_1="")
    answer = send(examination, sign_in, answer_psfs_1="3", was_psfs_1="")
    assert answer.status_code == 200
    pieces = answer.content.decode()
    assert 'id="was-psfs-1" value="3" hx-swap-oob="true"' in pieces
    assert 'id="count-measures" hx-swap-oob="true">1/1<' in pieces
    assert "“Run downhill”, 0 to 10" in pieces
    events = json.loads(answer["HX-Trigger"])
    assert set(events) == {"outcomes-changed", "answer-saved"}
    assert OutcomeScore.objects.get(assessment=examination.draft).value == 3


def test_a_refused_score_says_so_beside_it(examination: Examination, sign_in: SignIn) -> None:
    answer = send(examination, sign_in, answer_psfs_2="3", was_psfs_2="")
    assert answer.status_code == 422
    assert re.search(r'id="error-psfs-2"[^>]*>Name the activity first', answer.content.decode())
    assert "answer-refused" in json.loads(answer["HX-Trigger"])


def test_a_line_a_colleague_changed_comes_back_as_it_is_stored(examination: Examination, sign_in: SignIn) -> None:
    Activity.objects.create(
        clinic=examination.world.clinic,
        episode=examination.draft.episode,
        number=1,
        words="Hop",
        by=examination.world.administrator,
    )
    answer = send(examination, sign_in, answer_words_1="Jump", was_words_1="")
    assert answer.status_code == 422
    assert "Ada Lindqvist recorded “Hop” meanwhile" in answer.content.decode()
    assert 'id="words-1" name="answer-words-1" value="Hop"' in answer.content.decode()


def test_without_script_all_measures_are_saved_at_once(examination: Examination, sign_in: SignIn) -> None:
    answer = send(
        examination, sign_in, htmx=False, answer_words_1="Hop", was_words_1="", answer_psfs_1="3", was_psfs_1=""
    )
    assert answer["Location"] == url("intake", examination) + "#section-measures"
    assert OutcomeScore.objects.get(assessment=examination.draft).value == 3


def test_a_follow_up_judges_the_average_and_keeps_the_words(examination: Examination, sign_in: SignIn) -> None:
    given = [Said("words-1", "Hop"), Said("psfs-1", "3"), Said("words-2", "Sit"), Said("psfs-2", "4")]
    actions.record_outcomes(by=examination.world.clinician, assessment=examination.draft, said=given)
    concluded(examination, *STRAIN)
    later = follow_up(examination)
    send(later, sign_in, answer_psfs_1="6", answer_psfs_2="6", answer_groc="-4")
    measures = part(page_of(later, sign_in), "section-measures")
    assert "Average of 2 activities: 3.5, now 6. Better by 2.5: at least the published 2 points." in measures
    assert "−4, clearly worse: at least the published 3 steps" in measures
    assert 'name="answer-words-1"' not in measures
    assert 'name="answer-words-3"' in measures
    assert "Horn 2012" in measures
    assert "%" not in re.sub(r"<[^>]*>", "", measures)


def test_a_reader_sees_the_measures_and_cannot_change_them(second: Examination, sign_in: SignIn) -> None:
    page = sign_in(second.world.reader).get(url("intake", second)).content.decode()
    assert 'id="section-retest"' in page
    assert 'name="answer-words-' not in page
    assert "<fieldset disabled>" in part(page, "section-measures")
    assert sign_in(second.world.reader).post(url("outcomes", second), {"answer-groc": "3"}).status_code == 403


def test_a_signed_assessment_takes_no_measures(examination: Examination, sign_in: SignIn) -> None:
    concluded(examination, *STRAIN)
    answer = send(examination, sign_in, answer_words_1="Hop")
    assert answer.status_code == 409
    assert "signed" in json.loads(answer["HX-Trigger"])["answer-refused"]["text"]
    assert not Activity.objects.filter(episode=examination.draft.episode).exists()
