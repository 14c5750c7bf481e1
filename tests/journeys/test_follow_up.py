"""A follow-up visit in a real browser: the card first, answered where it stands, and a differential that opens again."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from assessments import actions
from assessments.answers import Given
from assessments.models import Answer, OutcomeScore
from assessments.said import Said
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import screening
from tests.assessments.test_retest import STRAIN
from tests.journeys.conftest import Opener
from tests.support.browser import no_violation, settled
from tests.support.factories import World, make_clinic, make_episode
from tests.support.walking import DESKTOP, PHONE, let_in

pytestmark = pytest.mark.live


@pytest.fixture
def world(committed: None) -> World:
    return make_clinic("Kittering Physio")


@pytest.fixture
def second(world: World) -> UUID:
    """The open second visit of a strain whose slump test was positive from the start."""
    with clinic_scope(world.clinic.pk, actor=f"user:{world.clinician.pk}"):
        episode, by = make_episode(world), world.clinician
        first = actions.start_assessment(by=by, episode=episode, on=timezone.localdate() - timedelta(days=21))
        given = [Given(*row) for row in (*screening(), *STRAIN)]
        actions.record_findings(by=by, assessment=first, given=given)
        said = [Said("words-1", "Run downhill"), Said("psfs-1", "2"), Said("words-2", "Sit"), Said("psfs-2", "4")]
        actions.record_outcomes(by=by, assessment=first, said=said)
        actions.save_conclusion(
            by=by,
            assessment=first,
            diagnosis="hamstring_strain",
            side="right",
            stage=2,
            irritability="moderate",
            severity="moderate",
            unexamined_reason="The picture is clear.",
        )
        actions.sign(by=by, assessment=first)
        return actions.start_assessment(by=by, episode=episode, on=timezone.localdate()).pk


def opened(page: Page, world: World, visit: UUID) -> None:
    let_in(page.context, world.clinician)
    page.goto(f"/assessments/{visit}/")
    expect(page.locator("#section-retest")).to_be_visible()


def answer(page: Page, place: str) -> None:
    with page.expect_response(lambda reply: "/findings/" in reply.url and reply.request.method == "POST") as kept:
        page.locator(f"label:has(> #{place})").click()
    assert kept.value.ok, place


def test_a_follow_up_is_answered_in_the_card_and_opens_the_differential_again(
    world: World, second: UUID, open_page: Opener
) -> None:
    page = open_page(viewport=DESKTOP)
    opened(page, world, second)
    first_block = page.locator(".findings-column > form").first
    expect(first_block).to_have_attribute("id", "section-retest")
    no_violation(page, "follow-up")
    for key in ("palp_hamstring", "resisted_kf_pain", "stretch_pain"):
        answer(page, f"{key}-right-absent")
    expect(page.locator("#change-palp_hamstring-right")).to_have_text("Better: gone")
    expect(page.locator("#retest-news")).not_to_contain_text("The differential is open again")
    answer(page, "slump-right-present")
    news = page.locator("#retest-news")
    expect(news).to_contain_text("The differential is open again")
    expect(news).to_contain_text("sciatic nerve tension")
    settled(page)
    no_violation(page, "differential open again")
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        assert Answer.objects.get(assessment=second, key="slump", side="right").value == "present"


def test_measures_are_scored_by_keyboard_and_judged_at_once(world: World, second: UUID, open_page: Opener) -> None:
    page = open_page(viewport=DESKTOP)
    opened(page, world, second)
    for number, digit in ((1, "6"), (2, "7")):
        page.locator(f"#psfs-{number}-0").focus()
        with page.expect_response(lambda reply: "/outcomes/" in reply.url) as kept:
            page.keyboard.press(digit)
        assert kept.value.ok
    expect(page.locator("#measures-mean")).to_contain_text("Better by 3.5: at least the published 2 points")
    page.locator("#words-3").fill("a cap")
    with page.expect_response(lambda reply: "/outcomes/" in reply.url) as kept:
        page.locator("#words-3").press("Tab")
    assert kept.value.ok
    expect(page.locator("#legend-psfs-3")).to_have_text("“a cap”, 0 to 10")
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        rows = OutcomeScore.objects.filter(assessment=second, measure="psfs")
        assert sorted(rows.values_list("value", flat=True)) == [6, 7]


def test_a_follow_up_on_a_phone_in_the_dark_has_no_fault(world: World, second: UUID, open_page: Opener) -> None:
    page = open_page(viewport=PHONE, dark=True)
    opened(page, world, second)
    answer(page, "slump-right-absent")
    expect(page.locator("#change-slump-right")).to_have_text("Better: gone")
    settled(page)
    no_violation(page, "follow-up on a phone")
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]


def test_a_follow_up_works_without_script(world: World, second: UUID, open_page: Opener) -> None:
    page = open_page(viewport=DESKTOP, script=False)
    opened(page, world, second)
    page.locator("label:has(> #slump-right-absent)").click()
    page.get_by_role("button", name="Save Retest").click()
    expect(page.locator("#change-slump-right")).to_have_text("Better: gone")
    page.locator("label:has(> #psfs-1-8)").click()
    page.locator("label:has(> #groc-4)").click()
    page.get_by_role("button", name="Save measures").click()
    expect(page.locator("#section-measures")).to_contain_text("clearly better: at least the published 3 steps")
