"""A runner's phone without connection: what is reported waits on the phone, and arrives once, with the time it was done."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from clinic.vocabulary.sides import DoseSide
from config.embedded.home import Home
from config.embedded.services import Process, Valkey, environment, free_port, web
from programs.progression.dose import Dose
from tests.portal.conftest import Runner, make_runner
from tests.support.browser import no_violation
from tests.support.programs import content_line
from tests.support.walking import PHONE

pytestmark = pytest.mark.live
expect.set_options(timeout=20_000)
KEPT = "Kept on this phone, sent when you are online."


@dataclass(frozen=True)
class Site:
    url: str
    server: Process

    @contextmanager
    def in_flight_mode(self, phone: BrowserContext) -> Iterator[None]:
        """No connection, and nobody there either: the first moments of a page escape the browser's own flight mode."""
        phone.set_offline(True)
        self.server.stop()
        try:
            yield
        finally:
            self.server.start()
            phone.set_offline(False)


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, port = Home(tmp_path_factory.mktemp("house")), free_port()
    with ExitStack() as running:
        env = environment(home, broker=running.enter_context(Valkey(home)), site=f"http://localhost:{port}")
        server = web(home, env | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}, port=port)
        yield Site(f"http://localhost:{port}", running.enter_context(server))


@pytest.fixture
def runner(committed: None) -> Runner:
    return make_runner(Client())


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """Without the worker: what a phone does that keeps reports and no pages."""
    context = browser.new_context(viewport=PHONE, base_url=site.url, locale="en-GB", service_workers="block")
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


@pytest.fixture
def traveller(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A phone that keeps pages too."""
    context = browser.new_context(viewport=PHONE, base_url=site.url, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


KEEPS = """async ([link, pages]) => {
  const names = await caches.keys();
  const kept = names.includes(`strideback.1.pages.${link}`) ? await (await caches.open(`strideback.1.pages.${link}`)).keys() : [];
  return kept.length >= pages;
}"""
"""Today, its two exercises, and what they were made with."""
TWO_DRAWN = [
    content_line("One-leg bridge", Dose(sets=3, reps=10, side=DoseSide.RIGHT), exercise="bridge_one_leg"),
    content_line("Plank", Dose(sets=3, hold_s=30), exercise="plank"),
]


def until(page: Page, is_so: str, arg: Any = None) -> None:
    """Ask the page until it says yes: its own wait does not wait for a promise."""
    for _attempt in range(300):
        if page.evaluate(is_so, arg):
            return
        page.wait_for_timeout(100)
    raise AssertionError(is_so)


def test_a_session_in_flight_mode_arrives_once_and_a_closed_link_leaves_nothing(
    traveller: BrowserContext, committed: None, site: Site
) -> None:
    runner = make_runner(Client(), lines=TWO_DRAWN)
    page = traveller.new_page()
    page.goto(runner.url)
    until(page, KEEPS, [runner.url, 4])
    began = timezone.now()

    with site.in_flight_mode(traveller):
        page.get_by_role("link", name="Start").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Today, 1 of 2")
        page.wait_for_function("document.querySelector('.figure-whole').naturalWidth > 0")
        page.locator("label:has(#exercise-pain-2)").click()
        page.get_by_role("button", name="Done, next").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Today, 2 of 2")
        expect(page.locator("#kept")).to_have_text(KEPT)
        page.get_by_role("button", name="Skip").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
        expect(page.locator(".today-list").get_by_text(KEPT)).to_have_count(2)
        no_violation(page, "the page of today in flight mode")
        assert runner.logs() == []
        landed = timezone.now()

    expect(page.locator("#kept")).to_have_text("Saved.")
    logs = runner.logs()
    assert [(log.status, log.pain) for log in logs] == [("done", 2), ("skipped", None)]
    assert all(log.told_at and began < log.told_at < landed < log.reported_at for log in logs)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done for today")
    expect(page.locator(".today-list").get_by_text("pain 2")).to_be_visible()
    assert all(name.endswith(runner.url) for name in page.evaluate("caches.keys()"))

    runner.close()
    page.reload()
    expect(page.get_by_role("heading", name="This link is not in use")).to_be_visible()
    until(page, "async () => (await caches.keys()).length === 0")
    traveller.set_offline(True)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(runner.url)
