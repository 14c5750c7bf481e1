"""The clinician's home."""

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.access import remember_reading
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from programs.caseload.presenters import ended_row_of, row_of, title_of
from programs.caseload.progress import two_weeks
from programs.caseload.queries import ATTENTION, counts, finished, running_cases, unsigned_by, with_people

ROWS = 25
SHOWN = ("attention", "planned", "unsigned", "finished")


def _page(request: ClinicRequest, cases: Any, number: int) -> Page[Any]:
    """One page of rows; how many there are is known already, so it is not counted again."""
    paginator = Paginator(cases, ROWS)
    paginator.count = number
    return paginator.get_page(request.GET.get("page"))


def _running(request: ClinicRequest, show: str, today: date, number: int) -> dict[str, Any]:
    cases = running_cases(request.clinic, today)
    cases = cases.filter(ATTENTION) if show == "attention" else cases.exclude(ATTENTION)
    page = _page(request, with_people(cases), number)
    weeks = two_weeks([case.program_id for case in page], today)
    return {"page": page, "rows": [row_of(case, weeks[case.program_id], request.clinic, today) for case in page]}


def _finished(request: ClinicRequest, number: int) -> dict[str, Any]:
    page = _page(request, with_people(finished(request.clinic)), number)
    return {"page": page, "ended": [ended_row_of(case) for case in page]}


@require_safe
@requires(Permission.VIEW_PATIENTS)
def caseload(request: ClinicRequest) -> HttpResponse:
    """Who needs attention and why, worst first. At most twelve queries with login and clinic, however many runners."""
    show = request.GET.get("show", "attention")
    show = show if show in SHOWN else "attention"
    today = timezone.localdate()
    remember_reading(request, None)
    number = counts(request.clinic, today)
    drafts = list(unsigned_by(request.clinic, request.user))
    context: dict[str, Any] = {
        "section": "caseload",
        "show": show,
        "title": title_of(number["attention"], number["all"]),
        "number": number,
        "drafts": drafts,
        "keep": f"show={show}&",
        "may_register": can(request.membership, Permission.EDIT_PATIENTS),
    }
    if show == "finished":
        context |= _finished(request, number["finished"])
    elif show != "unsigned":
        context |= _running(request, show, today, number[show])
    return render(request, "caseload/caseload.html", context)
