"""The runner's calendar asks a random address for the planned days; it tells nothing else and can be switched off."""

import logging
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from clinic.logs import HideLinkTokens
from clinic.models import AuditEntry, Episode, Patient
from clinic.tenancy import clinic_scope
from programs.models import CalendarFeed, Program, ProgramVersion
from programs.progression.dose import Dose
from programs.reminders.feed import calendar_of
from programs.reminders.feed_links import feed_url
from tests.reminders.conftest import DAY, EVENING, Runner
from tests.support.factories import make_clinic
from tests.support.programs import content_line, make_issued, make_version
from tests.support.queries import at_most

DAILY = 14  # the plan of the reminder world: every day for two weeks


def staff(runner: Runner) -> Client:
    client = Client()
    client.force_login(runner.world.clinician)
    return client


def change(runner: Runner, what: str) -> None:
    assert staff(runner).post(f"/programs/{runner.version.program_id}/calendar/{what}/").status_code == 302


def address(runner: Runner) -> str:
    """The path of the runner's calendar as the program's page shows it."""
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        url = feed_url(CalendarFeed.objects.get())
    assert url in staff(runner).get(f"/programs/{runner.version.program_id}/issued/").text
    return "/calendar/" + url.split("/calendar/")[1]


@pytest.fixture
def feed(runner: Runner) -> str:
    cache.clear()
    change(runner, "renew")
    return address(runner)


def days_of(text: str) -> list[str]:
    return [line.split(":")[1] for line in text.split("\r\n") if line.startswith("DTSTART")]


def test_every_planned_day_of_the_running_version_is_an_event_at_the_runners_hour(runner: Runner, feed: str) -> None:
    answer = Client().get(feed)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    days = days_of(answer.text)
    assert (len(days), days[0], days[-1]) == (DAILY, "20261120T180000Z", "20261203T180000Z")


def test_only_days_that_plan_something_are_in_it(runner: Runner, feed: str) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        lines = [content_line("Diver", Dose(reps=5, weekdays=frozenset({0, 3})))]
        make_version(runner.world, runner.version.program, starts_on=DAY, number=2, lines=lines)
    assert [day[:8] for day in days_of(Client().get(feed).text)] == ["20261123", "20261126", "20261130", "20261203"]


def test_a_version_to_come_ends_the_days_of_the_running_one(runner: Runner, feed: str) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        make_version(runner.world, runner.version.program, starts_on=DAY + timedelta(days=2), number=2)
    assert days_of(Client().get(feed).text)[-1][:8] == "20261124"


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Program, {"ended_at": EVENING, "state": "ended"}),
        (Episode, {"closed_on": DAY}),
        (Patient, {"archived_at": EVENING}),
    ],
)
def test_what_is_over_plans_no_more(runner: Runner, feed: str, model: Any, fields: dict[str, Any]) -> None:
    runner.set(model, **fields)
    assert days_of(Client().get(feed).text)[-1][:8] == "20261123"


@pytest.mark.parametrize(
    ("zone", "starts_on", "hour", "expected"),
    [
        ("Europe/London", date(2026, 10, 24), 18, ["20261024T170000Z", "20261025T180000Z"]),
        ("Europe/Berlin", date(2026, 3, 28), 18, ["20260328T170000Z", "20260329T160000Z"]),
        ("Europe/Berlin", date(2026, 3, 28), 2, ["20260328T010000Z", "20260329T010000Z"]),
        ("Australia/Lord_Howe", date(2026, 4, 4), 18, ["20260404T070000Z", "20260405T073000Z"]),
    ],
)
def test_the_hour_stays_on_the_wall_over_a_clock_change(
    runner: Runner, zone: str, starts_on: date, hour: int, expected: list[str]
) -> None:
    runner.set(Patient, time_zone=zone, reminder_hour=hour)
    runner.set(Program, state="ended")
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        version, _link = make_issued(runner.world, starts_on=starts_on, episode=runner.version.program.episode)
        text = calendar_of(version.program_id, EVENING).decode()
    assert days_of(text)[:2] == expected


