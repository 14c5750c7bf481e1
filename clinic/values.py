"""What forms hand to actions: plain values, checked in form but not yet written."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal


@dataclass(frozen=True)
class PatientDetails:
    """Identity, contact and reminders of a patient, and how the patient runs. Weekdays of `run_days`: Monday is "0"."""

    first_name: str
    last_name: str
    date_of_birth: date
    sex: str = ""
    email: str = ""
    phone: str = ""
    time_zone: str = "Europe/London"
    language: str = "en"
    reminders: bool = True
    reminder_hour: int = 18
    running_type: str = "distance"
    weekly_km: Decimal | None = None
    run_days: str = ""
    goal: str = ""
    goal_date: date | None = None


PROFILE_FIELDS = ("running_type", "weekly_km", "run_days", "goal", "goal_date")
"""The part of PatientDetails that lives in the running profile."""


@dataclass(frozen=True)
class ClinicDetails:
    """What an administrator may change of the clinic."""

    name: str
    phone: str
    email: str
    address: str
    time_zone: str
    language: str
    emergency_number: str
    urgent_number: str
    emergency_place: str
    paper: str
    quiet_from: time
    quiet_until: time
    reminders_per_week: int
    pause_after_ignored: int
    ask_birth_year: bool = False
