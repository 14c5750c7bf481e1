"""The patient's page: a link is the way in, nothing else is."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, MorningCheck, PatientLink, ProgramVersion, Standing
from programs.portal.links import hash_of, token_of, unsubscribe_token_of
from tests.support.factories import World, make_clinic
from tests.support.programs import make_issued, two_lines
from tests.support.queries import at_most


@pytest.fixture
def issued(db: None) -> tuple[World, ProgramVersion, PatientLink]:
    """A program that began three days ago."""
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        version, link = make_issued(world, starts_on=timezone.localdate() - timedelta(days=3))
    return world, version, link


def today_url(link: PatientLink) -> str:
    return f"/my/{token_of(link)}/"


def exercise_url(
    link: PatientLink, version: ProgramVersion, place: int = 0, occasion: int = 1, day: date | None = None
) -> str:
    day = day or timezone.localdate()
    return f"{today_url(link)}{day.isoformat()}/{version.content['lines'][place]['line']}/{occasion}/"


def logs(world: World) -> list[ExerciseLog]:
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        return list(ExerciseLog.objects.order_by("reported_at"))


def test_the_link_opens_today_without_a_login(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    page = client.get(today_url(issued[2]))
    assert page.status_code == 200
    assert "Today, 0 of 3" in page.text
    assert "One-leg bridge" in page.text
    assert "Ferreira" not in page.text  # no surname on a phone anybody may pick up
    assert "no-store" in page["Cache-Control"]


def test_the_database_holds_only_hashes_of_the_link(issued: tuple[World, ProgramVersion, PatientLink]) -> None:
    link = issued[2]
    assert len(token_of(link)) == 32
    assert token_of(link) not in (link.token_hash, link.unsubscribe_hash)
    assert link.token_hash == hash_of(token_of(link))
    assert token_of(link) != unsubscribe_token_of(link)


def test_an_unknown_link_gets_a_kind_page_and_no_hint(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    page = client.get("/my/" + "x" * 32 + "/")
    assert page.status_code == 404
    assert "Larkfield" not in page.text


def test_the_unsubscribe_token_does_not_open_the_program(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    assert client.get(f"/my/{unsubscribe_token_of(issued[2])}/").status_code == 404


def test_a_revoked_link_says_whom_to_call_and_nothing_of_the_program(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    world, _version, link = issued
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        PatientLink.objects.update(revoked_at=timezone.now())
    page = client.get(today_url(link))
    assert page.status_code == 410
    assert "020 7946 0147" in page.text
    assert "bridge" not in page.text


def test_too_many_unknown_links_from_one_address_have_to_wait(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    for _ in range(settings.PATIENT_LINK_TRIES_PER_MINUTE):
        assert client.get("/my/" + "y" * 32 + "/").status_code == 404
    assert client.get("/my/" + "y" * 32 + "/").status_code == 429
    assert client.get(today_url(issued[2])).status_code == 429


def test_done_with_pain_is_written_down_once_and_leads_to_the_next_exercise(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    world, version, link = issued
    answer = client.post(exercise_url(link, version), {"status": "done", "pain": "2"})
    assert answer["Location"] == exercise_url(link, version, 1)
    client.post(exercise_url(link, version), {"status": "done", "pain": "2"})
    (log,) = logs(world)
    assert (log.status, log.pain, log.day) == ("done", 2, timezone.localdate())


def test_an_answer_can_be_corrected_and_the_audit_keeps_the_first(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    world, version, link = issued
    client.post(exercise_url(link, version), {"status": "done", "pain": "2"})
    answer = client.post(exercise_url(link, version), {"status": "skipped", "reason": "time"})
    assert answer["Location"] == today_url(link)
    (log,) = logs(world)
    assert (log.status, log.pain, log.reason) == ("skipped", None, "time")
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        entry = AuditEntry.objects.filter(table_name="programs_exerciselog", operation="update").get()
    assert entry.actor == f"patient:{link.pk}"
    assert entry.before is not None
    assert entry.before["pain"] == 2


def test_no_pain_value_stays_unknown(client: Client, issued: tuple[World, ProgramVersion, PatientLink]) -> None:
    world, version, link = issued
    client.post(exercise_url(link, version), {"status": "done"})
    assert logs(world)[0].pain is None


def test_pain_above_the_limit_is_answered_with_what_to_do(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    world, version, link = issued
    page = client.post(exercise_url(link, version), {"status": "done", "pain": "6"}, follow=True)
    assert "above your limit of 3" in page.text
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        standing = Standing.objects.get()
        assert (standing.last_pain, standing.last_report_on) == (6, timezone.localdate())


@pytest.mark.parametrize(
    "data", [{}, {"status": "perhaps"}, {"status": "done", "pain": "11"}, {"status": "done", "pain": "-1"}]
)
def test_what_cannot_be_is_refused_with_the_page_still_there(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink], data: dict[str, str]
) -> None:
    world, version, link = issued
    page = client.post(exercise_url(link, version), data)
    assert page.status_code == 422
    assert "One-leg bridge" in page.text
    assert logs(world) == []


def test_tomorrow_and_days_outside_the_plan_are_not_there(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    _world, version, link = issued
    for offset in (1, -4):
        day = timezone.localdate() + timedelta(days=offset)
        assert client.post(exercise_url(link, version, day=day), {"status": "done"}).status_code == 404


def test_yesterday_can_still_be_reported(client: Client, issued: tuple[World, ProgramVersion, PatientLink]) -> None:
    world, version, link = issued
    yesterday = timezone.localdate() - timedelta(days=1)
    client.post(exercise_url(link, version, day=yesterday), {"status": "done", "pain": "1"})
    assert logs(world)[0].day == yesterday
    assert "pain 1" in client.get(f"{today_url(link)}{yesterday.isoformat()}/").text


def test_the_whole_day_can_be_ticked_without_touching_what_was_said(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    world, version, link = issued
    client.post(exercise_url(link, version), {"status": "skipped", "reason": "pain"})
    page = client.post(f"{today_url(link)}{timezone.localdate().isoformat()}/all/", follow=True)
    assert "Done for today" in page.text
    assert sorted((log.status, log.occasion) for log in logs(world)) == [("done", 1), ("done", 2), ("skipped", 1)]


def test_the_morning_question_is_asked_after_a_planned_day_and_can_be_changed(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    world, _version, link = issued
    assert "How is it compared with yesterday morning" in client.get(today_url(link)).text
    client.post(f"{today_url(link)}morning/", {"change": "worse", "pain": "4"})
    client.post(f"{today_url(link)}morning/", {"change": "same", "pain": "2"})
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        check = MorningCheck.objects.get()
        assert (check.change, check.pain) == ("same", 2)


def test_the_morning_question_is_not_asked_on_the_first_day(client: Client, db: None) -> None:
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        _version, link = make_issued(world, starts_on=timezone.localdate())
    assert "How is it compared with yesterday morning" not in client.get(today_url(link)).text


def test_hostile_text_stays_text(client: Client, db: None) -> None:
    world = make_clinic(name="<script>alert(1)</script>")
    lines = two_lines()
    lines[0]["name"] = lines[0]["note"] = "<img src=x onerror=alert(1)> 3 sets"
    lines[0]["sentence"] = "Do <b>10</b> & rest"
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        version, link = make_issued(world, starts_on=timezone.localdate(), lines=lines)
    for url in (today_url(link), exercise_url(link, version)):
        page = client.get(url).text
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert not re.search(r"<b><b>10", page)


def test_the_page_costs_a_constant_number_of_queries(
    client: Client, issued: tuple[World, ProgramVersion, PatientLink]
) -> None:
    client.get(today_url(issued[2]))
    with at_most(11):
        client.get(today_url(issued[2]))


def test_a_plan_that_is_over_says_so_kindly(client: Client, db: None) -> None:
    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        _version, link = make_issued(world, starts_on=timezone.localdate() - timedelta(days=20))
    assert "These two weeks are over" in client.get(today_url(link)).text
