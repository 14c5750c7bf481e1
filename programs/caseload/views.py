"""The clinician's home."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.waiting import waiting_for
from clinic.access import remember_reading
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from programs.caseload.presenters import ended_row_of, row_of, title_of
from programs.caseload.progress import two_weeks
from programs.caseload.queries import Groups, Reason, finished, rows_of, running, unsigned_by

ROWS = 20
SHOWN = ("attention", "planned", "unsigned", "finished")


def _running(request: ClinicRequest, groups: Groups, today: date) -> dict[str, Any]:
    reasons = {program: reason for reason, programs in groups.items() for program in programs}
    page = Paginator(list(reasons), ROWS).get_page(request.GET.get("page"))
    shown = list(page)
    weeks = two_weeks(shown, today)
    rows = [
        row_of(case, reasons[case.program_id], weeks[case.program_id], request.clinic, today) for case in rows_of(shown)
    ]
    return {"page": page, "rows": rows}


def _finished(request: ClinicRequest) -> dict[str, Any]:
    page = Paginator(finished(request.clinic), ROWS).get_page(request.GET.get("page"))
    return {"page": page, "ended": [ended_row_of(case) for case in page]}


@require_safe
@requires(Permission.VIEW_PATIENTS)
def caseload(request: ClinicRequest) -> HttpResponse:
    """Who needs attention and why, worst first. At most twelve queries with login and clinic, however many runners."""
    show = request.GET.get("show", "attention")
    show = show if show in SHOWN else "attention"
    today = timezone.localdate()
    remember_reading(request, None)
    found = running(request.clinic, today)
    groups = {
        "attention": {reason: ids for reason, ids in found.items() if reason < Reason.AS_PLANNED},
        "planned": {reason: ids for reason, ids in found.items() if reason >= Reason.AS_PLANNED},
    }
    number = {name: sum(map(len, group.values())) for name, group in groups.items()}
    number["all"] = sum(number.values())
    waiting = waiting_for(request.clinic, request.user)
    context: dict[str, Any] = {
        "section": "caseload",
        "show": show,
        "title": title_of(number["attention"], number["all"]),
        "number": number,
        "unsigned": waiting.drafts,
        "waiting": waiting,
        "may_sign": can(request.membership, Permission.SIGN),
        "keep": f"show={show}&",
        "may_register": can(request.membership, Permission.EDIT_PATIENTS),
    }
    if show in groups:
        context |= _running(request, groups[show], today)
    elif show == "finished":
        context |= _finished(request)
    else:
        context |= {"drafts": unsigned_by(request.clinic, request.user)}
    return render(request, "caseload/caseload.html", context)
