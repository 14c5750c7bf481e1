"""The clinician's home."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from assessments.waiting import waiting_for
from clinic.access import remember_reading
from clinic.http import ClinicRequest, announce, page_or_partial
from clinic.permissions import Permission, can, requires
from programs import access
from programs.caseload import queries
from programs.caseload.handling import Refused, handle_case, take_back
from programs.caseload.presenters import (
    Row,
    ended_row_of,
    links_of,
    open_handover_row_of,
    row_of,
    title_of,
)
from programs.caseload.progress import two_weeks
from programs.caseload.queries import Counts
from programs.caseload.reasons import ATTENTION, PLANNED, Reason
from programs.caseload.why import Case, why_of
from programs.models import Standing

ROWS = 20
ALARMS = 5  # named above the list; the list has the rest
GROUPS: dict[str, tuple[Reason, ...]] = {
    "attention": ATTENTION,
    "ready": (Reason.READY,),
    "planned": PLANNED,
    "later": (Reason.PUT_OFF,),
}
SHOWN = (*GROUPS, "handover", "unsigned", "finished")
LATER_DAYS = {"1": 1, "3": 3, "7": 7}
REFUSALS = {
    Refused.CHANGED: gettext_lazy("Something was told meanwhile, so nothing was put off. Look at the list again."),
    Refused.URGENT: gettext_lazy("Something urgent was reported. Open the program and deal with it there."),
    Refused.GONE: gettext_lazy("This runner no longer needs anybody: a colleague was quicker, or something changed."),
}


@dataclass(frozen=True)
class Number:
    """How many are in each group."""

    attention: int
    ready: int
    planned: int
    later: int
    handover: int
    all: int
    alarms: int

    @property
    def mark(self) -> str:
        """The same as long as nothing is counted differently."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def _number(found: Counts) -> Number:
    of = {name: found.sum(reasons) for name, reasons in GROUPS.items()}
    return Number(**of, handover=found.handover, all=found.running, alarms=found.sum([Reason.NEW_SYMPTOM]))


def _show(request: ClinicRequest) -> str:
    show = request.GET.get("show", "attention")
    return show if show in SHOWN else "attention"


def _page(request: ClinicRequest, cases: QuerySet[Standing], number: int) -> tuple[Page[int], list[Standing]]:
    """A page of what was counted already, and its rows."""
    page = Paginator(range(number), ROWS).get_page(request.GET.get("page"))
    return page, queries.with_people(cases, max(page.start_index() - 1, 0), ROWS) if number else []


def _cases(request: ClinicRequest, shown: list[Standing], today: date) -> list[Case]:
    """The rows with what was told and who put them off, each read only where it is shown. At most two queries."""
    new = [case.program_id for case in shown if case.attention == Reason.NEW_SYMPTOM]
    quiet = [case.program_id for case in shown if case.attention == Reason.PUT_OFF]
    news = queries.news_of(new) if new else {}
    handlings = queries.handlings_of(quiet) if quiet else {}
    return [Case(one, request.clinic, today, news.get(one.program_id), handlings.get(one.program_id)) for one in shown]


def _running(request: ClinicRequest, show: str, number: Number, today: date) -> dict[str, Any]:
    """A page of one group; the runners that are not handed over carry a note, or are what the group is about."""
    if show == "handover":
        page, shown = _page(request, queries.not_handed_over(request.clinic), number.handover)
    else:
        page, shown = _page(request, queries.listed(request.clinic, GROUPS[show]), getattr(number, show))
    weeks = two_weeks([case.program_id for case in shown], today) if shown else {}
    present = open_handover_row_of if show == "handover" else row_of
    rows: list[Row] = [present(case, weeks[case.standing.program_id]) for case in _cases(request, shown, today)]
    return {"page": page, "rows": rows}


def _alarms(request: ClinicRequest, today: date) -> list[dict[str, Any]]:
    """Something new that somebody has to look at now, each with its link. Two queries."""
    found = queries.with_people(queries.listed(request.clinic, (Reason.NEW_SYMPTOM,)), 0, ALARMS)
    return [
        {
            "patient": case.standing.program.episode.patient,
            "why": why_of(case),
            "links": links_of(case.standing.program, "new-symptom"),
        }
        for case in _cases(request, found, today)
    ]


