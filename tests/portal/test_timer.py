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
    scripts = ROOT / "static" / "js"
    page.route(
        "http://timer.test/*.js", lambda route: route.fulfill(path=scripts / route.request.url.rpartition("/")[2])
    )
    page.clock.install(time=WOUND_UP)
    page.goto("http://timer.test/")
    page.add_script_tag(url="http://timer.test/timer.js", type="module")
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


def test_a_screen_that_was_dark_loses_no_time_and_ticks_every_set(page: Page) -> None:
    """Three holds of 10 s with 20 s of rest: seconds later everything that went by unseen is made up for at once."""
    wind_up(page, timer_of(Dose(sets=3, hold_s=10, rest_s=20)))
    page.get_by_role("button", name="Start").click()
    wait_for(page, 1)
    page.clock.fast_forward(51_500)  # no timer of the page ran meanwhile: 5 + 10 + 20 + 10 + 7.5 of the second rest
    assert wait_for(page, 0.2).startswith("0:13 rest")
    assert page.locator("input:checked").count() == 2
    assert page.locator(".timer").get_attribute("data-phase") == "rest"
    page.clock.fast_forward(60_000)
    assert wait_for(page, 0.2).endswith("All done")
    assert page.locator("input:checked").count() == 3


def test_every_change_is_shown_for_a_moment_without_a_sound(page: Page) -> None:
    wind_up(page, timer_of(Dose(sets=1, hold_s=10, side=DoseSide.ALTERNATE)))
    page.get_by_role("button", name="Start").click()
    wait_for(page, 5.1)
    assert page.locator(".timer.is-new[data-phase=work]").count() == 1
    wait_for(page, 2)
    assert page.locator(".timer.is-new").count() == 0
    wait_for(page, 8.1)
    assert page.locator(".timer.is-new[data-phase=switch]").count() == 1
    assert page.locator("#announce").inner_text() == "switch sides"


def test_the_screen_is_kept_on_again_after_the_page_was_out_of_sight(page: Page) -> None:
    page.add_init_script("""
        window.asked = 0;
        const request = async () => { window.asked += 1; return { release() {} }; };
        Object.defineProperty(navigator, "wakeLock", { value: { request } });
    """)
    wind_up(page, timer_of(Dose(work_s=60)))
    page.get_by_role("button", name="Start").click()
    assert page.evaluate("window.asked") == 1
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("window.asked") == 2


def test_repetitions_need_no_timer() -> None:
    assert timer_of(Dose(sets=3, reps=10)) is None
