"""A signed assessment: read only, as the screen showed it, ready for paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assessments import access, queries
from assessments.presenters.signed import signed_page
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from clinic.vocabulary.diagnoses import Hypothesis


@require_GET
@requires(Permission.VIEW_PATIENTS)
def signed(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    assessment = access.get_assessment(request, assessment_id)
    if not assessment.is_signed:
        return redirect("assessments:intake", assessment.pk)
    original = queries.answers_of(assessment.amends) if assessment.amends else None
    amendment = queries.amendment_of(assessment)
    context = {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "page": signed_page(assessment, queries.answers_of(assessment), original),
        "amendment": amendment,
        "can_sign": can(request.membership, Permission.SIGN),
        "can_propose": can(request.membership, Permission.PRESCRIBE)
        and amendment is None
        and assessment.conclusion.diagnosis in set(Hypothesis),
    }
    return render(request, "assessments/signed.html", context)
