"""The program changes while the runner's page is open: nothing told is lost, and every day shows the plan that held."""

import uuid

from clinic.vocabulary.sides import DoseSide
from programs.models import ProgramVersion, Standing
from programs.progression.dose import Dose
from tests.portal.conftest import Runner
from tests.support.programs import content_line, two_lines
from tests.support.queries import at_most


def other_lines() -> list[dict[str, object]]:
    return [content_line("Diver", Dose(sets=3, reps=5))]


def test_a_new_version_is_shown_from_its_first_day(runner: Runner) -> None:
    runner.new_version(ago=0, lines=other_lines())
    page = runner.page()
    assert "Today, 0 of 1 done" in page
    assert "Diver" in page
    assert "Version 2 of your program" in page


def test_a_version_to_come_leaves_today_as_it_is(runner: Runner) -> None:
    runner.new_version(ago=-2, lines=other_lines())
    page = runner.page()
    assert "One-leg bridge" in page
    assert "Diver" not in page
    runner.report()
    assert runner.logs()[0].version_id == runner.version.pk


def test_an_earlier_day_shows_the_plan_that_held_then(runner: Runner) -> None:
    runner.new_version(ago=0, lines=other_lines())
    assert "One-leg bridge" in runner.page(ago=2)
    runner.report(ago=2, pain="1")
    (log,) = runner.logs()
    assert (log.version_id, log.day) == (runner.version.pk, runner.day(2))
    assert f'href="{runner.day_url(ago=2)}"' in runner.page()


def test_the_morning_after_is_asked_on_the_first_day_of_a_new_version_too(runner: Runner) -> None:
    runner.new_version(ago=0, lines=other_lines())
    assert "compared with yesterday morning" in runner.page()


def test_an_answer_to_an_exercise_that_is_gone_is_kept_and_the_new_program_shown(runner: Runner) -> None:
    url = runner.exercise_url()
    runner.new_version(ago=0, lines=other_lines())
    page = runner.client.post(url, {"status": "done", "pain": "2"}, follow=True)
    assert page.status_code == 200
    assert "Your answer is saved. Your program has changed since" in page.text
    assert "Diver" in page.text
    (log,) = runner.logs()
    assert (log.version_id, log.pain, log.day) == (runner.version.pk, 2, runner.day(0))
    assert runner.all(Standing)[0].last_pain == 2


def test_opening_an_exercise_that_is_gone_leads_to_the_new_program(runner: Runner) -> None:
    url = runner.exercise_url()
    runner.new_version(ago=0, lines=other_lines())
    page = runner.client.get(url, follow=True)
    assert "Your program has changed since you opened that page" in page.text
    assert "Diver" in page.text
    assert runner.logs() == []


def test_a_spoilt_answer_to_an_exercise_that_is_gone_does_not_claim_to_be_saved(runner: Runner) -> None:
    url = runner.exercise_url()
    runner.new_version(ago=0, lines=other_lines())
    page = runner.client.post(url, {"status": "done", "pain": "77"}, follow=True)
    assert "Your answer is saved" not in page.text
    assert runner.logs() == []


def test_what_was_told_this_morning_stays_told_after_a_new_version(runner: Runner) -> None:
    runner.report(pain="1")
    newer = runner.new_version(ago=0, lines=runner.version.content["lines"])
    assert "Today, 1 of 3 done" in runner.page()
    runner.client.post(runner.exercise_url(of=newer), {"status": "skipped"})
    (log,) = runner.logs()
    assert (log.status, log.version_id) == ("skipped", runner.version.pk)
    runner.client.post(f"{runner.url}{runner.day(0).isoformat()}/all/")
    assert len(runner.logs()) == 3


def test_an_exercise_nobody_ever_planned_is_not_there_and_the_way_back_is(runner: Runner) -> None:
    page = runner.client.get(f"{runner.url}{runner.day(0).isoformat()}/{uuid.uuid4()}/1/")
    assert page.status_code == 404
    assert "This page is not in your plan" in page.text
    assert f'href="{runner.url}"' in page.text


def test_a_third_time_on_a_twice_daily_day_is_not_there(runner: Runner) -> None:
    assert runner.client.get(runner.exercise_url(1, occasion=3)).status_code == 404


def test_the_next_part_is_announced_when_these_weeks_are_over(client, db) -> None:  # type: ignore[no-untyped-def]
    from tests.portal.conftest import make_runner

    runner = make_runner(client, began=16)
    runner.new_version(ago=-2, lines=two_lines())
    page = runner.page()
    assert "These two weeks are over" in page
    assert "The next part starts on" in page
    assert len(runner.all(ProgramVersion)) == 2


def changed_lines(runner: Runner) -> list[dict[str, object]]:
    """The bridge with more sets, the hold no longer, a diver instead."""
    bridge = runner.version.content["lines"][0]
    more = content_line(bridge["name"], Dose(sets=4, reps=10, side=DoseSide.RIGHT), line=bridge["line"])
    return [more, content_line("Diver", Dose(sets=3, reps=5), exercise="diver")]


def test_a_new_version_says_what_is_new(runner: Runner) -> None:
    assert "What is new" not in runner.page()
    runner.new_version(ago=0, lines=changed_lines(runner))
    page = " ".join(runner.page().split())
    for words in ("What is new in your program", "Changed:", "New:", "No longer in your program:", "Before:", "Now:"):
        assert words in page, words
    assert "Do this 3 times" in page
    assert "Do this 4 times" in page
    assert "Two-leg bridge hold" in page
    assert "Your paper shows" not in page


def test_after_a_week_it_is_no_longer_new(runner: Runner) -> None:
    runner.new_version(ago=7, lines=changed_lines(runner))
    assert "What is new" not in runner.page()


def test_an_old_paper_is_told_that_it_is_old(runner: Runner) -> None:
    runner.new_version(ago=0, lines=changed_lines(runner))
    page = runner.client.get(runner.url + "?v=1").text
    assert "Your paper shows version 1. Your program is now version 2" in page
    assert 'id="news" open' in page


def test_an_old_paper_is_told_so_also_when_the_exercises_stayed(runner: Runner) -> None:
    runner.new_version(ago=0, lines=runner.version.content["lines"])
    page = runner.client.get(runner.url + "?v=1").text
    assert "Your exercises are the same as on your paper" in page


def test_the_paper_of_today_and_nonsense_say_nothing(runner: Runner) -> None:
    runner.new_version(ago=8, lines=changed_lines(runner))
    for asked in ("2", "3", "0", "-1", "x", "9" * 5000, "<b>"):
        page = runner.client.get(runner.url, {"v": asked}).text
        assert "What is new" not in page
        assert "Your paper shows" not in page


def test_what_is_new_costs_one_query(runner: Runner) -> None:
    runner.new_version(ago=0, lines=changed_lines(runner))
    runner.page()
    with at_most(13):
        runner.page()
