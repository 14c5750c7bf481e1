"""The clinician's home as it is seen: words, filters, pages, and who may see what."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment
from clinic.models import AccessEntry, Patient
from clinic.tenancy import clinic_scope
from programs.models import ProgramVersion
from tests.caseload.conftest import Caseload
from tests.support.factories import make_clinic, make_episode, make_patient
from tests.support.programs import make_issued
from tests.support.queries import at_most


def draft(caseload: Caseload, name: str, by: str = "clinician") -> Assessment:
    episode = make_episode(caseload.world, make_patient(caseload.world.clinic, first_name=name))
    return Assessment.objects.create(
        clinic=caseload.world.clinic,
        episode=episode,
        examined_on=caseload.day(1),
        clinician=getattr(caseload.world, by),
    )


def test_the_title_says_how_many_runners_need_the_clinician(caseload: Caseload) -> None:
    version = caseload.runner()
    caseload.report(version, 0)
    assert "<h1>Nobody needs you today</h1>" in caseload.page()
    for _ in range(2):
        caseload.report(caseload.runner(), 0, pain=9)
    page = caseload.page()
    assert "<h1>Two runners need you today</h1>" in page
    assert "3 active programs · 1 going as planned" in page


def test_a_row_says_who_why_how_much_and_what_next(caseload: Caseload) -> None:
    version = caseload.runner("Ana", began=4)
    caseload.report(version, 4, 3, 2, pain=2)
    caseload.report(version, 1, pain=6)
    page = caseload.page()
    assert "Ana Example" in page
    assert "Proximal hamstring tendinopathy, right · stage 1" in page
    assert "Pain above the ceiling" in page
    assert "6 of 10, ceiling 3, yesterday" in page
    assert "Pain on 4 days of the last 14, from 2 to 6, ceiling 3" in page
    assert "4 of 4 planned done" in page
    assert f'href="/patients/{version.program.episode.patient_id}/"' in page
    assert f'href="/programs/{version.program_id}/issued/"' in page


def test_every_reason_has_its_words(caseload: Caseload) -> None:
    worse = caseload.runner()
    caseload.morning(worse, 1, change="worse", pain=4)
    caseload.morning(worse, 0, change="worse", pain=5)
    caseload.paper(caseload.runner(), "failed")
    caseload.report(caseload.runner(began=15), 2)
    caseload.report(caseload.runner(began=9), 7)
    caseload.runner(began=6)
    page = caseload.page()
    for words in (
        "Worse 2 mornings running",
        "5 of 10 in the morning, today",
        "The handout could not be made",
        "Review due",
        "the plan ended 2 days ago",
        "Nothing reported for 7 days",
        "Nothing reported for 6 days",
        "no report since the start",
    ):
        assert words in page, words


def test_paused_reminders_are_said(caseload: Caseload) -> None:
    version = caseload.runner(began=9)
    caseload.ignored(version, 4)
    assert "reminders paused after 4 unanswered" in caseload.page()


def test_reminders_that_still_go_out_are_not_called_paused(caseload: Caseload) -> None:
    version = caseload.runner(began=9)
    caseload.ignored(version, 3)
    assert "reminders paused" not in caseload.page()


def test_reminders_that_stopped_at_a_refused_address_are_said(caseload: Caseload) -> None:
    version = caseload.runner(began=9)
    caseload.ignored(version, 4)
    Patient.objects.update(email_refused="The mail server refuses this address (code 550).")
    page = caseload.page()
    assert "reminders stopped: the e-mail address was refused" in page
    assert "reminders paused" not in page


def test_the_filters_divide_the_runners(caseload: Caseload) -> None:
    caseload.report(caseload.runner("Attention"), 0, pain=9)
    caseload.report(caseload.runner("Planned"), 0)
    caseload.runner("Later", began=-3)
    caseload.end(caseload.runner("Finished"))
    shown = {
        show: [name for name in ("Attention", "Planned", "Later", "Finished") if f"{name} Example" in page]
        for show in ("attention", "planned", "finished", "unsigned", "nonsense")
        for page in [caseload.page(f"?show={show}")]
    }
    assert shown == {
        "attention": ["Attention"],
        "planned": ["Planned", "Later"],
        "finished": ["Finished"],
        "unsigned": [],
        "nonsense": ["Attention"],
    }
    assert "Ended on" in caseload.page("?show=finished")
    later = (caseload.today + timedelta(days=3)).strftime("%B")
    assert "Not started yet" in caseload.page("?show=planned")
    assert later in caseload.page("?show=planned")


def test_unsigned_shows_only_my_own_drafts(caseload: Caseload) -> None:
    mine = draft(caseload, "Mine")
    draft(caseload, "Theirs", by="administrator")
    signed = draft(caseload, "Signed")
    Assessment.objects.filter(pk=signed.pk).update(
        state="signed", signed_at=timezone.now(), signed_by=caseload.world.clinician
    )
    page = caseload.page("?show=unsigned")
    assert "Mine Ferreira" in page
    assert "Theirs" not in page
    assert "Signed Ferreira" not in page
    assert f"/assessments/{mine.pk}/" in page
    assert "Unsigned <b>1</b>" in page


def test_empty_pages_show_the_next_step(caseload: Caseload) -> None:
    page = caseload.page()
    assert "Your caseload is empty" in page
    assert "No running program yet" in page
    assert page.count("New patient") == 2
    assert "Nothing left to sign" in caseload.page("?show=unsigned")
    assert "Nobody here" in caseload.page("?show=finished")
    caseload.report(caseload.runner(), 0)
    assert "All runners are going as planned" in caseload.page()


def test_a_reader_may_look_and_is_offered_nothing_to_change(caseload: Caseload) -> None:
    assert "New patient" not in caseload.page(as_role="reader")
    caseload.report(caseload.runner("Ana"), 0, pain=9)
    assert "Ana Example" in caseload.page(as_role="reader")


def test_long_lists_come_in_pages_that_keep_the_filter(caseload: Caseload) -> None:
    for number in range(21):
        caseload.report(caseload.runner(f"R{number:02d}"), 0)
    first, second = caseload.page("?show=planned"), caseload.page("?show=planned&page=2")
    assert "1 to 20 of 21" in first
    assert "?show=planned&amp;page=2" in first
    assert second.count('class="case"') == 1
    assert caseload.page("?show=planned&page=99") == second or "21 to 21 of 21" in caseload.page(
        "?show=planned&page=99"
    )


def test_opening_the_caseload_is_remembered(caseload: Caseload) -> None:
    caseload.page()
    entry = AccessEntry.objects.get()
    assert (entry.user, entry.what, entry.patient) == (caseload.world.clinician, "programs:caseload", None)


def test_another_clinics_runners_never_appear(db: None) -> None:
    ours, theirs = make_clinic(), make_clinic("Elsewhere")
    with clinic_scope(theirs.clinic.pk, actor="system:tests"):
        patient = make_patient(theirs.clinic, first_name="Stranger")
        make_issued(theirs, starts_on=timezone.localdate(), episode=make_episode(theirs, patient))
    client = Client()
    client.force_login(ours.clinician)
    for show in ("attention", "planned", "unsigned", "finished"):
        page = client.get(f"/?show={show}").text
        assert "Stranger" not in page
        assert "0 active programs" in page


def test_nobody_sees_it_without_a_login(client: Client, db: None) -> None:
    assert client.get("/").status_code == 302


def test_three_runners_cost_as_many_queries_as_sixty(db: None) -> None:
    for number in (3, 60):
        world = make_clinic()
        with clinic_scope(world.clinic.pk, actor="system:tests"):
            caseload = Caseload(world, timezone.localdate())
            for place in range(number):
                version = caseload.runner(f"R{place}")
                caseload.report(version, 0, pain=9 if place % 3 else 1)
                if place % 6 == 1:
                    caseload.end(version)
            draft(caseload, "Open")
        client = Client()
        client.force_login(world.clinician)
        client.get("/")
        for show in ("attention", "planned", "finished", "unsigned"):
            with at_most(12):
                assert client.get(f"/?show={show}").status_code == 200


@pytest.mark.parametrize(
    ("zone", "expected"), [("Europe/London", "Nothing reported for 5 days"), ("Pacific/Auckland", "for 6 days")]
)
def test_today_is_the_clinics_own_day(db: None, monkeypatch: pytest.MonkeyPatch, zone: str, expected: str) -> None:
    noon = datetime.now(UTC).replace(hour=13, minute=0)  # past midnight in Auckland
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)
    world = make_clinic(time_zone=zone)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        Caseload(world, noon.date()).runner(began=5)
    client = Client()
    client.force_login(world.clinician)
    assert expected in client.get("/").text


def test_hostile_names_stay_text(caseload: Caseload) -> None:
    version: ProgramVersion = caseload.runner("<script>alert(1)</script>")
    caseload.report(version, 0, pain=9)
    assert "<script>alert" not in caseload.page()
