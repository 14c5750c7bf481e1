"""What the runner decides about the page itself: language, size, reminders, calendar, and stopping it all."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEntry, Clinic, Patient
from clinic.tenancy import clinic_scope
from programs.models import CalendarFeed, PatientLink, Program, PushSubscription
from tests.portal.conftest import Runner
from tests.support.queries import at_most

AS_IT_IS = {"language": "en", "reminders": "on", "reminder_hour": "18"}


def choose(runner: Runner, **changed: str) -> Any:
    """Press Save; a choice given as "" is a box without its tick."""
    chosen = {name: value for name, value in (AS_IT_IS | changed).items() if value}
    return runner.client.post(f"{runner.url}more/", chosen, follow=True)


def person(runner: Runner) -> Patient:
    return runner.all(Patient)[0]


def test_every_open_page_leads_to_today_progress_and_more(runner: Runner) -> None:
    for page, current in (("", "Today"), ("progress/", "My progress"), ("more/", "More")):
        text = runner.client.get(runner.url + page).text
        nav = text.partition('<nav class="patient-nav')[2].partition("</nav>")[0]
        assert re.findall(r'aria-current="page">([^<]+)', nav) == [current]
        assert re.findall(r'href="([^"]+)"', nav) == [runner.url, f"{runner.url}progress/", f"{runner.url}more/"]
    assert 'aria-current="true">Today' in runner.page(1)


def test_another_language_speaks_at_once_and_says_what_stays(runner: Runner) -> None:
    page = choose(runner, language="de").text
    assert '<html lang="de">' in page
    assert person(runner).language == "de"
    assert "Ihre Übungen sind in einer anderen Sprache geschrieben" in page
    assert '<html lang="de">' in runner.page()
    step = runner.client.get(runner.exercise_url()).text
    assert "Schmerz" in step
    assert "One-leg bridge" in step, "the exercise's own words stay until the next version"


def test_large_text_is_on_every_page_until_it_is_taken_back(runner: Runner) -> None:
    choose(runner, large_text="on")
    for page in ("", "progress/", "more/", "more/stop/", runner.exercise_url().removeprefix(runner.url)):
        assert '<html lang="en" class="large-text">' in runner.client.get(runner.url + page).text, page
    choose(runner)
    assert "large-text" not in runner.page()


def test_reminders_are_switched_off_and_on_with_their_hour(runner: Runner) -> None:
    choose(runner, reminders="", reminder_hour="19", morning_reminders="on")
    held = person(runner)
    assert (held.reminders, held.reminder_hour, held.morning_reminders) == (False, 19, True)
    runner.set(Program, reminders_resumed_at=None)
    choose(runner)
    held = person(runner)
    assert (held.reminders, held.reminder_hour, held.morning_reminders) == (True, 18, False)
    assert runner.all(Program)[0].reminders_resumed_at, "taking them up again ends a pause"


@pytest.mark.parametrize("hour", ["2", "21", "25", "x", ""])
def test_an_hour_in_the_quiet_hours_is_neither_offered_nor_taken(runner: Runner, hour: str) -> None:
    page = runner.client.get(f"{runner.url}more/").text
    assert f'value="{hour}"' not in page.partition('name="reminder_hour"')[2].partition("</select>")[0]
    refused = choose(runner, reminder_hour=hour)
    assert refused.status_code == 422
    assert "Choose one of these." in refused.text
    assert person(runner).reminder_hour == 18


def test_a_language_we_do_not_speak_changes_nothing(runner: Runner) -> None:
    assert choose(runner, language="xx", large_text="on").status_code == 422
    assert (person(runner).language, person(runner).large_text) == ("en", False)


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"email": ""}, "has no e-mail address of you"), ({"email_refused": "550"}, "Mail to your address came back")],
    ids=["none", "refused"],
)
def test_the_page_says_why_no_mail_comes(runner: Runner, fields: dict[str, str], words: str) -> None:
    runner.set(Patient, **fields)
    assert words in runner.client.get(f"{runner.url}more/").text


def test_choices_are_remembered_as_the_runners_own(runner: Runner) -> None:
    choose(runner, language="fr")
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        entry = AuditEntry.objects.get(table_name="clinic_patient", operation="update")
    assert entry.actor == f"patient:{runner.link.pk}"
    assert (entry.before, entry.after) == ({"language": "en"}, {"language": "fr"})


def test_staff_see_the_choices_on_the_record(runner: Runner) -> None:
    choose(runner, language="es", large_text="on", morning_reminders="on")
    staff = Client()
    staff.force_login(runner.world.clinician)
    record = staff.get(f"/patients/{person(runner).pk}/").text
    for words in ("Español", "Large text", "Wants to be asked the morning after"):
        assert words in record


def test_a_calendar_is_made_renewed_and_switched_off(runner: Runner) -> None:
    page = runner.client.post(f"{runner.url}more/calendar/", follow=True).text
    first = re.search(r'value="(http[^"]+\.ics)"', page)
    assert first
    assert f'href="webcal://{first[1].partition("://")[2]}"' in page
    path = first[1].partition("://")[2].partition("/")[2]
    assert runner.client.get(f"/{path}").status_code == 200
    second = re.search(r'value="(http[^"]+\.ics)"', runner.client.post(f"{runner.url}more/calendar/", follow=True).text)
    assert second
    assert second[1] != first[1]
    assert runner.client.get(f"/{path}").status_code == 404
    off = runner.client.post(f"{runner.url}more/calendar/", {"off": "1"}, follow=True).text
    assert ".ics" not in off
    assert "Make a calendar address" in off


def test_a_page_of_choices_is_never_kept_on_the_phone(runner: Runner) -> None:
    for page in ("more/", "more/stop/", "more/data/"):
        assert runner.client.get(runner.url + page)["X-Patient-Link"] == "live"
    assert "X-Patient-Link" not in runner.client.get(f"{runner.url}progress/")


def test_stopping_asks_first(runner: Runner) -> None:
    page = runner.client.get(f"{runner.url}more/stop/")
    assert "Stop everything?" in page.text
    assert "To come back, call Larkfield Running Physio" in page.text
    assert person(runner).reminders is True
    assert runner.client.get(runner.url).status_code == 200


def test_stopping_ends_reminders_calendar_push_and_link_and_keeps_what_was_told(runner: Runner) -> None:
    runner.report()
    runner.client.post(f"{runner.url}more/calendar/")
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        PushSubscription.objects.create(
            clinic=runner.world.clinic, link=runner.link, endpoint="https://push.test/1", endpoint_hash="1" * 64
        )
    gone = runner.client.post(f"{runner.url}more/stop/")
    assert gone.status_code == 200
    assert gone["X-Patient-Link"] == "closed"
    assert "You stopped this program here" in gone.text
    held = person(runner)
    assert (held.reminders, held.morning_reminders) == (False, False)
    assert runner.all(CalendarFeed)[0].revoked_at
    assert runner.all(PushSubscription)[0].ended_at
    (link,) = runner.all(PatientLink)
    assert link.revoked_at
    assert link.closed_by_runner
    assert runner.client.get(runner.url).status_code == 410
    assert len(runner.logs()) == 1
    assert runner.all(Program)[0].state == "issued", "whether the program ends is the clinic's decision"


def test_the_clinic_sees_that_the_runner_stopped_until_it_gives_a_new_link(runner: Runner) -> None:
    runner.client.post(f"{runner.url}more/stop/")
    staff = Client()
    staff.force_login(runner.world.clinician)
    program, caseload = reverse("programs:program", args=[runner.version.program_id]), reverse("programs:caseload")
    assert "The runner stopped everything" in staff.get(program).text
    assert "Stopped by the runner" in staff.get(caseload).text
    assert "The runner stopped everything" in staff.get(f"/patients/{person(runner).pk}/").text
    staff.post(reverse("programs:link_renew", args=[runner.version.program_id]))
    assert "The runner stopped everything" not in staff.get(program).text
    assert "Stopped by the runner" not in staff.get(caseload).text


def test_the_pages_cost_a_known_number_of_queries(runner: Runner) -> None:
    runner.page()
    with at_most(6):
        runner.client.get(f"{runner.url}more/")
    with at_most(5):
        runner.client.get(f"{runner.url}more/stop/")


def test_a_clinic_without_a_number_still_says_whom_to_call(runner: Runner) -> None:
    runner.set(Clinic, phone="")
    page = runner.client.get(f"{runner.url}more/stop/").text
    assert "call Larkfield Running Physio" in page
    assert 'href="tel:"' not in page


def test_the_exercises_own_words_are_read_out_in_their_language(runner: Runner) -> None:
    choose(runner, language="fr")
    assert '<p class="exercise-dose" lang="en">' in runner.client.get(runner.exercise_url()).text
