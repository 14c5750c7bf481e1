"""From a signed conclusion to a program of five exercises in the runner's hand: by mouse and by keyboard, clicks and seconds counted."""

import logging
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Locator, Page, expect

from clinic.tenancy import clinic_scope
from tests.journeys.conftest import Opener
from tests.support.browser import no_violation, settled
from tests.support.factories import World, make_clinic
from tests.support.letters import examined
from tests.support.walking import PHONE

pytestmark = pytest.mark.live

MOST_CLICKS, MOST_SECONDS = 12, 60
PATIENCE = 30_000
MOST_TABS = 120


@dataclass
class Hand:
    """Counts what a clinician does, and the seconds from the first act on. Checking the page takes none of them."""

    page: Page
    clicks: int = 0
    keys: int = 0
    began: float = 0
    paused: float = 0

    def click(self, target: Locator) -> None:
        self.began = self.began or time.monotonic()
        target.click(timeout=PATIENCE)
        self.clicks += 1
        self.settle()

    def press(self, *keys: str) -> None:
        self.began = self.began or time.monotonic()
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.settle()

    def settle(self) -> None:
        """A page that is being left has nothing left to settle."""
        with suppress(Error):
            settled(self.page)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def reach(self, target: Locator, key: str = "Tab") -> None:
        """From stop to stop, as a keyboard goes, until the focus is there."""
        expect(target).to_be_visible(timeout=PATIENCE)
        for _stop in range(MOST_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"not reached by {key}: {target}")

    def enter(self, target: Locator, key: str = "Tab") -> None:
        self.reach(target, key)
        self.press("Enter")

    def check(self, where: str, *within: str) -> None:
        since = time.monotonic()
        no_violation(self.page, where, *within)
        self.paused += time.monotonic() - since

    @property
    def spent(self) -> float:
        return time.monotonic() - self.began - self.paused


@pytest.fixture
def world(committed: None) -> World:
    return make_clinic("Weir Lane Physio")


@pytest.fixture
def conclusion(world: World) -> UUID:
    """A right-sided tendinopathy, really examined and signed."""
    with clinic_scope(world.clinic.pk, actor=f"user:{world.clinician.pk}"):
        return examined(world).pk


def offer(page: Page, name: str) -> Locator:
    return page.locator("#library-results .library-item").filter(has_text=name).first


def count(page: Page, number: int) -> None:
    expect(page.locator("#phase-1 .plan-item")).to_have_count(number, timeout=PATIENCE)
    settled(page)


def ready_for_a_dose(item: Locator) -> None:
    """Unfolding puts the focus into the line the dose is typed in."""
    expect(item.locator("input[name$=dose]").first).to_be_focused(timeout=PATIENCE)


def find(hand: Hand, words: str, name: str) -> Locator:
    """Typed into the search beside the program; waits for the answer."""
    hand.type(words)
    found = offer(hand.page, name)
    expect(found).to_be_visible(timeout=PATIENCE)
    settled(hand.page)
    return found


def within_the_budget(hand: Hand) -> None:
    """`pytest --log-cli-level=INFO` shows the numbers."""
    told = f"{hand.clicks} clicks, {hand.keys} keys, {hand.spent:.1f} s"
    logging.getLogger(__name__).info(told)
    assert hand.clicks <= MOST_CLICKS, told
    assert hand.spent <= MOST_SECONDS, told


def issued(page: Page, number: int) -> None:
    expect(page).to_have_url(re.compile("/issued/"), timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".page-head")).to_contain_text(f"Version {number}")


def propose(hand: Hand, conclusion: UUID, *, by_keyboard: bool = False) -> int:
    """Opens the builder; returns how many exercises were proposed."""
    page = hand.page
    page.goto(reverse("assessments:signed", args=[conclusion]))
    button = page.get_by_role("button", name=re.compile("Propose")).first
    if by_keyboard:
        hand.enter(button)
    else:
        hand.click(button)
    expect(page.locator("#phase-1 .plan-item").first).to_be_visible(timeout=PATIENCE)
    return page.locator("#phase-1 .plan-item").count()


