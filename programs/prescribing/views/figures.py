"""Adjusting the drawing of an exercise: numbers at one side, the drawing they give at the other, seen while typing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access
from programs.actions.figures import keep_figure, reset_figure
from programs.drawings.addresses import drawing_of
from programs.drawings.frozen import own_figure
from programs.figures import figure_data
from programs.forms.figure import FigureForm
from programs.models import Exercise

TEMPLATE = "programs/figure_adjust.html"


def _base(request: ClinicRequest, exercise: Exercise) -> dict[str, Any] | None:
    """What is adjusted: the clinic's drawing, else ours, else the one the exercise is to begin with (`?like=clam`)."""
    own = own_figure(exercise)
    if own is not None:
        return own
    ours = figure_data()
    if exercise.clinic_id is None or exercise.adapts_id is not None:
        return ours.get(exercise.key) or ours.get(request.GET.get("like", ""))
    return ours.get(request.GET.get("like", ""))


def _context(request: ClinicRequest, exercise: Exercise, form: FigureForm | None) -> dict[str, Any]:
    shown = form.figure_data if form and not (form.is_bound and form.errors) else None
    return {
        "section": "library",
        "exercise": exercise,
        "form": form,
        "like": request.GET.get("like", ""),
        "known": sorted(figure_data()),
        "is_own": own_figure(exercise) is not None,
        "drawing": drawing_of(exercise.key, "right", shown) if shown else None,
        "address": reverse("programs:figure_adjust", args=[exercise.pk]),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def figure_adjust(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """The form; saved, it is this clinic's drawing from now on. What cannot be held is said in words, nothing is lost."""
    exercise = access.get_exercise(request, exercise_id)
    base = _base(request, exercise)
    if request.method != "POST" or base is None:
        form = None if base is None else FigureForm(key=exercise.key, figure=base)
        return render(request, TEMPLATE, _context(request, exercise, form))
    form = FigureForm(request.POST, key=exercise.key, figure=base)
    if not form.is_valid():
        return render(request, TEMPLATE, _context(request, exercise, form), status=422)
    keep_figure(by=request.user, clinic_id=request.clinic.pk, exercise_key=exercise.key, data=form.figure_data)
    messages.success(request, _("Your clinic's drawing is kept. Programs issued from now on show it."))
    return redirect("programs:exercise", exercise.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def figure_preview(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """The drawing the numbers give, or why they give none. Keeps nothing. One query."""
    exercise = access.get_exercise(request, exercise_id)
    base = _base(request, exercise)
    if base is None:
        raise Http404
    form = FigureForm(request.POST, key=exercise.key, figure=base)
    form.is_valid()
    return render(request, f"{TEMPLATE}#preview", _context(request, exercise, form))


@require_POST
@requires(Permission.PRESCRIBE)
def figure_reset(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    exercise = access.get_exercise(request, exercise_id)
    reset_figure(by=request.user, clinic_id=request.clinic.pk, exercise_key=exercise.key)
    messages.success(request, _("Our drawing is shown again."))
    return redirect("programs:exercise", exercise.pk)
