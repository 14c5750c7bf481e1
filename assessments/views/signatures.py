"""What waits for a person's signature, and a colleague's co-signature: asked for, answered, taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments import access, actions, queries, waiting
from assessments.errors import Refused
from assessments.forms.conclusion import AskForm, CosignForm
from assessments.models import CoSignature
from assessments.presenters.to_sign import draft_lines
from assessments.views.pages import refusal
from clinic.access import remember_reading
from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires

ROWS = 20
SIGN, DECLINE, WITHDRAW = "sign", "decline", "withdraw"
"""What the button `do` of a request may say."""


@require_safe
@requires(Permission.SIGN)
def to_sign(request: ClinicRequest) -> HttpResponse:
    """My drafts (or the clinic's) with what is missing, what colleagues ask me, and what I asked. Six queries at most."""
    remember_reading(request, None)
    everybody = request.GET.get("whose") == "all"
    drafts = waiting.drafts_of(request.clinic, by=None if everybody else request.user)
    shown = Paginator(drafts, ROWS).get_page(request.GET.get("page"))
    context = {
        "section": "caseload",
        "everybody": everybody,
        "page": shown,
        "keep": "whose=all&" if everybody else "",
        "drafts": draft_lines(shown, request.user),
        "waiting": waiting.cosignatures_asked_of(request.clinic, request.user),
        "asked": waiting.cosignatures_asked_by(request.clinic, request.user),
    }
    return render(request, "assessments/to_sign.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN)
def ask(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Choose a colleague, say what to look at."""
    assessment = access.get_assessment(request, assessment_id)
    if not assessment.is_signed:
        return refusal(request, assessment, Refused(_("Only a signed assessment is co-signed. Sign it first.")))
    people = queries.cosigners_of(assessment, but=request.user)
    form = AskForm(people, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.ask_cosignature(
                by=request.user, assessment=assessment, of=form.chosen, question=form.cleaned_data["question"]
            )
        except Refused as error:
            form.add_error("colleague", error.words)
        else:
            words = _("%(name)s finds it under “To sign” and on this page.") % {"name": row.asked_of.name}
            messages.success(request, words)
            return redirect("assessments:signed", assessment.pk)
    context = {
        "section": "patients",
        "assessment": assessment,
        "episode": assessment.episode,
        "form": form,
        "people": people,
    }
    return render(request, "assessments/cosign_ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@requires(Permission.SIGN)
def cosignature(request: ClinicRequest, cosignature_id: UUID) -> HttpResponse:
    """Says once more what is signed; the colleague co-signs or declines, whoever asked may withdraw."""
    row = access.get_cosignature(request, cosignature_id)
    if request.method == "GET" and row.state != CoSignature.State.ASKED:
        return redirect("assessments:signed", row.assessment_id)
    form = CosignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = _answer(request, row, form.cleaned_data["words"])
        except Refused as error:
            if request.POST.get("do") != DECLINE or form.cleaned_data["words"]:
                return refusal(request, row.assessment, error)
            form.add_error("words", error.words)
        else:
            messages.success(request, said)
            return redirect("assessments:signed", row.assessment_id)
    context = {
        "section": "patients",
        "row": row,
        "assessment": row.assessment,
        "episode": row.assessment.episode,
        "form": form,
        "amendment": queries.amendment_of(row.assessment),
        "is_mine": row.asked_of_id == request.user.pk,
        "may_withdraw": row.asked_by_id == request.user.pk,
    }
    return render(request, "assessments/cosign.html", context, status=422 if form.is_bound else 200)


def _answer(request: ClinicRequest, row: CoSignature, words: str) -> str:
    """Does what the button said; the words for the message. Raises Refused."""
    do = request.POST.get("do")
    if do == SIGN:
        actions.cosign(by=request.user, asked=row, words=words)
        return _("Co-signed. Your name stands under this version.")
    if do == DECLINE:
        actions.decline_cosignature(by=request.user, asked=row, words=words)
        return _("Not co-signed. %(name)s reads your words under “To sign”.") % {"name": row.asked_by.name}
    if do == WITHDRAW:
        actions.withdraw_cosignature(by=request.user, asked=row)
        return _("Withdrawn. Nobody is asked any more.")
    raise Refused(_("Choose whether you co-sign."))
