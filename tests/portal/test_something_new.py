"""Something new: plain questions, advice in the page itself, an alert at once, and never a diagnosis."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.models import Clinic
from clinic.tenancy import clinic_scope
from programs.models import NewSymptom, Standing
from programs.progression.screening import QUESTIONS
from tests.library.reading_grade import grade
from tests.portal.conftest import Runner, make_runner
from tests.portal.test_late_reports import send
from tests.portal.test_reporting import words_of
from tests.support.queries import at_most


def tell(runner: Runner, **data: str) -> Any:
    return runner.client.post(f"{runner.url}new/", data, follow=True)


def told(runner: Runner) -> list[NewSymptom]:
    return runner.all(NewSymptom)


def test_no_question_is_answered_beforehand_and_the_advice_stands_in_the_page(runner: Runner) -> None:
    page = runner.client.get(f"{runner.url}new/").text
    for question in QUESTIONS:
        assert page.count(f'name="{question.key}"') == 3
    assert " checked" not in page
    assert 'data-advice="emergency"' in page
    assert "Call 999 or go to A&amp;E now" in page
    assert 'href="tel:999"' in page
    assert "Kept on this phone. Your clinic cannot see it yet." in page


def test_a_yes_to_an_emergency_is_answered_with_the_clinics_own_numbers(runner: Runner) -> None:
    runner.set(Clinic, emergency_number="112", emergency_place="Notaufnahme", urgent_number="116117")
    page = tell(runner, pee_poo="yes", swollen_leg="no").text
    assert "Call 112 or go to Notaufnahme now" in page
    assert "Your clinic can see this now." in page
    (new,) = told(runner)
    assert (new.day, new.is_urgent, new.answers["pee_poo"], new.answers["swollen_leg"]) == (
        runner.day(0), True, True, False,
    )  # fmt: skip
    assert new.answers["unwell"] is None


def test_help_the_same_day_names_the_clinic_and_the_urgent_number(runner: Runner) -> None:
    page = tell(runner, swollen_leg="yes").text
    assert "Get help today" in page
    assert "call 111." in page
    assert "Call 999 or go to" not in page.partition('<details class="sheet" id="safety">')[0]


def test_the_alert_is_on_the_standing_at_once(runner: Runner) -> None:
    tell(runner, both_legs="yes")
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        assert Standing.objects.get().new_symptom_at == told(runner)[0].created_at


def test_no_and_not_sure_alarm_nobody_and_stay_apart(runner: Runner) -> None:
    page = tell(runner, pee_poo="no", both_legs="unsure", note="<b>New shoes</b>").text
    (new,) = told(runner)
    assert (new.is_urgent, new.answers["pee_poo"], new.answers["both_legs"]) == (False, False, None)
    assert new.note == "<b>New shoes</b>"
    assert "Get help today" not in page
    assert "tell us again" in page


def test_a_yes_is_never_taken_back_by_a_later_no(runner: Runner) -> None:
    tell(runner, pee_poo="yes")
    tell(runner, pee_poo="no")
    assert [new.answers["pee_poo"] for new in told(runner)] == [True, False]


def test_an_empty_form_is_told_so_and_a_long_story_is_refused(runner: Runner) -> None:
    page = runner.client.post(f"{runner.url}new/", {"both_legs": "unsure"})
    assert page.status_code == 422
    assert "Answer at least one question" in page.text
    page = runner.client.post(f"{runner.url}new/", {"pee_poo": "yes", "note": "x" * 501})
    assert page.status_code == 422
    assert page.text.count(" checked") == 1
    assert told(runner) == []


def test_one_report_counts_once_and_keeps_the_time_it_was_told(runner: Runner) -> None:
    key = uuid.uuid4()
    for _twice in range(2):
        answer = send(runner, f"{runner.url}new/", {"swollen_leg": "yes"}, key=key, ago=timedelta(days=1))
        assert answer == {"to": f"{runner.url}new/told/"}
    (new,) = told(runner)
    assert new.day == runner.day(1)
    assert new.created_at - new.told_at >= timedelta(hours=23)


def test_late_and_out_of_order_every_telling_stands(runner: Runner) -> None:
    for answer, ago in (("no", 10), ("yes", 50), ("no", 90)):
        send(runner, f"{runner.url}new/", {"swollen_leg": answer}, ago=timedelta(minutes=ago))
    assert sorted((new.told_at, new.is_urgent) for new in told(runner))[1][1] is True
    assert len(told(runner)) == 3


def test_the_form_sent_twice_without_script_counts_once(runner: Runner) -> None:
    tell(runner, swollen_leg="yes")
    tell(runner, swollen_leg="yes")
    assert len(told(runner)) == 1


def test_it_can_be_told_before_the_plan_begins_and_after_it_is_over(client: Client, db: None) -> None:
    for began in (-3, 20):
        runner = make_runner(client, began=began)
        assert "Something new?" in runner.page()
        tell(runner, chest_breath="yes")
        assert len(told(runner)) == 1


def test_before_anything_was_told_the_answer_page_asks(runner: Runner) -> None:
    assert runner.client.get(f"{runner.url}new/told/")["Location"] == f"{runner.url}new/"


@pytest.mark.parametrize("answers", [{}, {"pee_poo": "yes"}, {"unwell": "yes"}, {"unwell": "no"}],
                         ids=["asked", "emergency", "same-day", "no"])  # fmt: skip
def test_the_pages_words_are_plain_and_name_no_illness(runner: Runner, answers: dict[str, str]) -> None:
    page = (tell(runner, **answers) if answers else runner.client.get(f"{runner.url}new/")).text
    words = words_of(page)
    assert grade(words) <= 8
    assert not re.search(r"cauda|thrombo|clot|tumou?r|cancer|fracture|syndrome|infection|rupture", words, re.IGNORECASE)


def test_telling_costs_a_constant_number_of_queries(runner: Runner) -> None:
    tell(runner, swollen_leg="no")
    with at_most(6):
        runner.client.get(f"{runner.url}new/")
    with at_most(15):
        runner.client.post(f"{runner.url}new/", {"swollen_leg": "yes"})
