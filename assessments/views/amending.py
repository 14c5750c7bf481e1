"""A new version of a signed assessment, and throwing away a draft that was started by mistake."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessments import access, actions
from assessments.actions.discarding import Contents, contents_of, why_not
from assessments.errors import AlreadySigned, Refused
from assessments.forms.conclusion import AmendForm
from assessments.models import Assessment
from assessments.views.pages import refusal
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN)
def amend(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Asks for the reason, then opens the new version."""
    assessment = access.get_assessment(request, assessment_id)
    form = AmendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            copy = actions.amend(by=request.user, assessment=assessment, reason=form.cleaned_data["reason"])
        except Refused as error:
            return refusal(request, assessment, error)
        return redirect("assessments:intake", copy.pk)
    context = {"section": "patients", "assessment": assessment, "episode": assessment.episode, "form": form}
    return render(request, "assessments/amend.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def discard(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Says what would go, then throws the draft away; the number of answers that was shown comes back with the post."""
    assessment = access.get_assessment(request, assessment_id)
    if assessment.is_signed:
        return refusal(request, assessment, AlreadySigned())
    contents = contents_of(assessment)
    forbidden = why_not(assessment, contents, request.user)
    if forbidden:
        return refusal(request, assessment, Refused(forbidden))
    if request.method == "POST":
        told = request.POST.get("answers", "")
        try:
            actions.discard_draft(by=request.user, assessment=assessment, answers=int(told) if told.isdecimal() else -1)
        except Refused as error:
            return _ask(request, assessment, contents, problem=error.words)
        messages.success(request, _("Discarded. The audit keeps what it held."))
        if assessment.amends_id:
            return redirect("assessments:signed", assessment.amends_id)
        return redirect("clinic:patient", assessment.episode.patient_id)
    return _ask(request, assessment, contents)


def _ask(request: ClinicRequest, assessment: Assessment, contents: Contents, *, problem: str = "") -> HttpResponse:
    context = {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "contents": contents,
        "goes": _goes(contents),
        "problem": problem,
    }
    return render(request, "assessments/discard.html", context, status=409 if problem else 200)


def _goes(contents: Contents) -> list[str]:
    """What would be thrown away, counted in words."""
    words = [
        ngettext("%(n)s answer", "%(n)s answers", contents.answers) % {"n": contents.answers},
    ]
    if contents.has_conclusion:
        words.append(_("the conclusion as far as it was written"))
    if contents.decisions:
        decisions = contents.decisions
        words.append(
            ngettext("%(n)s decision about a red flag", "%(n)s decisions about red flags", decisions) % {"n": decisions}
        )
    return words
