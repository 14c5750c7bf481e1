"""What the product knows and where it has it from: readable by everybody on the team."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from assessments.presenters.knowledge import knowledge_page
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires


@require_GET
@requires(Permission.VIEW_PATIENTS)
def knowledge(request: ClinicRequest) -> HttpResponse:
    """?q= narrows it down to entries that hold every word."""
    query = request.GET.get("q", "").strip()[:100]
    context = {"section": "knowledge", "query": query, "page": knowledge_page(query)}
    return page_or_partial(request, "assessments/knowledge.html", context, partial="entries")
