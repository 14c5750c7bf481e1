"""The clinician's home."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.waiting import waiting_for
from clinic.access import remember_reading
from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from programs.caseload.presenters import ended_row_of, open_handover_row_of, row_of, title_of
from programs.caseload.progress import two_weeks
from programs.caseload.queries import HANDOVER_OPEN, Groups, Reason, finished, rows_of, running, unsigned_by

ROWS = 20
SHOWN = ("attention", "planned", "handover", "unsigned", "finished")


def _by_program(groups: Groups) -> dict[UUID, int]:
    return {program: reason for reason, programs in groups.items() for program in programs}


def _running(request: ClinicRequest, group: Groups, handovers: Groups, today: date) -> dict[str, Any]:
    """A page of one group; the runners that are not handed over carry a note, or are what the group is about."""
    reasons, missing = _by_program(group), _by_program(handovers)
    page = Paginator(list(reasons), ROWS).get_page(request.GET.get("page"))
    shown = list(page)
    weeks, clinic, rows = two_weeks(shown, today), request.clinic, []
    for case in rows_of(shown):
        program, reason = case.program_id, reasons[case.program_id]
        if group is handovers:
            rows.append(open_handover_row_of(case, reason, weeks[program], clinic, today=today))
        else:
            note = missing.get(program, 0)
            rows.append(row_of(case, reason, weeks[program], clinic, today=today, handover=note))
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
        "planned": {reason: ids for reason, ids in found.items() if Reason.AS_PLANNED <= reason < HANDOVER_OPEN},
        "handover": {reason: ids for reason, ids in found.items() if reason >= HANDOVER_OPEN},
    }
    number = {name: sum(map(len, group.values())) for name, group in groups.items()}
    number["all"] = number["attention"] + number["planned"]
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
        context |= _running(request, groups[show], groups["handover"], today)
    elif show == "finished":
        context |= _finished(request)
    else:
        context |= {"drafts": unsigned_by(request.clinic, request.user)}
    return render(request, "caseload/caseload.html", context)
