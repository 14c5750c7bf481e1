"""The clinic itself: its details, changing between clinics, and whether the process is well."""

from datetime import time
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from clinic.models import Clinic, Membership
from clinic.tenancy import clinic_scope
from tests.clinic.conftest import SignIn
from tests.support.factories import World, make_clinic, make_patient

SETTINGS = reverse("clinic:settings")
SWITCH = reverse("clinic:switch")
ANSWERS = {
    "name": "Fjord Physio",
    "phone": "+47 22 12 34 56",
    "email": "post@fjord.test",
    "address": "Havnegata 1\nOslo",
    "time_zone": "Europe/Oslo",
    "language": "en",
    "paper": "A4",
    "emergency_number": "113",
    "urgent_number": "",
    "emergency_place": "Legevakt",
    "quiet_from": "20:30",
    "quiet_until": "07:15",
    "reminders_per_week": "3",
    "pause_after_ignored": "5",
}


def test_an_administrator_changes_every_detail(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.administrator)
    assert 'value="Larkfield Running Physio"' in client.get(SETTINGS).content.decode()
    assert client.post(SETTINGS, ANSWERS)["Location"] == SETTINGS
    record = Clinic.objects.get(pk=clinic.clinic.pk)
    assert (record.name, record.time_zone, record.emergency_number) == ("Fjord Physio", "Europe/Oslo", "113")
    assert (record.quiet_from, record.quiet_until, record.reminders_per_week) == (time(20, 30), time(7, 15), 3)
    page = client.get(SETTINGS).content.decode()
    for shown in ('value="20:30"', "Havnegata 1", 'value="113"'):
        assert shown in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("phone", ""),
        ("time_zone", "Europe/Atlantis"),
        ("emergency_number", "call someone"),
        ("quiet_from", "25:00"),
        ("quiet_until", "20:30"),
        ("reminders_per_week", "8"),
        ("pause_after_ignored", "0"),
        ("paper", "A5"),
    ],
)
def test_a_wrong_detail_is_refused_and_nothing_typed_is_lost(
    clinic: World, sign_in: SignIn, field: str, value: str
) -> None:
    answer = sign_in(clinic.administrator).post(SETTINGS, ANSWERS | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Havnegata 1" in answer.content.decode()
    assert Clinic.objects.get(pk=clinic.clinic.pk).name == "Larkfield Running Physio"


def test_pages_keep_the_clinics_clock(clinic: World, sign_in: SignIn) -> None:
    Clinic.objects.filter(pk=clinic.clinic.pk).update(time_zone="Pacific/Auckland")
    patient = make_patient(clinic.clinic)
    page = sign_in(clinic.clinician).get(reverse("clinic:patient", args=[patient.pk])).content.decode()
    assert "+13:00" in page or "+12:00" in page


@pytest.fixture
def two(db: None) -> tuple[World, World]:
    """The first clinic's administrator also reads in the second."""
    here, there = make_clinic("Here"), make_clinic("There")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        Membership.objects.create(clinic=there.clinic, user=here.administrator, role="reader")
        make_patient(there.clinic, last_name="Elsewhere")
    return here, there


def test_a_person_with_two_clinics_changes_between_them_and_the_role_with_it(
    two: tuple[World, World], sign_in: SignIn
) -> None:
    here, there = two
    client = sign_in(here.administrator)
    patients = reverse("clinic:patients")
    assert "Elsewhere" not in client.get(patients).content.decode()
    client.post(SWITCH, {"clinic": there.clinic.pk})
    page = client.get(patients).content.decode()
    assert "Elsewhere" in page
    assert "You now work in There." in page
    assert client.get(SETTINGS).status_code == 403
    client.post(SWITCH, {"clinic": here.clinic.pk})
    assert client.get(SETTINGS).status_code == 200


@pytest.mark.parametrize("wanted", ["other", "random", "", "x"])
def test_nobody_changes_into_a_clinic_that_is_not_theirs(
    two: tuple[World, World], sign_in: SignIn, wanted: str
) -> None:
    other = make_clinic("Other")
    clinic = {"other": str(other.clinic.pk), "random": str(uuid4())}.get(wanted, wanted)
    client = sign_in(two[0].administrator)
    assert client.post(SWITCH, {"clinic": clinic}).status_code == 404
    assert client.get(SWITCH).status_code == 405


def test_a_session_that_names_a_foreign_clinic_opens_nothing_there(two: tuple[World, World], sign_in: SignIn) -> None:
    here, there = two
    client = sign_in(here.clinician)
    session = client.session
    session["clinic_id"] = str(there.clinic.pk)
    session.save()
    assert "Elsewhere" not in client.get(reverse("clinic:patients")).content.decode()


def test_health_says_ok_without_a_login_and_nothing_else(db: None) -> None:
    answer = Client().get(reverse("clinic:health"))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert Client().post(reverse("clinic:health")).status_code == 405


def test_health_says_503_without_details_when_the_broker_is_gone(db: None, settings: Any) -> None:
    settings.BROKER_URL = "redis://:secret@127.0.0.1:1/0"
    answer = Client().get(reverse("clinic:health"))
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})


def test_health_says_503_when_the_database_is_gone(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_args: object, **_kwargs: object) -> None:
        raise OperationalError("connection refused at 10.0.0.1")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        answer = Client().get(reverse("clinic:health"))
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
