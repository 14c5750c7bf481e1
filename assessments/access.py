"""The only road to an assessment. A stranger gets 404, and every reading is remembered with the patient it concerns."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from assessments.models import Assessment, CoSignature
from clinic.access import remember_reading
from clinic.http import ClinicRequest

RUNNER = ("episode__patient__running",)
EVERYTHING = (*RUNNER, "clinician", "signed_by", "conclusion", "amends")


def get_assessment(request: ClinicRequest, assessment_id: UUID, *, related: tuple[str, ...] = EVERYTHING) -> Assessment:
    """The assessment with what is `related`, or 404. Two queries (one on a post).

    EVERYTHING is episode, patient, running profile, people and conclusion; RUNNER, for what is asked with every answer,
    leaves out the people and the conclusion and takes half the time.
    """
    found: Assessment = get_object_or_404(
        Assessment.objects.filter(clinic=request.clinic).select_related(*related), pk=assessment_id
    )
    remember_reading(request, found.episode.patient)
    return found


def get_cosignature(request: ClinicRequest, cosignature_id: UUID) -> CoSignature:
    """A request to co-sign with its assessment, conclusion, people and patient, or 404. Two queries (one on a post)."""
    related = ("asked_by", "asked_of", *(f"assessment__{name}" for name in EVERYTHING))
    found: CoSignature = get_object_or_404(
        CoSignature.objects.filter(clinic=request.clinic).select_related(*related), pk=cosignature_id
    )
    remember_reading(request, found.assessment.episode.patient)
    return found
