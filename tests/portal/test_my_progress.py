"""The runner's own progress: honest numbers, gaps where nothing was told, no blame and no prize."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.models import CheckResult, MorningCheck, ProgramVersion, RunLog
from programs.portal.my_progress import rung_of
from programs.portal.pain_chart import pain_chart
from tests.portal.conftest import Runner, make_runner
from tests.support.programs import content_line
from tests.support.queries import at_most

from programs.progression.dose import Dose  # isort: skip

TODAY = date(2026, 11, 22)


def page(runner: Runner) -> str:
    answer = runner.client.get(f"{runner.url}progress/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def add(runner: Runner, model: Any, **fields: Any) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        model.objects.create(
            clinic=runner.world.clinic, program=runner.version.program, told_at=timezone.now(), **fields
        )


@pytest.fixture
def daily(db: None, client: Client) -> Runner:
    """One exercise a day since twenty days ago, under two versions."""
    runner = make_runner(client, began=20, lines=[content_line("Bridge", Dose(sets=3, reps=10))])
    runner.version = runner.new_version(ago=12, lines=[content_line("Bridge", Dose(sets=3, reps=10))])
    return runner


def test_the_first_days_are_empty_and_promise_nothing(db: None, client: Client) -> None:
    runner = make_runner(client, began=0)
    text = page(runner)
    assert "Nothing to look back on yet" in text
    assert "3 exercises of today are still open and not counted" in text
    assert '<svg class="pain-chart"' not in text
    assert "Day by day" not in text


def test_a_program_that_begins_later_has_nothing_yet(db: None, client: Client) -> None:
    text = page(make_runner(client, began=-3))
    assert "Nothing to look back on yet" in text


def test_done_skipped_and_not_reported_are_three_things(daily: Runner) -> None:
    for ago in range(2, 11):
        daily.report(ago=ago, pain="2")
    daily.report(ago=1, status="skipped", reason="time")
    text = page(daily)
    assert "The last 14 days" in text
    assert "9 of 13 planned done, 1 skipped, 3 not reported" in text
    assert "1 exercise of today is still open and not counted" in text


def test_no_streak_no_prize_and_no_blame(daily: Runner) -> None:
    daily.report(ago=1)
    text = page(daily).lower()
    for word in ("streak", "well done", "congrat", "badge", "missed", "fail", "should have", "🎉", "%"):
        assert word not in text.partition("<main")[2].partition("</main>")[0], word


def test_a_day_without_a_value_is_a_gap_in_the_line_and_said_in_the_table(daily: Runner) -> None:
    for ago, pain in ((6, "2"), (5, "3"), (3, "4"), (2, "1")):
        daily.report(ago=ago, pain=pain)
    text = page(daily)
    assert len(re.findall(r'<polyline class="pain-chart-line"', text)) == 2
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th><td[^>]*>(.*?)</td><td[^>]*>(.*?)</td>', text)
    assert len(rows) == 14
    assert rows[4][1] == "not reported"
    assert "not told" in rows[4][2]
    assert rows[3][2] == "4"


def test_mornings_stand_beside_the_line_and_in_the_table(daily: Runner) -> None:
    add(daily, MorningCheck, day=daily.day(1), change="worse", pain=4)
    add(daily, MorningCheck, day=daily.day(2), change="same")
    text = page(daily)
    assert text.count('class="pain-chart-morning') == 2  # one value, and the key
    assert "Worse, pain 4" in text
    assert ">The same</td>" in text


def test_the_limit_is_drawn_and_named(daily: Runner) -> None:
    daily.report(ago=1, pain="5")
    text = page(daily)
    assert 'class="pain-chart-ceiling"' in text
    assert "your limit, 3" in text
    assert "pain-chart-dot is-above" in text


def test_the_step_of_the_ladder_says_what_comes_next_and_what_must_be_true(runner: Runner) -> None:
    text = page(runner)
    assert "Running: step 1 of 8" in text
    assert "Walk for 30 minutes at a brisk pace" in text
    assert "after 2 good runs in a row: pain 2 or less, and no worse the next morning" in text
    assert "Your clinic decides with you when to move on" in text


@pytest.mark.parametrize(
    "running", [{}, {"title": "No running now", "level": None}, {"level": 99}], ids=["none", "rest", "odd"]
)
def test_a_program_without_a_step_names_none(running: dict[str, Any]) -> None:
    assert rung_of(ProgramVersion(content={"running": running})) is None


def test_the_last_step_has_nothing_above_it() -> None:
    top = rung_of(ProgramVersion(content={"running": {"level": 7}}))
    assert top
    assert (top.place, top.of, top.up) == (8, 8, "")


def test_runs_of_two_weeks_are_listed_without_those_taken_back(runner: Runner) -> None:
    add(runner, RunLog, day=runner.day(1), minutes=25, metres=4200, surface="flat", pain=2)
    add(runner, RunLog, day=runner.day(2), minutes=31, is_removed=True)
    add(runner, RunLog, day=runner.day(3))
    text = page(runner)
    assert "25 min, 4.2 km, Flat, pain 2" in text
    assert "31 min" not in text


def test_a_strength_check_is_reached_only_when_all_of_it_is_known(runner: Runner) -> None:
    assert "Your strength checks" not in page(runner)
    clean = {"has_cramp": False, "hip_drops": False}
    add(runner, CheckResult, key="bridge_two_leg", day=runner.day(1), value=32, **clean)
    add(runner, CheckResult, key="bridge_one_leg", day=runner.day(1), left=31, right=None, **clean)
    tests = re.findall(r"<li>([^<]+) <b>([^<]+)</b></li>", page(runner).partition("Your strength checks")[2])
    assert tests[0] == ("Bridge on two legs: 30 seconds", "reached")
    assert tests[1][1] == "not yet, or not measured lately"
    assert len(tests) == 4


def test_the_page_is_of_one_language(runner: Runner) -> None:
    from clinic.models import Patient

    runner.report(ago=1)
    runner.set(Patient, language="de")
    text = page(runner)
    assert "Mein Verlauf" in text
    for english in ("The last 14 days", "planned", "Day by day", "not told", "Running: step", "Walk for"):
        assert english not in text, english


def test_it_costs_a_known_number_of_queries(daily: Runner) -> None:
    for ago in range(1, 10):
        daily.report(ago=ago, pain="1")
    with at_most(10):
        page(daily)


def _chart(pain: dict[int, int], planned: list[int], **more: Any) -> Any:
    def day(ago: int) -> date:
        return TODAY - timedelta(days=ago)

    return pain_chart(
        {day(ago): value for ago, value in pain.items()},
        {},
        planned=[day(ago) for ago in planned],
        ceiling=3,
        first=day(13),
        last=TODAY,
        **more,
    )


def test_nothing_told_draws_nothing() -> None:
    assert _chart({}, list(range(14))) is None


def test_days_off_are_no_gap_and_missing_days_are() -> None:
    assert len(_chart({6: 1, 4: 2}, [6, 4]).segments) == 1
    assert _chart({6: 1, 4: 2}, [6, 5, 4]).segments == []
    assert _chart({13: 1, 4: 2}, [13, 4]).segments == [], "nobody knows what was between"


def test_higher_pain_stands_higher_and_later_days_further_right() -> None:
    low, high = _chart({9: 1, 2: 8}, []).dots
    assert float(low.y) > float(high.y)
    assert float(low.x) < float(high.x)
    assert (low.is_above, high.is_above) == (False, True)
