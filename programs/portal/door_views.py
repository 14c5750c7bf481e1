"""Where the year of birth is answered."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from clinic.tenancy import clinic_scope
from programs.portal import door
from programs.portal.access import Visit, clinic_of_closed, knock, visit_behind
from programs.portal.answers import closed, wait


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_door(request: HttpRequest, token: str) -> HttpResponse:
    """The right year opens every page of this link on this device for 90 days; a wrong one may be tried again."""
    found = knock(request, token)
    if isinstance(found, HttpResponse):
        return found
    with clinic_scope(found.clinic_id, actor=f"patient:{found.link_id}"):
        visit = visit_behind(found, token)
        if isinstance(visit, str):
            return closed(request, clinic_of_closed(found), status=410, why=visit)
        to = door.way_on(token, request.POST.get("to", ""))
        refused = None
        if request.method == "POST" and door.is_shut(request, visit.clinic, found.link_id):
            refused = _refused(request, visit, to)
        answer = refused or redirect(to)
    if request.method == "POST" and refused is None:
        door.let_in(answer, token, found.link_id)
    return answer


def _refused(request: HttpRequest, visit: Visit, to: str) -> HttpResponse | None:
    """The question again, or a page that asks to wait; None for the right year."""
    year = request.POST.get("year", "").strip()
    if not re.fullmatch(r"[0-9]{4}", year):
        return door.ask(request, visit.token, visit.clinic, wrong="form", to=to)
    if seconds := door.wait_of(request, visit.link.pk):
        return wait(request, "portal/wait_door.html", clinic=visit.clinic, seconds=seconds)
    if int(year) != visit.patient.date_of_birth.year:
        return door.ask(request, visit.token, visit.clinic, wrong="year", to=to)
    return None
