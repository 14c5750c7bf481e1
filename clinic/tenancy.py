"""The current clinic, enforced by the database.

PostgreSQL's row-level security reads three settings: `strideback.clinic_id` (whose rows exist), `strideback.actor` (who
writes; the audit trigger refuses a write without one) and `strideback.lookup` (one narrow exception, below). They are set
with LOCAL effect, so they end with the transaction and can never leak into the next request on the same connection.
Outside a scope every clinic-owned table is empty and refuses writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction


class ScopeError(RuntimeError):
    """A second clinic was asked for inside the scope of another: always a fault of ours."""


def _set(**values: str) -> None:
    columns = ", ".join("set_config(%s, %s, true)" for _ in values)
    parameters = [part for name, value in values.items() for part in (f"strideback.{name}", value)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns}", parameters)


def _current() -> tuple[str, str]:
    return getattr(connection, "strideback_scope", ("", ""))


@contextmanager
def clinic_scope(clinic_id: UUID | str, *, actor: str) -> Iterator[None]:
    """Work inside one clinic, in one transaction (the surrounding one, if there is one). Costs one query.

    `actor` is "user:<id>", "patient:<link id>" or "system:<task>" and is what the audit remembers.

    Raises ScopeError when another clinic's scope is open; the same clinic may be entered again (tests, tasks run inline).
    """
    if not actor:
        raise ScopeError("Name who acts: a write without an actor is refused.")
    clinic, before = str(clinic_id), _current()
    if before[0] not in ("", clinic):
        raise ScopeError("Close one clinic's scope before opening another's.")
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        _set(clinic_id=clinic, actor=actor, lookup="")
        connection.strideback_scope = (clinic, actor)  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connection.strideback_scope = before  # type: ignore[attr-defined]
        if not outermost:  # an error rolls the settings back with the savepoint, a commit ends them
            _set(clinic_id=before[0], actor=before[1])


@contextmanager
def lookup_scope(key: str) -> Iterator[None]:
    """Before the clinic is known: rows that carry this very key become readable, nothing else and nothing writable.

    The key is "user:<id>" (that user's own memberships and their clinics) or "link:<hash>" (one patient's link).
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        _set(lookup=key)
        yield
        if not outermost:
            _set(lookup="")


def all_clinic_ids() -> list[UUID]:
    """Ids of every clinic, and nothing else about them, for the periodic sweeps. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT strideback_clinic_ids()")
        return [row[0] for row in cursor.fetchall()]


def runners_at(address: str) -> list[tuple[UUID, UUID]]:
    """Clinic and patient of whoever in care has this very e-mail address, in any clinic, and nothing else about them.

    For sending a lost link to that address; at most ten. Archived runners and refused addresses are not found. One query.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT clinic_id, patient_id FROM strideback_runners_at(%s)", [address])
        return [(clinic_id, patient_id) for clinic_id, patient_id in cursor.fetchall()]
