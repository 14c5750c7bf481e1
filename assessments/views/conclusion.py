"""From findings to a signed conclusion, and from a signed one to its amendment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access, actions
from assessments.errors import AlreadySigned, NotReady, Problem, Refused
from assessments.forms.conclusion import AmendForm, ConclusionForm, as_initial
from assessments.models import Assessment
from assessments.presenters.conclusion import conclusion_page
from assessments.queries import reading_of
from assessments.views.pages import frame, refusal
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires

USE = "use"
"""Name of the buttons that take over a proposal: value "stage=2"."""


def _conclusion_of(assessment: Assessment) -> Any:
    return getattr(assessment, "conclusion", None)


def _show(
    request: ClinicRequest, assessment: Assessment, form: ConclusionForm, problems: list[Problem], status: int = 200
) -> HttpResponse:
    reading = reading_of(assessment)
    chosen = str(form["diagnosis"].value() or "")
    context = frame(request, assessment, reading) | {
        "form": form,
        "problems": problems,
        "page": conclusion_page(reading, chosen),
    }
    return render(request, "assessments/conclusion.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def conclusion(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """The form; a post keeps it as a draft, or takes over one proposal without saving anything."""
    assessment = access.get_assessment(request, assessment_id)
    if assessment.is_signed:
        return refusal(request, assessment, AlreadySigned()) if request.method == "POST" else _to_signed(assessment)
    if request.method == "GET":
        return _show(request, assessment, ConclusionForm(initial=as_initial(_conclusion_of(assessment))), [])
    if USE in request.POST:
        field, _equals, value = request.POST[USE].partition("=")
        taken = request.POST.dict() | ({field: value} if field in ConclusionForm.base_fields else {})
        return _show(request, assessment, ConclusionForm(initial=taken), [])
    return _save(request, assessment, then_sign=False)


@require_POST
@requires(Permission.SIGN)
def sign(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Keeps what is in the form, then signs; what stands in the way is named all at once and nothing typed is lost."""
    assessment = access.get_assessment(request, assessment_id)
    if assessment.is_signed:
        return refusal(request, assessment, AlreadySigned())
    return _save(request, assessment, then_sign=True)


def _to_signed(assessment: Assessment) -> HttpResponse:
    return redirect("assessments:signed", assessment.pk)


def _save(request: ClinicRequest, assessment: Assessment, *, then_sign: bool) -> HttpResponse:
    form = ConclusionForm(request.POST)
    if not form.is_valid():
        return _show(request, assessment, form, [], status=422)
    try:
        assessment.conclusion = actions.save_conclusion(by=request.user, assessment=assessment, **form.cleaned_data)
        if then_sign:
            actions.sign(by=request.user, assessment=assessment)
    except NotReady as error:
        return _show(request, assessment, form, error.problems, status=422)
    except AlreadySigned as error:
        return refusal(request, assessment, error)
    if then_sign:
        messages.success(request, _("Signed. It can no longer change; amend it to correct something."))
        return _to_signed(assessment)
    messages.success(request, _("Kept as a draft. Sign it when you are sure."))
    return redirect("assessments:conclusion", assessment.pk)


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
