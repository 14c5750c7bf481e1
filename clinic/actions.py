"""Writes to patients, episodes and the clinic. Each checks the permission of `by`, and is whole or not at all.

The database writes the audit itself; the people of a clinic have their own file, `clinic.team`.
"""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from clinic import queries
from clinic.models import Clinic, ClinicLogo, Episode, Membership, Patient, RunningProfile, User
from clinic.models.patients import sort_key
from clinic.permissions import Permission, check_can
from clinic.pictures import Picture
from clinic.values import PROFILE_FIELDS, ClinicDetails, PatientDetails


class NamesakeFound(Exception):
    """Someone with this name and date of birth is registered; `patients` says who. Nothing was written."""

    def __init__(self, patients: list[Patient]) -> None:
        super().__init__()
        self.patients = patients


def _check(by: Membership, permission: Permission, record: Clinic | Patient | Episode) -> None:
    """The permission, and that record and person belong to one clinic: our own fault otherwise, so it is refused whole."""
    check_can(by, permission)
    owner = record.pk if isinstance(record, Clinic) else record.clinic_id
    if owner != by.clinic_id:
        raise PermissionDenied(_("This record belongs to another clinic."))


def _split(details: PatientDetails) -> tuple[dict[str, object], dict[str, object]]:
    """The patient's own fields, and those of the running profile."""
    values = asdict(details)
    return values, {name: values.pop(name) for name in PROFILE_FIELDS}


def _refuse_namesakes(clinic_id: UUID, details: PatientDetails, *, other_than: UUID | None = None) -> None:
    """Under a lock on this name and date of birth, so that a double click makes one patient and not two."""
    name = {"first_name": details.first_name, "last_name": details.last_name}
    with connection.cursor() as cursor:
        key = f"{clinic_id} {details.date_of_birth} {sort_key(**name)}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    found = queries.namesakes(clinic_id, **name, date_of_birth=details.date_of_birth, other_than=other_than)
    if found:
        raise NamesakeFound(found)


@transaction.atomic
def register_patient(
    *, by: Membership, clinic: Clinic, details: PatientDetails, another_person: bool = False
) -> Patient:
    """A new patient with a running profile. Raises NamesakeFound unless `another_person` says it is not the same runner."""
    _check(by, Permission.EDIT_PATIENTS, clinic)
    if not another_person:
        _refuse_namesakes(clinic.pk, details)
    identity, profile = _split(details)
    patient = Patient.objects.create(clinic=clinic, **identity)
    RunningProfile.objects.create(clinic=clinic, patient=patient, **profile)
    return patient


@transaction.atomic
def change_patient(
    *, by: Membership, patient: Patient, details: PatientDetails, another_person: bool = False
) -> Patient:
    """Identity, contact, reminders and running profile together; the audit keeps what was there before.

    Raises NamesakeFound when name or date of birth change into those of someone else, unless `another_person`.
    """
    _check(by, Permission.EDIT_PATIENTS, patient)
    identity, profile = _split(details)
    who = ("first_name", "last_name", "date_of_birth")
    if not another_person and any(identity[name] != getattr(patient, name) for name in who):
        _refuse_namesakes(patient.clinic_id, details, other_than=patient.pk)
    if identity["email"] != patient.email:
        patient.email_refused = ""  # another address has not been refused yet
    for name, value in identity.items():
        setattr(patient, name, value)
    patient.save()
    running, _created = RunningProfile.objects.get_or_create(
        patient=patient, defaults=profile | {"clinic_id": patient.clinic_id}
    )
    for name, value in profile.items():
        setattr(running, name, value)
    running.save()
    return patient


@transaction.atomic
def archive_patient(*, by: Membership, patient: Patient, at: datetime) -> None:
    """Leaves the lists and the search; nothing is deleted and links to the record keep working."""
    _check(by, Permission.EDIT_PATIENTS, patient)
    if patient.archived_at is None:
        patient.archived_at = at
        patient.save(update_fields=["archived_at"])


@transaction.atomic
def restore_patient(*, by: Membership, patient: Patient) -> None:
    """Takes an archived patient back into the lists."""
    _check(by, Permission.EDIT_PATIENTS, patient)
    patient.archived_at = None
    patient.save(update_fields=["archived_at"])


@transaction.atomic
def open_episode(
    *,
    by: Membership,
    patient: Patient,
    painful_side: str,
    began_on: date | None,
    note: str = "",
    clinician: User | None = None,
) -> Episode:
    """A new injury of a patient. Treated by `by` unless another clinician is named."""
    _check(by, Permission.EDIT_PATIENTS, patient)
    return Episode.objects.create(
        clinic_id=patient.clinic_id,
        patient=patient,
        painful_side=painful_side,
        began_on=began_on,
        note=note,
        clinician=clinician or by.user,
    )


@transaction.atomic
def change_episode(
    *, by: Membership, episode: Episode, painful_side: str, began_on: date | None, note: str, clinician: User
) -> Episode:
    _check(by, Permission.EDIT_PATIENTS, episode)
    episode.painful_side, episode.began_on = painful_side, began_on
    episode.note, episode.clinician = note, clinician
    episode.save(update_fields=["painful_side", "began_on", "note", "clinician"])
    return episode


@transaction.atomic
def close_episode(*, by: Membership, episode: Episode, on: date, reason: str) -> None:
    """Care for this injury ends, with the reason. An episode that is closed already keeps its first reason."""
    _check(by, Permission.EDIT_PATIENTS, episode)
    Episode.objects.filter(pk=episode.pk, closed_on=None).update(closed_on=on, close_reason=reason)


@transaction.atomic
def reopen_episode(*, by: Membership, episode: Episode) -> None:
    """Takes back a closing; the audit keeps the reason that was given."""
    _check(by, Permission.EDIT_PATIENTS, episode)
    Episode.objects.filter(pk=episode.pk).update(closed_on=None, close_reason="")


@transaction.atomic
def change_clinic(*, by: Membership, clinic: Clinic, details: ClinicDetails) -> Clinic:
    """The clinic's name, contact, emergency words and the limits of its reminders."""
    _check(by, Permission.MANAGE_CLINIC, clinic)
    values = asdict(details)
    for name, value in values.items():
        setattr(clinic, name, value)
    clinic.save(update_fields=list(values))
    return clinic


@transaction.atomic
def change_paper(*, by: Membership, clinic: Clinic, colour: str, logo: Picture | None, is_bare: bool) -> None:
    """The clinic's colour, and its logo: `logo` replaces the one before, `is_bare` takes it away, neither leaves it."""
    _check(by, Permission.MANAGE_CLINIC, clinic)
    clinic.colour = colour
    clinic.save(update_fields=["colour"])
    if logo:
        drawn = {"image": logo.png, "width": logo.width, "height": logo.height}
        ClinicLogo.objects.update_or_create(clinic=clinic, defaults=drawn)
    elif is_bare:
        ClinicLogo.objects.filter(clinic=clinic).delete()
