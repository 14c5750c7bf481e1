"""The only road to an assessment. A stranger gets 404, and every reading is remembered with the patient it concerns."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from clinic.access import remember_reading
from clinic.http import ClinicRequest


def get_assessment(request: ClinicRequest, assessment_id: UUID) -> Assessment:
    """The assessment with episode, patient, running profile, people and conclusion, or 404. Two queries (one on a post)."""
    found: Assessment = get_object_or_404(
        Assessment.objects.filter(clinic=request.clinic).select_related(
            "episode__patient__running", "clinician", "signed_by", "conclusion", "amends"
        ),
        pk=assessment_id,
    )
    remember_reading(request, found.episode.patient)
    return found
