"""Reads worth a name. Every one says which clinic; none writes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from assessments.mapping import Reading, read
from assessments.models import Answer, Assessment, CoSignature, PainArea, RedFlagDecision
from clinic.models import Episode, User
from clinic.permissions import ROLE_PERMISSIONS, Permission


def assessments_of(episode: Episode) -> QuerySet[Assessment]:
    """All assessments of an episode, newest first, drafts and amendments included, with conclusion and signer. One query."""
    return (
        Assessment.objects.filter(clinic_id=episode.clinic_id, episode=episode)
        .select_related("conclusion", "clinician", "signed_by", "amends")
        .order_by("-visit", "-created_at")
    )


def draft_of(episode: Episode) -> Assessment | None:
    """The one open assessment of an episode, or None. One query."""
    return assessments_of(episode).filter(state=Assessment.State.DRAFT).first()


def answers_of(assessment: Assessment) -> list[Answer]:
    return list(Answer.objects.filter(clinic_id=assessment.clinic_id, assessment=assessment))


def decisions_of(assessment: Assessment) -> list[RedFlagDecision]:
    """Newest first, with who made them."""
    return list(
        RedFlagDecision.objects.filter(clinic_id=assessment.clinic_id, assessment=assessment)
        .select_related("by")
        .order_by("-created_at")
    )


def reading_of(assessment: Assessment) -> Reading:
    """Answers, reasoning and decisions together. Two queries, and the reasoning's few milliseconds."""
    return read(assessment, answers_of(assessment), decisions_of(assessment))


def episode_of(assessment: Assessment) -> Episode:
    """The episode as it is now, with patient and running profile. One query."""
    episodes = Episode.objects.filter(clinic_id=assessment.clinic_id).select_related("patient__running")
    return episodes.get(pk=assessment.episode_id)


def amendment_of(assessment: Assessment) -> Assessment | None:
    """The assessment that corrects this one, draft or signed, or None. One query."""
    return (
        Assessment.objects.filter(clinic_id=assessment.clinic_id, amends=assessment)
        .select_related("clinician", "signed_by")
        .first()
    )


@dataclass(frozen=True)
class Asked:
    """A colleague was asked to co-sign; `at` is when that was answered, or when it was asked."""

    name: str
    state: str
    words: str
    at: datetime


@dataclass(frozen=True)
class Told:
    """One assessment of a patient's record, or an episode without any (`id` is None)."""

    episode_id: UUID
    closed_on: date | None
    id: UUID | None
    visit: int
    state: str
    created_at: datetime
    signed_at: datetime | None
    amends_id: UUID | None
    clinician: str
    diagnosis: str
    side: str
    stage: int | None
    cosignatures: tuple[Asked, ...]

    @property
    def is_signed(self) -> bool:
        return self.state == Assessment.State.SIGNED


def told_of_patient(clinic_id: UUID, patient_id: UUID) -> list[Told]:
    """Every episode of a patient with every assessment in it, newest first, as the record words them. One query."""
    names = ("id", "visit", "state", "created_at", "signed_at", "amends_id", "clinician__name")
    conclusion = ("diagnosis", "side", "stage")
    asked = CoSignature.objects.filter(clinic_id=clinic_id, assessment=OuterRef("assessments__id")).order_by(
        "created_at"
    )
    said = JSONObject(name="asked_of__name", state="state", words="words", at=Coalesce("answered_at", "created_at"))
    rows = (
        Episode.objects.filter(clinic_id=clinic_id, patient_id=patient_id)
        .annotate(cosignatures=ArraySubquery(asked.values_list(said)))
        .order_by("-created_at", "-assessments__visit", "-assessments__created_at")
        .values_list(
            "id",
            "closed_on",
            *(f"assessments__{name}" for name in names),
            *(f"assessments__conclusion__{name}" for name in conclusion),
            "cosignatures",
        )
    )
    return [Told(*row[:-1], cosignatures=tuple(_asked(item) for item in row[-1])) for row in rows]


def _asked(item: dict[str, str]) -> Asked:
    return Asked(item["name"], item["state"], item["words"], datetime.fromisoformat(item["at"]))


def cosigners_of(assessment: Assessment, *, but: User) -> list[User]:
    """Who may be asked to co-sign: everybody who signs in this clinic, without the signer and `but`. By name. One query."""
    roles = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.SIGN in permissions]
    people = User.objects.filter(
        memberships__clinic_id=assessment.clinic_id,
        memberships__role__in=roles,
        memberships__ended_at=None,
        memberships__invited_as="",  # somebody who has not come in yet is not asked
    )
    return list(people.exclude(pk__in=[assessment.signed_by_id, but.pk]).order_by("name", "pk"))


def cosignatures_of(assessment: Assessment) -> list[CoSignature]:
    """Everybody who was asked about this version, in the order asked, with both names. One query."""
    rows = CoSignature.objects.filter(clinic_id=assessment.clinic_id, assessment=assessment)
    return list(rows.select_related("asked_by", "asked_of").order_by("created_at"))


def versions_of(assessment: Assessment) -> list[Assessment]:
    """The first version of this visit and every amendment of it, oldest first, with who signed. One query."""
    rows = Assessment.objects.filter(
        clinic_id=assessment.clinic_id, episode_id=assessment.episode_id, visit=assessment.visit
    )
    return list(rows.select_related("clinician", "signed_by").defer("shown").order_by("created_at"))


def earlier_answers(assessment: Assessment, *, keys: Collection[str] = ()) -> list[Answer]:
    """What earlier signed visits of this episode found: for every place the newest visit that examined it. One query.

    Each with the day and number of its visit. What nobody confirmed then, and what an amendment replaced, is no finding.
    """
    amended = Assessment.objects.filter(amends=OuterRef("assessment"), state=Assessment.State.SIGNED)
    rows = Answer.objects.filter(
        clinic_id=assessment.clinic_id,
        assessment__episode_id=assessment.episode_id,
        assessment__state=Assessment.State.SIGNED,
        assessment__visit__lt=assessment.visit,
        carried_from=None,
    ).exclude(Exists(amended))
    if keys:
        rows = rows.filter(key__in=keys)
    newest = rows.exclude(value="not_assessed").order_by("key", "side", "-assessment__visit").distinct("key", "side")
    return list(newest.select_related("assessment").defer("assessment__shown"))


def earlier_visits(assessment: Assessment) -> list[Assessment]:
    """The signed visits of this patient before this one, newest first, in this episode and in others. One query.

    Of an amended visit only the version that holds.
    """
    amended = Assessment.objects.filter(amends=OuterRef("pk"), state=Assessment.State.SIGNED)
    rows = Assessment.objects.filter(
        clinic_id=assessment.clinic_id,
        episode__patient_id=assessment.episode.patient_id,
        state=Assessment.State.SIGNED,
    ).exclude(Exists(amended))
    own = Q(episode_id=assessment.episode_id)
    rows = rows.filter(~own | own & Q(visit__lt=assessment.visit))
    return list(rows.select_related("episode").defer("shown").order_by("-examined_on", "-visit"))


def pain_areas_of(assessment: Assessment) -> list[PainArea]:
    """What is marked on the body chart. One query."""
    return list(PainArea.objects.filter(clinic_id=assessment.clinic_id, assessment=assessment))
