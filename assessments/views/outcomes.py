"""What the runner says, saved as it is said; and the news of the retest card after every answer."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessments import access, actions
from assessments.actions import Told
from assessments.chart import areas_of
from assessments.course import course_of
from assessments.errors import AlreadySigned
from assessments.forms.outcomes import said
from assessments.models import Assessment
from assessments.presenters.measures import measures_view
from assessments.presenters.retest import retest_card
from assessments.queries import pain_areas_of, reading_of
from assessments.said import Said
from assessments.views.chart_context import chart_changes
from assessments.views.pages import refused_write, saved_now
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires

SECTION = "#section-measures"


@require_POST
@requires(Permission.ASSESS)
def outcomes(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Everything in the form is stored that can be; each other thing comes back with the reason."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    given = said(request.POST)
    try:
        told = actions.record_outcomes(by=request.user, assessment=assessment, said=given)
    except AlreadySigned as error:
        return refused_write(request, assessment, error)
    if request.htmx:
        return _pieces(request, assessment, given, told)
    for refused in told.refused.values():
        messages.error(request, refused.words)
    if told.saved:
        messages.success(request, _("Saved."))
    return redirect(reverse("assessments:intake", args=[assessment.pk]) + SECTION)


def _pieces(request: ClinicRequest, assessment: Assessment, given: list[Said], told: Told) -> HttpResponse:
    """For htmx: what is stored now beside every field that was sent, whole lines only where a colleague was first."""
    course = course_of(assessment, reading_of(assessment).answers.values())
    refused = {place: error.words for place, error in told.refused.items()}
    kept = {item.place: item.value for item in given if item.place in refused and item.place not in told.overtaken}
    view = measures_view(course, refused=refused, typed=kept)
    sent = {item.place for item in given}
    context = {
        "assessment": assessment,
        "outcomes_url": request.path,
        "outcomes": view,
        "lines": [line for line in view.activities if {line.place, line.scale.place} & sent],
        "replaced": [line for line in view.activities if {line.place, line.scale.place} & told.overtaken],
        "rating": view.rating if view.rating and view.rating.place in sent else None,
        "rating_replaced": bool(view.rating and view.rating.place in told.overtaken),
        "can_write": True,
    }
    response = render(request, "assessments/measures_saved.html", context, status=422 if refused else 200)
    events: dict[str, object] = {"outcomes-changed": True}
    if refused:
        events["answer-refused"] = {"text": _("Not saved: see the message beside the answer.")}
    else:
        events["answer-saved"] = saved_now()
    response["HX-Trigger"] = json.dumps(events)
    return response


@require_GET
@requires(Permission.VIEW_PATIENTS)
def retest(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """What changes on the card with every answer. Without script, or at a first visit: the intake itself."""
    assessment = access.get_assessment(request, assessment_id)
    intake = reverse("assessments:intake", args=[assessment.pk])
    if assessment.is_signed or not request.htmx:
        return redirect(intake + "#section-retest")
    reading = reading_of(assessment)
    course = course_of(assessment, reading.answers.values())
    card = retest_card(course, reading)
    if card is None:
        return redirect(intake)
    context = {
        "assessment": assessment,
        "retest": card,
        "chart_changes": chart_changes(course, areas_of(pain_areas_of(assessment))),
        "swap": True,
    }
    return render(request, "assessments/retest_news.html", context)
