"""The handover: the last two minutes of a visit, each step one tap, with who and when, and none of them final."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from programs.actions import end_program, issue_program, tick_handover, untick_handover
from programs.models import Handover, PatientLink, Program, ProgramVersion
from programs.portal.links import url_for
from tests.support.factories import World
from tests.support.queries import at_most

HTMX = {"HX-Request": "true"}
PAGE = (
    15 + 1
)  # a page’s twelve, everything told, answered proposals, something new; the test's own open scope is set back once, which a server need not do


@pytest.fixture
def version(clinic: World, program: Program) -> ProgramVersion:
    return issue_program(by=clinic.clinician, program=program, today=timezone.localdate())


def url(name: str, program: Program) -> str:
    return reverse(f"programs:{name}", args=[program.pk])


def handover() -> Handover:
    return Handover.objects.get()


def test_issuing_opens_a_handover(version: ProgramVersion) -> None:
    assert not handover().is_complete
    assert handover().version_id == version.pk


def test_each_step_is_ticked_with_who_and_when(clinic: World, version: ProgramVersion) -> None:
    for step in ("shown", "demonstrated", "paper"):
        tick_handover(by=clinic.clinician, version=version, step=step)
    done = handover()
    assert done.is_complete
    assert (done.shown_by, done.demonstrated_by, done.taken_by, done.way) == (*[clinic.clinician] * 3, "paper")


def test_a_second_tap_keeps_the_first_person_and_time(clinic: World, version: ProgramVersion) -> None:
    tick_handover(by=clinic.clinician, version=version, step="shown")
    first = handover().shown_at
    tick_handover(by=clinic.administrator, version=version, step="shown")
    assert (handover().shown_by, handover().shown_at) == (clinic.clinician, first)


def test_a_tap_can_be_taken_back(clinic: World, version: ProgramVersion) -> None:
    for step in ("shown", "paper"):
        tick_handover(by=clinic.clinician, version=version, step=step)
        untick_handover(by=clinic.clinician, version=version, step=step)
    left = handover()
    assert (left.shown_at, left.shown_by, left.taken_at, left.taken_by, left.way) == (None, None, None, None, "")


def test_only_the_newest_version_of_a_running_program_is_handed_over(
    clinic: World, version: ProgramVersion, program: Program
) -> None:
    second = issue_program(by=clinic.clinician, program=program, today=timezone.localdate(), after=1)
    with pytest.raises(ValidationError, match="newer version"):
        tick_handover(by=clinic.clinician, version=version, step="shown")
    end_program(by=clinic.clinician, program=program)
    with pytest.raises(ValidationError, match="ended"):
        tick_handover(by=clinic.clinician, version=second, step="shown")


def test_a_version_of_before_handovers_gets_one_with_the_first_tap(clinic: World, version: ProgramVersion) -> None:
    Handover.objects.all().delete()
    version.refresh_from_db()
    tick_handover(by=clinic.clinician, version=version, step="shown")
    assert handover().shown_by == clinic.clinician


def test_opening_the_link_ticks_it_for_the_version_that_was_newest(
    clinic: World, version: ProgramVersion, program: Program, client: Client
) -> None:
    client.get(url_for(PatientLink.objects.get()))
    first = handover()
    assert (first.way, first.taken_by) == ("link", None)
    assert first.taken_at is not None
    second = issue_program(by=clinic.clinician, program=program, today=timezone.localdate(), after=1)
    client.get(url_for(PatientLink.objects.get()))
    assert Handover.objects.get(version=second).way == "link"


def test_opening_the_link_leaves_paper_that_was_taken(clinic: World, version: ProgramVersion, client: Client) -> None:
    tick_handover(by=clinic.clinician, version=version, step="paper")
    client.get(url_for(PatientLink.objects.get()))
    assert (handover().way, handover().taken_by) == ("paper", clinic.clinician)


def test_opening_again_soon_writes_nothing(version: ProgramVersion, client: Client) -> None:
    link = url_for(PatientLink.objects.get())
    client.get(link)
    Handover.objects.update(taken_at=None, way="")
    client.get(link)
    assert handover().taken_at is None


def test_the_page_after_issuing_offers_each_step_as_one_tap(
    browser: Client, program: Program, version: ProgramVersion
) -> None:
    with at_most(PAGE):
        page = browser.get(url("program", program)).text
    for words in (
        "Handover",
        "two minutes for version 1",
        "Shown",
        "Demonstrated",
        "Opened the link",
        "Took the paper",
    ):
        assert words in page
    answer = browser.post(url("handover", program), {"version": 1, "step": "shown"})
    assert answer["Location"] == url("program", program) + "#handover"
    page = browser.get(url("program", program)).text
    assert "Ines Halvard" in page
    assert 'name="undo"' in page


def test_with_script_only_the_card_comes_back_and_the_next_step_takes_the_focus(
    browser: Client, program: Program, version: ProgramVersion
) -> None:
    part = browser.post(url("handover", program), {"version": 1, "step": "shown"}, headers=HTMX).text
    assert part.lstrip().startswith("<section")
    assert 'id="handover-demonstrated" data-focus' in part
    part = browser.post(url("handover", program), {"version": 1, "step": "shown", "undo": "yes"}, headers=HTMX).text
    assert 'id="handover-shown" data-focus' in part


def test_a_tap_on_a_page_that_is_no_longer_the_newest_is_said_and_changes_nothing(
    clinic: World, browser: Client, program: Program, version: ProgramVersion
) -> None:
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate(), after=1)
    answer = browser.post(url("handover", program), {"version": 1, "step": "shown"}, headers=HTMX)
    assert answer["HX-Redirect"] == url("program", program)
    assert "A newer version was issued meanwhile" in browser.get(url("program", program)).text
    assert not Handover.objects.exclude(shown_at=None).exists()


@pytest.mark.parametrize("data", [{}, {"version": 1}, {"version": 9, "step": "shown"}, {"version": 1, "step": "sung"}])
def test_a_tap_that_names_nothing_is_not_found(
    browser: Client, program: Program, version: ProgramVersion, data: dict[str, object]
) -> None:
    assert browser.post(url("handover", program), data).status_code == 404


def test_a_reader_sees_what_is_open_and_taps_nothing(
    clinic: World, program: Program, version: ProgramVersion, sign_in: Callable[[User], Client]
) -> None:
    reader = sign_in(clinic.reader)
    page = reader.get(url("program", program)).text
    assert "Handover" in page
    assert "Took the paper" not in page
    assert reader.post(url("handover", program), {"version": 1, "step": "shown"}).status_code == 403
