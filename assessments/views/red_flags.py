"""Acting on a red flag, or releasing it with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import access, actions
from assessments.errors import AlreadySigned, Refused
from assessments.views.pages import refusal, show_intake
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires


@require_POST
@requires(Permission.ASSESS)
def red_flag(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    assessment = access.get_assessment(request, assessment_id)
    flag, kind = request.POST.get("flag", ""), request.POST.get("kind", "")
    reason = request.POST.get("reason", "")
    try:
        actions.decide_red_flag(by=request.user, assessment=assessment, flag=flag, kind=kind, reason=reason)
    except AlreadySigned as error:
        return refusal(request, assessment, error)
    except Refused as error:
        problem = {"flag": flag, "reason": reason, "words": error.words}
        return show_intake(request, assessment, flag_problem=problem, status=422)
    messages.success(request, _("Kept with the record, with your name and the time."))
    back = "conclusion" if request.POST.get("back") == "conclusion" else "intake"
    return redirect(f"assessments:{back}", assessment.pk)
