"""The main job, end to end, on real parts: from a runner's first visit to the program in the runner's hand.

Chromium against gunicorn, a Celery worker that renders and mails, beat that plans, a mail server that takes the mail.
"""

import re
import time
from datetime import time as clock
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assessments.reasoning import FINDINGS, MANDATORY
from tests.journeys.conftest import House, Opener
from tests.support.browser import no_violation, settled
from tests.support.factories import PASSWORD, World, make_clinic
from tests.support.walking import PHONE, looks_well

pytestmark = pytest.mark.live

MIDNIGHT = clock(0, 0)


@pytest.fixture
def world(committed: None) -> World:
    """A clinic without quiet hours, so that the reminder may come at whatever time the tests run."""
    return make_clinic("Harbour Physio", quiet_from=MIDNIGHT, quiet_until=MIDNIGHT)


def sign_in(page: Page, world: World) -> None:
    page.goto("/")
    expect(page).to_have_url(re.compile("/account/login/"))
    looks_well(page, "login")
    page.get_by_label("E-mail").fill(world.clinician.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your caseload is empty")
    looks_well(page, "empty caseload")


def register(page: Page) -> None:
    page.get_by_role("link", name="New patient").first.click()
    looks_well(page, "new patient")
    page.locator("#id_first_name").fill("Nadia")
    page.locator("#id_last_name").fill("Okonkwo-Ångström")
    page.locator("#id_date_of_birth").fill("1991-04-12")
    page.locator("#id_email").fill("nadia@runner.test")
    page.get_by_label("Distance").check()
    page.locator("#id_reminders").check()
    page.locator("#id_reminder_hour").select_option("0")
    page.get_by_role("button", name="Register the runner").click()
    if "episodes/new" not in page.url:
        no_violation(page, "record without an episode")
        page.get_by_role("link", name=re.compile("episode", re.IGNORECASE)).first.click()
    looks_well(page, "new episode")
    page.get_by_label("Right", exact=True).check()
    page.get_by_role("button", name="Open the episode").click()
    looks_well(page, "record")


def answer(page: Page, key: str, value: str, side: str = "") -> None:
    """One tap on the answer, as the clinician does it, and wait until it is kept."""
    place = "-".join(part for part in (key, side, value) if part)
    with page.expect_response(lambda answer: "/findings/" in answer.url and answer.request.method == "POST") as kept:
        page.locator(f"label:has(> #{place})").click()
    assert kept.value.ok, f"{key}: {kept.value.status}"


def examine(page: Page) -> None:
    page.get_by_role("button", name="Start the assessment").first.click()
    expect(page).to_have_url(re.compile("/assessments/"))
    expect(page.locator("#panel")).to_contain_text("Screening is not complete")
    no_violation(page, "empty intake")
    for key in MANDATORY:
        for side in ("left", "right") if FINDINGS[key].sided else ("",):
            answer(page, key, "absent", side)
    answer(page, "onset", "gradual")
    answer(page, "pain_sitting", "present")
    answer(page, "palp_ischial", "present", "right")
    answer(page, "palp_ischial", "absent", "left")
    answer(page, "mbk_stretch", "present", "right")
    page.locator("#slr_degrees-right").fill("66")
    page.keyboard.press("Tab")
    settled(page)
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Screening complete")
    expect(panel).to_contain_text("Proximal hamstring tendinopathy")
    expect(panel).to_contain_text("Likely")
    looks_well(page, "intake")
    page.reload()
    expect(page.locator("#slr_degrees-right")).to_have_value("66")


def conclude(page: Page) -> None:
    page.get_by_role("link", name="Conclude").first.click()
    no_violation(page, "conclusion")
    page.get_by_label("Proximal hamstring tendinopathy", exact=True).check()
    form = page.locator("form#conclusion")
    form.get_by_label("Right", exact=True).check(force=True)
    form.get_by_label("1", exact=True).check(force=True)
    form.get_by_label("Low", exact=True).check(force=True)
    page.get_by_role("button", name="Sign").click()
    expect(page.get_by_role("alert").first).to_contain_text("Not signed yet")
    looks_well(page, "conclusion that still needs a reason")
    page.locator("#id_unexamined_reason").fill("Sacroiliac tests at the next visit.")
    page.get_by_role("button", name="Sign").click()
    expect(page).to_have_url(re.compile("/signed/"))
    no_violation(page, "signed assessment")


def prescribe(page: Page) -> str:
    """Proposed, one dose changed, issued; the paper appears without reloading. Returns the runner's link."""
    page.get_by_role("button", name=re.compile("Propose")).first.click()
    expect(page.locator(".plan-item").first).to_be_visible()
    no_violation(page, "builder")
    first = page.locator(".plan-item").first
    first.locator("summary").first.click()
    first.locator("input[name$=dose]").first.fill("3x10 h5 2/d")
    first.get_by_role("button", name=re.compile("^Save")).first.click()
    settled(page)
    expect(page.locator(".plan-dose").first).to_contain_text("3 × 10, hold 5 s")
    looks_well(page, "builder with a changed dose")
    page.get_by_role("button", name=re.compile("^Issue")).click()
    expect(page.locator("#open-pdf")).to_be_visible(timeout=30_000)
    looks_well(page, "program")
    return page.locator("input[readonly]").first.input_value()


def paper(page: Page, folder: Path) -> None:
    answer = page.request.get(page.locator("#open-pdf").get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    assert not re.search("nadia|okonkwo", answer.headers["content-disposition"], re.IGNORECASE)
    assert answer.body().startswith(b"%PDF-")
    (folder / "handout.pdf").write_bytes(answer.body())


def reminder(house: House) -> str:
    """The mail that came because nothing was reported; returns the link in it."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        mine = [mail for mail in house.mail.messages() if mail.recipients == ("nadia@runner.test",)]
        if mine:
            assert mine[0].subject == "Still open today"
            found = re.search(r"https?://\S+/my/\S+", mine[0].text)
            assert found, mine[0].text
            return found.group(0)
        time.sleep(0.5)
    raise AssertionError("no reminder came within 30 seconds")


def at_home(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    no_violation(page, "patient's page")
    page.get_by_role("link", name=re.compile("^(Start|Go on)")).click()
    expect(page.locator("article.exercise")).to_be_visible()
    looks_well(page, "one exercise")
    page.locator(".pain-row input[value='2']").first.check(force=True)
    here = page.url
    page.get_by_role("button", name=re.compile("^Done")).first.click()
    expect(page).not_to_have_url(here, timeout=30_000)  # it goes on by itself once the report has arrived
    page.goto(link)
    expect(page.locator("main")).to_contain_text("pain 2")
    no_violation(page, "patient's page with an answer")


def seen_by_the_clinician(page: Page) -> None:
    page.goto("/?show=planned")
    row = page.locator(".case", has_text="Nadia")
    expect(row).to_contain_text("1 of 1")
    looks_well(page, "caseload")


@pytest.mark.usefixtures("planner")
def test_from_the_first_visit_to_the_program_in_the_runners_hand(
    open_page: Opener, house: House, world: World, tmp_path: Path
) -> None:
    house.mail.clear()
    clinician = open_page()
    sign_in(clinician, world)
    register(clinician)
    examine(clinician)
    conclude(clinician)
    link = prescribe(clinician)
    paper(clinician, tmp_path)
    assert reminder(house) == link
    at_home(open_page(viewport=PHONE), link)
    seen_by_the_clinician(clinician)
    time.sleep(5)  # two more rounds of the planner
    assert len([m for m in house.mail.messages() if m.recipients == ("nadia@runner.test",)]) == 1
