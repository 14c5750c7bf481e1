"""What the product knows and where it has it from: readable by everybody on the team, in every version that is kept."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from assessments.presenters.knowledge import Filters, knowledge_page
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires


@require_GET
@requires(Permission.VIEW_PATIENTS)
def knowledge(request: ClinicRequest) -> HttpResponse:
    """?q= narrows it down to entries that hold every word, ?kind= &cause= &standing= &review= to what they name.

    ?version= shows one that is kept, ?since= also what changed since another. Nothing of a patient stands in the address.
    """
    page = knowledge_page(Filters.of(request.GET.dict()), timezone.localdate())
    context = {"section": "knowledge", "page": page, "filters": page.filters}
    return page_or_partial(request, "assessments/knowledge.html", context, partial="entries")
