"""The patient's page: today, one exercise at a time, the morning question. Everything works without script."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.models import ExerciseLog
from programs.portal.access import Visit, patient_page
from programs.portal.actions import answer_morning, log_exercise, log_whole_day
from programs.portal.forms import SKIP_REASONS, ExerciseReport, MorningReport
from programs.portal.presenters import (
    Day,
    Step,
    asks_about_morning,
    day_of,
    days_to_correct,
    exercise_url,
    morning_of,
    pain_scale,
    pain_words,
    step_of,
)


def _a_day(visit: Visit, text: str) -> date:
    """A day of the plan that has come already, or 404."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day > visit.today or not visit.version.starts_on <= day <= visit.version.ends_on:
        raise Http404
    return day


def _today(request: HttpRequest, visit: Visit, day: Day, form: MorningReport | None = None) -> HttpResponse:
    morning = morning_of(visit)
    context = {
        "visit": visit,
        "clinic": visit.clinic,
        "day": day,
        "is_today": day.day == visit.today,
        "content": visit.version.content,
        "ceiling": visit.version.content["pain_ceiling"],
        "pain_words": pain_words(visit.version.content["pain_ceiling"]),
        "morning": morning,
        "asks_morning": morning is not None or asks_about_morning(visit),
        "morning_form": form,
        "morning_pain": pain_scale(visit.version.content["pain_ceiling"], morning.pain if morning else None),
        "days": days_to_correct(visit),
        "starts_later": visit.today < visit.version.starts_on,
        "is_over": visit.today > visit.version.ends_on,
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
    return _today(request, visit, day_of(visit, _a_day(visit, day)))


def _exercise(
    request: HttpRequest, visit: Visit, day: Day, step: Step, form: ExerciseReport | None = None
) -> HttpResponse:
    ceiling = visit.version.content["pain_ceiling"]
    reported = form.data.get("pain") if form else (step.log.pain if step.log else None)
    context = {
        "visit": visit,
        "clinic": visit.clinic,
        "day": day,
        "step": step,
        "place": day.steps.index(step) + 1,
        "is_today": day.day == visit.today,
        "entry": step.planned.entry,
        "dose": step.planned.dose,
        "timer_times": (step.planned.dose.sets or 1) * (step.planned.dose.reps or 1),
        "pain": pain_scale(ceiling, int(reported) if str(reported or "").isdigit() else None),
        "pain_words": pain_words(ceiling),
        "reasons": SKIP_REASONS,
        "form": form,
    }
    return render(request, "portal/exercise.html", context, status=422 if form else 200)


@patient_page
def exercise(request: HttpRequest, visit: Visit, day: str, line: UUID, occasion: int) -> HttpResponse:
    """One exercise: how to do it, and what the runner says about it. Answering again corrects the answer."""
    this_day = day_of(visit, _a_day(visit, day))
    step = step_of(this_day, str(line), occasion)
    if step is None:
        raise Http404
    if request.method != "POST":
        return _exercise(request, visit, this_day, step)
    form = ExerciseReport(request.POST)
    if not form.is_valid():
        return _exercise(request, visit, this_day, step, form)
    log = log_exercise(
        version=visit.version,
        day=this_day.day,
        line=str(line),
        occasion=occasion,
        status=form.cleaned_data["status"],
        pain=form.cleaned_data["pain"],
        reason=form.cleaned_data["reason"],
        today=visit.today,
    )
    _say_what_follows(request, visit, log)
    following = day_of(visit, this_day.day).first_open
    if following is None or step.log is not None:
        return redirect(_day_url(visit, this_day.day))
    return redirect(exercise_url(visit, following.planned))


def _day_url(visit: Visit, day: date) -> str:
    if day == visit.today:
        return reverse("programs:today", args=[visit.token])
    return reverse("programs:patient_day", args=[visit.token, day.isoformat()])


def _say_what_follows(request: HttpRequest, visit: Visit, log: ExerciseLog) -> None:
    ceiling = visit.version.content["pain_ceiling"]
    if log.pain is not None and log.pain > ceiling:
        text = _("%(pain)d is above your limit of %(limit)d. Stop this exercise for today. Your clinic can see this.")
        messages.warning(request, text % {"pain": log.pain, "limit": ceiling})


@require_POST
@patient_page
def whole_day(request: HttpRequest, visit: Visit, day: str) -> HttpResponse:
    """Everything still open that day is done; single answers can be changed afterwards."""
    this_day = _a_day(visit, day)
    if log_whole_day(version=visit.version, day=this_day, today=visit.today):
        messages.success(request, _("All ticked. Tap an exercise to change it or to add pain."))
    return redirect(_day_url(visit, this_day))


@require_POST
@patient_page
def morning(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = MorningReport(request.POST)
    if not form.is_valid():
        return _today(request, visit, day_of(visit, visit.today), form)
    try:
        answer_morning(program=visit.program, day=visit.today, today=visit.today, **form.cleaned_data)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. You can change this answer all day."))
    return redirect(_day_url(visit, visit.today))
