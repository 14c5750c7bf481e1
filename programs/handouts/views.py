"""The paper's progress, its file, and another try."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires
from programs import access, actions
from programs.handouts.access import get_version
from programs.models import Handout
from programs.presenters.issued import asks_again

TEMPLATE = "programs/handout.html"


@require_safe
@requires(Permission.VIEW_PATIENTS)
def handout(request: ClinicRequest, handout_id: UUID) -> HttpResponse:
    """The job in one line. htmx asks every second until the answer no longer tells it to; without script one reloads."""
    found = access.get_handout(request, handout_id)
    return page_or_partial(request, TEMPLATE, job_context(found), partial="job")


def job_context(handout: Handout) -> dict[str, Any]:
    return {
        "section": "patients",
        "handout": handout,
        "asks_again": asks_again(handout, timezone.now()),
        "program_id": handout.version.program_id,
    }


@require_safe
@requires(Permission.VIEW_PATIENTS)
def pdf(request: ClinicRequest, handout_id: UUID) -> HttpResponse:
    """The file, never kept by anything on the way; its name says the version and nothing about the runner."""
    content, version = access.get_handout_pdf(request, handout_id)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="exercises-v{version.number}.pdf"',
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
@requires(Permission.PRESCRIBE)
def retry(request: ClinicRequest, handout_id: UUID) -> HttpResponse:
    found = access.get_handout(request, handout_id)
    actions.retry_handout(by=request.user, handout=found)
    if request.htmx:
        return page_or_partial(request, TEMPLATE, job_context(access.get_handout(request, handout_id)), partial="job")
    return redirect("programs:handout", found.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def order(request: ClinicRequest, version_id: UUID) -> HttpResponse:
    """One of the three prints of an issued version; its line on the program's page then says how far it is."""
    version = get_version(request, version_id)
    try:
        actions.order_handout(
            by=request.user,
            version=version,
            kind=request.POST.get("kind", ""),
            paper=request.POST.get("paper", ""),
        )
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    return redirect("programs:program", version.program_id)
