"""Reads worth a name. The clinic is said in every one, and the database holds it too."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from clinic.models import Clinic, ClinicLogo, Episode, Membership, Patient, Role
from clinic.models.patients import sort_key


def words_of(text: str) -> list[str]:
    """The words of a search, as names are stored for looking up: without accents, case and characters a name cannot have."""
    return sort_key(text.replace("\x00", "")[:100], "").replace(",", " ").split()


def _named(text: str, *, archived: bool) -> Q:
    found = Q(archived_at__isnull=not archived)
    for word in words_of(text):
        found &= Q(sort_key__contains=word)
    return found


def patients_matching(clinic: Clinic, text: str = "", *, archived: bool = False) -> QuerySet[Patient]:
    """Patients whose name holds every word of `text`, in any order, by name; open episodes come along in one more query."""
    open_episodes = Episode.objects.filter(clinic=clinic, closed_on=None).select_related("clinician")
    return (
        Patient.objects.filter(_named(text, archived=archived), clinic=clinic)
        .select_related("running")
        .prefetch_related(Prefetch("episodes", queryset=open_episodes, to_attr="open_episodes"))
        .order_by("sort_key", "id")
    )


def patient_counts(clinic: Clinic, text: str = "", *, archived: bool = False) -> dict[str, int]:
    """How many patients are in care, how many are archived, and how many a search finds. One query."""
    return Patient.objects.filter(clinic=clinic).aggregate(
        active=Count("pk", filter=Q(archived_at=None)),
        archived=Count("pk", filter=Q(archived_at__isnull=False)),
        found=Count("pk", filter=_named(text, archived=archived)),
    )


def namesakes(
    clinic_id: UUID, *, first_name: str, last_name: str, date_of_birth: date, other_than: UUID | None = None
) -> list[Patient]:
    """Patients who may be the same person: name (accents and case aside) and date of birth agree. Archived ones too."""
    same = Patient.objects.filter(
        clinic_id=clinic_id, date_of_birth=date_of_birth, sort_key=sort_key(last_name, first_name)
    ).exclude(pk=other_than)
    return list(same[:5])


def episodes_of(patient: Patient) -> list[Episode]:
    """Open ones first, then the latest."""
    found = Episode.objects.filter(clinic_id=patient.clinic_id, patient=patient).select_related("clinician")
    return sorted(found, key=lambda episode: episode.closed_on is not None)


def team(clinic: Clinic) -> list[Membership]:
    """Everyone who ever worked here, those who still do first, by name."""
    everyone = Membership.objects.filter(clinic=clinic).select_related("user")
    return sorted(everyone, key=lambda place: (place.ended_at is not None, place.shown_name.casefold()))


def treating(clinic: Clinic) -> list[Membership]:
    """Who may treat an episode: administrators and clinicians who have come in."""
    return [
        place
        for place in team(clinic)
        if place.ended_at is None and not place.invited_as and place.role in (Role.ADMINISTRATOR, Role.CLINICIAN)
    ]


def logo_of(clinic: Clinic) -> ClinicLogo | None:
    """What stands beside the clinic's name on paper. One query."""
    return ClinicLogo.objects.filter(clinic=clinic).first()
