"""The door of a clinic that asks for the year of birth."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from clinic.forms.people import clinic_answers
from clinic.models import Clinic, Patient
from programs.models import PatientLink
from programs.portal.links import token_of
from tests.portal.conftest import Runner, make_runner
from tests.support.queries import at_most

OF_THE_PROGRAM = ("bridge", "manifest", "data-worker", "morning", "Version", "Right")


@pytest.fixture
def asked(runner: Runner) -> Runner:
    """A runner born in 1992 whose clinic asks."""
    runner.set(Clinic, ask_birth_year=True)
    return runner


def answer(runner: Runner, year: str, client: Client | None = None, **more: str) -> object:
    return (client or runner.client).post(f"{runner.url}door/", {"year": year} | more)


def test_a_clinic_that_does_not_ask_has_no_door(runner: Runner) -> None:
    assert runner.client.get(runner.url).status_code == 200
    assert runner.client.get(f"{runner.url}door/")["Location"] == runner.url


def test_nothing_of_the_program_is_shown_before_the_year(asked: Runner) -> None:
    pages = (
        "",
        "progress/",
        "more/",
        "more/data/",
        "more/stop/",
        f"{asked.day(1).isoformat()}/",
        f"pictures/{uuid4()}/",
    )
    for page in (*pages, asked.exercise_url().removeprefix(asked.url)):
        shut = asked.client.get(asked.url + page)
        assert shut.status_code == 401, page
        assert shut["X-Patient-Link"] == "door"
        assert 'data-link="door"' in shut.text
        assert "In which year were you born?" in shut.text
        assert "Larkfield Running Physio" in shut.text
        assert not [words for words in OF_THE_PROGRAM if words in shut.text], page
    assert asked.all(PatientLink)[0].last_opened_at is None


def test_the_right_year_opens_this_link_on_this_device_for_long(asked: Runner) -> None:
    opened = answer(asked, "1992")
    assert (opened.status_code, opened["Location"]) == (302, asked.url)
    cookie = opened.cookies["passed"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (asked.url, True, "Lax")
    assert cookie["max-age"] == 90 * 24 * 3600
    assert "1992" not in cookie.value
    assert asked.client.get(asked.url).status_code == 200
    assert Client().get(asked.url).status_code == 401


def test_a_cookie_of_one_link_opens_no_other(asked: Runner) -> None:
    passed = answer(asked, "1992").cookies["passed"].value
    other = make_runner(Client())
    other.set(Clinic, ask_birth_year=True)
    for forged in (passed, "1", "1:1:1"):
        other.client.cookies["passed"] = forged
        assert other.client.get(other.url).status_code == 401


def test_the_runner_comes_to_the_page_that_was_asked_for(asked: Runner) -> None:
    wanted = asked.client.get(f"{asked.url}?v=1")
    assert f'name="to" value="{asked.url}?v=1"' in wanted.text
    assert answer(asked, "1992", to=f"{asked.url}?v=1")["Location"] == f"{asked.url}?v=1"


@pytest.mark.parametrize(
    "to",
    ["https://elsewhere.test/", "//elsewhere.test", "/account/login/", "../../team/", "\\\\elsewhere", "javascript:0"],
)
def test_the_door_leads_nowhere_else(asked: Runner, to: str) -> None:
    assert answer(asked, "1992", to=to)["Location"] == asked.url
    assert answer(asked, "1992", Client(), to=asked.url + to)["Location"].startswith(asked.url)


def test_a_wrong_year_says_so_and_may_be_corrected(asked: Runner) -> None:
    wrong = answer(asked, "1991")
    assert wrong.status_code == 422
    assert "Your clinic has noted another year" in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    assert answer(asked, "1992").status_code == 302


@pytest.mark.parametrize("typed", ["", "92", "19 92", "abcd", "19922", "١٩٩٢"])
def test_what_is_no_year_is_explained_and_does_not_count_as_a_try(asked: Runner, typed: str) -> None:
    for _ in range(settings.BIRTH_YEAR_TRIES + 1):
        assert "Type the four digits" in answer(asked, typed).text
    assert answer(asked, "1992").status_code == 302


def test_too_many_years_have_to_wait_also_with_the_right_one(asked: Runner) -> None:
    for _ in range(settings.BIRTH_YEAR_TRIES):
        answer(asked, "1950", Client())
    waiting = answer(asked, "1992")
    assert waiting.status_code == 429
    assert waiting["Retry-After"] == "900"
    assert "a quarter of an hour" in waiting.text
    assert "020 7946 0147" in waiting.text
    assert "bridge" not in waiting.text


def test_a_day_has_only_so_many_tries_and_a_pause_uses_up_none(asked: Runner) -> None:
    quarter = f"throttle:birth-year:900:{asked.link.pk}"
    for tries in range(settings.BIRTH_YEAR_TRIES_A_DAY // settings.BIRTH_YEAR_TRIES):
        for _ in range(settings.BIRTH_YEAR_TRIES * 2):
            answer(asked, "1950", Client(REMOTE_ADDR=f"192.0.2.{tries}"))
        cache.delete(quarter)
    waiting = answer(asked, "1992")
    assert waiting["Retry-After"] == "86400"
    assert "until tomorrow" in waiting.text


def test_one_address_cannot_try_many_links(asked: Runner) -> None:
    others = [make_runner(Client()) for _ in range(6)]
    for other in others:
        other.set(Clinic, ask_birth_year=True)
        for _ in range(5):
            answer(other, "1950")
    assert answer(asked, "1992").status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert answer(asked, "1992", elsewhere).status_code == 302


def test_a_device_that_passed_is_not_locked_out_by_somebody_elses_tries(asked: Runner) -> None:
    answer(asked, "1992")
    for _ in range(settings.BIRTH_YEAR_TRIES_A_DAY + 1):
        answer(asked, "1950", Client(REMOTE_ADDR="192.0.2.7"))
    assert asked.client.get(asked.url).status_code == 200


def test_a_report_behind_the_door_is_kept_for_later_and_never_taken(asked: Runner) -> None:
    """The phone's queue sends again after any status that is neither taken nor refused; 401 is such a one."""
    key = {"X-Report-Key": str(uuid4()), "X-Report-Told": "1", "X-Report-Sent": "1"}
    kept = asked.client.post(asked.exercise_url(), {"status": "done"}, headers=key)
    assert kept.status_code == 401
    assert not kept["Content-Type"].startswith("application/json")
    assert asked.logs() == []
    answer(asked, "1992")
    assert asked.client.post(asked.exercise_url(), {"status": "done"}, headers=key).status_code == 200
    assert len(asked.logs()) == 1


