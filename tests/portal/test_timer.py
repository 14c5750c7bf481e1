"""The timer in a real browser, with the browser's clock wound on by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from clinic.vocabulary.sides import DoseSide
from programs.portal.presenters import Timer, timer_of
from programs.progression.dose import Dose

pytestmark = [pytest.mark.live, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
WOUND_UP = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOXES = "".join(f'<input type="checkbox" name="sets" value="{number}">' for number in (1, 2, 3))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def wind_up(page: Page, timer: Timer | None) -> None:
    markup = render_to_string("portal/timer.html", {"timer": timer})
    body = f'<!doctype html><body>{markup}{BOXES}<p id="announce"></p>'
    page.route("http://timer.test/", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.clock.install(time=WOUND_UP)
    page.goto("http://timer.test/")
    page.add_script_tag(content=(ROOT / "static" / "js" / "timer.js").read_text(), type="module")
    page.wait_for_function("document.querySelector('.timer-left').textContent !== ''")
    page.clock.pause_at(WOUND_UP + timedelta(hours=1))  # from here on only `wait_for` moves it


def words(page: Page) -> str:
    return f"{page.locator('.timer-left').inner_text()} {page.locator('.timer-step').inner_text()}"


def wait_for(page: Page, seconds: float) -> str:
    page.clock.run_for(int(seconds * 1000))
    return words(page)


def test_holds_and_rests_follow_each_other_and_tick_the_sets(page: Page) -> None:
    wind_up(page, timer_of(Dose(sets=2, hold_s=30, rest_s=60)))
    assert words(page) == "0:30 hold 1 of 2"
    page.get_by_role("button", name="Start").click()
    assert wait_for(page, 1) == "0:04 get ready"
    assert wait_for(page, 5).endswith("hold 1 of 2")
    assert page.locator("input:checked").count() == 0
    assert wait_for(page, 30).endswith("rest")
    assert page.locator("input:checked").count() == 1
    assert wait_for(page, 60).endswith("hold 2 of 2")
    assert wait_for(page, 31).endswith("All done")
    assert page.locator("input:checked").count() == 2
    assert page.locator("#announce").inner_text() == "All done"
    assert page.get_by_role("button").inner_text() == "Start"


def test_each_side_takes_its_turn_before_the_rest(page: Page) -> None:
    wind_up(page, timer_of(Dose(sets=2, hold_s=20, rest_s=30, side=DoseSide.ALTERNATE)))
    assert words(page) == "0:20 hold 1 of 2 · Left"
    page.get_by_role("button", name="Start").click()
    assert wait_for(page, 6).endswith("hold 1 of 2 · Left")
    assert wait_for(page, 20).endswith("switch sides")
    assert page.locator("input:checked").count() == 0
    assert wait_for(page, 5).endswith("hold 1 of 2 · Right")
    assert wait_for(page, 20).endswith("rest")
    assert page.locator("input:checked").count() == 1
    assert wait_for(page, 31).endswith("hold 2 of 2 · Left")


def test_holds_within_repetitions_have_a_breath_between_them(page: Page) -> None:
    wind_up(page, timer_of(Dose(sets=1, reps=2, hold_s=5)))
    page.get_by_role("button", name="Start").click()
    assert wait_for(page, 6).endswith("hold 1 of 2")
    assert wait_for(page, 5).endswith("let go")
    assert wait_for(page, 3).endswith("hold 2 of 2")
    assert wait_for(page, 5).endswith("All done")


def test_a_pause_keeps_the_time_that_is_left(page: Page) -> None:
    wind_up(page, timer_of(Dose(work_s=60)))
    assert words(page) == "1:00 go"
    page.get_by_role("button", name="Start").click()
    wait_for(page, 15)
    page.get_by_role("button", name="Pause").click()
    left = words(page)
    assert wait_for(page, 120) == left
    page.get_by_role("button", name="Start").click()
    assert wait_for(page, 51).endswith("All done")


def test_repetitions_need_no_timer() -> None:
    assert timer_of(Dose(sets=3, reps=10)) is None
