"""Concluded, signed, co-signed by a colleague, amended: two people, two browsers, one record that keeps everything."""

import re

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Assessment
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import TENDON, Examination, open_draft, screening
from tests.journeys.conftest import Opener
from tests.support.browser import settled
from tests.support.factories import World, make_clinic
from tests.support.walking import PHONE, looks_well

pytestmark = pytest.mark.live

EXAMINED = [("settle_minutes", "", "20"), ("nprs_worst", "", "5"), ("slump", "right", "present")]


@pytest.fixture
def examination(committed: None) -> Examination:
    """Everything examined, nothing concluded."""
    world = make_clinic("Harbour Physio")
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        made = open_draft(world)
        made.answer(*screening(), *TENDON, *EXAMINED)
    return made


def kept(page: Page) -> None:
    expect(page.locator("#saved")).to_contain_text(re.compile(r"Kept as a draft \d"))
    settled(page)


def conclude(page: Page, examination: Examination) -> None:
    address = f"/assessments/{examination.draft.pk}/conclusion/"
    page.goto(address)
    looks_well(page, "conclusion")
    page.get_by_label("Proximal hamstring tendinopathy", exact=True).check()
    kept(page)
    page.locator("form#conclusion").get_by_label("Right", exact=True).check(force=True)
    page.get_by_role("button", name="Use Irritability: Moderate").click()
    page.locator("#id_wording").fill("High hamstring tendon, quite irritable.")
    expect(page.locator("#saved")).to_have_text("Keeping…")
    kept(page)
    page.reload()
    expect(page.locator("#id_wording")).to_have_value("High hamstring tendon, quite irritable.")
    expect(page.locator("#obstacles")).to_contain_text("Choose the stage")


def sign(page: Page) -> None:
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("Choose the stage")
    looks_well(page, "conclusion that lacks the stage")
    page.get_by_role("link", name="Choose the stage: the program depends on it.").first.click()
    page.locator("form#conclusion").get_by_label("1", exact=True).check(force=True)
    kept(page)
    expect(page.locator("#obstacles")).to_contain_text("Ready to be signed")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page).to_have_url(re.compile("/signed/"))
    looks_well(page, "signed")


def ask(page: Page, world: World) -> None:
    page.get_by_role("link", name="Ask a colleague to co-sign").click()
    looks_well(page, "asking a colleague")
    page.locator("#id_colleague").select_option(label=world.administrator.name)
    page.locator("#id_question").fill("Also stage 1?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".signatures")).to_contain_text("Asked to co-sign")


def co_sign(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Read and co-sign").click()
    looks_well(page, "to sign")
    page.get_by_role("link", name=re.compile("^Read ?:")).click()
    expect(page.locator("main")).to_contain_text("asks you to read and co-sign")
    page.get_by_role("link", name="Co-sign or decline").first.click()
    looks_well(page, "co-signing")
    page.get_by_role("button", name="Do not co-sign").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator("#id_words").fill("Agreed.")
    page.get_by_role("button", name="Co-sign", exact=True).click()
    expect(page.locator(".signatures")).to_contain_text("Agreed.")


def amend(page: Page, examination: Examination) -> None:
    page.goto(f"/assessments/{examination.draft.pk}/signed/")
    page.get_by_role("link", name="Amend", exact=True).click()
    looks_well(page, "amending")
    page.locator("#id_reason").fill("Slump was on the other side.")
    page.get_by_role("button", name="Open a copy to correct").click()
    page.wait_for_url(re.compile(r"/assessments/[0-9a-f-]+/$"))
    with clinic_scope(examination.world.clinic.pk, actor="system:tests"):
        copy = Assessment.objects.get(amends=examination.draft)
        examined = [("slump", "right", ""), ("slump", "left", "present")]
        Examination(examination.world, copy).answer(*examined)
    page.goto(f"/assessments/{copy.pk}/conclusion/")
    expect(page.locator("main")).to_contain_text("What this version changes so far")
    page.locator("#id_wording").fill("High hamstring tendon, not irritable.")
    kept(page)
    looks_well(page, "conclusion of an amendment")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page).to_have_url(re.compile("/signed/"))


def read_difference(page: Page) -> None:
    changes = page.get_by_role("region", name="What this version changes")
    expect(changes.locator(".text-change del")).to_contain_text("quite")
    expect(changes.locator(".text-change ins")).to_contain_text("not")
    expect(changes.locator(".change-table")).to_contain_text("removed")
    expect(changes).to_contain_text("Slump was on the other side.")
    looks_well(page, "signed amendment")
    page.get_by_role("link", name="Open the version before").click()
    expect(page.locator("main")).to_contain_text("This version was amended")
    expect(page.locator(".signatures")).to_contain_text("Co-signed")
    looks_well(page, "amended original")


def test_signed_co_signed_and_amended(open_page: Opener, examination: Examination) -> None:
    world = examination.world
    page = open_page(world.clinician)
    conclude(page, examination)
    sign(page)
    ask(page, world)
    co_sign(open_page(world.administrator, viewport=PHONE, dark=True))
    amend(page, examination)
    read_difference(page)


def test_what_was_typed_goes_out_with_the_closing_window(open_page: Opener, examination: Examination) -> None:
    page = open_page(examination.world.clinician)
    address = f"/assessments/{examination.draft.pk}/conclusion/"
    page.goto(address)
    page.locator("#id_wording").type("Last words")
    page.goto("/")
    for _look in range(20):  # what goes out with a closing window arrives when it arrives
        page.goto(address)
        if page.locator("#id_wording").input_value():
            break
        page.wait_for_timeout(500)
    expect(page.locator("#id_wording")).to_have_value("Last words")


def test_without_script_the_conclusion_is_kept_by_its_button(open_page: Opener, examination: Examination) -> None:
    page = open_page(examination.world.clinician, script=False)
    page.goto(f"/assessments/{examination.draft.pk}/conclusion/")
    page.get_by_role("button", name="Start from the findings").click()
    expect(page.locator("#id_wording")).to_have_value(re.compile("Painful side: right"))
    page.get_by_role("button", name="Use Irritability: Moderate").click()
    expect(page.locator("input[name=irritability][value=moderate]")).to_be_checked()
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.locator("#messages")).to_contain_text("Kept as a draft")
