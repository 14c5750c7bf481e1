"""No answer is lost and none comes twice: the network cut, the tab closed, the reply lost, the server gone, the session over.

Chromium against gunicorn, which this file stops and starts; what counts in the end is what stands in the database.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route, expect

from assessments.models import Answer, Assessment
from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from config.embedded.home import Home
from config.embedded.services import Process, Valkey, environment, free_port, web
from tests.assessments.conftest import Examination, open_draft
from tests.support.browser import no_violation
from tests.support.factories import PASSWORD, World, make_clinic
from tests.support.walking import DESKTOP, PHONE, let_in

pytestmark = pytest.mark.live
expect.set_options(timeout=30_000)

TEN = [
    ("slump", "right", "present"),
    ("slump", "left", "absent"),
    ("crossed_slr", "right", "absent"),
    ("crossed_slr", "left", "absent"),
    ("palp_ischial", "right", "present"),
    ("palp_ischial", "left", "absent"),
    ("onset", "", "sudden"),
    ("onset", "", "gradual"),
    ("pain_sitting", "", "present"),
    ("mbk_stretch", "right", "present"),
]
"""Ten answers, two of them to one finding."""


@dataclass(frozen=True)
class Site:
    url: str
    server: Process


@pytest.fixture(scope="module")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, port = Home(tmp_path_factory.mktemp("house")), free_port()
    with ExitStack() as running:
        broker = running.enter_context(Valkey(home))
        env = environment(home, broker=broker, site=f"http://localhost:{port}")
        server = web(home, env | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}, port=port)
        yield Site(f"http://localhost:{port}", running.enter_context(server))


@pytest.fixture
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield make_clinic()
        from django.db import connection

        connection.close()


@pytest.fixture
def draft(world: World) -> Assessment:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        return open_draft(world).draft


Opener = Callable[..., BrowserContext]
EXPECTED = re.compile(r"net::ERR_|status of (401|403|409|422|502)")


@pytest.fixture
def browse(browser: Any, site: Site) -> Iterator[Opener]:
    """browse(user) gives one browser with this person logged in. A fault that is not the cut itself fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def heard(said: ConsoleMessage) -> None:
        if said.type == "error" and not EXPECTED.search(said.text):
            faults.append(said.text)

    def opened(user: Any, **options: Any) -> BrowserContext:
        context = browser.new_context(base_url=site.url, reduced_motion="reduce", **({"viewport": DESKTOP} | options))
        context.set_default_timeout(30_000)
        context.on("console", heard)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        contexts.append(context)
        let_in(context, user, str(urlsplit(site.url).hostname))
        return context

    yield opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def log_in(page: Page, user: Any) -> None:
    if "/account/login/" not in page.url:
        page.goto("/account/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#unsent")).to_be_attached()


def intake(context: BrowserContext, draft: Assessment) -> Page:
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(f"/assessments/{draft.pk}/")
    return page


def answer(page: Page, key: str, side: str, value: str) -> None:
    page.locator(f"label:has(> #{'-'.join(part for part in (key, side, value) if part)})").click()


def saved(page: Page) -> None:
    """Everything given is answered by the server, and the page says so."""
    until = time.monotonic() + 30
    while kept_in(page):
        assert time.monotonic() < until, page.locator("#saved").inner_text()
        page.wait_for_timeout(20)
    expect(page.locator("#saved[data-state=saved]")).to_be_visible()


def waiting(page: Page, number: int) -> None:
    words = "1 answer kept" if number == 1 else f"{number} answers kept"
    expect(page.locator("#saved[data-state=waiting]")).to_contain_text(words)


def stored(world: World, draft: Assessment) -> dict[tuple[str, str], str]:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=draft)}


def history(world: World, draft: Assessment) -> list[tuple[str, str, str]]:
    """Every write of an answer, in the order the database took them."""
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        rows = {row.pk: (row.key, row.side) for row in Answer.objects.filter(assessment=draft)}
        entries = AuditEntry.objects.filter(row_id__in=rows).order_by("at")
        return [(*rows[entry.row_id], (entry.after or {})["value"]) for entry in entries]


def kept_in(page: Page) -> list[str]:
    """The names of what waits in the browser's storage."""
    return page.evaluate("() => Object.keys(localStorage).filter((name) => name.startsWith('strideback.unsent'))")


