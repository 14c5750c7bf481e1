"""The body chart in a real browser: by finger, by keyboard alone, without script, on a phone; readable by axe."""

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from assessments import actions
from assessments.models import Answer, Assessment, PainArea
from clinic.tenancy import clinic_scope
from tests.support.browser import settled
from tests.support.factories import World, make_clinic, make_episode
from tests.support.walking import PHONE, let_in, looks_well

pytestmark = pytest.mark.live


@pytest.fixture
def visit(committed: None) -> tuple[World, Assessment]:
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        episode = make_episode(world)
        return world, actions.start_assessment(by=world.clinician, episode=episode, on=date(2026, 11, 22))


def opened(page: Page, visit: tuple[World, Assessment]) -> Page:
    world, draft = visit
    let_in(page.context, world.clinician)
    page.goto(f"/assessments/{draft.pk}/")
    return page


def stored(visit: tuple[World, Assessment]) -> dict[str, tuple[list[str], bool]]:
    world, draft = visit
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        rows = list(PainArea.objects.filter(assessment=draft))
    return {"-".join(filter(None, (row.region, row.side))): (row.qualities, row.is_worst) for row in rows}


def tick(page: Page, name: str) -> None:
    page.locator(f"label:has(> #{name})").click()


def saved(page: Page) -> None:
    page.locator("#saved[data-state=saved]").wait_for()
    settled(page)


def test_marking_by_finger(open_page: Any, visit: tuple[World, Assessment]) -> None:
    page = opened(open_page(viewport=PHONE, dark=True), visit)
    tick(page, "brush-tingling")
    calf = page.locator("#hit-calf-right")
    calf.click()
    page.locator("#row-calf-right").wait_for()
    saved(page)
    assert calf.get_attribute("aria-pressed") == "true"
    assert calf.get_attribute("aria-label") == "Right calf: tingling or electric"
    assert stored(visit) == {"calf-right": (["tingling"], False)}
    calf.click()
    tick(page, "calf-right-numb")
    page.locator("#open-calf-right", has_text="numb").wait_for()
    tick(page, "worst-calf-right")
    page.locator("#open-calf-right", has_text="worst area").wait_for()
    saved(page)
    assert stored(visit) == {"calf-right": (["tingling", "numb"], True)}
    looks_well(page, "marked")
    page.locator("#remove-calf-right").click()
    page.get_by_role("button", name="Undo").click()
    page.locator("#open-calf-right", has_text="tingling or electric, numb, worst area").wait_for()
    saved(page)
    assert stored(visit) == {"calf-right": (["tingling", "numb"], True)}


def test_marking_by_keyboard_alone(open_page: Any, visit: tuple[World, Assessment]) -> None:
    page = opened(open_page(), visit)
    keys = page.keyboard
    page.locator("#brush-ache").focus()
    keys.press("ArrowRight")
    keys.press("Tab")
    while page.evaluate("document.activeElement.id") != "hit-low_back_mid":
        keys.press("Tab")
    for _step in range(12):
        if page.evaluate("document.activeElement.id") == "hit-calf-right":
            break
        keys.press("ArrowRight" if _step == 0 else "ArrowDown")
    assert page.evaluate("document.activeElement.id") == "hit-calf-right"
    keys.press("Enter")
    page.locator("#row-calf-right").wait_for()
    saved(page)
    assert page.evaluate("document.activeElement.id") == "hit-calf-right", "focus stays where it was"
    assert stored(visit) == {"calf-right": (["sharp"], False)}
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "calf-right-ache"
    keys.press("Space")
    page.locator("#open-calf-right", has_text="ache, sharp").wait_for()
    assert page.evaluate("document.activeElement.id") == "calf-right-ache", "focus comes back after the exchange"
    saved(page)
    assert stored(visit) == {"calf-right": (["ache", "sharp"], False)}
    page.locator("#hit-calf-right").focus()
    keys.press("Delete")
    page.get_by_role("button", name="Undo").wait_for()
    saved(page)
    assert stored(visit) == {}


def test_the_list_is_an_equal_second_way(open_page: Any, visit: tuple[World, Assessment]) -> None:
    page = opened(open_page(viewport=PHONE), visit)
    page.get_by_text("All regions as a list").click()
    page.get_by_role("checkbox", name="Left groin").check()
    page.locator("#row-groin-left").wait_for()
    saved(page)
    assert page.locator("#hit-groin-left").get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name=re.compile("Record as present.*Groin or deep thigh pain")).click()
    page.locator("#flag-RF08").wait_for(state="attached")
    assert page.locator("#groin_pain-left-present").is_checked()
    world, draft = visit
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        assert Answer.objects.get(assessment=draft).value == "present"


def test_what_is_marked_while_an_answer_is_on_its_way_is_not_taken_back(
    open_page: Any, visit: tuple[World, Assessment]
) -> None:
    """The server's answer to the first mark knows nothing of the second; both are kept, in the page and on the server."""
    page = opened(open_page(), visit)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/body-chart/", hold, times=1)
    page.locator("#hit-calf-right").click()
    while not held:
        page.wait_for_timeout(20)
    page.locator("#hit-heel-right").click()
    page.locator("#hit-knee-right").click()
    page.locator("#area-knee-right").evaluate("box => box.click()")
    held[0].continue_()
    page.locator("#row-heel-right").wait_for()
    saved(page)
    assert stored(visit) == {"calf-right": (["ache"], False), "heel-right": (["ache"], False)}
    assert page.locator("#hit-knee-right").get_attribute("aria-pressed") == "false"
    assert page.locator("#area-heel-right").is_checked()


def test_without_script_the_list_is_saved_as_a_form(open_page: Any, visit: tuple[World, Assessment]) -> None:
    page = opened(open_page(script=False), visit)
    page.get_by_text("All regions as a list").click()
    page.get_by_role("checkbox", name="Left calf").check()
    tick(page, "brush-numb")
    page.get_by_role("button", name="Save body chart").click()
    assert stored(visit) == {"calf-left": (["numb"], False)}
    assert page.locator("#row-calf-left").is_visible()
