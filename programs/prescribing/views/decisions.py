"""Answers to what is proposed, what was done about something new, and measured checks."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access, actions
from programs.actions.decisions import Settlement
from programs.decisions.gather import today_of
from programs.forms.decisions import CheckForm, HandledForm, ProposalForm
from programs.models import Program, ProgramDecision
from programs.prescribing.views.builder import words_of
from programs.prescribing.views.issued import PAGE, program_context
from programs.presenters.decision_checks import asked_words
from programs.presenters.decision_points import KNOWN
from programs.presenters.words import condition_of
from programs.progression.decision_words import check_words
from programs.progression.proposal_types import Part, Verdict

Outcome = ProgramDecision.Outcome


@require_POST
@requires(Permission.PRESCRIBE)
def proposal(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Accept, change or dismiss; then on to where the answer leads: the draft, the end, or this page again."""
    program = access.get_program(request, program_id)
    form = ProposalForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, program_context(request, program) | {"proposal_form": form}, status=422)
    try:
        settled = actions.answer_proposal(
            by=request.user, program=program, today=today_of(program), **form.cleaned_data
        )
    except ValidationError as error:
        messages.warning(request, words_of(error))
        return _section(program)
    return _onward(request, program, settled)


def _section(program: Program) -> HttpResponse:
    return redirect(reverse("programs:program", args=[program.pk]) + "#decision")


def _onward(request: ClinicRequest, program: Program, settled: Settlement) -> HttpResponse:
    change = settled.decision.change
    if settled.row.outcome == Outcome.CHANGED:
        messages.info(
            request, _("Your reason is kept. Change the draft here; the runner gets it with the next version.")
        )
        return redirect("programs:builder", program.pk)
    if settled.row.outcome == Outcome.DISMISSED:
        messages.success(request, _("Dismissed, with your reason. It does not come back unless something new is told."))
        return _section(program)
    if change is None:
        kept = _("Kept: the program stays as it is.")
        messages.success(request, _("Kept as reviewed.") if settled.decision.verdict is Verdict.REVIEW else kept)
        return _section(program)
    if change.part is Part.FINISH:
        return redirect("programs:end", program.pk)
    if settled.is_applied:
        messages.success(
            request, _("In the draft now. Look at it and issue it: until then the runner has the old version.")
        )
    else:
        messages.info(
            request, _("Accepted. The draft needed no change for it, or has none to offer: look at it yourself.")
        )
    return redirect("programs:builder", program.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def symptom_handled(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Dealt with, with a note what was done."""
    program = access.get_program(request, program_id)
    form = HandledForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, program_context(request, program) | {"handled_form": form}, status=422)
    try:
        actions.handle_new_symptom(
            by=request.user,
            program=program,
            note=form.cleaned_data["note"],
            until=form.cleaned_data["until"],
            today=today_of(program),
        )
    except ValidationError as error:
        messages.warning(request, words_of(error))
    else:
        messages.success(request, _("Kept, with your name and the time."))
    return _section(program)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def check(request: ClinicRequest, program_id: UUID, key: str) -> HttpResponse:
    """One measured check. A correction is written down the same way."""
    program = access.get_program(request, program_id)
    criterion = KNOWN.get(key)
    if criterion is None:
        raise Http404
    today = today_of(program)
    form = CheckForm(request.POST if request.method == "POST" else None, criterion=criterion, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_check(by=request.user, program=program, key=key, today=today, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Written down."))
            return redirect(reverse("programs:program", args=[program.pk]) + "#criteria")
    context = {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
        "name": check_words(key, _),
        "asked": asked_words(criterion),
        "form": form,
    }
    return render(request, "programs/check.html", context, status=422 if form.errors else 200)
