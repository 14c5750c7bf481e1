"""The differential as a page of its own, in three columns, and the referrals its red flags ask for."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments import access
from assessments.models import Assessment
from assessments.presenters.conclusion import conclusion_page
from assessments.presenters.referral import referrals_of
from assessments.queries import reading_of
from assessments.wording import Panel, panel_of, thawed
from assessments.wording.proposals import how_proposed
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires


@require_GET
@requires(Permission.VIEW_PATIENTS)
def differential(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """As it stands now; of a signed assessment as it stood then. An emergency takes over the whole page."""
    assessment = access.get_assessment(request, assessment_id)
    context = _frame(assessment)
    if assessment.is_signed:
        frozen = _frozen(assessment)
        if frozen is None:
            return redirect("assessments:signed", assessment.pk)
        return render(request, "assessments/differential.html", context | {"panel": frozen, "frozen": True})
    reading = reading_of(assessment)
    if reading.emergency:
        return redirect("assessments:intake", assessment.pk)
    context |= {
        "panel": panel_of(reading),
        "anchors": True,
        "proposals": conclusion_page(reading, ""),
        "how_proposed": how_proposed(),
        "can_write": can(request.membership, Permission.ASSESS),
        "read_at": timezone.now(),
    }
    return render(request, "assessments/differential.html", context)


@require_GET
@requires(Permission.VIEW_PATIENTS)
def referral(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """What to send along, one sheet for every red flag that stands; from the record, with what was not assessed."""
    assessment = access.get_assessment(request, assessment_id)
    panel = _frozen(assessment) if assessment.is_signed else panel_of(reading_of(assessment))
    sheets = referrals_of(assessment, panel, clinic=request.clinic, by=request.user, at=timezone.now()) if panel else ()
    return render(request, "assessments/referral.html", _frame(assessment) | {"referrals": sheets})


def _frozen(assessment: Assessment) -> Panel | None:
    kept = (assessment.shown or {}).get("panel")
    return thawed(kept) if kept else None


def _frame(assessment: Assessment) -> dict[str, object]:
    page = "assessments:signed" if assessment.is_signed else "assessments:intake"
    return {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "intake_url": reverse(page, args=[assessment.pk]),
        "can_write": False,
    }
