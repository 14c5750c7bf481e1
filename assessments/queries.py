"""Reads worth a name. Every one says which clinic; none writes."""

from uuid import UUID

from django.db.models import QuerySet

from assessments.mapping import Reading, read
from assessments.models import Answer, Assessment, RedFlagDecision
from clinic.models import Episode


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


def amendment_of(assessment: Assessment) -> Assessment | None:
    """The assessment that corrects this one, draft or signed, or None. One query."""
    return (
        Assessment.objects.filter(clinic_id=assessment.clinic_id, amends=assessment)
        .select_related("clinician", "signed_by")
        .first()
    )


def assessments_of_patient(clinic_id: UUID, patient_id: UUID) -> QuerySet[Assessment]:
    """Everything ever assessed on one patient, newest first, with what the timeline words. One query."""
    return (
        Assessment.objects.filter(clinic_id=clinic_id, episode__patient_id=patient_id)
        .select_related("episode", "conclusion", "clinician", "signed_by")
        .defer("shown")
    )