def _head(request: ClinicRequest, number: Number, show: str) -> dict[str, Any]:
    waiting = waiting_for(request.clinic, request.user)
    return {
        "show": show,
        "title": title_of(number.attention, number.all),
        "number": number,
        "unsigned": waiting.drafts,
        "waiting": waiting,
        "may_sign": can(request.membership, Permission.SIGN),
        "may_register": can(request.membership, Permission.EDIT_PATIENTS),
        "may_handle": can(request.membership, Permission.PRESCRIBE),
    }


@require_safe
@requires(Permission.VIEW_PATIENTS)
def caseload(request: ClinicRequest) -> HttpResponse:
    """Who needs attention and why, worst first. At most twelve queries with login and clinic, however many runners, once
    what was told since the last look is worked out.
    """
    show, today = _show(request), timezone.localdate()
    remember_reading(request, None)
    number = _number(queries.counts(request.clinic, today))
    context = {"section": "caseload", "keep": f"show={show}&", **_head(request, number, show)}
    if show == "finished":
        page = Paginator(queries.finished(request.clinic), ROWS).get_page(request.GET.get("page"))
        context |= {"page": page, "ended": [ended_row_of(case) for case in page]}
    elif show == "unsigned":
        context |= {"drafts": queries.unsigned_by(request.clinic, request.user)}
    else:
        context |= _running(request, show, number, today)
    if number.alarms and (show != "attention" or context["page"].number > 1):
        context["alarms"] = _alarms(request, today)
    if (done := request.GET.get("done", "")) and can(request.membership, Permission.PRESCRIBE):
        context["handled"] = queries.handling_of(request.clinic, done)
    return page_or_partial(request, "caseload/caseload.html", context, partial="caseload")


@require_safe
@requires(Permission.VIEW_PATIENTS)
def news(request: ClinicRequest) -> HttpResponse:
    """Asked by the open page every half minute: 204 while nothing is counted differently, else the head of the page anew,
    with the runners who reported something urgent by name. Seven queries when nothing changed.
    """
    show, today = _show(request), timezone.localdate()
    number = _number(queries.counts(request.clinic, today))
    if number.mark == request.GET.get("seen"):
        return HttpResponse(status=204)
    context = _head(request, number, show) | {"is_newer": True}
    if number.alarms:
        remember_reading(request, None)
        context["alarms"] = _alarms(request, today)
    response = render(request, "caseload/caseload.html#head", context)
    return announce(response, said=_("A runner reported something new. Look at it now.") if number.alarms else "")


def _back(request: ClinicRequest, **more: str) -> HttpResponse:
    show = request.POST.get("show", "")
    kept = {"show": show if show in SHOWN else "attention"} | more
    if (page := request.POST.get("page", "")).isdigit():
        kept["page"] = page
    return redirect(f"{reverse('programs:caseload')}?{urlencode(kept)}")


@require_POST
@requires(Permission.PRESCRIBE)
def handle(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Handled, or later: `later` is a number of days, empty for handled. What was not seen is not put off."""
    program = access.get_program(request, program_id)
    later = request.POST.get("later", "")
    note = " ".join(request.POST.get("note", "").split())[:300]
    today = timezone.localdate()
    if later and (later not in LATER_DAYS or not note):
        messages.error(request, _("Say until when and why, so that colleagues know."))
        return _back(request)
    until = today + timedelta(days=LATER_DAYS[later]) if later else None
    seen = request.POST.get("seen", "")
    answer = handle_case(by=request.user, program=program, today=today, seen=seen, until=until, note=note)
    if isinstance(answer, Refused):
        messages.warning(request, str(REFUSALS[answer]))
        return _back(request)
    return _back(request, done=str(answer.pk))


@require_POST
@requires(Permission.PRESCRIBE)
def handle_back(request: ClinicRequest, handling_id: UUID) -> HttpResponse:
    """Undo, or take back from the list of those put off. Doing it twice changes nothing."""
    handling = access.get_handling(request, handling_id)
    if take_back(by=request.user, handling=handling):
        messages.success(request, _("Taken back: the runner is on the list again."))
    return _back(request)
