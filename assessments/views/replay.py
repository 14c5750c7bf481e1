"""A signed assessment reasoned over once more: the same result with its own knowledge, and what today's would show."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assessments import access, queries
from assessments.presenters.replay import replay_page
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires


@require_GET
@requires(Permission.VIEW_PATIENTS)
def replay(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Reads the frozen answers and reasons twice; writes nothing."""
    assessment = access.get_assessment(request, assessment_id)
    if not assessment.is_signed:
        return redirect("assessments:intake", assessment.pk)
    context = {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "page": replay_page(assessment, queries.answers_of(assessment)),
    }
    return render(request, "assessments/replay.html", context)
