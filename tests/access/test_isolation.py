"""The database keeps clinics apart, whatever the application asks for."""

import psycopg
import pytest
from django.db import DatabaseError, InternalError, ProgrammingError, connection, transaction

from clinic.models import AuditEntry, Clinic, Episode, Membership, Patient
from clinic.tenancy import ScopeError, all_clinic_ids, clinic_scope, lookup_scope, runners_at
from tests.support.factories import World, make_clinic, make_episode, make_patient

pytestmark = pytest.mark.django_db


def clinic_tables() -> list[str]:
    """Every table that carries clinic_id, asked from the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'clinic_id' AND table_schema = 'public'"
        )
        return [*sorted(row[0] for row in cursor.fetchall()), "clinic_clinic"]


@pytest.fixture
def two_clinics() -> tuple[World, World]:
    here, there = make_clinic("Here"), make_clinic("There")
    for world in (here, there):
        with clinic_scope(world.clinic.pk, actor="system:tests"):
            make_episode(world)
    return here, there


def test_the_application_role_is_neither_owner_nor_superuser_nor_exempt() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")
        assert cursor.fetchone() == (0,)


def test_every_clinic_table_has_row_level_security_enabled_and_forced() -> None:
    with connection.cursor() as cursor:
        for table in clinic_tables():
            cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [table])
            assert cursor.fetchone() == (True, True), table


def test_without_a_clinic_every_table_is_empty(two_clinics: tuple[World, World]) -> None:
    with connection.cursor() as cursor:
        for table in clinic_tables():
            shared = " WHERE clinic_id IS NOT NULL" if table == "programs_exercise" else ""
            cursor.execute(f"SELECT count(*) FROM {table}{shared}")
            assert cursor.fetchone() == (0,), table


def test_raw_sql_inside_one_clinic_never_sees_another(two_clinics: tuple[World, World]) -> None:
    here, there = two_clinics
    with clinic_scope(here.clinic.pk, actor="system:tests"), connection.cursor() as cursor:
        for table in clinic_tables():
            column = "id" if table == "clinic_clinic" else "clinic_id"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [there.clinic.pk])
            assert cursor.fetchone() == (0,), table
        cursor.execute("UPDATE clinic_patient SET first_name = 'x' WHERE clinic_id = %s", [there.clinic.pk])
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM clinic_episode WHERE clinic_id = %s", [there.clinic.pk])
        assert cursor.rowcount == 0


def test_a_row_cannot_be_put_or_moved_into_another_clinic(two_clinics: tuple[World, World]) -> None:
    here, there = two_clinics
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            make_patient(there.clinic)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Patient.objects.update(clinic=there.clinic)


def test_a_row_cannot_point_to_a_record_of_another_clinic(two_clinics: tuple[World, World]) -> None:
    here, there = two_clinics
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        theirs = Patient.objects.get()
    with pytest.raises(DatabaseError, match="same_clinic"), transaction.atomic():
        with clinic_scope(here.clinic.pk, actor="system:tests"):
            Episode.objects.create(clinic=here.clinic, patient=theirs, painful_side="left", clinician=here.clinician)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_write_without_an_actor_is_refused(two_clinics: tuple[World, World]) -> None:
    here, _there = two_clinics
    with pytest.raises((ProgrammingError, InternalError), match="without an actor"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('strideback.clinic_id', %s, true)", [str(here.clinic.pk)])
            cursor.execute("SELECT set_config('strideback.actor', '', true)")
        Patient.objects.update(first_name="x")


def test_every_write_is_remembered_with_who_and_what_changed(clinic: World) -> None:
    patient = make_patient(clinic.clinic)
    patient.phone = "07700 900123"
    patient.save()
    entry = AuditEntry.objects.filter(row_id=patient.pk, operation="update").get()
    assert (entry.actor, entry.before, entry.after) == ("system:tests", {"phone": ""}, {"phone": "07700 900123"})


@pytest.mark.parametrize("statement", ["UPDATE {} SET clinic_id = clinic_id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ["clinic_auditentry", "clinic_accessentry"])
def test_the_audit_can_only_grow(clinic: World, statement: str, table: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_the_application_cannot_forge_an_audit_entry(clinic: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        AuditEntry.objects.create(
            clinic=clinic.clinic,
            at="2026-01-01T00:00Z",
            actor="user:x",
            table_name="t",
            row_id=clinic.clinic.pk,
            operation="x",
        )


def test_the_application_cannot_switch_the_protection_off(clinic: World) -> None:
    for statement in (
        "ALTER TABLE clinic_patient DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_clinic ON clinic_patient",
        "ALTER TABLE clinic_patient DISABLE TRIGGER audit",
        "SET session_replication_role = replica",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_second_clinic_inside_a_scope_is_our_own_fault(two_clinics: tuple[World, World]) -> None:
    here, there = two_clinics
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        with pytest.raises(ScopeError), clinic_scope(there.clinic.pk, actor="system:tests"):
            pass


def test_looking_up_a_user_shows_only_their_own_memberships(two_clinics: tuple[World, World]) -> None:
    here, _there = two_clinics
    with lookup_scope(f"user:{here.reader.pk}"):
        assert list(Membership.objects.values_list("user_id", flat=True)) == [here.reader.pk]
        assert list(Clinic.objects.values_list("name", flat=True)) == ["Here"]
        assert not Patient.objects.exists()
    assert not Membership.objects.exists()


def test_sweeps_learn_clinic_ids_and_nothing_else(two_clinics: tuple[World, World]) -> None:
    here, there = two_clinics
    assert {here.clinic.pk, there.clinic.pk} <= set(all_clinic_ids())
    assert not Clinic.objects.exists()


LOST = "lost@runner.test"  # other tests leave runners of the usual address behind


def test_a_lost_link_is_looked_up_by_the_exact_address_and_gives_ids_only(two_clinics: tuple[World, World]) -> None:
    here, there = two_clinics
    for world in two_clinics:
        with clinic_scope(world.clinic.pk, actor="system:tests"):
            Patient.objects.update(email=LOST)
    found = runners_at("LOST@runner.test")
    assert {clinic for clinic, _patient in found} == {here.clinic.pk, there.clinic.pk}
    assert all(len(row) == 2 for row in found)
    for nearly in ("lost@runner.tes", "%", "", "lost@runner.test ", "_ost@runner.test"):
        assert runners_at(nearly) == []
    assert not Patient.objects.exists()


def test_the_application_cannot_use_the_policy_behind_that_look_up(two_clinics: tuple[World, World]) -> None:
    with lookup_scope("address:ana@runner.test"):
        assert not Patient.objects.exists()
    runners_at("ana@runner.test")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('strideback.lookup', true)")
        assert cursor.fetchone()[0] in (None, "")


@pytest.mark.parametrize("field", ["archived_at", "email_refused"])
def test_archived_runners_and_refused_addresses_are_not_looked_up(clinic: World, field: str) -> None:
    make_patient(clinic.clinic, email=LOST, **{field: "2026-01-01T00:00Z"})
    assert runners_at(LOST) == []


def test_the_scope_ends_with_its_block(two_clinics: tuple[World, World]) -> None:
    here, _there = two_clinics
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        assert Patient.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('strideback.clinic_id', true)")
        assert cursor.fetchone()[0] in (None, "")


def test_even_the_owner_sees_no_patient_without_a_clinic(owner_connection: psycopg.Connection) -> None:
    assert owner_connection.execute("SELECT count(*) FROM clinic_patient").fetchone() == (0,)
