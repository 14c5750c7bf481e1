"""The clinician's home."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.access import remember_reading
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs.caseload.presenters import row_of, title_of
from programs.caseload.progress import two_weeks
from programs.caseload.queries import ATTENTION, counts, finished, ids_of, running_cases, unsigned_by, with_people

ROWS = 25
SHOWN = ("attention", "planned", "unsigned", "finished")


@require_safe
@requires(Permission.VIEW_PATIENTS)
def caseload(request: ClinicRequest) -> HttpResponse:
    """Who needs attention and why, worst first. Ten queries, however many runners."""
    show = request.GET.get("show", "attention")
    show = show if show in SHOWN else "attention"
    today = timezone.localdate()
    remember_reading(request, None)
    number = counts(request.clinic, today)
    drafts = list(unsigned_by(request.clinic, request.user))
    cases = {
        "attention": lambda: running_cases(request.clinic, today).filter(ATTENTION),
        "planned": lambda: running_cases(request.clinic, today).exclude(ATTENTION),
        "finished": lambda: finished(request.clinic),
        "unsigned": lambda: running_cases(request.clinic, today).none(),
    }[show]()
    page = Paginator(with_people(cases), ROWS).get_page(request.GET.get("page"))
    weeks = two_weeks(ids_of(list(page)), today)
    context = {
        "section": "caseload",
        "show": show,
        "title": title_of(number["attention"]),
        "number": number,
        "drafts": drafts,
        "keep": f"show={show}&",
        "page": page,
        "rows": [row_of(case, weeks[case.program_id], request.clinic, today) for case in page],
    }
    return render(request, "caseload/caseload.html", context)
