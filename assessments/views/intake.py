"""Opening an examination and the page it is recorded on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments import access, actions
from assessments.errors import Refused
from assessments.views.pages import show_intake
from clinic.access import get_episode
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires


@require_POST
@requires(Permission.ASSESS)
def start(request: ClinicRequest, episode_id: UUID) -> HttpResponse:
    """Opens the next visit, or the one that is still open."""
    episode = get_episode(request, episode_id)
    try:
        assessment = actions.start_assessment(by=request.user, episode=episode, on=timezone.localdate())
    except Refused as error:
        context = {"section": "patients", "episode": episode, "words": error.words}
        return render(request, "assessments/refused.html", context, status=409)
    if assessment.clinician_id != request.user.pk:
        words = _("%(name)s started this visit; it is still open, so you go on with it.")
        messages.info(request, words % {"name": assessment.clinician.name})
    return redirect("assessments:intake", assessment.pk)


@require_GET
@requires(Permission.VIEW_PATIENTS)
def intake(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    assessment = access.get_assessment(request, assessment_id)
    if assessment.is_signed:
        return redirect("assessments:signed", assessment.pk)
    return show_intake(request, assessment)
