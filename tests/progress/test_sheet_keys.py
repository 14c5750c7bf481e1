"""A sheet of 14 days and five exercises typed back in a real browser, every key press counted."""

from collections.abc import Iterator
from contextvars import copy_context
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request, Route

from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, ProgramVersion
from programs.progression.dose import Dose
from tests.support.browser import no_violation
from tests.support.factories import World, make_clinic
from tests.support.programs import content_line, make_issued
from tests.support.walking import DESKTOP, PHONE

pytestmark = [pytest.mark.live, pytest.mark.slow]

SITE = "http://sheet.test"
MOST_KEYS = 20


class Desk:
    """The page in a browser, answered by the application in this process; `press` counts every key, modifiers too."""

    def __init__(self, browser: Browser, *, script: bool = True) -> None:
        self.world = make_clinic()
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            self.version = five_exercises(self.world)
        self.client = Client()
        self.client.force_login(self.world.clinician)
        self.context = browser.new_context(viewport=DESKTOP, java_script_enabled=script, reduced_motion="reduce")
        self.page: Page = self.context.new_page()
        self.here = copy_context()  # requests are answered on the test's own connection, inside its transaction
        self.page.route(f"{SITE}/**", self.answer)
        self.pressed = 0
        self.page.goto(SITE + reverse("programs:paper_sheet", args=[self.version.program_id]))

    def answer(self, route: Route) -> None:
        asked, address = route.request, urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            route.fulfill(path=str(finders.find(address.path.removeprefix("/static/"))))
            return
        said = self.here.run(self.response, asked, f"{address.path}?{address.query}")
        route.fulfill(status=said.status_code, body=said.content, headers=dict(said.headers))

    def response(self, asked: Request, where: str) -> HttpResponse:
        if asked.method != "POST":
            return self.client.get(where, follow=True)
        return self.client.post(where, asked.post_data, content_type=asked.headers["content-type"], follow=True)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1 + key.count("+")

    def write(self) -> None:
        """The second Enter, once the page of what will be written has its button in focus."""
        self.page.wait_for_function("document.activeElement.textContent.includes('Write it')")
        self.press("Enter")

    def logs(self) -> list[tuple[int, str, str, int | None]]:
        """Day from 0, exercise, answer and pain of everything written."""
        begun, names = self.version.starts_on, {line["line"]: line["name"] for line in self.version.content["lines"]}
        with clinic_scope(self.world.clinic.pk, actor="system:tests"):
            rows = ExerciseLog.objects.filter(source="paper").values_list("day", "line", "status", "pain")
            return [((day - begun).days, names[line], status, pain) for day, line, status, pain in rows]


def five_exercises(world: World) -> ProgramVersion:
    """A sheet whose last day is today."""
    lines = [content_line(f"Exercise {n}", Dose(sets=3, reps=10)) for n in range(1, 6)]
    return make_issued(world, starts_on=timezone.localdate() - timedelta(days=13), lines=lines)[0]


@pytest.fixture
def closed_after(django_db_setup: None) -> Iterator[None]:
    """The browser's event loop gives Django a connection of its own, which nobody else would close."""
    yield
    connection.close()


@pytest.fixture
def desk(browser: Browser, closed_after: None, db: None) -> Iterator[Desk]:
    made = Desk(browser)
    yield made
    made.context.close()


def test_a_mostly_complete_sheet_takes_at_most_twenty_keys(desk: Desk) -> None:
    """All done but one exercise skipped once and one whole day not reported; pain on the last day."""
    desk.press("f", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "Shift+Delete")  # day 9 back to blank
    desk.press("PageUp", "ArrowDown", "x")  # the second exercise of day 3
    desk.press("End", "4")
    assert desk.page.locator("#sheet-count").inner_text() == "64 done, 1 skipped, 5 blank"
    desk.press("Enter")
    desk.page.get_by_role("heading", name="Will be written, from paper: 64 done, 1 skipped, pain on 1 day.").wait_for()
    assert desk.logs() == []
    desk.write()
    desk.page.get_by_text("65 answers added from paper").wait_for()
    assert desk.pressed <= MOST_KEYS
    logs = desk.logs()
    assert len(logs) == 65
    assert not [log for log in logs if log[0] == 9]
    assert [log for log in logs if log[2] == "skipped"] == [(3, "Exercise 2", "skipped", None)]
    assert {log[3] for log in logs if log[0] == 13} == {4}


def test_a_complete_sheet_with_a_pain_for_every_day_takes_at_most_twenty_keys(desk: Desk) -> None:
    desk.press("f", "Home", *"32211012110001", "Enter")
    desk.page.get_by_role("heading", name="Will be written, from paper: 70 done, pain on 14 days.").wait_for()
    desk.write()
    desk.page.get_by_text("70 answers added from paper").wait_for()
    assert desk.pressed <= MOST_KEYS
    assert [max(pain for day, _name, _said, pain in desk.logs() if day == n) for n in range(14)] == [  # type: ignore[type-var]
        int(pain) for pain in "32211012110001"
    ]


def test_the_grid_and_the_charts_pass_the_rules_on_a_phone_in_the_dark_and_at_a_desk(desk: Desk) -> None:
    desk.press("f", "5", "Enter")
    desk.page.get_by_role("button", name="Write it").wait_for()
    _looked_at(desk.page, "the grid before writing")
    desk.write()
    desk.page.get_by_role("heading", name="Pain, sessions and runs").wait_for()
    _looked_at(desk.page, "the charts")
    desk.page.get_by_text("The same as a table").click()
    assert desk.page.get_by_role("row").count() == 15


def _looked_at(page: Page, where: str) -> None:
    for size, light in ((PHONE, "dark"), (DESKTOP, "light")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=light)  # type: ignore[arg-type]
        no_violation(page, f"{where}, {light}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{where}: it goes sideways"


def test_without_script_the_same_sheet_is_ticked_looked_at_and_written(
    browser: Browser, closed_after: None, db: None
) -> None:
    desk = Desk(browser, script=False)
    try:
        desk.page.get_by_role("button", name="Tick every blank box up to today").click()
        desk.page.locator("#box-0-0").select_option("skipped")
        desk.page.locator("#pain-0").fill("3")
        desk.page.get_by_role("button", name="Look at what will be written").click()
        desk.page.get_by_role("button", name="Write it").click()
        desk.page.get_by_text("70 answers added from paper: 69 done, 1 skipped, pain on 1 day.").wait_for()
    finally:
        desk.context.close()
