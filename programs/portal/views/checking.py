"""Short checks at home: which are due, and one at a time."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programs.portal.access import Visit, patient_page
from programs.portal.actions import log_check
from programs.portal.actions.checks import Measured
from programs.portal.forms import CheckReport
from programs.portal.presenters import Day, pain_words
from programs.portal.presenters_check import check_form, check_lines
from programs.portal.queries_reported import own_check
from programs.portal.sending import onward, told_in
from programs.portal.views.frame import a_day, day_url, frame
from programs.progression.home_checks import HOME_CHECKS, HomeCheck


@require_safe
@patient_page
def checks(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every check of the program with its newest result; none is asked more than once a week."""
    context = frame(request, visit, Day(visit.today, [])) | {"checks": check_lines(visit)}
    return render(request, "portal/checks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def check(request: HttpRequest, visit: Visit, day: str, key: str) -> HttpResponse:
    """One check: how it is done and what came out. Telling it again corrects the result of that day."""
    on, _version = a_day(visit, day)
    asked = HOME_CHECKS.get(key)
    if asked is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, visit, on, asked)
    form = CheckReport(asked, request.POST)
    if not form.is_valid():
        return _shown(request, visit, on, asked, form)
    return _written(request, visit, on, asked, form.cleaned_data)


def _shown(
    request: HttpRequest, visit: Visit, day: date, asked: HomeCheck, form: CheckReport | None = None
) -> HttpResponse:
    result = own_check(visit.program.pk, asked.key, day)
    context = frame(request, visit, Day(day, [])) | {
        "form": check_form(visit, asked, result, form),
        "result": result,
        "pain_words": pain_words(visit.version.content["pain_ceiling"]),
    }
    return render(request, "portal/check.html", context, status=422 if form else 200)


def _written(request: HttpRequest, visit: Visit, day: date, asked: HomeCheck, said: dict[str, Any]) -> HttpResponse:
    """On to the next check that is due, else back to the day."""
    told = told_in(request, timezone.now())
    try:
        log_check(
            program=visit.program, key=asked.key, day=day, measured=Measured(**said), today=visit.today, told=told
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return onward(request, day_url(visit, day))
    if not told.is_late(timezone.now()):
        messages.success(request, _("Saved. Your clinic looks at it with you."))
    due = [line for line in check_lines(visit) if line.is_due] if day == visit.today else []
    return onward(request, due[0].url if due else day_url(visit, day))
