"""All absent in a section, and taking it back."""

import json
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments import access, actions
from assessments.actions import Outcome
from assessments.answers import Given, Place
from assessments.errors import Refused
from assessments.forms.findings import given_answers, place_of
from assessments.models import Assessment
from assessments.presenters.intake import FilledNow, progress_of
from assessments.presenters.saved import pieces
from assessments.reasoning import FINDINGS
from assessments.views.pages import refused_write, saved_now, show_intake, typed_of
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from clinic.vocabulary.sides import PainfulSide


@require_POST
@requires(Permission.ASSESS)
def all_absent(request: ClinicRequest, assessment_id: UUID, section: str) -> HttpResponse:
    """What the section's form holds is kept, and what it leaves open becomes absent. Nothing is overwritten."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    given = [item for item in given_answers(request.POST) if _section_of(item.key) == section]
    try:
        filled = actions.all_absent(by=request.user, assessment=assessment, section=section, given=given)
    except Refused as error:
        return refused_write(request, assessment, error)
    now = FilledNow(section, filled.places)
    places = [item.place for item in given] + list(filled.places)
    if request.htmx:
        return _pieces(request, assessment, filled.outcome, section=section, places=places, filled=now)
    typed = typed_of({item.place: item.answer for item in given}, filled.outcome)
    return show_intake(request, assessment, typed=typed, filled=now, status=422 if typed else 200)


@require_POST
@requires(Permission.ASSESS)
def take_back(request: ClinicRequest, assessment_id: UUID, section: str) -> HttpResponse:
    """What the last filling of this section filled is unanswered again. Other answers in the form are kept."""
    assessment = access.get_assessment(request, assessment_id, related=access.RUNNER)
    places = [place_of(name) for name in request.POST.get("undo", "").split()]
    places = [place for place in dict.fromkeys(places) if _section_of(place[0]) == section]
    try:
        kept = actions.record_findings(by=request.user, assessment=assessment, given=_others(request, places))
        outcome = actions.take_back(by=request.user, assessment=assessment, places=places)
    except Refused as error:
        return refused_write(request, assessment, error)
    if request.htmx:
        return _pieces(request, assessment, outcome, section=section, places=places)
    typed = typed_of({}, kept) | typed_of({}, outcome)
    if typed:
        return show_intake(request, assessment, typed=typed, status=422)
    return redirect(reverse("assessments:intake", args=[assessment.pk]) + f"#section-{section}")


def _section_of(key: str) -> str:
    finding = FINDINGS.get(key)
    return finding.section if finding else ""


def _others(request: ClinicRequest, places: list[Place]) -> list[Given]:
    return [item for item in given_answers(request.POST) if item.place not in places]


def _pieces(
    request: ClinicRequest,
    assessment: Assessment,
    outcome: Outcome,
    *,
    section: str,
    places: list[Place],
    filled: FilledNow | None = None,
) -> HttpResponse:
    """For htmx: every answer the act changed, whole, the progress, and the way back."""
    typed = typed_of({}, outcome)
    changed = set(outcome.saved) | set(outcome.overtaken)
    painful = PainfulSide(assessment.episode.painful_side)
    context = pieces(dict.fromkeys(places), outcome.stored, painful, typed, changed)
    context |= {
        "assessment": assessment,
        "section": progress_of(section, outcome.stored),
        "filled": filled if filled and filled.number else None,
        "save_url": reverse("assessments:finding", args=[assessment.pk]),
        "can_write": True,
    }
    response = render(request, "assessments/filled.html", context)
    said = said_of(filled, outcome)
    response["HX-Trigger"] = json.dumps(
        {
            "answer-saved": saved_now(),
            "findings-changed": True,
            "announce": {"text": said},
            "section-filled": {"section": section, "number": filled.number if filled else 0},
        }
    )
    return response


def said_of(filled: FilledNow | None, outcome: Outcome) -> str:
    """What happened, in one sentence for the page's live region."""
    if filled is None:
        words = _("Taken back: these findings are unanswered again.")
    elif not filled.number:
        words = _("Nothing was open here that can be answered together.")
    else:
        words = ngettext("%(n)s answer recorded as absent.", "%(n)s answers recorded as absent.", filled.number)
        words %= {"n": filled.number}
    if outcome.overtaken:
        words += " " + _("An answer given meanwhile was kept: see the message beside it.")
    return words