def test_it_carries_no_name_and_no_finding(runner: Runner, feed: str) -> None:
    text = Client().get(feed).text.lower()
    for word in ("ana", "ferreira", "bridge", "pht", "right", "hamstring", "larkfield", str(runner.version.program_id)):
        assert word not in text, word
    assert "exercises today" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", "Heute Übungen"), ("fr", "Exercices aujourd’hui"), ("es", "Ejercicios hoy"), ("en", "Exercises today")],
)
def test_it_speaks_the_language_the_program_was_issued_in(runner: Runner, language: str, words: str) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        first = runner.version
        ProgramVersion.objects.create(
            clinic=first.clinic,
            program=first.program,
            number=2,
            issued_by=first.issued_by,
            starts_on=first.starts_on,
            ends_on=first.ends_on,
            content=first.content | {"language": language},
        )
        text = calendar_of(first.program_id, EVENING).decode()
    assert f"SUMMARY;LANGUAGE={language}:{words}" in text


def test_events_keep_their_names_in_a_new_version_and_change_their_number(runner: Runner, feed: str) -> None:
    def uids(text: str) -> set[str]:
        return {line for line in text.split("\r\n") if line.startswith("UID")}

    before = Client().get(feed).text
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        make_version(runner.world, runner.version.program, starts_on=DAY - timedelta(days=3), number=2)
    after = Client().get(feed).text
    assert uids(before) == uids(after)
    assert "SEQUENCE:1" in before
    assert "SEQUENCE:2" in after


def test_an_unchanged_calendar_is_not_sent_again(runner: Runner, feed: str) -> None:
    first = Client().get(feed)
    again = Client().get(feed, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    runner.set(Patient, reminder_hour=19)
    changed = Client().get(feed, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert days_of(changed.text)[0] == "20261120T190000Z"


def test_a_renewed_or_switched_off_address_answers_404(runner: Runner, feed: str) -> None:
    change(runner, "renew")
    assert Client().get(feed).status_code == 404
    newer = address(runner)
    assert newer != feed
    assert Client().get(newer).status_code == 200
    change(runner, "revoke")
    assert Client().get(newer).status_code == 404
    page = staff(runner).get(f"/programs/{runner.version.program_id}/issued/").text
    assert newer not in page
    change(runner, "renew")
    assert Client().get(newer).status_code == 404


def test_guessing_is_slowed_down_and_so_is_asking_too_often(runner: Runner, feed: str, settings: Any) -> None:
    settings.PATIENT_LINK_TRIES_PER_MINUTE = 3
    assert [Client().get(feed).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert [Client().get(f"/calendar/{'x' * 32}.ics").status_code for _ in range(4)] == [404, 404, 404, 429]
    cache.clear()


def test_the_address_opens_nothing_else_and_nothing_can_be_posted(runner: Runner, feed: str) -> None:
    token = feed.removeprefix("/calendar/").removesuffix(".ics")
    assert Client().get(f"/my/{token}/").status_code == 404
    assert Client().get(f"/unsubscribe/{token}/").status_code == 404
    assert Client().post(feed).status_code == 405


def test_the_address_stands_in_no_log_and_no_audit(runner: Runner, feed: str) -> None:
    record = logging.LogRecord("django.server", logging.INFO, "", 0, "%s", (f'"GET {feed} HTTP/1.1" 200',), None)
    HideLinkTokens().filter(record)
    assert record.getMessage() == '"GET /calendar/(hidden).ics HTTP/1.1" 200'
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        kept = CalendarFeed.objects.get()
        entry = AuditEntry.objects.filter(table_name="programs_calendarfeed").latest("at")
        assert entry.actor == f"user:{runner.world.clinician.pk}"
        assert not {"token_hash", "key"} & set(entry.after or {})
    assert feed.removeprefix("/calendar/").removesuffix(".ics") not in (kept.token_hash, str(kept.key))


def test_another_clinic_and_a_reader_cannot_make_an_address(runner: Runner) -> None:
    for user, status in ((runner.world.reader, 403), (make_clinic("Elsewhere").clinician, 404)):
        client = Client()
        client.force_login(user)
        answer = client.post(f"/programs/{runner.version.program_id}/calendar/renew/")
        assert answer.status_code == status


def test_the_file_costs_three_queries(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"), at_most(3):
        calendar_of(runner.version.program_id, EVENING)
