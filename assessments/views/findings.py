"""Saving answers: one at a time as they are given, or a section at once without script."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import access, actions
from assessments.actions import Outcome
from assessments.answers import Given
from assessments.errors import AlreadySigned
from assessments.forms.findings import given_answers
from assessments.forms.streams import sent_before, sent_with
from assessments.models import Assessment
from assessments.presenters.saved import pieces
from assessments.reasoning import SECTIONS
from assessments.views.pages import refusal, show_intake, typed_of
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from clinic.vocabulary.sides import PainfulSide


@require_POST
@requires(Permission.ASSESS)
def finding(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Every answer in the form is stored that can be; each other one comes back with what was typed and the reason.

    A browser with script counts what it sends (see static/js/queue.js): the same message a second time is answered with
    how things stand, and changes nothing.
    """
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    given, sent = given_answers(request.POST), sent_with(request)
    try:
        outcome = actions.record_findings(
            by=request.user, assessment=assessment, given=given, sent=sent, mine=sent_before(request.POST)
        )
    except AlreadySigned as error:
        if sent and actions.was_taken(assessment=assessment, sent=sent):
            return HttpResponse(headers={"HX-Trigger": json.dumps({"answer-saved": {"text": _("Saved, then signed")}})})
        response = refusal(request, assessment, error)
        if request.htmx:
            response["HX-Trigger"] = json.dumps(
                {"answer-refused": {"text": error.words}, "announce": {"text": error.words}}
            )
        return response
    if request.htmx:
        return _pieces(request, assessment, given, outcome)
    typed = typed_of({item.place: item.answer for item in given}, outcome)
    if typed:
        return show_intake(request, assessment, typed=typed, status=422)
    messages.success(request, _("Saved."))
    section = request.POST.get("section", "")
    anchor = f"#section-{section}" if section in {item.key for item in SECTIONS} else ""
    return redirect(reverse("assessments:intake", args=[assessment.pk]) + anchor)


def _pieces(request: ClinicRequest, assessment: Assessment, given: list[Given], outcome: Outcome) -> HttpResponse:
    """For htmx: only the small parts that changed, and in words whether it was saved."""
    painful = PainfulSide(assessment.episode.painful_side)
    typed = typed_of({item.place: item.answer for item in given}, outcome)
    context = pieces([item.place for item in given], outcome.stored, painful, typed, set(outcome.overtaken))
    context |= {"save_url": request.path, "can_write": True}
    response = render(request, "assessments/saved.html", context, status=422 if typed else 200)
    events: dict[str, object] = {}
    if typed:
        events["answer-refused"] = {"text": _("Not saved: see the message beside the answer.")}
    else:
        now = formats.time_format(timezone.localtime(), "H:i")
        events["answer-saved"] = {"text": _("Saved %(time)s") % {"time": now}}
    if outcome.saved or outcome.overtaken or outcome.again:
        events["findings-changed"] = True
    response["HX-Trigger"] = json.dumps(events)
    return response