def test_by_finger_from_the_conclusion_to_five_exercises_issued(
    open_page: Opener, world: World, conclusion: UUID
) -> None:
    page = open_page(world.clinician, viewport=PHONE)
    hand = Hand(page)
    there = propose(hand, conclusion)
    hand.check("builder")
    for wanted in range(there + 1, 6):
        adds = page.locator("#library-results [data-adds]")
        hand.click(adds.first)
        count(page, wanted)
    expect(page.locator("#phase-1")).to_contain_text("less gets done")
    first = page.locator("#phase-1 .plan-item").first
    hand.click(first.locator("summary").first)
    ready_for_a_dose(first)
    hand.type("3x10 h5 r60 2/d")
    expect(first.locator(".dose-heard").first).to_contain_text("3 × 10, hold 5 s, rest 60 s", timeout=PATIENCE)
    hand.press("Enter")
    expect(first.locator(".plan-dose")).to_contain_text("3 × 10, hold 5 s", timeout=PATIENCE)
    hand.check("builder with five exercises", "#plan")
    hand.click(page.get_by_role("button", name=re.compile("^Issue")))
    issued(page, 1)
    within_the_budget(hand)


def test_by_keyboard_with_an_override_undo_handout_and_a_new_version(
    open_page: Opener, world: World, conclusion: UUID
) -> None:
    page = open_page(world.clinician)
    hand = Hand(page)
    there = propose(hand, conclusion, by_keyboard=True)

    first = page.locator("#phase-1 .plan-item").first
    hand.enter(first.locator("summary").first)
    ready_for_a_dose(first)
    hand.type("4x30s r90")
    heard = first.locator(".dose-heard").first
    expect(heard).to_contain_text("4 × 30 s hold, rest 90 s", timeout=PATIENCE)
    hand.check("a dose while it is typed", "#plan")
    hand.press("Enter")
    expect(first.locator(".plan-dose")).to_contain_text("4 × 30 s hold, rest 90 s", timeout=PATIENCE)

    hand.press("l")
    found = find(hand, "strap stretch", "Hamstring stretch with a strap")
    expect(found).to_contain_text("Locked for proximal tendinopathy")
    hand.check("an unsuitable exercise in the library", ".builder-library")
    hand.enter(found.locator("summary"))
    hand.reach(found.locator("input[name=reason]"))
    hand.type("Quiet for a year.")
    hand.press("Enter")
    count(page, there + 1)
    expect(page.locator("#phase-1")).to_contain_text("Quiet for a year.")

    hand.press("Control+z")
    count(page, there)
    expect(page.locator("#undo")).to_contain_text("Undo: Changed")
    hand.check("after undo", "#plan")
    hand.press("l", "Backspace")
    expect(page.locator("#library-results")).to_contain_text("Also fits this stage", timeout=PATIENCE)
    for wanted in range(there + 1, 6):
        hand.press("l", "Enter", "Enter")
        count(page, wanted)
    hand.enter(page.get_by_role("button", name=re.compile("^Issue")), "Shift+Tab")
    issued(page, 1)
    within_the_budget(hand)
    expect(page.locator("#open-pdf")).to_be_visible(timeout=PATIENCE)
    hand.check("issued")

    page.get_by_role("link", name="Change the program").first.click()
    first = page.locator("#phase-1 .plan-item").first
    first.locator("summary").first.click()
    ready_for_a_dose(first)
    page.keyboard.type("3x20s")
    page.keyboard.press("Enter")
    expect(first.locator(".plan-dose")).to_contain_text("3 × 20 s hold", timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("^Issue version 2")).click()
    issued(page, 2)
    changes = page.locator("section").filter(has=page.get_by_role("heading", name="New in version 2"))
    expect(changes).to_contain_text("4 × 30 s hold")
    expect(changes).to_contain_text("3 × 20 s hold")
    hand.check("the new version's difference")
