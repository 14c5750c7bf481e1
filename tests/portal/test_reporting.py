"""What the runner can say, one exercise at a time, and what the page answers."""

import re

import pytest
from django.test import Client

from clinic.models import Patient
from clinic.vocabulary.sides import DoseSide
from programs.models import MorningCheck
from programs.progression.dose import Dose
from tests.library.reading_grade import grade
from tests.portal.conftest import Runner, make_runner
from tests.support.programs import content_line
from tests.support.queries import at_most


def words_of(page: str) -> str:
    """What is read on the page, without the exercises' own texts."""
    page = re.sub(r"<(script|svg|article|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"</(p|li|h1|h2|summary|legend|label|button|a)>", ". ", page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_one_exercise_fills_the_page_with_its_dose_and_two_buttons(runner: Runner) -> None:
    page = runner.client.get(runner.exercise_url()).text
    assert "Today, 1 of 3" in page
    assert '<span class="side">Right</span>' in page
    assert "Do this <b>3 times</b>" in page
    assert re.findall(r'<button[^>]* name="status" value="(\w+)"', page) == ["skipped", "done"]
    assert page.count('class="is-above"') == 7
    assert "Up to 3 is fine for you." in page


def test_the_last_open_exercise_says_done_and_not_next(runner: Runner) -> None:
    assert "Done, next" in runner.client.get(runner.exercise_url()).text
    runner.report(0)
    runner.report(1)
    assert "Done, next" not in runner.client.get(runner.exercise_url(1, occasion=2)).text


def test_a_hold_has_a_timer_and_repetitions_have_none(runner: Runner) -> None:
    assert "data-timer" not in runner.client.get(runner.exercise_url(0)).text
    hold = runner.client.get(runner.exercise_url(1)).text
    assert 'data-timer="45" data-sets="5" data-reps="1" data-rest="120"' in hold
    assert "data-sides" not in hold


def test_each_side_takes_its_turn_in_the_timer(client: Client, db: None) -> None:
    lines = [content_line("Plank", Dose(sets=2, reps=4, hold_s=10, rest_s=30, side=DoseSide.ALTERNATE))]
    runner = make_runner(client, lines=lines)
    page = runner.client.get(runner.exercise_url()).text
    assert 'data-timer="10" data-sets="2" data-reps="4" data-rest="30" data-sides="Left|Right"' in page
    assert '<span class="side">Each side</span>' in page


def test_sets_are_counted_and_fewer_than_planned_are_said(runner: Runner) -> None:
    runner.client.post(runner.exercise_url(), {"status": "done", "sets": ["1", "2"]})
    assert runner.logs()[0].sets_done == 2
    assert "Done · 2 of 3 sets" in runner.page()
    assert runner.client.get(runner.exercise_url()).text.count(" checked") == 2


def test_no_ticked_box_means_not_known(runner: Runner) -> None:
    runner.report()
    assert runner.logs()[0].sets_done is None


def test_skipping_goes_on_and_asks_why_once(runner: Runner) -> None:
    page = runner.report(status="skipped")
    assert "Today, 2 of 3" in page.text
    assert "You skipped One-leg bridge. Why?" in page.text
    page = runner.client.post(runner.exercise_url(), {"status": "skipped", "reason": "pain", "why": "1"}, follow=True)
    assert "Today, 2 of 3" in page.text
    assert "You skipped One-leg bridge" not in page.text
    (log,) = runner.logs()
    assert (log.status, log.reason) == ("skipped", "pain")


@pytest.mark.parametrize(
    "why", ["", "nonsense", "1.1", "%00", "x" * 500], ids=["empty", "word", "place", "zero", "long"]
)
def test_a_meddled_question_is_not_asked(runner: Runner, why: str) -> None:
    page = runner.client.get(f"{runner.url}?why={why}").text
    assert re.findall(r"You skipped (\S+)\. Why", page) == ["#"]  # what the phone asks with when it is offline


def test_done_after_all_forgets_why_it_was_skipped(runner: Runner) -> None:
    runner.report(status="skipped", reason="time")
    runner.report(status="done", reason="time")
    assert (runner.logs()[0].status, runner.logs()[0].reason) == ("done", "")


def test_pain_above_the_limit_names_the_exercise(runner: Runner) -> None:
    page = runner.report(pain="6").text
    assert "Pain 6 is above your limit of 3. Leave out “One-leg bridge” for today." in page


@pytest.mark.parametrize(("data", "words", "chosen"), [
    ({}, "Choose better, the same or worse.", 0),
    ({"pain": "4"}, "Choose better, the same or worse.", 1),
    ({"change": "worse", "pain": "12"}, "Choose a number from 0 to 10", 1),
], ids=["empty", "no-change", "off-the-scale"])  # fmt: skip
def test_a_morning_answer_that_cannot_be_keeps_what_was_chosen(
    runner: Runner, data: dict[str, str], words: str, chosen: int
) -> None:
    page = runner.client.post(f"{runner.url}morning/", data)
    assert page.status_code == 422
    assert words in page.text
    assert page.text.count(" checked") + page.text.count('aria-pressed="true"') == chosen
    assert runner.all(MorningCheck) == []


def test_a_day_off_says_when_it_goes_on(client: Client, db: None) -> None:
    runner = make_runner(client, began=1, lines=[content_line("Bridge", Dose(sets=3, reps=8, every_n_days=2))])
    page = runner.page()
    assert "Nothing planned today" in page
    assert "Rest days are part of the plan. Next:" in page


def test_a_plan_to_come_can_be_looked_at_and_not_reported(client: Client, db: None) -> None:
    runner = make_runner(client, began=-3)
    page = runner.page()
    assert "Your plan has not started yet" in page
    assert "One-leg bridge" in page
    assert runner.client.post(runner.exercise_url(ago=-3), {"status": "done"}).status_code == 404


def test_a_plan_that_is_over_still_shows_its_exercises(client: Client, db: None) -> None:
    page = make_runner(client, began=20).page()
    assert "Larkfield Running Physio will give you the next part." in page
    assert "One-leg bridge" in page


@pytest.mark.parametrize("reminders", [True, False])
def test_the_page_says_whether_reminders_come_and_where_to_change_that(runner: Runner, reminders: bool) -> None:
    runner.set(Patient, reminders=reminders, reminder_hour=19)
    page = runner.page()
    assert ("after 19:00, we send you one e-mail" in page) is reminders
    assert ("Reminders by e-mail are off." in page) is not reminders
    assert f'href="{runner.unsubscribe_url}"' in page


def test_without_an_address_there_is_nothing_to_say_about_reminders(runner: Runner) -> None:
    runner.set(Patient, email="")
    assert 'id="reminders"' not in runner.page()


def test_a_link_of_an_older_secret_still_opens_and_only_hides_what_it_can_no_longer_make(
    runner: Runner, settings: object
) -> None:
    url = runner.url
    settings.SECRET_KEY = "another-secret-another-secret-another-secret-0123456789"  # type: ignore[attr-defined]
    page = runner.client.get(url)
    assert page.status_code == 200
    assert "/unsubscribe/" not in page.text


@pytest.mark.parametrize("path", ["", "morning", "exercise", "missing"])
def test_the_pages_own_words_are_plain(runner: Runner, path: str) -> None:
    runner.report(status="skipped")
    url = {
        "": runner.url,
        "morning": runner.day_url(1),
        "exercise": runner.exercise_url(1),
        "missing": runner.exercise_url(ago=9),
    }[path]
    assert grade(words_of(runner.client.get(url).text)) <= 8


def test_an_exercise_and_its_answer_cost_a_constant_number_of_queries(runner: Runner) -> None:
    runner.page()
    with at_most(7):
        runner.client.get(runner.exercise_url())
    with at_most(17):
        runner.client.post(runner.exercise_url(), {"status": "done", "pain": "1"})
