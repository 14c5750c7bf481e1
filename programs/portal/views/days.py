"""Today and the earlier days of the week: everything planned, run and told. Everything works without script."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.models import ProgramVersion
from programs.portal.access import Visit, patient_page
from programs.portal.actions import log_whole_day
from programs.portal.forms import MorningReport
from programs.portal.links import PAPER
from programs.portal.news import news_of
from programs.portal.plan import next_day_of
from programs.portal.presenters import Day, course_of, day_of, pain_words, reminders_of
from programs.portal.presenters_check import CheckLine, check_lines, told_lines
from programs.portal.presenters_morning import Morning, morning_of
from programs.portal.presenters_run import run_lines, runs_url
from programs.portal.queries import days_to_correct
from programs.portal.queries_reported import runs_around
from programs.portal.sending import onward, told_in
from programs.portal.views.frame import a_day, day_url, frame


def show_day(request: HttpRequest, visit: Visit, day: Day, form: MorningReport | None = None) -> HttpResponse:
    """`form` is a morning answer that could not be taken: 422, with what was chosen."""
    runs = runs_around(visit.program.pk, day.day)
    morning = morning_of(visit, day.day, runs, form=form, asked=request.GET.get("morning", ""))
    version = visit.version_for(day.day) or visit.version
    context = frame(request, visit, day) | {
        "content": visit.version.content,
        "pain_words": pain_words(version.content["pain_ceiling"]),
        "starts_later": visit.today < visit.version.starts_on,
        "is_over": visit.today > visit.version.ends_on,
        "morning": morning,
        "runs": run_lines(visit, runs, day.day),
        "runs_url": runs_url(visit, day.day),
    }
    if day.day == visit.today:
        context |= _of_today(request, visit, visit.version, morning)
    else:
        context["told_checks"] = told_lines(visit, day.day)
    return render(request, "portal/today.html", context, status=422 if form else 200)


def _of_today(request: HttpRequest, visit: Visit, version: ProgramVersion, morning: Morning | None) -> dict[str, Any]:
    is_planned = version.starts_on <= visit.today <= version.ends_on
    checks = check_lines(visit) if is_planned else []
    return {
        "days": days_to_correct(visit.program.pk, visit.today),
        "next_day": next_day_of(version, visit.today),
        "news": news_of(visit, request.GET.get(PAPER, "")),
        "course": course_of(version.content),
        "reminders": reminders_of(visit),
        "checks": checks,
        "due_checks": _due(checks, morning),
    }


def _due(checks: list[CheckLine], morning: Morning | None) -> list[CheckLine]:
    """Once a week, and not on a morning that was worse."""
    is_worse = morning is not None and morning.answer is not None and morning.answer.change == "worse"
    return [] if is_worse else [line for line in checks if line.is_due]


@require_safe
@patient_page
def today(request: HttpRequest, visit: Visit) -> HttpResponse:
    return show_day(request, visit, day_of(visit, visit.today))


@require_safe
@patient_page
def one_day(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """An earlier day, to correct what was reported."""
    return show_day(request, visit, day_of(visit, _known(visit, day)))


def _known(visit: Visit, day: str) -> date:
    return a_day(visit, day)[0]


@require_POST
@patient_page
def whole_day(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """Everything still open that day is done; single answers can be changed afterwards."""
    on, version = a_day(visit, day)
    if log_whole_day(version=version, day=on, today=visit.today, told=told_in(request, timezone.now())):
        messages.success(request, _("All ticked. Tap an exercise to change it or to add pain."))
    return onward(request, day_url(visit, on))
