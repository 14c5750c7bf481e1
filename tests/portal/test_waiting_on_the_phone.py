"""What waits on the phone, in a real browser with our own scripts; the server is this process, and goes away at will."""

import re
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Request, Route, expect

from programs.models import MorningCheck, NewSymptom, RunLog
from tests.portal.conftest import Runner, make_runner

pytestmark = [pytest.mark.live, pytest.mark.slow]

HOST = "http://phone.test"
KEPT = "Kept on this phone, sent when you are online."
TYPES = {".js": "text/javascript", ".css": "text/css"}
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


class Line:
    """The way to the server: pages are always there, as a phone keeps them; reports only while the line is up."""

    def __init__(self, client: Client) -> None:
        self.client, self.is_up = client, False
        self.inside = copy_context()  # of the test, with its connection to the database

    def answer(self, route: Route) -> None:
        found = self.inside.run(self._answer, route.request)
        if found is None:
            route.abort()
        else:
            route.fulfill(status=found[0], body=found[1], content_type=found[2])

    def _answer(self, request: Request) -> tuple[int, bytes, str] | None:
        path = request.url.removeprefix(HOST)
        if path.startswith("/static/"):
            found = Path(str(finders.find(HASH.sub("", path.removeprefix("/static/")))))
            return 200, found.read_bytes(), TYPES.get(found.suffix, "application/octet-stream")
        if request.method != "POST":
            page = self.client.get(path, follow=True)
            return page.status_code, page.content, "text/html"
        if not self.is_up:
            return None
        sent = {name: value for name, value in request.headers.items() if name.startswith("x-report")}
        fields = dict(parse_qsl(request.post_data or "", keep_blank_values=True))
        answer = self.client.post(path, fields, headers=sent)
        return answer.status_code, answer.content, answer["Content-Type"]


@pytest.fixture
def runner(db: None) -> Runner:
    return make_runner(Client())


@pytest.fixture
def line(runner: Runner) -> Line:
    return Line(runner.client)


@pytest.fixture
def page(browser: Browser, line: Line) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=HOST)
    context.set_default_timeout(8_000)
    page = context.new_page()
    page.route("**/*", line.answer)
    yield page
    context.close()


def back_online(page: Page, line: Line) -> None:
    line.is_up = True
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#kept")).to_have_text("Saved.")
    assert page.evaluate("localStorage.length") == 0


def test_a_skip_asks_why_and_the_reason_waits_with_it(page: Page, line: Line, runner: Runner) -> None:
    page.goto(runner.exercise_url())
    page.locator("label:has(#exercise-pain-5)").click()
    page.get_by_role("button", name="Skip", exact=True).click()
    expect(page.get_by_role("heading", name="You skipped One-leg bridge. Why?")).to_be_focused()
    page.get_by_role("button", name="It hurt too much").click()
    expect(page.locator("form.why")).to_have_count(0)
    back_online(page, line)
    (log,) = runner.logs()
    assert (log.status, log.reason, log.pain) == ("skipped", "pain", 5)


def test_runs_wait_beside_each_other_are_corrected_on_the_phone_and_arrive_once(
    page: Page, line: Line, runner: Runner
) -> None:
    address = f"{runner.url}{runner.day(0).isoformat()}/runs/"
    for minutes in ("30", "12"):
        page.goto(address)
        page.get_by_label("Minutes").fill(minutes)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("link", name=f"{minutes} min")).to_be_visible()
    page.goto(runner.url)
    assert page.locator(".runs li").all_inner_texts() == [f"Run\n{told} min · {KEPT}" for told in (30, 12)]
    page.get_by_role("link", name="12 min").click()
    expect(page.get_by_label("Minutes")).to_have_value("12")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("link", name="taken back")).to_be_visible()
    back_online(page, line)
    runs = sorted(runner.all(RunLog), key=lambda run: run.number)
    assert [(run.minutes, run.level, run.is_removed) for run in runs] == [(30, 0, False), (12, 0, True)]


def test_advice_comes_with_the_yes_and_the_page_never_says_the_clinic_knows(
    page: Page, line: Line, runner: Runner
) -> None:
    page.goto(f"{runner.url}new/")
    emergency, same_day = page.locator("[data-advice=emergency]"), page.locator("[data-advice=same_day]")
    expect(emergency).to_be_hidden()
    expect(same_day).to_be_hidden()
    page.locator("label:has([name=swollen_leg][value=yes])").click()
    expect(same_day).to_be_visible()
    page.locator("label:has([name=pee_poo][value=yes])").click()
    expect(emergency).to_be_visible()
    expect(same_day).to_be_hidden()
    page.get_by_role("button", name="Send").click()
    kept = page.locator("#new-kept")
    expect(kept).to_be_focused()
    expect(kept).to_contain_text("Your clinic cannot see it yet.")
    expect(kept).to_contain_text("Do not wait for us: call")
    expect(emergency).to_be_visible()
    assert runner.all(NewSymptom) == []
    line.is_up = True
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Your clinic can see this now.")).to_be_visible()
    (new,) = runner.all(NewSymptom)
    assert new.is_urgent


def test_a_morning_tapped_without_connection_takes_more_and_is_one_answer(
    page: Page, line: Line, runner: Runner
) -> None:
    page.goto(runner.url)
    page.get_by_role("button", name="Worse").click()
    expect(page.get_by_role("button", name="Worse")).to_have_attribute("aria-pressed", "true")
    page.locator("label:has(#morning-pain-4)").click()
    page.locator("label:has([name=limp][value=yes])").click()
    page.locator("#morning-form").get_by_role("button", name="Save").click()
    page.wait_for_timeout(200)
    page.reload()
    expect(page.locator("#morning-pain-4")).to_be_checked()
    back_online(page, line)
    (check,) = runner.all(MorningCheck)
    assert (check.change, check.pain, check.has_limp, check.is_settled) == ("worse", 4, True, None)
