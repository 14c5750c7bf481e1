"""The record of a patient, the search, and how other apps speak in them without being imported."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic import presenters, timeline
from clinic.models import AccessEntry, Episode, Membership, Patient, RunningProfile
from clinic.permissions import Permission
from clinic.timeline import Can, EpisodeNews, SearchHit, Step, Story, TimelineEntry
from programs.demo.build import make_runner
from programs.demo.runners import RUNNERS
from tests.clinic.conftest import SignIn, counted
from tests.support.factories import World, make_episode, make_patient

TODAY = date(2026, 11, 22)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No app has registered anything yet."""
    monkeypatch.setattr(timeline, "_sources", [])
    monkeypatch.setattr(timeline, "_search_sources", {})
    monkeypatch.setattr(timeline, "_page_names", dict(timeline._page_names))


@pytest.fixture
def examined(quiet: None) -> None:
    """Another app that knows one examination of every episode."""

    def source(clinic_id: UUID, patient_id: UUID, can: Can) -> Story:
        at = timezone.now() - timedelta(days=1)
        entry = TimelineEntry(at=at, title="Assessment <signed>", detail="Visit 1", url="/assessments/1/", tone="for")
        steps = [Step("Look at the assessment", "/assessments/1/")]
        if can(Permission.ASSESS):
            steps.append(Step("Start the assessment", "/assessments/start/", main=True, post=True))
        news = EpisodeNews(states=("Stage 2",), steps=tuple(steps))
        ids = Episode.objects.filter(patient=patient_id).values_list("pk", flat=True)
        return Story(entries=(entry,), episodes=dict.fromkeys(ids, news))

    timeline.register(source)


def test_the_record_tells_what_other_apps_know(clinic: World, sign_in: SignIn, examined: None) -> None:
    episode = make_episode(clinic)
    page = sign_in(clinic.clinician).get(reverse("clinic:patient", args=[episode.patient_id])).content.decode()
    for shown in ("Assessment &lt;signed&gt;", "Stage 2", "Yesterday, ", 'data-tone="for"', "Start the assessment"):
        assert shown in page
    assert page.count('action="/assessments/start/"') == 2  # on the patient's bar and on the card
    assert page.count("csrfmiddlewaretoken") >= 2


def test_a_reader_is_offered_only_what_a_reader_may_do(clinic: World, sign_in: SignIn, examined: None) -> None:
    episode = make_episode(clinic)
    page = sign_in(clinic.reader).get(reverse("clinic:patient", args=[episode.patient_id])).content.decode()
    assert "Look at the assessment" in page
    assert "/assessments/start/" not in page


def test_what_happened_is_told_newest_first(quiet: None) -> None:
    early, late = (TimelineEntry(at=datetime(2026, 11, day, tzinfo=UTC), title=str(day)) for day in (1, 20))
    middle = TimelineEntry(at=datetime(2026, 11, 10, tzinfo=UTC), title="10")
    told = [Story(entries=(early,)), Story(entries=(late,))]
    assert [entry.title for entry in timeline.entries(told, middle)] == ["20", "10", "1"]


def test_a_source_registered_twice_speaks_once(quiet: None) -> None:
    def source(clinic_id: UUID, patient_id: UUID, can: Can) -> Story:
        return Story()

    timeline.register(source)
    timeline.register(source)
    assert len(timeline.stories(UUID(int=1), UUID(int=2), lambda permission: True)) == 1


def test_the_record_itself_costs_eight_queries_and_leaves_four_to_the_others(
    clinic: World, sign_in: SignIn, quiet: None
) -> None:
    patient = make_patient(clinic.clinic)
    for _number in range(3):
        make_episode(clinic, patient)
    client = sign_in(clinic.clinician)
    address = reverse("clinic:patient", args=[patient.pk])
    client.get(address)
    with counted() as statements:
        client.get(address)
    assert len(statements) == 8


@pytest.mark.parametrize("number", range(len(RUNNERS)))
def test_a_full_record_costs_at_most_thirteen_queries(clinic: World, sign_in: SignIn, number: int) -> None:
    by = Membership.objects.select_related("user", "clinic").get(user=clinic.clinician)
    patient = make_runner(by, RUNNERS[number], number=number, today=timezone.localdate())
    client = sign_in(clinic.clinician)
    address = reverse("clinic:patient", args=[patient.pk])
    client.get(address)
    with counted() as statements:
        assert client.get(address).status_code == 200
    assert len(statements) <= 13  # letters are the thirteenth


