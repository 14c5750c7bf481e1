"""The differential in a real browser: every picture readable on a desktop and a phone, the sheet worked by keyboard."""

from collections.abc import Iterable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.tenancy import clinic_scope
from tests.assessments.conftest import TENDON, Examination, open_draft, screening
from tests.assessments.test_panel import JOINT, NOTHING_FITS, UNCLEAR
from tests.journeys.conftest import Opener
from tests.support.browser import no_violation, settled
from tests.support.factories import World, make_clinic
from tests.support.walking import PHONE, looks_well

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


def test_every_picture_can_be_read(open_page: Opener, world: World) -> None:
    page = open_page(world.clinician)
    for name, answers in PICTURES.items():
        examination = examined(world, answers)
        go(page, "differential", examination)
        looks_well(page, f"{name}, three columns")
        if name == "urgent flag":
            go(page, "referral", examination)
            looks_well(page, "referral")


def test_a_line_opens_its_source_without_script(open_page: Opener, world: World) -> None:
    page = open_page(world.clinician, script=False)
    go(page, "differential", examined(world, PICTURES["clear"]))
    page.locator("#line-against-nerve-slump_sd > summary").click()
    expect(page.locator("#line-against-nerve-slump_sd")).to_contain_text("As published")


def test_the_sheet_of_a_phone_opens_closes_and_jumps_by_keyboard(open_page: Opener, world: World) -> None:
    page = open_page(world.clinician, viewport=PHONE)
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
    page = open_page(world.clinician)
    go(page, "intake", examined(world, [*screening(), *TENDON]))
    page.locator("#finding-pain_speed_hills input[value=present]").check()
    line = page.locator("#line-for-pht-pain_speed_hills")
    expect(line.locator(".new-mark")).to_have_text("new")
    expect(page.locator("#announce")).to_contain_text("Speaks for proximal hamstring tendinopathy")
    no_violation(page, "a panel with a marked line")
