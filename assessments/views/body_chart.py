"""Marking the body chart, and agreeing with what it suggests."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import access, actions
from assessments.actions import ChartOutcome, Outcome
from assessments.answers import Given, Place
from assessments.chart import area_words, place_id, place_words
from assessments.errors import AlreadySigned, AnsweredMeanwhile, AnswerRefused
from assessments.forms.body_chart import BRUSH, given_chart
from assessments.forms.streams import sent_with
from assessments.models import Assessment
from assessments.presenters.saved import pieces
from assessments.queries import reading_of
from assessments.reasoning.body_chart import PER_SIDE, TO_TEST, WHOLE
from assessments.views.chart_context import chart_context
from assessments.views.pages import refused_write, saved_now, typed_of
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires

SECTION = "#section-body-chart"


@require_POST
@requires(Permission.ASSESS)
def mark(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Every region in the form is stored that can be; for each other one the page says who changed it meanwhile."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    try:
        outcome = actions.mark_chart(
            by=request.user, assessment=assessment, given=given_chart(request.POST), sent=sent_with(request)
        )
    except (AlreadySigned, AnswerRefused) as error:
        return refused_write(request, assessment, error)
    if not request.htmx:
        for words in outcome.overtaken.values():
            messages.error(request, words)
        if outcome.changed:
            messages.success(request, _("Saved."))
        return _back(assessment)
    context = {
        "problems": list(outcome.overtaken.values()),
        "undo": [(place_id(area.place), place_words(area.place), area) for area in outcome.removed],
    }
    return _swapped(request, assessment, context, said=_said(outcome), refused=bool(outcome.overtaken))


@require_POST
@requires(Permission.ASSESS)
def agree(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Answers one finding the chart suggests, as any other answer: a colleague's answer is not overwritten unseen."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    key, side = request.POST.get("finding", ""), request.POST.get("side", "")
    place, answer = (key, side), request.POST.get("answer", "")
    try:
        if key not in (WHOLE.keys() | PER_SIDE.keys()) - TO_TEST:
            raise AnswerRefused(_("The body chart does not speak for this finding."))
        outcome = actions.record_findings(
            by=request.user,
            assessment=assessment,
            given=[Given(key, side, answer, seen=request.POST.get("seen"))],
            sent=sent_with(request),
        )
        for error in outcome.refused.values():
            raise error
    except (AlreadySigned, AnswerRefused) as error:
        return refused_write(request, assessment, error)
    if not request.htmx:
        for overtaken in outcome.overtaken.values():
            messages.error(request, overtaken.words)
        return _back(assessment)
    return _agreed(request, assessment, place, outcome)


def _agreed(request: ClinicRequest, assessment: Assessment, place: Place, outcome: Outcome) -> HttpResponse:
    """The suggestions anew, and the answer in its own place among the findings."""
    problems: dict[Place, AnsweredMeanwhile] = outcome.overtaken
    typed = typed_of({}, outcome)
    reading = reading_of(assessment)
    context = pieces([place], outcome.stored, reading.case.painful_side, typed, {place})
    context |= {"save_url": reverse("assessments:finding", args=[assessment.pk]), "with_findings": True}
    context["problems"] = [error.words for error in problems.values()]
    return _swapped(
        request, assessment, context, said=_("Saved."), refused=bool(problems), events=("findings-changed",)
    )


def _swapped(
    request: ClinicRequest,
    assessment: Assessment,
    context: dict[str, Any],
    *,
    said: str,
    refused: bool,
    events: tuple[str, ...] = (),
) -> HttpResponse:
    """For htmx: the pieces of the chart that depend on what is stored; nothing the person is working in is replaced."""
    context |= {
        "assessment": assessment,
        "chart": chart_context(assessment, reading_of(assessment), brush=request.POST.get(BRUSH, "")),
        "can_write": True,
    }
    response = render(request, "assessments/body_chart_saved.html", context, status=422 if refused else 200)
    told: dict[str, object] = dict.fromkeys(events, True)
    if refused:
        told["answer-refused"] = {"text": _("Not saved: see the message below the body chart.")}
    else:
        told["answer-saved"] = saved_now()
        if said:
            told["announce"] = {"text": said}
    response["HX-Trigger"] = json.dumps(told)
    return response


def _said(outcome: ChartOutcome) -> str:
    """What a screen reader hears."""
    said = [_("Marked: %(area)s.") % {"area": area_words(area)} for area in outcome.saved[-1:]]
    return " ".join(said + [_("Removed: %(area)s.") % {"area": place_words(area.place)} for area in outcome.removed])


def _back(assessment: Assessment) -> HttpResponse:
    return redirect(reverse("assessments:intake", args=[assessment.pk]) + SECTION)
