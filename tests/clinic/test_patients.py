"""Patients: found, registered, changed, archived; nothing typed is lost."""

import logging
import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from clinic import actions, queries
from clinic.logs import HideLinkTokens
from clinic.models import AccessEntry, AuditEntry, Membership, Patient
from clinic.models.patients import sort_key
from clinic.tenancy import clinic_scope
from clinic.values import PatientDetails
from tests.clinic.conftest import SignIn, counted
from tests.support.factories import World, make_clinic, make_episode, make_patient

LIST = reverse("clinic:patients")
NEW = reverse("clinic:patient_new")

ANSWERS = {
    "first_name": "Søren",
    "last_name": "Ångström",
    "date_of_birth": "1990-02-28",
    "sex": "male",
    "email": "soren@runner.test",
    "phone": "+44 7700 900123",
    "running_type": "trail",
    "weekly_km": "42,5",
    "run_days": ["0", "2", "6"],
    "goal": "half marathon",
    "goal_date": "2027-03-14",
    "time_zone": "Europe/Copenhagen",
    "language": "en",
    "reminders": "on",
    "reminder_hour": "19",
}


def membership(clinic: World, role: str) -> Membership:
    return Membership.objects.select_related("user", "clinic").get(clinic=clinic.clinic, role=role)


def names_on(page: str) -> list[str]:
    return re.findall(r'class="case-who"><h2><a href="[^"]*">([^<]*)</a>', page)


def test_a_patient_is_registered_with_every_answer_given(clinic: World, sign_in: SignIn) -> None:
    answer = sign_in(clinic.clinician).post(NEW, ANSWERS)
    patient = Patient.objects.select_related("running").get()
    assert answer["Location"] == reverse("clinic:episode_new", args=[patient.pk])
    assert (patient.full_name, patient.date_of_birth, patient.time_zone) == (
        "Søren Ångström",
        date(1990, 2, 28),
        "Europe/Copenhagen",
    )
    assert (str(patient.running.weekly_km), patient.running.run_days, patient.reminder_hour) == ("42.5", "026", 19)


def test_the_write_is_audited_under_the_name_of_the_person_who_made_it(clinic: World, sign_in: SignIn) -> None:
    sign_in(clinic.clinician).post(NEW, ANSWERS)
    entry = AuditEntry.objects.get(table_name="clinic_patient")
    assert (entry.actor, entry.operation) == (f"user:{clinic.clinician.pk}", "insert")


