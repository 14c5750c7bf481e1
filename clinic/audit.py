"""Reading the audit: who wrote and who opened what, newest first. Costs the same however long the audit has grown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import CASCADE, Model, Q, QuerySet

from clinic.models import AccessEntry, AuditEntry, Clinic, ClinicOwned, Patient

PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What to look for; empty means everything. `before` is where the page before this one ended."""

    user_id: UUID | None = None
    patient_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: datetime | None = None
    writes: bool = True
    readings: bool = True


@dataclass(frozen=True)
class Page:
    """Entries newest first; `older` is the time to ask for as `before`, or None at the end."""

    entries: list[AuditEntry | AccessEntry]
    older: datetime | None


@cache
def patient_paths() -> dict[str, tuple[type[Model], str]]:
    """For every table that belongs to patients: its model and the lookup from a row to the patient's id.

    Found by following the foreign keys that lead to a patient, so tables of other apps are in it by themselves.
    """
    found: dict[str, tuple[type[Model], str]] = {Patient._meta.db_table: (Patient, "id")}
    waiting: list[tuple[type[Model], str]] = [(Patient, "id")]
    while waiting:
        model, path = waiting.pop(0)
        for relation in model._meta.related_objects:
            owned = relation.related_model
            table = owned._meta.db_table
            if table in found or not issubclass(owned, ClinicOwned) or owned is AccessEntry:
                continue
            if relation.on_delete is CASCADE:
                found[table] = (owned, f"{relation.field.name}__{path}")
                waiting.append(found[table])
    return found


def _at(entry: AuditEntry | AccessEntry) -> datetime:
    return entry.at if isinstance(entry, AuditEntry) else entry.created_at


def _within(entries: QuerySet[Any], wanted: Wanted, time: str) -> QuerySet[Any]:
    limits = {"gte": wanted.since, "lt": wanted.until}
    if wanted.before and (wanted.until is None or wanted.before < wanted.until):
        limits["lt"] = wanted.before
    return entries.filter(**{f"{time}__{name}": moment for name, moment in limits.items() if moment})


def _rows_of(patient_id: UUID) -> Q:
    """Writes to any row of this patient that still exists, whichever table it is in."""
    rows = Q()
    for table, (model, path) in patient_paths().items():
        rows |= Q(table_name=table, row_id__in=model._default_manager.filter(**{path: patient_id}).values("pk"))
    return rows


def page_of(clinic: Clinic, wanted: Wanted) -> Page:
    """One page, in at most two queries."""
    entries: list[AuditEntry | AccessEntry] = []
    if wanted.writes:
        writes = _within(AuditEntry.objects.filter(clinic=clinic), wanted, "at")
        if wanted.user_id:
            writes = writes.filter(actor=f"user:{wanted.user_id}")
        if wanted.patient_id:
            writes = writes.filter(_rows_of(wanted.patient_id))
        entries += writes.order_by("-at")[: PAGE + 1]
    if wanted.readings:
        readings = _within(AccessEntry.objects.filter(clinic=clinic), wanted, "created_at")
        if wanted.user_id:
            readings = readings.filter(user=wanted.user_id)
        if wanted.patient_id:
            readings = readings.filter(patient=wanted.patient_id)
        entries += readings.order_by("-created_at")[: PAGE + 1]
    entries.sort(key=_at, reverse=True)
    return Page(entries[:PAGE], _at(entries[PAGE - 1]) if len(entries) > PAGE else None)


def patients_of(entries: Iterable[AuditEntry | AccessEntry]) -> dict[UUID, UUID]:
    """For the row of each write the patient it belongs to. One query over all tables together."""
    rows: dict[str, set[UUID]] = {}
    for entry in entries:
        if isinstance(entry, AuditEntry) and entry.table_name in patient_paths():
            rows.setdefault(entry.table_name, set()).add(entry.row_id)
    parts = [
        patient_paths()[table][0]
        ._default_manager.filter(pk__in=ids)
        .order_by()
        .values_list("pk", patient_paths()[table][1])
        for table, ids in rows.items()
    ]
    return dict(parts[0].union(*parts[1:], all=True)) if parts else {}


def patient_names(clinic: Clinic, patient_ids: set[UUID]) -> dict[UUID, str]:
    found = Patient.objects.filter(clinic=clinic, pk__in=patient_ids)
    return {patient.pk: patient.full_name for patient in found}


@cache
def model_of(table: str) -> type[Model] | None:
    """The model behind a table, for its words."""
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)
