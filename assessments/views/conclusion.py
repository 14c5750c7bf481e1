"""From findings to a signed conclusion. What is chosen and typed is kept as a draft all the while."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments import access, actions, queries
from assessments.actions.conclusion import mark_of
from assessments.errors import AlreadySigned, ConcludedMeanwhile, NotReady, Problem, Refused
from assessments.forms.conclusion import ConclusionForm, DraftForm, as_initial
from assessments.models import Assessment, Conclusion
from assessments.presenters.conclusion import conclusion_page
from assessments.presenters.difference import difference_of, version_of
from assessments.presenters.summary import summary_of
from assessments.readiness import obstacles
from assessments.views.pages import frame, refusal
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires

USE, WORDS = "use", "wording"
"""Name of the buttons that take over a proposal: value "stage=2"; "wording" takes over the draft of the text."""
SEEN, REPLACE, DROP = "seen", "replace", "drop_carried"
"""What the page showed; what it may replace after all; the button that leaves carried answers out."""


def _conclusion_of(assessment: Assessment) -> Conclusion | None:
    return getattr(assessment, "conclusion", None)


def _show(
    request: ClinicRequest,
    assessment: Assessment,
    form: ConclusionForm,
    *,
    problems: list[Problem] | None = None,
    conflict: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page around a form in whatever state it is. `conflict`: a colleague wrote meanwhile, so the old mark stays."""
    reading = queries.reading_of(assessment)
    stored = _conclusion_of(assessment)
    context = frame(request, assessment, reading) | {
        "form": form,
        "problems": problems or [],
        "conflict": conflict,
        "page": conclusion_page(reading, str(form["diagnosis"].value() or "")),
        "obstacles": obstacles(reading, stored),
        "stored_mark": mark_of(stored),
        "seen": request.POST.get(SEEN, "") if conflict or form.errors else mark_of(stored),
        "kept_words": _("Kept as a draft") if stored else _("Nothing entered yet"),
    }
    if assessment.amends:
        after = version_of(assessment, panel=context["panel"].to_json())
        context["difference"] = difference_of(version_of(assessment.amends), after)
    return render(request, "assessments/conclusion.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(Permission.ASSESS)
def conclusion(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """The form; a post keeps it as a draft, and takes over one proposal when its button was pressed."""
    assessment = access.get_assessment(request, assessment_id)
    if assessment.is_signed:
        return _too_late(request, assessment) if request.method == "POST" else _to_signed(assessment)
    if request.method == "GET":
        return _show(request, assessment, DraftForm(initial=as_initial(_conclusion_of(assessment))))
    form = DraftForm(_taken_over(request, assessment))
    try:
        if DROP in request.POST:
            actions.drop_carried(by=request.user, assessment=assessment)
        failed = _keep(request, assessment, form)
    except AlreadySigned:
        return _too_late(request, assessment)
    if request.htmx:
        return _pieces(request, assessment, form)
    if failed is not None:
        return failed
    messages.success(request, _("Kept as a draft. Sign it when you are sure."))
    at = "#id_wording" if request.POST.get(USE) == WORDS else ""
    return redirect(reverse("assessments:conclusion", args=[assessment.pk]) + at)


@require_POST
@requires(Permission.SIGN)
def sign(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Keeps what is in the form, then signs; what stands in the way is named all at once and nothing typed is lost."""
    assessment = access.get_assessment(request, assessment_id)
    if assessment.is_signed:
        return _too_late(request, assessment)
    form = ConclusionForm(request.POST)
    try:
        failed = _keep(request, assessment, form)
        if failed is not None:
            return failed
        actions.sign(by=request.user, assessment=assessment)
    except NotReady as error:
        return _show(request, assessment, form, problems=error.problems, status=422)
    except AlreadySigned as error:
        return refusal(request, assessment, error)
    messages.success(request, _("Signed. It can no longer change; amend it to correct something."))
    return _to_signed(assessment)


def _to_signed(assessment: Assessment) -> HttpResponse:
    return redirect("assessments:signed", assessment.pk)


def _too_late(request: ClinicRequest, assessment: Assessment) -> HttpResponse:
    error = AlreadySigned()
    response = refusal(request, assessment, error)
    return _told(response, "answer-refused", error.words) if request.htmx else response


def _taken_over(request: ClinicRequest, assessment: Assessment) -> Mapping[str, str]:
    """What was sent, with the one proposal a button took over. A draft of the text goes below what stands there."""
    sent: dict[str, str] = request.POST.dict()
    field, _equals, value = sent.get(USE, "").partition("=")
    if field == WORDS:
        typed = sent.get(WORDS, "").strip()
        value = "\n\n".join(text for text in (typed, summary_of(assessment, queries.reading_of(assessment))) if text)
        longest = ConclusionForm.base_fields[WORDS].max_length  # type: ignore[attr-defined]
        return sent | {WORDS: value[: max(longest, len(typed))]}
    return sent | ({field: value} if field in ConclusionForm.base_fields else {})


def _keep(request: ClinicRequest, assessment: Assessment, form: ConclusionForm) -> HttpResponse | None:
    """Store the form as the draft's conclusion. None when it is stored; else the page that says what is wrong."""
    if not form.is_valid():
        return None if request.htmx else _show(request, assessment, form, status=422)
    seen = request.POST.get(REPLACE) or request.POST.get(SEEN)
    try:
        assessment.conclusion = actions.save_conclusion(
            by=request.user, assessment=assessment, seen=seen, **form.cleaned_data
        )
    except ConcludedMeanwhile as error:
        form.conflict = error.words
    except AlreadySigned:
        raise
    except Refused as error:
        form.add_error("stage", error.words)
    else:
        return None
    return None if request.htmx else _show(request, assessment, form, conflict=form.conflict, status=422)


def _pieces(request: ClinicRequest, assessment: Assessment, form: ConclusionForm) -> HttpResponse:
    """For htmx: the small parts that follow from what was kept, and in words whether it was kept."""
    reading = queries.reading_of(assessment)
    stored = _conclusion_of(assessment)
    refused = bool(form.errors or form.conflict)
    context: dict[str, Any] = {
        "assessment": assessment,
        "form": form,
        "conflict": form.conflict,
        "page": conclusion_page(reading, str(form["diagnosis"].value() or "")),
        "obstacles": obstacles(reading, stored),
        "stored_mark": mark_of(stored),
        "seen": request.POST.get(SEEN, "") if refused else mark_of(stored),
    }
    response = render(request, "assessments/conclusion_saved.html", context, status=422 if refused else 200)
    if refused:
        return _told(response, "answer-refused", _("Not kept yet: see the message above the form."))
    now = formats.time_format(timezone.localtime(), "H:i")
    return _told(response, "answer-saved", _("Kept as a draft %(time)s") % {"time": now})


def _told(response: HttpResponse, event: str, words: str) -> HttpResponse:
    response["HX-Trigger"] = json.dumps({event: {"text": words}})
    return response
