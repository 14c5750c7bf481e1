"""What waits for somebody's signature. Reads only; every one says which clinic."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value

from assessments.models import Assessment, CoSignature
from clinic.models import Clinic, User

SHOWN_ASKED = 20


@dataclass(frozen=True)
class Waiting:
    """How many of a person's own drafts, and how many questions of colleagues, are open."""

    drafts: int
    cosignatures: int

    @property
    def number(self) -> int:
        return self.drafts + self.cosignatures


def drafts_of(clinic: Clinic, *, by: User | None = None) -> QuerySet[Assessment]:
    """Unsigned assessments of runners who are not archived, oldest first; of one clinician when `by` is given.

    With everything needed to say what is missing, but answers and decisions. One query.
    """
    drafts = Assessment.objects.filter(
        clinic=clinic, state=Assessment.State.DRAFT, episode__patient__archived_at=None
    ).select_related("episode__patient__running", "conclusion", "clinician", "amends__signed_by")
    if by is not None:
        drafts = drafts.filter(clinician=by)
    return drafts.defer("amends__shown").order_by("examined_on", "created_at")


def cosignatures_asked_of(clinic: Clinic, user: User) -> list[CoSignature]:
    """What colleagues want this person to co-sign, the longest waiting first. One query."""
    return list(_requests(clinic).filter(asked_of=user, state=CoSignature.State.ASKED).order_by("created_at"))


def cosignatures_asked_by(clinic: Clinic, user: User) -> list[CoSignature]:
    """What this person asked of colleagues and what became of it, newest first, the last twenty. One query."""
    return list(_requests(clinic).filter(asked_by=user).order_by("-created_at")[:SHOWN_ASKED])


def waiting_for(clinic: Clinic, user: User) -> Waiting:
    """How much waits for this person. One query."""
    drafts = drafts_of(clinic, by=user).select_related(None).order_by()
    asked = CoSignature.objects.filter(
        clinic=clinic, asked_of=user, state=CoSignature.State.ASKED, assessment__episode__patient__archived_at=None
    ).order_by()
    counted = [
        rows.values(kind=Value(kind)).annotate(number=Count("pk")).values_list("kind", "number")
        for kind, rows in (("drafts", drafts), ("cosignatures", asked))
    ]
    return Waiting(**({"drafts": 0, "cosignatures": 0} | dict(counted[0].union(counted[1], all=True))))


def _requests(clinic: Clinic) -> QuerySet[CoSignature]:
    rows = CoSignature.objects.filter(clinic=clinic, assessment__episode__patient__archived_at=None)
    people = ("asked_by", "asked_of", "assessment__signed_by", "assessment__conclusion")
    return rows.select_related(*people, "assessment__episode__patient").defer("assessment__shown")
