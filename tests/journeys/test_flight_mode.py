"""A runner's phone without connection: what is reported waits on the phone, and arrives once, with the time it was done."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from config.embedded.home import Home
from config.embedded.services import Valkey, environment, free_port, web
from tests.portal.conftest import Runner, make_runner
from tests.support.walking import PHONE

pytestmark = pytest.mark.live
KEPT = "Kept on this phone, sent when you are online."


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home, port = Home(tmp_path_factory.mktemp("house")), free_port()
    with ExitStack() as running:
        env = environment(home, broker=running.enter_context(Valkey(home)), site=f"http://localhost:{port}")
        running.enter_context(web(home, env | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}, port=port))
        yield f"http://localhost:{port}"


@pytest.fixture
def runner(committed: None) -> Runner:
    return make_runner(Client())


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """Without the worker: what a phone does that keeps reports and no pages."""
    context = browser.new_context(viewport=PHONE, base_url=site, locale="en-GB", service_workers="block")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def lose_the_first_reply(page: Page) -> list[Any]:
    """The server takes the first report and its answer gets lost on the way."""
    sent: list[Any] = []

    def on_the_way(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.headers["x-report-key"])
            if len(sent) == 1:
                route.fetch()
                return route.abort()
        return route.continue_()

    page.route("**/my/**", on_the_way)
    return sent


def test_a_report_whose_answer_was_lost_is_sent_again_and_counts_once(phone: BrowserContext, runner: Runner) -> None:
    page = phone.new_page()
    page.goto(runner.exercise_url())
    sent = lose_the_first_reply(page)
    page.locator("label:has(#exercise-pain-6)").click()
    page.get_by_role("button", name="Done, next").click()
    expect(page.locator("#kept")).to_have_text(
        f"{KEPT} One-leg bridge: Up to 3 is fine for you. Above 3: stop this exercise today."
    )
    expect(page.locator("#kept")).to_have_text("Saved.")
    assert len(sent) == 2
    assert len(set(sent)) == 1
    (log,) = runner.logs()
    assert log.pain == 6
    assert log.told_at
    assert log.told_at < log.reported_at
    assert page.evaluate("localStorage.length") == 0


def test_what_waits_belongs_to_one_link_and_goes_when_the_link_is_closed(phone: BrowserContext, runner: Runner) -> None:
    page = phone.new_page()
    page.goto(runner.url)
    phone.set_offline(True)
    page.get_by_role("button", name="Tick all as done").click()
    expect(page.locator(".today-list").get_by_text(KEPT)).to_have_count(3)
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    other = make_runner(Client())
    page.route(f"**{runner.url}**", lambda route: route.abort())
    phone.set_offline(False)
    page.goto(other.url)
    expect(page.locator("#kept")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 1
    runner.close()
    page.unroute(f"**{runner.url}**")
    page.goto(runner.url)
    expect(page.get_by_role("heading", name="This link is not in use")).to_be_visible()
    page.wait_for_function("localStorage.length === 0")
    assert runner.logs() == []
