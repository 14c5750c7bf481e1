"""What is known about one finding, on demand: how to do it, what it speaks for, how accurate it is, who says so."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from assessments.presenters.about import about_of
from assessments.reasoning import FINDINGS
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires


@require_GET
@requires(Permission.VIEW_PATIENTS)
def about(request: ClinicRequest, key: str) -> HttpResponse:
    """For htmx the part that goes under the finding; otherwise a page of its own. No query: knowledge, not a record."""
    if key not in FINDINGS:
        raise Http404
    context = {"section": "knowledge", "about": about_of(key)}
    return page_or_partial(request, "assessments/about_finding.html", context, partial="about")
