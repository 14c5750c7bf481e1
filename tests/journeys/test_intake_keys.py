"""The intake by keyboard alone, in a real browser: how many keys, how fast, and that none of them is lost."""

import time
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments import actions
from assessments.models import Answer, Assessment
from assessments.reasoning import FINDINGS
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import TENDON, Examination, screening
from tests.journeys.conftest import Opener
from tests.support.browser import no_violation, settled
from tests.support.factories import World, make_clinic, make_episode
from tests.support.walking import PHONE, let_in, looks_well

pytestmark = pytest.mark.live

MOST_PRESSES = 80
MOST_SECONDS = 90.0
PATIENCE = 30_000  # milliseconds: other tests may keep the machine busy


class Hands:
    """A clinician at the keyboard. Counts every key pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def number(self, digits: str) -> None:
        self.press(*digits, "Enter")

    def fill_section(self, section: str) -> None:
        """The page shows it at once; the server's word comes when its turn in the queue does."""
        self.press("x")
        expect(
            self.page.locator(f"#section-{section} [data-together] input[type=radio][value=absent]").first
        ).to_be_checked()


@pytest.fixture
def world(committed: None) -> World:
    return make_clinic("Harbour Physio")


@pytest.fixture
def draft(world: World) -> Assessment:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        episode = make_episode(world)
        return actions.start_assessment(by=world.clinician, episode=episode, on=date(2026, 11, 22))


def intake(page: Page, world: World, draft: Assessment) -> Hands:
    let_in(page.context, world.clinician)
    page.goto(f"/assessments/{draft.pk}/")
    expect(page.locator(".intake[data-keys=on]")).to_be_visible(timeout=PATIENCE)
    return Hands(page)


def kept(page: Page) -> None:
    """Wait until everything given is on the server."""
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    settled(page)


def stored(world: World, draft: Assessment) -> dict[tuple[str, str], str]:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        rows = Answer.objects.filter(assessment=draft, carried_from=None)
        return {(row.key, row.side): row.value for row in rows}


def at(page: Page) -> str:
    """The place the focus is on: "slump-right"."""
    place: Any = page.evaluate("() => document.activeElement.closest('.answer')?.id ?? ''")
    return str(place).removeprefix("at-")


def put(page: Page, place: str) -> None:
    page.locator(f"#at-{place} input:not([type=hidden])").first.focus()


def test_sixty_findings_take_about_one_key_each(open_page: Opener, world: World, draft: Assessment) -> None:
    page = open_page()
    hands = intake(page, world, draft)
    began = time.monotonic()
    hands.press("Enter")
    assert at(page) == "bladder_change"
    hands.press(*["a"] * 11, "Shift+A", "Shift+A")
    assert at(page) == "onset", "questions asked only of some are passed over"
    hands.press("2", "a", "a", "a", "a", "p", "p", "p", *["a"] * 10)
    assert at(page) == "nprs_now"
    hands.press("3", "7", "5")
    hands.number("20")
    hands.number("30")
    assert at(page) == "gait_antalgic-right"
    hands.fill_section("observation")
    expect(page.locator("#posture_weight-forefoot")).to_be_focused()
    hands.press("2", "2")
    assert at(page) == "slr_degrees-right"
    hands.number("66")
    hands.number("74")
    hands.press("Shift+A", "Shift+A")
    hands.number("21,5")
    hands.number("12")
    hands.press("Shift+A", "Shift+A", "Shift+A", "p", "a")
    assert at(page) == "sij_pressure_pain-right"
    hands.fill_section("palpation")
    expect(page.locator("#sacral_tenderness-present")).to_be_focused()
    hands.press("a", "p", "a", "p", "a")
    hands.fill_section("hamstring")
    kept(page)
    seconds = time.monotonic() - began
    answers = stored(world, draft)
    findings = {key for key, _side in answers}
    print(f"{len(findings)} findings, {len(answers)} answers: {hands.presses} keys, {seconds:.1f} s")  # noqa: T201
    assert len(findings) >= 60
    assert hands.presses <= MOST_PRESSES
    assert seconds <= MOST_SECONDS
    assert answers["onset", ""] == "gradual"
    assert answers["nprs_worst", ""] == "7"
    assert (answers["slr_degrees", "right"], answers["slr_degrees", "left"]) == ("66", "74")
    assert answers["ake_degrees", "right"] == "21.5"
    assert (answers["palp_ischial", "right"], answers["palp_ischial", "left"]) == ("present", "absent")
    assert answers["resisted_kf_pain", "left"] == "absent"
    assert answers["leg_swelling", "left"] == "absent"
    assert not [key for key in findings if FINDINGS[key].section == "screening" and not FINDINGS[key].mandatory]
    expect(page.locator("#panel")).to_contain_text("Proximal hamstring tendinopathy")
    no_violation(page, "intake after sixty findings")