def test_the_search_finds_patients_and_what_other_apps_offer(clinic: World, sign_in: SignIn, quiet: None) -> None:
    make_patient(clinic.clinic, last_name="Bridgewater")
    timeline.register_search(
        "Exercises", lambda clinic_id, text: [SearchHit(f"One-leg {text}", "/exercises/1/", "hip")]
    )
    page = sign_in(clinic.reader).get(reverse("clinic:search"), {"q": "bridge"}).content.decode()
    for shown in ("Ana Bridgewater", "Exercises", "One-leg bridge", "/exercises/1/"):
        assert shown in page


def test_the_search_answers_htmx_with_the_hits_alone(clinic: World, sign_in: SignIn, quiet: None) -> None:
    make_patient(clinic.clinic)
    client = sign_in(clinic.reader)
    htmx = {"HX-Request": "true"}
    on_page = client.get(reverse("clinic:search"), {"q": "ana"}, headers=htmx).content.decode()
    assert on_page.lstrip().startswith('<div id="found"')
    below_bar = client.get(
        reverse("clinic:search"), {"q": "ana"}, headers=htmx | {"HX-Target": "search-found"}
    ).content.decode()
    assert below_bar.lstrip().startswith("<h2>")
    assert "Ana Ferreira" in below_bar


@pytest.mark.parametrize("typed", ["", "   ", "\x00", ","])
def test_an_empty_search_lists_nobody_and_remembers_nothing(
    clinic: World, sign_in: SignIn, quiet: None, typed: str
) -> None:
    make_patient(clinic.clinic)
    page = sign_in(clinic.reader).get(reverse("clinic:search"), {"q": typed}).content.decode()
    assert "Ana Ferreira" not in page
    assert not AccessEntry.objects.exists()


def test_archived_patients_are_out_of_the_search(clinic: World, sign_in: SignIn, quiet: None) -> None:
    make_patient(clinic.clinic, archived_at=timezone.now())
    page = sign_in(clinic.reader).get(reverse("clinic:search"), {"q": "ferreira"}).content.decode()
    assert "Nothing found" in page


@pytest.mark.parametrize("patients", [1, 30])
def test_the_search_costs_the_same_however_many_patients(clinic: World, sign_in: SignIn, patients: int) -> None:
    for number in range(patients):
        make_episode(clinic, make_patient(clinic.clinic, first_name=f"Runner{number}"))
    client = sign_in(clinic.clinician)
    client.get(reverse("clinic:search"), {"q": "runner"})
    with counted() as statements:
        client.get(reverse("clinic:search"), {"q": "runner"})
    assert len(statements) <= 13  # letters are the thirteenth


# --- Words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("began", "words"),
    [
        (TODAY, "0 days"),
        (TODAY - timedelta(days=1), "1 day"),
        (TODAY - timedelta(days=13), "13 days"),
        (TODAY - timedelta(days=14), "2 weeks"),
        (TODAY - timedelta(days=63), "9 weeks"),
        (TODAY - timedelta(days=240), "8 months"),
        (TODAY - timedelta(days=800), "2 years"),
        (None, ""),
    ],
)
def test_how_long_it_has_hurt_reads_as_people_say_it(began: date | None, words: str) -> None:
    assert presenters.duration(Episode(began_on=began), TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 3, 14), "14 Mar"),
        (date(2025, 3, 14), "14 Mar 2025"),
        (date(2027, 3, 14), "14 Mar 2027"),
    ],
)
def test_days_read_as_people_say_them(day: date, words: str) -> None:
    assert presenters.day_in_words(day, TODAY) == words


def test_moments_are_those_of_the_clinics_clock() -> None:
    with timezone.override("Australia/Sydney"):
        assert presenters.moment_in_words(datetime(2026, 11, 21, 14, 30, tzinfo=UTC), TODAY) == "today, 01:30"


def test_the_line_behind_the_name_leaves_out_what_nobody_told() -> None:
    patient = Patient(date_of_birth=date(1992, 3, 9))
    running = RunningProfile(running_type="distance", weekly_km=Decimal("48.0"), goal="half marathon")
    running.goal_date = date(2026, 12, 14)
    patient.running = running
    assert presenters.facts(patient, TODAY) == "34 · distance, 48 km/week · half marathon 14 Dec"
    patient.running = RunningProfile(running_type="trail")
    assert presenters.facts(patient, TODAY) == "34 · trail"
    patient.date_of_birth = date(2000, 11, 23)
    assert presenters.facts(patient, TODAY) == "25 · trail"
