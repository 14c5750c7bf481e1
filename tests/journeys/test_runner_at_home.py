"""A day at home and what comes of it: a session with its timer and a gap in the line, a correction, the morning, a run,
something new; the clinic is alerted, deals with it, follows the proposal, and the next version is on the phone."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from clinic.tenancy import clinic_scope
from clinic.vocabulary.sides import DoseSide
from programs.models import (
    ExerciseLog,
    MorningCheck,
    NewSymptom,
    PatientLink,
    ProgramDecision,
    ProgramLine,
    RunLog,
)
from programs.portal.links import token_of
from programs.progression.dose import Dose, to_json
from tests.decisions.cases import Case
from tests.journeys.conftest import Opener
from tests.journeys.test_flight_mode import until
from tests.support.factories import make_clinic
from tests.support.walking import PHONE, looks_well

pytestmark = pytest.mark.live
expect.set_options(timeout=20_000)
A_MINUTE = 60_000
KEPT = "Kept on this phone, sent when you are online."
IS_KEPT = "async (link) => Boolean(await caches.match(`${link}?edition`, { cacheName: `strideback.1.pages.${link}` }))"
"""The phone has kept today, its exercises and all they show."""


@pytest.fixture
def case(committed: None) -> Case:
    """A week of tendinopathy that went well, with everything for the next stage met but today still open."""
    world = make_clinic("Kittering Physio")
    today = timezone.localdate(timezone=ZoneInfo("Europe/London"))
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        case = Case.of(world)
        hold = to_json(Dose(sets=1, hold_s=2, side=DoseSide.RIGHT))
        ProgramLine.objects.filter(program=case.program).update(dose=hold)
        case.ready_for_stage_2(today)
        MorningCheck.objects.filter(day=today).delete()
    return case


def told(case: Case, model: Any) -> list[Any]:
    """What was written about today since the test began."""
    with clinic_scope(case.world.clinic.pk, actor="system:tests"):
        today = timezone.localdate(timezone=ZoneInfo("Europe/London"))
        rows = model.objects.filter(created_at__gte=timezone.now() - timedelta(minutes=20))
        return [row for row in rows.order_by("created_at") if getattr(row, "day", today) == today]


def address(case: Case) -> str:
    with clinic_scope(case.world.clinic.pk, actor="system:tests"):
        return f"/my/{token_of(PatientLink.objects.get(program=case.program))}/"


def dead_line(phone: BrowserContext, page: Page) -> None:
    phone.set_offline(True)
    page.route("**/my/**", _cut)


def _cut(route: Route) -> None:
    route.abort() if route.request.method == "POST" else route.fallback()


def line_back(phone: BrowserContext, page: Page) -> None:
    page.unroute("**/my/**", _cut)
    phone.set_offline(False)


def a_session(page: Page, case: Case) -> None:
    """The timer to its end, an exercise without a line, one skipped with a reason, and an answer corrected."""
    page.get_by_role("link", name="Start").click()
    timer = page.locator(".timer")
    timer.get_by_role("button").click()
    expect(timer.locator(".timer-step")).to_have_text("All done")
    looks_well(page, "an exercise after its timer")
    page.locator("label:has(#exercise-pain-2)").click()
    until(page, IS_KEPT, address(case))
    dead_line(page.context, page)
    page.get_by_role("button", name="Done, next").click()
    expect(page.locator("#kept")).to_contain_text(KEPT)
    assert told(case, ExerciseLog) == []
    line_back(page.context, page)
    expect(page.locator("#kept")).to_contain_text("Saved.")
    (log,) = told(case, ExerciseLog)
    assert (log.status, log.pain) == ("done", 2)


def test_from_a_session_at_home_to_the_next_version_on_the_phone(open_page: Opener, case: Case) -> None:
    desk = open_page(case.world.clinician)
    desk.goto("/")
    phone = open_page(viewport=PHONE, forgiving="ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    phone.goto(address(case))
    looks_well(phone, "today, with the morning's question")

    phone.get_by_role("button", name="Better").click()
    expect(phone.get_by_text("This morning: Better")).to_be_visible()
    a_session(phone, case)

    phone.goto(address(case))
    phone.get_by_role("link", name="pain 2").click()
    phone.locator("label:has(#exercise-pain-1)").click()
    phone.get_by_role("button", name="Save as done").click()
    expect(phone.locator(".today-list").get_by_text("pain 1")).to_be_visible()
    phone.get_by_role("button", name="Tick all as done").click()
    expect(phone.get_by_role("heading", name="Done for today")).to_be_visible()

    phone.get_by_role("link", name="Add a run").click()
    looks_well(phone, "a run")
    phone.get_by_label("Minutes").fill("30")
    phone.get_by_label("Flat").check()
    phone.locator("label:has(#run-pain-1)").click()
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator(".runs").get_by_text("30 min")).to_be_visible()

    phone.get_by_role("link", name="Something new?").click()
    phone.locator("input[name=chest_breath][value=yes]").check()
    expect(phone.get_by_role("alert").first).to_be_visible()
    looks_well(phone, "something new, with advice")
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Your clinic can see this now.")).to_be_visible()
    looks_well(phone, "something new was told")
    assert [len(told(case, model)) for model in (MorningCheck, RunLog, NewSymptom)] == [1, 1, 1]

    expect(desk.get_by_role("heading", name="1 runner reported something new")).to_be_visible(timeout=A_MINUTE)
    looks_well(desk, "the caseload with an alert")
    desk.locator(".alarm .button").click()
    looks_well(desk, "the program with something new")
    desk.get_by_label("What was done").fill("Called: a cold, no chest pain at rest. Seen by the GP today.")
    desk.get_by_role("button", name="Dealt with").click()
    expect(desk.locator("#new-symptom")).to_be_hidden()

    expect(desk.get_by_role("heading", name="Ready to move on")).to_be_visible()
    desk.get_by_role("button", name="Accept into the draft").click()
    expect(desk.get_by_role("button", name="Issue")).to_be_visible()
    looks_well(desk, "the draft of the next stage")
    desk.get_by_role("button", name="Issue").click()
    expect(desk.get_by_role("heading", name="New in version 2")).to_be_visible()
    (decision,) = told(case, ProgramDecision)
    assert (decision.outcome, decision.verdict) == ("accepted", "progress")

    phone.goto(address(case))
    phone.get_by_text("What is new in your program").click()
    expect(phone.locator("#news")).to_contain_text("New:")
    expect(phone.get_by_text("Version 2 of your program")).to_be_visible()
    looks_well(phone, "today with the new version")
    phone.get_by_role("link", name="My progress").click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    looks_well(phone, "my progress")
    phone.get_by_role("link", name="More").click()
    looks_well(phone, "choices")
