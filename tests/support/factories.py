"""Believable records for tests. Each opens the clinic's scope it needs."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.models import Clinic, Episode, Membership, Patient, Role, RunningProfile, User
from clinic.tenancy import clinic_scope

_count = itertools.count(1)
PASSWORD = "a-long-enough-password-17"  # the password of every test person


@dataclass(frozen=True)
class World:
    """One clinic with one person per role."""

    clinic: Clinic
    administrator: User
    clinician: User
    reader: User


def make_user(name: str, clinic: Clinic, role: str) -> User:
    user = User.objects.create_user(
        email=f"{role}.{next(_count)}.{uuid.uuid4().hex[:6]}@clinic.test", name=name, password=PASSWORD
    )
    with clinic_scope(clinic.pk, actor="system:tests"):
        Membership.objects.create(clinic=clinic, user=user, role=role)
    return user


def make_clinic(name: str = "Larkfield Running Physio", **fields: Any) -> World:
    clinic = Clinic(name=name, phone="020 7946 0147", email="hello@larkfield.test", **fields)
    with clinic_scope(clinic.pk, actor="system:tests"):
        clinic.save(force_insert=True)
    return World(
        clinic=clinic,
        administrator=make_user("Ada Lindqvist", clinic, Role.ADMINISTRATOR),
        clinician=make_user("Ines Halvard", clinic, Role.CLINICIAN),
        reader=make_user("Rolf Penn", clinic, Role.READER),
    )


def make_patient(clinic: Clinic, **fields: Any) -> Patient:
    """Inside the clinic's scope. A distance runner of 34 unless told otherwise."""
    running = fields.pop("running", {})
    defaults = {
        "first_name": "Ana",
        "last_name": "Ferreira",
        "date_of_birth": date(1992, 3, 9),
        "sex": "female",
        "email": "ana@runner.test",
    }
    patient = Patient.objects.create(clinic=clinic, **(defaults | fields))
    RunningProfile.objects.create(
        clinic=clinic, patient=patient, **({"running_type": "distance", "weekly_km": 48} | running)
    )
    return patient


def make_episode(world: World, patient: Patient | None = None, **fields: Any) -> Episode:
    patient = patient or make_patient(world.clinic)
    defaults = {"painful_side": "right", "began_on": date(2026, 9, 20), "clinician": world.clinician}
    return Episode.objects.create(clinic=world.clinic, patient=patient, **(defaults | fields))
