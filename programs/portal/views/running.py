"""Runs and walks of a day: add one, correct it, take it back, put it back."""

from datetime import date
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programs.models import RunLog
from programs.portal.access import Visit, patient_page
from programs.portal.actions import log_run
from programs.portal.actions.runs import Run, run_id_of
from programs.portal.forms import RunReport
from programs.portal.presenters import Day
from programs.portal.presenters_run import run_form, run_lines, run_pain_words, runs_url
from programs.portal.queries_reported import run_on, runs_around
from programs.portal.sending import onward, told_in
from programs.portal.views.frame import day_since_start, day_url, frame


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def runs(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """The form for one more run of this day, below those that were told. Several runs a day are several forms."""
    on, _version = day_since_start(visit, day)
    if request.method != "POST":
        return _shown(request, visit, on, None)
    form = RunReport(request.POST)
    if not form.is_valid():
        return _shown(request, visit, on, None, form)
    return _written(request, visit, on, run_id_of(visit.program, form.run_said(uuid4())), form)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def run(request: HttpRequest, visit: Visit, day: str, run: UUID) -> HttpResponse:
    """One run, to correct it or to take it back."""
    on, _version = day_since_start(visit, day)
    log = run_on(visit.program.pk, on, run)
    if log is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, visit, on, log)
    form = RunReport(request.POST)
    return _written(request, visit, on, log.pk, form) if form.is_valid() else _shown(request, visit, on, log, form)


def _shown(
    request: HttpRequest, visit: Visit, day: date, log: RunLog | None, form: RunReport | None = None
) -> HttpResponse:
    told = [] if log else run_lines(visit, runs_around(visit.program.pk, day), day)
    version = visit.version_for(day) or visit.version
    context = frame(request, visit, Day(day, [])) | {
        "form": run_form(visit, day, log, form),
        "runs": told,
        "runs_url": runs_url(visit, day),
        "pain_words": run_pain_words(version.content["pain_ceiling"]),
    }
    return render(request, "portal/run.html", context, status=422 if form else 200)


def _written(request: HttpRequest, visit: Visit, day: date, run_id: UUID, form: RunReport) -> HttpResponse:
    said = form.cleaned_data
    told = Run(
        minutes=said["minutes"],
        metres=said["km"],
        surface=said["surface"],
        pain=said["pain"],
        level=said["level"],
        is_removed=said["take_back"],
    )
    at = told_in(request, timezone.now())
    try:
        log = log_run(program=visit.program, run_id=run_id, day=day, run=told, today=visit.today, told=at)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return onward(request, day_url(visit, day))
    if log:
        _answer(request, visit, log, is_late=at.is_late(timezone.now()))
    return onward(request, day_url(visit, day))


def _answer(request: HttpRequest, visit: Visit, log: RunLog, *, is_late: bool) -> None:
    limit = (visit.version_for(log.day) or visit.version).content["pain_ceiling"]
    if not log.is_removed and log.pain is not None and log.pain > limit:
        text = _("Pain %(pain)d is above your limit of %(limit)d. No more running today. Your clinic can see this.")
        messages.warning(request, text % {"pain": log.pain, "limit": limit})
    elif not is_late:
        said = _("Taken back. Tap it to put it back.") if log.is_removed else _("Your run is saved.")
        messages.success(request, said)
