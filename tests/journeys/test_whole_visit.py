"""Two visits of one runner, by keyboard alone: red flag, connection cut, signed, amended, retested. And once without script.

The case is synthetic, in the manner of the runners of White 2011: gradual pain at the sitting bone, worse on sitting and
with speed, tender where the tendon begins, positive bent-knee stretch, nerve tests negative.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from assessments.models import Answer, Assessment, RedFlagDecision
from assessments.reasoning import FINDINGS
from clinic.models import Episode
from clinic.tenancy import clinic_scope
from tests.journeys.conftest import Opener
from tests.journeys.test_intake_keys import Hands, at, kept
from tests.support.browser import no_violation, settled
from tests.support.factories import PASSWORD, World, make_clinic, make_episode

pytestmark = pytest.mark.live

CUT = r"net::ERR_INTERNET_DISCONNECTED|htmx:sendError"
"""What the browser says of requests that the cut ended."""
MOST_TABS = 260
PATIENCE = 30_000


@pytest.fixture
def world(committed: None) -> World:
    return make_clinic("Quayside Physio")


@pytest.fixture
def episode(world: World) -> Episode:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        return make_episode(world)


def reach(page: Page, target: Locator, key: str = "Tab") -> None:
    """Go there as a keyboard does: from stop to stop, until the focus is on it."""
    expect(target).to_be_visible(timeout=PATIENCE)
    for _stop in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"not reached by {key}: {target}")


def enter(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Enter")


def choose(page: Page, name: str, value: str) -> None:
    """A radio button by arrows, as browsers move inside a group."""
    group = page.locator(f"form#conclusion input[name={name}]")
    first = page.locator(f"form#conclusion input[name={name}]:checked")
    reach(page, first if first.count() else group.first)
    if not first.count():
        page.keyboard.press("Space")
    for _step in range(group.count()):
        if page.locator(f"form#conclusion input[name={name}]:checked").input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} has no {value}")


def sign_in(page: Page, world: World) -> None:
    page.goto("/")
    reach(page, page.get_by_label("E-mail"))
    page.keyboard.type(world.clinician.email)
    page.keyboard.press("Tab")
    reach(page, page.locator("input[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)


def open_visit(page: Page, episode: Episode, words: str) -> Hands:
    page.goto(f"/patients/{episode.patient_id}/")
    enter(page, page.get_by_role("button", name=re.compile(f"^{words}")).first)
    expect(page.locator(".intake[data-keys]")).to_be_visible(timeout=PATIENCE)
    return Hands(page)


def raise_and_release(page: Page, hands: Hands) -> None:
    hands.press("Enter")
    assert at(page) == "bladder_change"
    hands.press("p")
    stop = page.locator(".flag-page")
    expect(stop).to_contain_text("Emergency", timeout=PATIENCE)
    no_violation(page, "stopped by an emergency")
    reach(page, page.locator("textarea[name=reason]").first)
    page.keyboard.type("Same for years, seen by urology in May; nothing new.")
    enter(page, page.get_by_role("button", name="Release with this reason").first)
    expect(page.locator(".intake")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#panel")).to_contain_text("eleased by")


def ask_the_runner(page: Page, hands: Hands) -> None:
    hands.press("Enter")
    while at(page) != "onset":
        before = at(page)
        hands.press("Shift+A" if before.endswith(("-left", "-right")) else "a")
        assert at(page) != before, f"stuck at {before}"
    hands.press("2", "a", "a", "a", "a", "p", "p", "p", *["a"] * 10)
    hands.press("3", "7", "5")
    hands.number("20")
    hands.number("30")


def examine_through_a_cut_connection(page: Page, hands: Hands) -> None:
    assert at(page) == "gait_antalgic-right"
    hands.fill_section("observation")
    hands.press("2", "2")
    page.context.set_offline(True)
    hands.number("66")
    hands.number("74")
    hands.press("Shift+A", "Shift+A")
    hands.number("21")
    hands.number("12")
    expect(page.locator("#saved[data-state=waiting]")).to_be_visible(timeout=PATIENCE)
    no_violation(page, "intake without a connection")
    hands.press("Shift+A", "Shift+A", "Shift+A", "p", "a")
    page.context.set_offline(False)
    kept(page)
    hands.fill_section("palpation")
    hands.press("a", "p", "a", "p", "a")
    hands.fill_section("hamstring")
    kept(page)


def go_on_with(page: Page, hands: Hands, *answers: tuple[str, str]) -> None:
    for place, key in answers:
        row = page.locator(f"#at-{place}")
        page.locator(f"#at-{place} input:not([type=hidden])").first.focus()
        expect(row).to_be_visible()
        hands.press(key)
    kept(page)


def conclude_and_sign(page: Page, words: str) -> None:
    page.reload()  # from the top of the page it is a few stops to the patient's bar
    enter(page, page.get_by_role("link", name="Conclude"))
    expect(page.locator("form#conclusion")).to_be_visible(timeout=PATIENCE)
    no_violation(page, "conclusion")
    for name, value in (("diagnosis", "pht"), ("side", "right"), ("stage", "1"), ("irritability", "moderate")):
        choose(page, name, value)
    reach(page, page.locator("#id_wording"))
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    reason = page.locator("#id_unexamined_reason")
    if reason.is_visible() and not reason.input_value():
        reach(page, reason)
        page.keyboard.type("The picture is clear without them.")
    enter(page, page.get_by_role("button", name="Sign", exact=True))
    expect(page).to_have_url(re.compile("/signed/"), timeout=PATIENCE)
    no_violation(page, "signed")


def amend(page: Page, hands: Hands) -> None:
    enter(page, page.get_by_role("link", name="Amend", exact=True))
    reach(page, page.locator("#id_reason"))
    page.keyboard.type("Sitting pain was asked wrongly.")
    enter(page, page.get_by_role("button", name="Open a copy to correct"))
    expect(page.locator(".intake")).to_be_visible(timeout=PATIENCE)
    go_on_with(page, hands, ("pain_sitting", "a"))
    conclude_and_sign(page, "High hamstring tendon; sitting does not hurt.")
    changes = page.get_by_role("region", name="What this version changes")
    expect(changes).to_contain_text("Sitting pain was asked wrongly.")
    expect(changes).to_contain_text("Sitting hurts")


def retest(page: Page, episode: Episode) -> None:
    hands = open_visit(page, episode, "Start the follow-up")
    expect(page.locator("#section-retest")).to_be_visible()
    no_violation(page, "follow-up opens on the retest card")
    go_on_with(page, hands, ("palp_ischial-right", "a"), ("mbk_stretch-right", "a"))
    expect(page.locator("#change-palp_ischial-right")).to_have_text("Better: gone")
    expect(page.locator("#panel")).to_contain_text("Screening")


def stored(world: World, assessment: Assessment) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=assessment)}


def test_two_visits_by_keyboard_alone(open_page: Opener, world: World, episode: Episode) -> None:
    page = open_page(forgiving=CUT)
    sign_in(page, world)
    hands = open_visit(page, episode, "Start the assessment")
    raise_and_release(page, hands)
    ask_the_runner(page, hands)
    examine_through_a_cut_connection(page, hands)
    go_on_with(page, hands, ("mbk_stretch-right", "p"), ("slump-right", "a"), ("slump_sd-right", "a"))
    conclude_and_sign(page, "High hamstring tendon.")
    amend(page, hands)
    retest(page, episode)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        original, amended, second = Assessment.objects.filter(episode=episode).order_by("created_at")
        assert [original.state, amended.state, second.state] == ["signed", "signed", "draft"]
        assert RedFlagDecision.objects.get(assessment=original).kind == "released"
        before, after = stored(world, original), stored(world, amended)
        assert (before["slr_degrees", "right"], before["ake_degrees", "left"]) == ("66", "12")
        assert {place for place in before if before[place] != after[place]} == {("pain_sitting", "")}


def test_a_visit_without_script_is_saved_section_by_section(open_page: Opener, world: World, episode: Episode) -> None:
    page = open_page(script=False)
    page.goto("/")
    page.get_by_label("E-mail").fill(world.clinician.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.goto(f"/patients/{episode.patient_id}/")
    page.get_by_role("button", name=re.compile("^Start the assessment")).first.click()
    sections: list[tuple[str, Callable[[Locator], None]]] = [
        (
            "screening",
            lambda form: [one.check(force=True) for one in form.locator("input[value=absent]").all()] and None,
        ),
        ("history", lambda form: form.locator("#pain_sitting-present").check(force=True)),
        ("palpation", lambda form: form.locator("#palp_ischial-right-present").check(force=True)),
        ("hamstring", lambda form: form.locator("#mbk_stretch-right-present").check(force=True)),
    ]
    for section, fill in sections:
        form = page.locator(f"#section-{section}")
        fill(form)
        form.get_by_role("button", name=re.compile("^Save")).first.click()
        expect(page).to_have_url(re.compile(f"#section-{section}$"))
    page.get_by_role("link", name="Conclude").click()
    for name, value in (("diagnosis", "pht"), ("side", "right"), ("stage", "1"), ("irritability", "moderate")):
        page.locator(f"form#conclusion input[name={name}][value='{value}']").check(force=True)
    page.locator("#id_unexamined_reason").fill("The picture is clear without them.")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page).to_have_url(re.compile("/signed/"))
    expect(page.locator("main")).to_contain_text(FINDINGS["palp_ischial"].label)
    settled(page)
