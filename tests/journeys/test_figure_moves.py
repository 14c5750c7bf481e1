"""A drawing on a page moves three times and stands still; where less motion is asked for it never moves."""

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route, expect

from clinic.vocabulary.sides import DoseSide
from programs.drawings.addresses import picture
from programs.figures import motion_for
from programs.templatetags.drawings import of_line

ADDRESS = "https://strideback.test/my/"
PAGE = """<!doctype html><html lang="en"><head><title>Today</title>
<link rel="stylesheet" href="/static/css/tokens.css"><link rel="stylesheet" href="/static/css/figure.css">
<script type="module" src="/static/js/figure.js"></script></head><body>{figure}</body></html>"""


def served(route: Route) -> None:
    """The page, its style and script, and the drawing's own addresses, without a server."""
    path = route.request.url.partition("strideback.test")[2]
    policy = {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
    }
    if path.startswith("/static/"):
        kind = "text/css" if path.endswith(".css") else "text/javascript"
        with open(str(finders.find(path.removeprefix("/static/"))), encoding="utf-8") as file:
            route.fulfill(body=file.read(), content_type=kind)
    elif path.endswith("motion.json"):
        route.fulfill(json=motion_for("bridge_one_leg", DoseSide.LEFT))
    elif path.startswith("/figures/"):
        route.fulfill(body=picture("bridge_one_leg", DoseSide.LEFT, "whole"), content_type="image/svg+xml")
    else:
        line = {"exercise": "bridge_one_leg", "side": "left"}
        figure = render_to_string("portal/figure.html", {"drawing": of_line(line)})
        route.fulfill(body=PAGE.format(figure=figure), content_type="text/html", headers=policy)


def opened(browser: Browser, *, motion: str) -> Page:
    page = browser.new_context(viewport={"width": 360, "height": 740}, reduced_motion=motion).new_page()  # type: ignore[arg-type]
    page.route("**/*", served)
    page.goto(ADDRESS)
    return page


def shapes(page: Page) -> str:
    return "".join(path.get_attribute("d") or "" for path in page.locator(".figure-live path").all())


def test_it_moves_stops_on_a_press_and_ends_by_itself(browser: Browser) -> None:
    page = opened(browser, motion="no-preference")
    expect(page.locator(".figure-live")).to_have_count(1)
    before = shapes(page)
    page.wait_for_timeout(400)
    assert shapes(page) != before
    assert page.locator(".figure-live > g").get_attribute("transform") == "translate(240 0) scale(-1 1)"
    again = page.get_by_role("button", name="Stop")
    again.press("Enter")
    expect(page.locator(".figure-live")).to_have_count(0)
    expect(page.locator(".figure-end")).to_be_visible()
    page.get_by_role("button", name="Show the movement").press("Enter")
    expect(page.locator(".figure-live")).to_have_count(1)
    expect(page.locator(".figure-live")).to_have_count(0, timeout=30_000)


def test_where_less_motion_is_asked_for_start_and_end_stand_side_by_side(browser: Browser) -> None:
    page = opened(browser, motion="reduce")
    expect(page.locator(".figure-whole")).to_be_visible()
    expect(page.locator(".figure-end")).to_be_hidden()
    expect(page.locator(".figure-again")).to_be_hidden()
    page.wait_for_timeout(500)
    assert page.locator(".figure-live").count() == 0


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_it_stands_on_a_light_ground_in_the_dark_too(browser: Browser, motion: str) -> None:
    page = opened(browser, motion=motion)
    page.emulate_media(color_scheme="dark")
    ground = page.locator(".figure-moves").evaluate("box => getComputedStyle(box).backgroundColor")
    assert ground == "rgb(227, 241, 238)"
