"""The search of the top bar: patients, and whatever other apps registered."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from clinic import access, queries, timeline
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, can, requires

HITS = 8


@require_GET
@requires(Permission.VIEW_PATIENTS)
def search(request: ClinicRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    if queries.words_of(text):
        access.remember_reading(request, None)
        patients = list(queries.patients_matching(request.clinic, text)[: HITS + 1])
        others = timeline.search(request.clinic.pk, text)
    else:
        patients, others = [], []
    context = {
        "text": text,
        "patients": patients[:HITS],
        "more": len(patients) > HITS,
        "others": others,
        "may_edit": can(request.membership, Permission.EDIT_PATIENTS),
    }
    part = "hits" if request.htmx.target == "search-found" else "results"  # below the top bar, or on the page itself
    return page_or_partial(request, "clinic/search.html", context, partial=part)