def test_a_report_without_script_is_told_to_be_given_again(asked: Runner) -> None:
    shut = asked.client.post(asked.exercise_url(), {"status": "done"})
    assert "Please give it again" in shut.text
    assert f'name="to" value="{asked.url}"' in shut.text


def test_a_closed_link_stays_a_closed_link(asked: Runner) -> None:
    asked.close()
    assert asked.client.get(asked.url).status_code == 410
    assert answer(asked, "1992").status_code == 410
    assert answer(asked, "1992").cookies.get("passed") is None


def test_an_unknown_link_tells_nothing_of_a_door(asked: Runner) -> None:
    assert asked.client.post("/my/" + "x" * 32 + "/door/", {"year": "1992"}).status_code == 404


def test_the_calendar_and_unsubscribing_have_their_own_secrets(asked: Runner) -> None:
    assert asked.client.get(asked.unsubscribe_url).status_code == 200


def test_the_door_speaks_the_browsers_language(asked: Runner) -> None:
    shut = asked.client.get(asked.url, headers={"Accept-Language": "de"})
    assert '<html lang="de">' in shut.text
    assert "In welchem Jahr" in shut.text


def test_the_door_costs_no_query_of_its_own(asked: Runner) -> None:
    answer(asked, "1992")
    asked.client.get(asked.url)  # remembers the opening
    with at_most(13):
        asked.client.get(asked.url)
    with at_most(5):
        Client().get(asked.url)


@pytest.mark.parametrize(
    ("why", "title", "words"),
    [
        ("closed", "This link is not in use", "You were given a newer link"),
        ("stopped", "You stopped this program here", "To come back, call Larkfield"),
        ("ended", "This program is over", "Your clinic has ended this program"),
    ],
)
def test_each_closed_page_says_why_and_gives_the_clinics_number(
    runner: Runner, why: str, title: str, words: str
) -> None:
    if why == "ended":
        runner.set(type(runner.version.program), state="ended", ended_at=timezone.now())
    else:
        runner.set(PatientLink, revoked_at=timezone.now(), closed_by_runner=why == "stopped")
    page = runner.client.get(runner.url)
    assert page.status_code == 410
    assert title in page.text
    assert words in page.text
    assert 'href="tel:02079460147"' in page.text
    assert "patient-nav" not in page.text


def test_an_administrator_switches_the_question_on(runner: Runner) -> None:
    client = Client()
    client.force_login(runner.world.administrator)
    page = client.get("/clinic/").text
    assert "Ask runners for their year of birth" in page
    assert "not somebody who knows the runner" in page
    details = {name: str(value) for name, value in clinic_answers(runner.all(Clinic)[0]).items()}
    client.post("/clinic/", details | {"ask_birth_year": "on"})
    assert runner.all(Clinic)[0].ask_birth_year is True
    client.post("/clinic/", {name: value for name, value in details.items() if name != "ask_birth_year"})
    assert runner.all(Clinic)[0].ask_birth_year is False


def test_the_year_is_nowhere_in_the_page(asked: Runner) -> None:
    assert asked.all(Patient)[0].date_of_birth.year == 1992
    assert "1992" not in asked.client.get(asked.url).text
    assert token_of(asked.link) in asked.url