def test_ten_answers_given_offline_are_sent_later_once_and_in_order_even_after_the_tab_was_closed(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    answer(page, "tost", "right", "absent")
    saved(page)
    context.set_offline(True)
    for given in TEN:
        answer(page, *given)
    waiting(page, len(TEN))
    expect(page.locator("#at-slump-right")).to_contain_text("not sent yet")
    expect(page.locator("#network")).to_contain_text("sent by themselves, in order")
    no_violation(page, "intake without connection", ".patientbar", "#network", "#section-neural", "#section-history")
    page.close()
    assert history(world, draft) == [("tost", "right", "absent")]

    held: list[Route] = []
    context.set_offline(False)
    context.route("**/findings/", lambda route: held.append(route) if holds else route.continue_())
    holds = True
    page = intake(context, draft)
    expect(page.locator("#slump-right-present")).to_be_checked()
    expect(page.locator("#onset-gradual")).to_be_checked()
    while not held:  # the page begins to send
        page.wait_for_timeout(20)
    assert len(kept_in(page)) == len(TEN), "nothing is crossed out before the server has answered"
    holds = False
    held[0].continue_()
    saved(page)
    assert history(world, draft) == [("tost", "right", "absent"), *TEN]
    assert kept_in(page) == []
    expect(page.locator("#panel")).to_contain_text("Proximal hamstring tendinopathy")
    expect(page.locator(".answer-waiting")).to_have_count(0)


def test_when_the_connection_comes_back_the_open_page_sends_by_itself(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician, viewport=PHONE, color_scheme="dark")
    page = intake(context, draft)
    context.set_offline(True)
    answer(page, "slump", "right", "present")
    page.locator("#slr_degrees-right").fill("66,5")
    page.keyboard.press("Tab")
    waiting(page, 2)
    page.locator("#slr_degrees-right").fill("67")
    page.keyboard.press("Tab")
    waiting(page, 3)
    context.set_offline(False)
    saved(page)
    expect(page.locator("#network")).to_be_hidden()
    assert history(world, draft) == [
        ("slump", "right", "present"),
        ("slr_degrees", "right", "66.5"),
        ("slr_degrees", "right", "67"),
    ]


def test_a_lost_reply_doubles_nothing(browse: Opener, world: World, draft: Assessment) -> None:
    """The server takes the answer, the reply never arrives; sent again it changes nothing, and the next one still counts."""
    context = browse(world.clinician)
    page = intake(context, draft)
    sent: list[Request] = []

    def swallow(route: Route) -> None:
        sent.append(route.request)
        route.fetch()
        route.abort()

    context.route("**/findings/", swallow, times=1)
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/findings/") else None)
    answer(page, "slump", "right", "present")
    answer(page, "slump", "right", "absent")
    saved(page)
    numbers = [request.headers["x-answer-number"] for request in sent]
    assert numbers.count("1") >= 2, "the first was sent again"
    assert history(world, draft) == [("slump", "right", "present"), ("slump", "right", "absent")]


def test_a_server_that_restarts_loses_nothing(browse: Opener, site: Site, world: World, draft: Assessment) -> None:
    page = intake(browse(world.clinician), draft)
    site.server.stop()
    try:
        for given in TEN[:3]:
            answer(page, *given)
        waiting(page, 3)
    finally:
        site.server.start()
    saved(page)
    assert history(world, draft) == TEN[:3]


def test_a_busy_proxy_is_waited_for(browse: Opener, world: World, draft: Assessment) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.route("**/findings/", lambda route: route.fulfill(status=502, body="<html>Bad gateway"), times=1)
    faults = page.locator("#network")
    answer(page, "slump", "right", "present")
    waiting(page, 1)
    expect(faults).to_be_visible()
    saved(page)
    expect(faults).to_be_hidden()
    assert history(world, draft) == [("slump", "right", "present")]


def test_a_session_that_ended_asks_for_a_login_and_then_sends_everything(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    for given in TEN[:4]:
        answer(page, *given)
    expect(page.locator("#saved[data-state=signed-out]")).to_contain_text("4 answers kept")
    strip = page.locator("#network")
    expect(strip).to_contain_text("Nothing is lost")
    strip.get_by_role("link", name="Log in again").click()
    log_in(page, world.clinician)
    expect(page).to_have_url(re.compile(str(draft.pk)))
    saved(page)
    assert history(world, draft) == TEN[:4]


def test_a_login_in_another_tab_is_enough(browse: Opener, world: World, draft: Assessment) -> None:
    """The page's own token is an old one by then."""
    context = browse(world.clinician)
    page = intake(context, draft)
    context.clear_cookies()
    answer(page, "slump", "right", "present")
    expect(page.locator("#saved[data-state=signed-out]")).to_be_visible()
    log_in(context.new_page(), world.clinician)
    answer(page, "slump", "left", "absent")
    saved(page)
    expect(page.locator("#network")).to_be_hidden()
    assert history(world, draft) == [("slump", "right", "present"), ("slump", "left", "absent")]


def test_another_person_on_the_same_computer_neither_sends_nor_sees_them(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.clear_cookies()
    answer(page, "slump", "right", "present")
    expect(page.locator("#saved[data-state=signed-out]")).to_be_visible()
    other = context.new_page()
    log_in(other, world.administrator)
    answer(page, "slump", "left", "absent")
    expect(page.locator("#saved[data-state=signed-out]")).to_contain_text("2 answers kept")
    other.goto(f"/assessments/{draft.pk}/")
    expect(other.locator("#slump-right-present")).not_to_be_checked()
    answer(other, "tost", "right", "absent")
    expect(other.locator("#was-tost-right")).to_have_value("absent")
    assert history(world, draft) == [("tost", "right", "absent")]
    assert len(kept_in(page)) == 2, "they wait for the one who gave them"


def test_a_second_tab_shows_what_the_first_saved(browse: Opener, world: World, draft: Assessment) -> None:
    context = browse(world.clinician)
    first, second = intake(context, draft), context.new_page()
    second.goto(first.url)
    answer(first, "slump", "right", "present")
    saved(first)
    expect(second.locator("#slump-right-present")).to_be_checked()
    answer(second, "slump", "right", "absent")
    saved(second)
    expect(first.locator("#slump-right-absent")).to_be_checked()
    assert history(world, draft) == [("slump", "right", "present"), ("slump", "right", "absent")]


def test_an_answer_somebody_gave_meanwhile_is_told_and_not_overwritten(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician)
    page, colleague = intake(context, draft), intake(browse(world.administrator), draft)
    context.set_offline(True)
    answer(page, "slump", "right", "present")
    waiting(page, 1)
    answer(colleague, "slump", "right", "absent")
    saved(colleague)
    context.set_offline(False)
    error = page.locator("#error-slump-right")
    expect(error).to_contain_text("Ada Lindqvist recorded “Absent” meanwhile; “Present” was not saved")
    expect(page.locator("#slump-right-absent")).to_be_checked()
    expect(page.locator("#saved[data-state=refused]")).to_be_visible()
    answer(page, "slump", "right", "present")
    saved(page)
    expect(error).to_be_empty()
    assert stored(world, draft) == {("slump", "right"): "present"}


def test_a_refused_value_is_said_beside_its_field_and_not_sent_again(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.set_offline(True)
    page.locator("#slr_degrees-right").fill("740")
    page.keyboard.press("Tab")
    answer(page, "slump", "right", "present")
    waiting(page, 2)
    context.set_offline(False)
    expect(page.locator("#error-slr_degrees-right")).to_contain_text("“740” was not saved")
    expect(page.locator("#saved[data-state=refused]")).to_be_visible()
    assert kept_in(page) == []
    assert stored(world, draft) == {("slump", "right"): "present"}


def test_what_comes_after_a_signature_stays_readable_until_it_is_taken_away(
    browse: Opener, world: World, draft: Assessment
) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.set_offline(True)
    answer(page, "slump", "right", "present")
    waiting(page, 1)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        Examination(world, draft).ready().sign()
    context.set_offline(False)
    unsent = page.locator("#unsent")
    expect(unsent).to_contain_text(re.compile("Slump.*Right.*: Present"))
    expect(unsent).to_contain_text("is signed and can no longer change")
    page.reload()
    expect(page).to_have_url(re.compile("/signed/"))
    no_violation(page, "signed assessment with an answer that came too late")
    expect(unsent).to_contain_text("Present")
    unsent.get_by_role("button", name="Remove from this list").click()
    expect(unsent).to_be_hidden()
    assert kept_in(page) == []


def test_logging_out_asks_before_answers_are_deleted(browse: Opener, world: World, draft: Assessment) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.route("**/findings/", lambda route: route.abort())
    answer(page, "slump", "right", "present")
    waiting(page, 1)
    page.goto("/")
    expect(page.locator("#unsent")).to_contain_text("1 answer given in this browser is not sent yet")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.locator("#kept")).to_contain_text("If you log out now, it is deleted")
    no_violation(page, "log out with an answer that is not sent")
    expect(page.get_by_role("link", name="Send them first")).to_have_attribute("href", f"/assessments/{draft.pk}/")
    assert len(kept_in(page)) == 1
    page.get_by_role("button", name="Delete and log out").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    page.reload()
    assert page.evaluate("() => Object.keys(localStorage).filter((name) => name.startsWith('strideback.'))") == []


def test_conclude_waits_for_the_answer_just_given(browse: Opener, world: World, draft: Assessment) -> None:
    page = intake(browse(world.clinician), draft)
    answer(page, "slump", "right", "present")
    page.get_by_role("link", name="Conclude").first.click()
    expect(page).to_have_url(re.compile("/conclusion/"))
    assert stored(world, draft) == {("slump", "right"): "present"}


def test_what_is_stored_names_nobody(browse: Opener, world: World, draft: Assessment) -> None:
    context = browse(world.clinician)
    page = intake(context, draft)
    context.set_offline(True)
    for given in TEN:
        answer(page, *given)
    waiting(page, len(TEN))
    everything = page.evaluate("() => JSON.stringify(localStorage)")
    for secret in ("Ana", "Ferreira", "csrf", world.clinician.name, world.clinician.email):
        assert secret not in everything
