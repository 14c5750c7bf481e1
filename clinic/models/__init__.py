from clinic.models.audit import AccessEntry, AuditEntry
from clinic.models.base import ClinicOwned
from clinic.models.patients import Episode, Patient, RunningProfile
from clinic.models.people import Clinic, ClinicLogo, Membership, Role, User

__all__ = [
    "AccessEntry",
    "AuditEntry",
    "Clinic",
    "ClinicLogo",
    "ClinicOwned",
    "Episode",
    "Membership",
    "Patient",
    "Role",
    "RunningProfile",
    "User",
]