def test_one_row_by_keyboard(open_page: Opener, world: World, draft: Assessment) -> None:
    page = open_page()
    hands = intake(page, world, draft)
    put(page, "slump-right")
    hands.press("p")
    assert at(page) == "slump-left", "the other side comes first"
    hands.press("b")
    assert at(page) == "slump_sd-right", "then the next finding, painful side first"
    hands.press("ArrowUp", "ArrowLeft")
    assert at(page) == "slump-left"
    hands.press("u")
    kept(page)
    assert stored(world, draft) == {("slump", "right"): "present"}
    hands.press("Control+z")
    kept(page)
    assert stored(world, draft) == {}
    hands.press("Shift+P", "u")
    kept(page)
    assert stored(world, draft) == {}, "both sides given by one key are taken back by one"
    put(page, "nprs_now")
    hands.press("1", "0", "1", "4")
    kept(page)
    answers = stored(world, draft)
    assert (answers["nprs_now", ""], answers["nprs_worst", ""], answers["nprs_run", ""]) == ("10", "1", "4")
    put(page, "nprs_run")
    hands.press("Backspace")
    kept(page)
    assert ("nprs_run", "") not in stored(world, draft)
    put(page, "slump-right")
    hands.press("i")
    expect(page.locator("#finding-slump .evidence")).to_contain_text("Published accuracy")
    no_violation(page, "evidence open")
    hands.press("s")
    assert at(page) == "sij_distraction-right"
    hands.press("Shift+S")
    assert at(page).startswith("slr_pain")


