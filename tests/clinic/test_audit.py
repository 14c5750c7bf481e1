"""The audit as an administrator reads it: everything, newest first, in words, narrowed by person, patient and day."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from clinic import actions, audit
from clinic.models import AccessEntry, Membership, Patient
from clinic.tenancy import clinic_scope
from tests.clinic.conftest import SignIn, counted
from tests.support.factories import World, make_clinic, make_episode, make_patient

AUDIT = reverse("clinic:audit")


def rows(page: str) -> list[str]:
    """Each line of the table as plain words."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>") if "<td" in row]


def test_changes_and_readings_are_told_in_words_newest_first(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    with clinic_scope(clinic.clinic.pk, actor=f"user:{clinic.clinician.pk}"):
        Patient.objects.filter(pk=patient.pk).update(phone="07700 900123", archived_at=timezone.now())
    sign_in(clinic.reader).get(reverse("clinic:patient", args=[patient.pk]))
    lines = rows(sign_in(clinic.administrator).get(AUDIT).content.decode())
    assert "Ada Lindqvist opened the audit" in lines[0]
    assert "Rolf Penn opened the record Ana Ferreira" in lines[1]
    assert "Ines Halvard changed patient" in lines[2]
    assert "Telephone: – 07700 900123" in lines[2]
    assert "Ana Ferreira" in lines[2]
    assert any("Strideback itself added patient Ana Ferreira" in line for line in lines)


def test_values_with_words_are_told_in_words(clinic: World, sign_in: SignIn) -> None:
    place = Membership.objects.get(user=clinic.reader)
    Membership.objects.filter(pk=place.pk).update(role="clinician")
    lines = rows(sign_in(clinic.administrator).get(AUDIT).content.decode())
    assert any("Role: Reader Clinician" in line for line in lines)


def test_the_audit_is_narrowed_to_one_person(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    for user in (clinic.reader, clinic.clinician):
        sign_in(user).get(reverse("clinic:patient", args=[patient.pk]))
    lines = rows(sign_in(clinic.administrator).get(AUDIT, {"person": clinic.reader.pk}).content.decode())
    assert lines
    assert all("Rolf Penn" in line for line in lines)


def test_the_audit_of_one_patient_holds_the_writes_to_everything_of_theirs(clinic: World, sign_in: SignIn) -> None:
    ana, jonas = make_patient(clinic.clinic), make_patient(clinic.clinic, first_name="Jonas", last_name="Weber")
    episode = make_episode(clinic, ana)
    make_episode(clinic, jonas)
    by = Membership.objects.select_related("user", "clinic").get(user=clinic.clinician)
    actions.close_episode(by=by, episode=episode, on=timezone.localdate(), reason="back to running")
    page = sign_in(clinic.administrator).get(AUDIT, {"patient": ana.pk}).content.decode()
    lines = rows(page)
    assert "Only Ana Ferreira" in page
    assert all("Ana Ferreira" in line for line in lines)
    assert not any("Weber" in line for line in lines)
    assert any("changed episode" in line and "back to running" in line for line in lines)
    assert any("added running profile" in line for line in lines)


def test_every_table_that_hangs_on_a_patient_is_found_by_itself() -> None:
    paths = audit.patient_paths()
    assert {"clinic_patient", "clinic_episode", "assessments_answer", "programs_programversion"} <= set(paths)
    assert "clinic_accessentry" not in paths
    assert paths["assessments_answer"][1] == "assessment__episode__patient__id"


def test_the_audit_is_narrowed_to_days_of_the_clinics_clock(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    entry = AccessEntry.objects.create(clinic=clinic.clinic, user=clinic.reader, patient=patient, what="clinic:patient")
    zone = timezone.get_current_timezone()
    assert zone is not None
    today = timezone.localdate(entry.created_at)
    client = sign_in(clinic.administrator)
    for since, until, found in ((0, 0, True), (-1, 1, True), (1, 2, False), (-3, -1, False)):
        days = {
            "since": today + timedelta(days=since),
            "until": today + timedelta(days=until),
            "person": clinic.reader.pk,
        }
        assert bool(rows(client.get(AUDIT, days).content.decode())) is found


@pytest.mark.parametrize(("kind", "shown", "hidden"), [("writes", "added", "opened"), ("readings", "opened", "added")])
def test_the_audit_is_narrowed_to_changes_or_readings(
    clinic: World, sign_in: SignIn, kind: str, shown: str, hidden: str
) -> None:
    make_patient(clinic.clinic)
    lines = rows(sign_in(clinic.administrator).get(AUDIT, {"kind": kind}).content.decode())
    assert any(shown in line for line in lines)
    assert not any(hidden in line for line in lines)


def test_turning_pages_shows_every_entry_once(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    for number in range(120):
        AccessEntry.objects.create(clinic=clinic.clinic, user=clinic.reader, patient=patient, what=f"page {number}")
    client = sign_in(clinic.administrator)
    address, seen = f"{AUDIT}?person={clinic.reader.pk}&kind=readings", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r"opened (page \d+)", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = AUDIT + older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"page {number}" for number in reversed(range(120))]


@pytest.mark.parametrize(
    "asked",
    [
        {"person": "x"},
        {"person": str(uuid4())},
        {"patient": "x"},
        {"patient": str(uuid4())},
        {"since": "yesterday"},
        {"since": "0001-01-01", "until": "9999-12-31"},
        {"since": "2026-11-20", "until": "2026-11-01"},
        {"before": "x"},
        {"kind": "x"},
    ],
)
def test_odd_questions_are_answered_without_a_fault(clinic: World, sign_in: SignIn, asked: dict[str, str]) -> None:
    assert sign_in(clinic.administrator).get(AUDIT, asked).status_code == 200


def test_another_clinics_audit_is_not_here(db: None, sign_in: SignIn) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        theirs = make_patient(there.clinic, last_name="Elsewhere")
    page = sign_in(here.administrator).get(AUDIT, {"patient": theirs.pk}).content.decode()
    assert "Elsewhere" not in page
    assert rows(page) == []


@pytest.mark.parametrize("entries", [3, 120])
def test_the_audit_costs_the_same_however_long(clinic: World, sign_in: SignIn, entries: int) -> None:
    patient = make_patient(clinic.clinic)
    episode = make_episode(clinic, patient)
    for number in range(entries):
        episode.note = str(number)
        episode.save()
        AccessEntry.objects.create(clinic=clinic.clinic, user=clinic.reader, patient=patient, what="clinic:patient")
    client = sign_in(clinic.administrator)
    client.get(AUDIT)
    with counted() as statements:
        client.get(AUDIT, {"patient": patient.pk, "since": datetime(2020, 1, 1).date()})
    assert len(statements) <= 12
