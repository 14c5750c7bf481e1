"""The differential beside the intake, asked for again after every answer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from assessments import access
from assessments.queries import reading_of
from assessments.wording import panel_of
from assessments.wording.changes import compared
from clinic.http import ClinicRequest, announce
from clinic.permissions import Permission, can, requires

SEEN = "X-Panel-Seen"


@require_GET
@requires(Permission.VIEW_PATIENTS)
def panel(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Only for htmx; anybody else is sent to the page. An emergency, or a signature, takes over the whole page."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    page = reverse("assessments:signed" if assessment.is_signed else "assessments:intake", args=[assessment.pk])
    if not request.htmx:
        return redirect(page)
    reading = reading_of(assessment)
    if assessment.is_signed or reading.emergency:
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    shown = compared(panel_of(reading), request.headers.get(SEEN, ""))
    context = {
        "assessment": assessment,
        "panel": shown,
        "can_write": can(request.membership, Permission.ASSESS),
    }
    response = render(request, "assessments/panel_swap.html", context)
    return announce(response, said=shown.sentence) if shown.sentence else response