def test_a_filled_section_is_undone_in_place_with_one_key(open_page: Opener, world: World, draft: Assessment) -> None:
    page = open_page()
    hands = intake(page, world, draft)
    put(page, "sij_thigh_thrust-right")
    hands.press("p")
    hands.fill_section("sacroiliac")
    assert at(page) == "hop_pain-right", "the work goes on after it"
    put(page, "faber-left")
    hands.press("p", "u")
    kept(page)
    assert len(stored(world, draft)) == 12
    assert set(stored(world, draft).values()) == {"present", "absent"}
    assert stored(world, draft)["faber", "left"] == "absent", "one answer is taken back to what the filling gave"
    expect(page.locator("#fill-sacroiliac .undo")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#count-sacroiliac")).to_have_text("6/6")
    no_violation(page, "section filled")
    hands.press("u")
    expect(page.locator("#fill-sacroiliac [data-all-absent]")).to_be_visible()
    kept(page)
    assert stored(world, draft) == {("sij_thigh_thrust", "right"): "present"}
    assert page.locator("#section-sacroiliac input[type=radio]:checked").count() == 1


def test_an_unusual_value_is_asked_about_and_kept_with_one_key(
    open_page: Opener, world: World, draft: Assessment
) -> None:
    page = open_page()
    hands = intake(page, world, draft)
    put(page, "slr_degrees-right")
    high = int((FINDINGS["slr_degrees"].usual or (0, 0))[1]) + 10
    hands.number(str(high))
    error = page.locator("#error-slr_degrees-right")
    expect(error).to_contain_text("Not saved yet: is it right?")
    assert stored(world, draft) == {}
    no_violation(page, "a question about a value")
    hands.press("y")
    expect(error).to_be_empty()
    kept(page)
    assert stored(world, draft) == {("slr_degrees", "right"): str(high)}
    put(page, "slr_degrees-left")
    page.keyboard.type("7")
    expect(page.locator("#delta-slr_degrees-right")).to_contain_text(f"+{high - 7}°")
    hands.number("0")
    kept(page)
    expect(page.locator("#delta-slr_degrees-right")).to_contain_text(f"+{high - 70}°")


def test_single_keys_can_be_switched_off_and_stay_off(open_page: Opener, world: World, draft: Assessment) -> None:
    page = open_page()
    hands = intake(page, world, draft)
    put(page, "slump-right")
    hands.press("?")
    expect(page.locator("#keys")).to_be_visible()
    no_violation(page, "keys")
    page.get_by_label("Answer with single keys").uncheck()
    hands.press("Escape")
    page.reload()
    expect(page.locator(".intake[data-keys=off]")).to_be_visible()
    put(page, "slump-right")
    hands.press(*"pabnuxiycs?[]")
    assert at(page) == "slump-right"
    assert not page.locator("#keys").is_visible()
    expect(page.locator("#finding-slump [data-key]").first).to_be_hidden()
    kept(page)
    assert stored(world, draft) == {}
    hands.press("Enter")
    assert at(page) == "slump-left", "Enter is no single key and still moves on"


def test_going_on_by_itself_can_be_switched_off(open_page: Opener, world: World, draft: Assessment) -> None:
    page = open_page()
    hands = intake(page, world, draft)
    hands.press("?")
    page.locator("[data-advance-switch]").uncheck()
    hands.press("Escape")
    put(page, "slump-right")
    hands.press("p")
    assert at(page) == "slump-right"


def test_an_earlier_finding_is_carried_over_and_confirmed_by_key(
    open_page: Opener, world: World, draft: Assessment
) -> None:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        first = Examination(world, draft)
        first.answer(*screening(), *TENDON)
        first.conclude()
        first.sign()
        second = actions.start_assessment(by=world.clinician, episode=draft.episode, on=date(2026, 11, 30))
    page = open_page()
    hands = intake(page, world, second)
    put(page, "sij_distraction-right")
    line = page.locator("#before-sij_distraction")
    expect(line).to_contain_text("right absent")
    expect(line.get_by_role("link")).to_contain_text("22 Nov")
    hands.press("c")
    expect(line).to_contain_text("carried over, not confirmed")
    kept(page)
    no_violation(page, "a carried finding")
    assert stored(world, second) == {}
    expect(page.locator("#count-sacroiliac")).to_have_text("0/6")
    hands.press("c")
    expect(line).not_to_contain_text("not confirmed")
    kept(page)
    assert stored(world, second) == {("sij_distraction", "right"): "absent"}
    put(page, "sij_compression-right")
    hands.press("c")
    expect(page.locator("#before-sij_compression")).to_contain_text("not confirmed")
    hands.press("p")
    expect(page.locator("#before-sij_compression")).not_to_contain_text("not confirmed")
    kept(page)
    assert stored(world, second)["sij_compression", "right"] == "present"
    put(page, "sij_thigh_thrust-right")
    hands.press("c", "p")
    kept(page)
    assert stored(world, second)["sij_thigh_thrust", "right"] == "present"
    expect(page.locator("#sij_thigh_thrust-right-present")).to_be_checked()
    expect(page.locator("#before-sij_thigh_thrust")).not_to_contain_text("not confirmed")


def test_the_page_fits_and_a_finger_hits(open_page: Opener, world: World, draft: Assessment) -> None:
    page = open_page(viewport=PHONE)
    intake(page, world, draft)
    put(page, "slump-right")
    looks_well(page, "intake")
    box = page.locator("label:has(> #slump-right-present)").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44
