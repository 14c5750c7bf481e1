"""Who may come in by a link, how often one may knock, and what the door says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from clinic.models import Patient
from programs.models import PatientLink, Program
from tests.portal.conftest import Runner


def test_an_ended_program_closes_the_link_and_keeps_unsubscribing_open(runner: Runner) -> None:
    runner.set(Program, state="ended", ended_at=timezone.now())
    for url in (runner.url, runner.day_url(1), runner.exercise_url()):
        page = runner.client.get(url)
        assert page.status_code == 410
        assert "bridge" not in page.text
        assert "Larkfield Running Physio" in page.text
    assert runner.client.post(runner.exercise_url(), {"status": "done"}).status_code == 410
    assert runner.logs() == []
    assert runner.client.post(runner.unsubscribe_url).status_code == 200
    assert runner.all(Patient)[0].reminders is False


def test_a_revoked_link_can_still_unsubscribe(runner: Runner) -> None:
    runner.set(PatientLink, revoked_at=timezone.now())
    assert runner.client.get(runner.url).status_code == 410
    assert "No more reminders" in runner.client.post(runner.unsubscribe_url).text


def test_knocking_too_often_gets_a_page_in_plain_words(runner: Runner) -> None:
    for _ in range(settings.PATIENT_LINK_TRIES_PER_MINUTE):
        runner.client.get("/unsubscribe/" + "u" * 32 + "/")
    page = runner.client.get("/my/" + "y" * 32 + "/")
    assert page.status_code == 429
    assert page["Retry-After"] == "60"
    assert "Please wait a minute" in page.text


def test_known_links_never_count_as_tries(runner: Runner) -> None:
    for _ in range(settings.PATIENT_LINK_TRIES_PER_MINUTE + 2):
        assert runner.client.get(runner.unsubscribe_url).status_code == 200


@pytest.mark.parametrize("day", ["2026-02-30", "yesterday", "20261122x", "0000-00-00", "9999-12-31"])
def test_a_day_that_is_none_leads_back_to_today(runner: Runner, day: str) -> None:
    page = runner.client.get(f"{runner.url}{day}/")
    assert page.status_code == 404
    assert "To today" in page.text


def test_opening_is_remembered_at_most_twice_a_day(runner: Runner) -> None:
    runner.page()
    (link,) = runner.all(PatientLink)
    first = link.last_opened_at
    assert first is not None
    runner.page()
    assert runner.all(PatientLink)[0].last_opened_at == first
    runner.set(PatientLink, last_opened_at=first - timedelta(hours=13))
    runner.page()
    assert runner.all(PatientLink)[0].last_opened_at > first - timedelta(hours=13)


def test_today_is_the_runners_own_day(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.now(UTC).replace(hour=13, minute=0)  # past midnight in Auckland
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    runner.set(Patient, time_zone="Pacific/Auckland")
    tomorrow = noon.date() + timedelta(days=1)
    assert f"{tomorrow:%A} {tomorrow.day} {tomorrow:%B}" in runner.page()


def test_the_page_asks_browsers_to_keep_quiet_about_it(runner: Runner) -> None:
    page = runner.client.get(runner.url)
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex' in page.text
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "no-referrer" not in page.text, "Chromium would then send forms with a null origin, which is refused"


def test_only_reading_and_posting_are_possible(runner: Runner) -> None:
    assert Client().put(runner.exercise_url()).status_code == 405
    assert Client().post(runner.url).status_code == 405
    assert Client().get(f"{runner.url}morning/").status_code == 405
