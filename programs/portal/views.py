"""The patient's page: today, one exercise at a time, the morning question. Everything works without script."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.models import ExerciseLog, ProgramVersion
from programs.portal.access import Visit, patient_page
from programs.portal.actions import answer_morning, log_exercise, log_whole_day
from programs.portal.forms import SKIP_REASONS, ExerciseReport, MorningReport
from programs.portal.links import PAPER
from programs.portal.news import news_of
from programs.portal.plan import next_day_of
from programs.portal.presenters import (
    Day,
    Step,
    asks_about_morning,
    course_of,
    day_of,
    exercise_url,
    morning_of,
    pain_scale,
    pain_words,
    reminders_of,
    set_boxes,
    timer_of,
)
from programs.portal.queries import days_to_correct, replaced_version
from programs.portal.sending import onward, told_in
from programs.progression.plan import PlannedSession


def _a_day(visit: Visit, text: str) -> tuple[date, ProgramVersion]:
    """A day that has come already, and the version that held then; or 404."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    version = visit.version_for(day) if day <= visit.today else None
    if version is None or not version.starts_on <= day <= version.ends_on:
        raise Http404
    return day, version


def _frame(request: HttpRequest, visit: Visit, day: Day) -> dict[str, Any]:
    """What every page of a day has. `why` is a skipped exercise whose reason may still be told."""
    skipped = day.named(request.GET.get("why", ""))
    asks_why = bool(skipped and skipped.log and skipped.log.status == ExerciseLog.Status.SKIPPED)
    return {
        "visit": visit,
        "clinic": visit.clinic,
        "day": day,
        "day_url": _day_url(visit, day.day),
        "is_today": day.day == visit.today,
        "why": skipped if asks_why and not skipped.log.reason else None,  # type: ignore[union-attr]
        "reasons": SKIP_REASONS,
    }


def _today(request: HttpRequest, visit: Visit, day: Day, form: MorningReport | None = None) -> HttpResponse:
    ceiling = visit.version.content["pain_ceiling"]
    context = _frame(request, visit, day) | {
        "content": visit.version.content,
        "pain_words": pain_words(ceiling),
        "starts_later": visit.today < visit.version.starts_on,
        "is_over": visit.today > visit.version.ends_on,
    }
    if day.day == visit.today:
        morning = morning_of(visit)
        given = form.data if form else {}
        context |= {
            "morning": morning,
            "asks_morning": morning is not None or asks_about_morning(visit),
            "morning_form": form,
            "morning_change": given.get("change") or (morning.change if morning else ""),
            "morning_pain": pain_scale(ceiling, given.get("pain") or (morning.pain if morning else None)),
            "days": days_to_correct(visit.program.pk, visit.today),
            "next_day": next_day_of(visit.version, visit.today),
            "news": news_of(visit, request.GET.get(PAPER, "")),
            "course": course_of(visit.version.content),
            "reminders": reminders_of(visit),
        }
    return render(request, "portal/today.html", context, status=422 if form else 200)


@require_safe
@patient_page
def today(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _today(request, visit, day_of(visit, visit.today))


@require_safe
@patient_page
def one_day(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """An earlier day, to correct what was reported."""
    return _today(request, visit, day_of(visit, _a_day(visit, day)[0]))


def _exercise(
    request: HttpRequest, visit: Visit, day: Day, step: Step, form: ExerciseReport | None = None
) -> HttpResponse:
    ceiling = (visit.version_for(day.day) or visit.version).content["pain_ceiling"]
    reported = form.data.get("pain") if form else (step.log.pain if step.log else None)
    context = _frame(request, visit, day) | {
        "step": step,
        "place": day.steps.index(step) + 1,
        "is_last": day.is_last_open(step),
        "entry": step.planned.entry,
        "timer": timer_of(step.planned.dose),
        "sets": set_boxes(step.planned.dose, step.log),
        "pain": pain_scale(ceiling, reported),
        "pain_words": pain_words(ceiling),
        "form": form,
    }
    return render(request, "portal/exercise.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def exercise(request: HttpRequest, visit: Visit, day: str, line: UUID, occasion: int) -> HttpResponse:
    """One exercise: how to do it, and what the runner says about it. Answering again corrects the answer."""
    on, version = _a_day(visit, day)
    this_day = day_of(visit, on)
    step = this_day.step(str(line), occasion)
    if step is None:
        return _replaced(request, visit, version, PlannedSession(on, str(line), occasion))
    if request.method != "POST":
        return _exercise(request, visit, this_day, step)
    form = ExerciseReport(request.POST)
    if not form.is_valid():
        return _exercise(request, visit, this_day, step, form)
    log = _write(request, visit, version, step.planned.session, form)
    following = day_of(visit, on).first_open
    is_correction = step.log is not None and "why" not in request.POST
    to = _day_url(visit, on) if following is None or is_correction else exercise_url(visit, following.planned)
    asks_why = log and log.status == ExerciseLog.Status.SKIPPED and not log.reason and not is_correction
    return onward(request, f"{to}?{urlencode({'why': step.key})}" if asks_why else to)


def _write(
    request: HttpRequest, visit: Visit, version: ProgramVersion, session: PlannedSession, form: ExerciseReport
) -> ExerciseLog | None:
    """Keep the answer and say what follows from it. None when the plan changed in this very moment."""
    try:
        log = log_exercise(
            version=version,
            day=session.day,
            line=session.line,
            occasion=session.number,
            today=visit.today,
            told=told_in(request, timezone.now()),
            **form.cleaned_data,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return None
    ceiling = version.content["pain_ceiling"]
    if log.pain is not None and log.pain > ceiling:
        name = next(line["name"] for line in version.content["lines"] if line["line"] == session.line)
        text = _(
            "Pain %(pain)d is above your limit of %(limit)d. Leave out “%(name)s” for today. Your clinic can see this."
        )
        messages.warning(request, text % {"pain": log.pain, "limit": ceiling, "name": name})
    return log


def _replaced(request: HttpRequest, visit: Visit, version: ProgramVersion, session: PlannedSession) -> HttpResponse:
    """The program changed while its page was open: an answer is kept where it belongs, and the new program is shown."""
    older = replaced_version(visit.program.pk, session, before=version.number)
    if older is None:
        raise Http404
    form = ExerciseReport(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and _write(request, visit, older, session, form):
        messages.info(request, _("Your answer is saved. Your program has changed since: this is the new one."))
    else:
        messages.info(request, _("Your program has changed since you opened that page. This is the new one."))
    return onward(request, _day_url(visit, session.day))


def _day_url(visit: Visit, day: date) -> str:
    if day == visit.today:
        return reverse("programs:today", args=[visit.token])
    return reverse("programs:patient_day", args=[visit.token, day.isoformat()])


@require_POST
@patient_page
def whole_day(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """Everything still open that day is done; single answers can be changed afterwards."""
    on, version = _a_day(visit, day)
    if log_whole_day(version=version, day=on, today=visit.today, told=told_in(request, timezone.now())):
        messages.success(request, _("All ticked. Tap an exercise to change it or to add pain."))
    return onward(request, _day_url(visit, on))


@require_POST
@patient_page
def morning(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The answer belongs to the morning it was given on, also when it arrives a day later."""
    form = MorningReport(request.POST)
    if not form.is_valid():
        return _today(request, visit, day_of(visit, visit.today), form)
    told = told_in(request, timezone.now())
    day = timezone.localdate(told.at)
    try:
        answer_morning(program=visit.program, day=day, today=visit.today, told=told, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. You can change this answer all day."))
    return onward(request, _day_url(visit, visit.today))
