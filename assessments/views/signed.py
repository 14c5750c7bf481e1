"""A signed assessment: read only, as the screen showed it, ready for paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assessments import access, queries
from assessments.chart import areas_of
from assessments.course import course_of
from assessments.models import CoSignature
from assessments.presenters.body_chart import chart_of
from assessments.presenters.difference import difference_of, version_of
from assessments.presenters.outcomes import outcomes_table
from assessments.presenters.signed import signed_page, version_lines
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis

HAS_A_PROGRAM = {*Hypothesis, WorkingDiagnosis.MIXED}
"""Conclusions a program may stand on; for a referral, or a cause outside the four, the library has none."""


@require_GET
@requires(Permission.VIEW_PATIENTS)
def signed(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """The version with what it changed, the other versions of the visit, and every co-signature."""
    assessment = access.get_assessment(request, assessment_id)
    if not assessment.is_signed:
        return redirect("assessments:intake", assessment.pk)
    versions = version_lines(queries.versions_of(assessment), assessment)
    amendment = next((line.assessment for line in versions if line.assessment.amends_id == assessment.pk), None)
    cosignatures = queries.cosignatures_of(assessment)
    answers = queries.answers_of(assessment)
    areas = areas_of(queries.pain_areas_of(assessment))
    replaced = amendment is not None and amendment.is_signed
    may_sign = can(request.membership, Permission.SIGN)
    context = {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "page": signed_page(assessment, answers),
        "chart": chart_of(areas) if areas else None,
        "outcomes": outcomes_table(course_of(assessment, answers)),
        "versions": versions,
        "this_version": next(line for line in versions if line.is_this),
        "amendment": amendment,
        "cosignatures": cosignatures,
        "asked_of_me": next(
            (row for row in cosignatures if _is_open(row) and row.asked_of_id == request.user.pk), None
        ),
        "can_sign": may_sign,
        "can_ask": may_sign and not replaced,
        "can_propose": can(request.membership, Permission.PRESCRIBE)
        and amendment is None
        and assessment.conclusion.diagnosis in HAS_A_PROGRAM,
    }
    if assessment.amends:
        context["difference"] = difference_of(version_of(assessment.amends), version_of(assessment))
    return render(request, "assessments/signed.html", context)


def _is_open(row: CoSignature) -> bool:
    return row.state == CoSignature.State.ASKED
