"""Carrying over what an earlier visit found: over, confirmed, or left out, one finding at a time."""

import json
from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessments import access, actions
from assessments.answers import Place, sides_of
from assessments.errors import Refused
from assessments.forms.findings import given_answers
from assessments.mapping import by_place
from assessments.models import Assessment
from assessments.presenters.history import before_html, carried_values, found_then, history_of
from assessments.presenters.intake import progress_of
from assessments.presenters.rows import cell_of
from assessments.queries import answers_of, earlier_answers
from assessments.reasoning import FINDINGS
from assessments.views.pages import refused_write, saved_now, show_intake, typed_of
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from clinic.vocabulary.sides import PainfulSide

Act = Callable[[Assessment, str], list[Place]]


@require_POST
@requires(Permission.ASSESS)
def carry(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """The earlier answer of one finding, put beside today's and marked."""

    def act(assessment: Assessment, key: str) -> list[Place]:
        return actions.carry_over(by=request.user, assessment=assessment, key=key)

    return _done(request, assessment_id, "carry", act, _("Carried over. Confirm it, or answer anew."))


@require_POST
@requires(Permission.ASSESS)
def confirm(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """The carried answer of one finding holds today."""

    def act(assessment: Assessment, key: str) -> list[Place]:
        return actions.confirm_carried(by=request.user, assessment=assessment, keys=[key])

    return _done(request, assessment_id, "confirm", act, _("Confirmed."))


@require_POST
@requires(Permission.ASSESS)
def leave_out(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """The carried answer of one finding goes away again. Without a finding: everything carried and not confirmed."""

    def act(assessment: Assessment, key: str) -> list[Place]:
        return actions.drop_carried(by=request.user, assessment=assessment, keys=[key] if key else None)

    return _done(request, assessment_id, "leave", act, _("Left out."))


def _done(request: ClinicRequest, assessment_id: UUID, field: str, act: Act, said: str) -> HttpResponse:
    """Without script the other answers of the same form are kept first: nothing that was ticked may be lost."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    key = request.POST.get(field, "")
    try:
        kept = None
        if not request.htmx:
            given = [item for item in given_answers(request.POST) if item.key != key]
            kept = actions.record_findings(by=request.user, assessment=assessment, given=given)
        changed = act(assessment, key)
    except Refused as error:
        return refused_write(request, assessment, error)
    if request.htmx and key in FINDINGS:
        return _pieces(request, assessment, key, said, is_news=field == "confirm" and bool(changed))
    typed = typed_of({}, kept) if kept else {}
    if typed:
        return show_intake(request, assessment, typed=typed, status=422)
    anchor = f"#section-{FINDINGS[key].section}" if key in FINDINGS else ""
    return redirect(reverse("assessments:intake", args=[assessment.pk]) + anchor)


def _pieces(request: ClinicRequest, assessment: Assessment, key: str, said: str, *, is_news: bool) -> HttpResponse:
    """For htmx: the finding's answers and the line of what was found before. Two queries."""
    answers = by_place(answers_of(assessment))
    finding, painful = FINDINGS[key], PainfulSide(assessment.episode.painful_side)
    carried = carried_values(answers)
    stored = {place: row.value for place, row in answers.items() if place not in carried}
    history = history_of(earlier_answers(assessment, keys=[key]), episode_id=assessment.episode_id)
    context = {
        "replaced": [
            cell_of(finding, side, stored, painful, carried=carried.get((key, side), "")) for side in sides_of(finding)
        ],
        "rail": [progress_of(finding.section, stored)],
        "line": before_html(found_then(key, history, answers), assessment_id=assessment.pk, can_write=True, swap=True),
        "save_url": reverse("assessments:finding", args=[assessment.pk]),
        "can_write": True,
    }
    response = render(request, "assessments/carried.html", context)
    events: dict[str, object] = {"answer-saved": saved_now(), "announce": {"text": said}}
    if is_news:
        events["findings-changed"] = True
    response["HX-Trigger"] = json.dumps(events)
    return response
