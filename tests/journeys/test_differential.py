"""The differential in a real browser: every picture readable on a desktop and a phone, the sheet worked by keyboard."""

from collections.abc import Iterable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.tenancy import clinic_scope
from tests.assessments.conftest import TENDON, Examination, open_draft, screening
from tests.assessments.test_panel import JOINT, NOTHING_FITS, UNCLEAR
from tests.journeys.conftest import DESKTOP, PHONE, Opener
from tests.journeys.test_sign_and_amend import sign_in
from tests.support.browser import no_violation, settled
from tests.support.factories import World, make_clinic

pytestmark = pytest.mark.live

FOUND = [("glute_weak", "left", "present"), ("pelvic_tilt", "", "anterior"), ("nprs_worst", "", "6")]
PICTURES = {
    "clear": [*screening(), *TENDON, *FOUND],
    "mixed": [*screening(), *TENDON, *JOINT],
    "unclear": [*screening(), *UNCLEAR],
    "outside": [*screening(), *NOTHING_FITS],
    "not enough": [*screening(), ("neuro_quality", "", "present")],
    "screening open": [*screening()[:4], *TENDON],
    "urgent flag": [*screening(), *TENDON, ("hop_pain", "right", "present")],
}


@pytest.fixture
def world(committed: None) -> World:
    return make_clinic("Harbour Physio")


def examined(world: World, answers: Iterable[tuple[str, str, str]]) -> Examination:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        made = open_draft(world)
        made.answer(*answers)
    return made


def go(page: Page, name: str, examination: Examination) -> None:
    page.goto(reverse(f"assessments:{name}", args=[examination.draft.pk]))
    settled(page)


def fits(page: Page, where: str) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), where


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone-dark"])
def test_every_picture_can_be_read(open_page: Opener, world: World, viewport: dict[str, int], dark: bool) -> None:
    page = open_page(viewport=viewport, dark=dark)
    sign_in(page, world.clinician)
    for name, answers in PICTURES.items():
        examination = examined(world, answers)
        go(page, "differential", examination)
        no_violation(page, f"{name}, three columns")
        fits(page, name)
        if name == "urgent flag":
            go(page, "referral", examination)
            no_violation(page, "referral")
            fits(page, "referral")


def test_a_line_opens_its_source_without_script(open_page: Opener, world: World) -> None:
    page = open_page(script=False)
    sign_in(page, world.clinician)
    go(page, "differential", examined(world, PICTURES["clear"]))
    page.locator("#line-against-nerve-slump_sd > summary").click()
    expect(page.locator("#line-against-nerve-slump_sd")).to_contain_text("As published")


def test_the_sheet_of_a_phone_opens_closes_and_jumps_by_keyboard(open_page: Opener, world: World) -> None:
    page = open_page(viewport=PHONE)
    sign_in(page, world.clinician)
    go(page, "intake", examined(world, PICTURES["not enough"]))
    bar = page.locator("#panel-summary")
    expect(bar).to_contain_text("Not enough examined yet")
    bar.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_have_attribute("open", "")
    no_violation(page, "the open sheet")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).not_to_have_attribute("open", "")
    expect(bar).to_be_focused()
    page.keyboard.press("Enter")
    link = page.locator(".worth a").first
    target = link.get_attribute("href") or ""
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).not_to_have_attribute("open", "")
    expect(page.locator(f"{target} input:focus")).to_have_count(1)


def test_what_the_last_answer_changed_is_marked_in_the_panel(open_page: Opener, world: World) -> None:
    page = open_page()
    sign_in(page, world.clinician)
    go(page, "intake", examined(world, [*screening(), *TENDON]))
    page.locator("#finding-pain_speed_hills input[value=present]").check()
    line = page.locator("#line-for-pht-pain_speed_hills")
    expect(line.locator(".new-mark")).to_have_text("new")
    expect(page.locator("#announce")).to_contain_text("Speaks for proximal hamstring tendinopathy")
    no_violation(page, "a panel with a marked line")