def test_nothing_typed_is_lost_when_an_answer_is_wrong(clinic: World, sign_in: SignIn) -> None:
    wrong = ANSWERS | {"date_of_birth": "2190-01-01", "email": "soren@", "weekly_km": "lots", "phone": "ring me"}
    answer = sign_in(clinic.clinician).post(NEW, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Patient.objects.exists()
    for typed in ("Søren", "Ångström", "soren@", "lots", "ring me", "half marathon", "2027-03-14"):
        assert f'value="{typed}"' in page
    assert "This day is still to come" in page
    assert page.count("checked") >= 4 + 1  # three run days, the kind of running, reminders


def test_the_kind_of_running_is_asked_and_never_assumed(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.clinician)
    assert 'value="distance"' in client.get(NEW).content.decode()
    assert (
        "checked"
        not in client.get(NEW).content.decode().partition('id="id_running_type"')[2].partition("</fieldset>")[0]
    )
    answer = client.post(NEW, {name: value for name, value in ANSWERS.items() if name != "running_type"})
    assert answer.status_code == 422
    assert "running_type" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date_of_birth", "1890-01-01"),
        ("date_of_birth", "31/02/1990"),
        ("weekly_km", "-4"),
        ("weekly_km", "4000"),
        ("time_zone", "Mars/Olympus"),
        ("reminder_hour", "23"),  # in the clinic's quiet hours
        ("run_days", ["9"]),
        ("first_name", "x" * 81),
        ("first_name", "a\x00b"),
        ("goal_date", "0001-01-01"),
    ],
)
def test_a_wrong_answer_is_refused_in_words(clinic: World, sign_in: SignIn, field: str, value: object) -> None:
    answer = sign_in(clinic.clinician).post(NEW, ANSWERS | {field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Patient.objects.exists()


def test_the_same_name_and_birth_date_asks_before_it_saves(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.clinician)
    client.post(NEW, ANSWERS)
    again = ANSWERS | {"first_name": "SOREN", "last_name": "Angstrom"}
    answer = client.post(NEW, again)
    assert answer.status_code == 422
    assert Patient.objects.count() == 1
    assert "Is this the same person?" in answer.content.decode()
    assert 'value="SOREN"' in answer.content.decode()
    client.post(NEW, again | {"another_person": "on"})
    assert Patient.objects.count() == 2


def test_a_namesake_born_on_another_day_is_no_question(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.clinician)
    client.post(NEW, ANSWERS)
    assert client.post(NEW, ANSWERS | {"date_of_birth": "1991-02-28"}).status_code == 302


def test_changing_details_shows_what_is_recorded_and_keeps_what_was_there_in_the_audit(
    clinic: World, sign_in: SignIn
) -> None:
    client = sign_in(clinic.clinician)
    client.post(NEW, ANSWERS)
    patient = Patient.objects.get()
    address = reverse("clinic:patient_edit", args=[patient.pk])
    page = client.get(address).content.decode()
    for shown in ('value="Søren"', 'value="1990-02-28"', 'value="42.5"', 'value="2027-03-14"', "Europe/Copenhagen"):
        assert shown in page
    without_reminders = {name: value for name, value in ANSWERS.items() if name not in ("reminders", "run_days")}
    assert client.post(address, without_reminders | {"phone": ""}).status_code == 302
    patient = Patient.objects.select_related("running").get()
    assert (patient.phone, patient.reminders, patient.running.run_days) == ("", False, "")
    entry = AuditEntry.objects.get(row_id=patient.pk, operation="update")
    assert entry.before["phone"] == "+44 7700 900123"


def test_saving_a_patient_unchanged_is_no_namesake_of_itself(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.clinician)
    client.post(NEW, ANSWERS)
    patient = Patient.objects.get()
    assert client.post(reverse("clinic:patient_edit", args=[patient.pk]), ANSWERS).status_code == 302


def test_changing_into_somebody_else_asks_first(clinic: World, sign_in: SignIn) -> None:
    client = sign_in(clinic.clinician)
    client.post(NEW, ANSWERS)
    client.post(NEW, ANSWERS | {"first_name": "Kaj"})
    kaj = Patient.objects.get(first_name="Kaj")
    assert client.post(reverse("clinic:patient_edit", args=[kaj.pk]), ANSWERS).status_code == 422
    kaj.refresh_from_db()
    assert kaj.first_name == "Kaj"


@pytest.mark.parametrize("typed", ["ferr", "FERREIRA", "ana fer", "ferreira, ana", "  Aná   Ferreirá "])
def test_a_name_is_found_by_any_part_whatever_case_or_accents(clinic: World, sign_in: SignIn, typed: str) -> None:
    make_patient(clinic.clinic, first_name="Ána", last_name="Ferreira")
    make_patient(clinic.clinic, first_name="Jonas", last_name="Weber")
    assert names_on(sign_in(clinic.reader).get(LIST, {"q": typed}).content.decode()) == ["Ána Ferreira"]


@pytest.mark.parametrize(
    ("stored", "typed"), [("Sørensen", "sorensen"), ("Łukasz", "lukasz"), ("Strauß", "strauss"), ("İnci", "inci")]
)
def test_letters_without_a_plain_form_are_found_too(clinic: World, stored: str, typed: str) -> None:
    make_patient(clinic.clinic, last_name=stored)
    assert queries.patients_matching(clinic.clinic, typed).count() == 1


@pytest.mark.parametrize("typed", ["%", "_", "\x00", "\\", "'; drop table", "x" * 5000])
def test_odd_signs_in_the_search_find_nobody_and_break_nothing(clinic: World, sign_in: SignIn, typed: str) -> None:
    make_patient(clinic.clinic)
    answer = sign_in(clinic.clinician).get(LIST, {"q": typed})
    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == (1 if typed == "\x00" else 0)


def test_a_name_of_any_letters_has_a_key_that_fits() -> None:
    assert len(sort_key("ﷺ" * 80, "ﷺ" * 80)) <= 200


def test_the_list_has_pages_of_fifty_and_keeps_the_search_when_turning(clinic: World, sign_in: SignIn) -> None:
    for number in range(53):
        make_patient(clinic.clinic, first_name=f"Runner{number:02d}")
    client = sign_in(clinic.clinician)
    first = client.get(LIST, {"q": "runner"}).content.decode()
    second = client.get(LIST, {"q": "runner", "page": "2"}).content.decode()
    assert (len(names_on(first)), len(names_on(second))) == (50, 3)
    assert "?q=runner&amp;page=2" in first
    assert len(names_on(client.get(LIST, {"page": "99"}).content.decode())) == 3


def test_htmx_gets_the_list_alone_and_a_browser_without_script_the_page(clinic: World, sign_in: SignIn) -> None:
    make_patient(clinic.clinic)
    client = sign_in(clinic.clinician)
    part = client.get(LIST, {"q": "ana"}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="patients-found"')
    assert "<html" not in part
    assert "<html" in client.get(LIST, {"q": "ana"}).content.decode()


def test_an_empty_clinic_says_the_next_step_to_those_who_can_take_it(clinic: World, sign_in: SignIn) -> None:
    assert "Register the first runner" in sign_in(clinic.clinician).get(LIST).content.decode()
    assert NEW not in sign_in(clinic.reader).get(LIST).content.decode()


def test_archiving_asks_first_hides_the_patient_and_can_be_undone(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    client = sign_in(clinic.clinician)
    ask = reverse("clinic:patient_archive", args=[patient.pk])
    assert "Archive this patient?" in client.get(ask).content.decode()
    patient.refresh_from_db()
    assert patient.archived_at is None
    record = client.post(ask, follow=True).content.decode()
    assert "This patient is archived" in record
    assert names_on(client.get(LIST).content.decode()) == []
    assert names_on(client.get(LIST, {"show": "archived"}).content.decode()) == ["Ana Ferreira"]
    client.post(reverse("clinic:patient_restore", args=[patient.pk]))
    assert names_on(client.get(LIST).content.decode()) == ["Ana Ferreira"]


def test_opening_a_list_or_a_record_is_remembered(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic)
    client = sign_in(clinic.reader)
    client.get(LIST)
    client.get(reverse("clinic:patient", args=[patient.pk]))
    found = set(AccessEntry.objects.values_list("user_id", "what", "patient_id"))
    assert found == {
        (clinic.reader.pk, "clinic:patients", None),
        (clinic.reader.pk, "clinic:patient", patient.pk),
    }


ADDRESSES = ["patient", "patient_edit", "patient_archive", "patient_restore", "episode_new"]


@pytest.mark.parametrize("name", ADDRESSES)
def test_another_clinics_patient_does_not_exist_here(db: None, sign_in: SignIn, name: str) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        theirs = make_patient(there.clinic)
    client = sign_in(here.administrator)
    for patient_id in (theirs.pk, uuid4()):
        address = reverse(f"clinic:{name}", args=[patient_id])
        assert {client.get(address).status_code, client.post(address, ANSWERS).status_code} <= {404, 405}
        assert 404 in {client.get(address).status_code, client.post(address, ANSWERS).status_code}


@pytest.mark.parametrize("name", ADDRESSES[1:])
def test_a_reader_may_look_but_not_change(clinic: World, sign_in: SignIn, name: str) -> None:
    patient = make_patient(clinic.clinic)
    client = sign_in(clinic.reader)
    answer = client.post(reverse(f"clinic:{name}", args=[patient.pk]), ANSWERS)
    assert answer.status_code == 403
    assert "Readers may look at records but not change them" in answer.content.decode()
    record = client.get(reverse("clinic:patient", args=[patient.pk])).content.decode()
    assert reverse(f"clinic:{name}", args=[patient.pk]) not in record


def test_an_action_refuses_another_clinics_record_even_if_a_view_forgot(db: None) -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        theirs = make_patient(there.clinic)
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        mine = membership(here, "clinician")
        with pytest.raises(Exception, match="another clinic"):
            actions.restore_patient(by=mine, patient=theirs)


def test_an_action_refuses_a_reader_even_if_a_view_forgot(clinic: World) -> None:
    with pytest.raises(Exception, match="Readers may look"):
        actions.register_patient(
            by=membership(clinic, "reader"),
            clinic=clinic.clinic,
            details=PatientDetails("A", "B", date(1990, 1, 1)),
        )


def test_names_full_of_markup_survive_as_text(clinic: World, sign_in: SignIn) -> None:
    patient = make_patient(clinic.clinic, first_name="<script>alert(1)</script>", last_name="\"'&{{ x }}")
    make_episode(clinic, patient, note="<img src=x onerror=alert(1)>")
    client = sign_in(clinic.clinician)
    for address in (LIST, reverse("clinic:patient", args=[patient.pk]), reverse("clinic:search") + "?q=script"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ x }}" in page


def test_what_is_typed_into_a_search_never_reaches_a_log_line() -> None:
    line = '"GET /patients/?q=ferreira&page=2 HTTP/1.1" 200'
    record = logging.LogRecord("django.server", logging.INFO, "", 0, "%s", (line,), None)
    HideLinkTokens().filter(record)
    assert record.getMessage() == '"GET /patients/?q=(hidden)&page=2 HTTP/1.1" 200'


@pytest.mark.parametrize("patients", [1, 30])
def test_the_list_costs_the_same_however_many_patients(clinic: World, sign_in: SignIn, patients: int) -> None:
    for number in range(patients):
        make_episode(clinic, make_patient(clinic.clinic, first_name=f"Runner{number}"))
    client = sign_in(clinic.clinician)
    client.get(LIST)
    with counted() as statements:
        client.get(LIST, {"q": "runner"})
    assert len(statements) == 9


@pytest.mark.parametrize("episodes", [1, 9])
def test_the_record_costs_the_same_however_many_episodes(clinic: World, sign_in: SignIn, episodes: int) -> None:
    patient = make_patient(clinic.clinic)
    for _number in range(episodes):
        make_episode(clinic, patient)
    client = sign_in(clinic.clinician)
    address = reverse("clinic:patient", args=[patient.pk])
    client.get(address)
    with counted() as statements:
        client.get(address)
    assert len(statements) <= 13
