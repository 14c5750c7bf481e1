"""From a signed conclusion to the builder."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from clinic.http import ClinicRequest, go_to
from clinic.permissions import Permission, requires
from programs import access, actions, queries
from programs.actions.propose import RefusedError, RunningError


@require_POST
@requires(Permission.PRESCRIBE)
def propose(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Opens the builder with a proposal. Asks first when the runner already has a program; refuses in words."""
    assessment = access.get_concluded_assessment(request, assessment_id)
    try:
        program = actions.propose_program(
            by=request.user, assessment=assessment, replace=request.POST.get("replace") == "yes"
        )
    except RunningError as running:
        context = {
            "section": "patients",
            "program": running.program,
            "newest": queries.latest_version(running.program),
            "assessment": assessment,
            "patient": assessment.episode.patient,
            "episode": assessment.episode,
        }
        return render(request, "programs/propose_again.html", context, status=409)
    except RefusedError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("clinic:patient", assessment.episode.patient_id)
    return go_to(request, "programs:builder", program.pk)
