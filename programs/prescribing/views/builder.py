"""The builder page: the draft as the runner will meet it, the library beside it, and what holds for the whole program."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinic.http import ClinicRequest, announce, go_to, page_or_partial
from clinic.permissions import Permission, can, requires
from programs import access, actions, queries
from programs.forms import PlanForm
from programs.forms.plan import NOTHING, OWN_WORDS
from programs.mapping import Suitability, protocol_of, running_words
from programs.models import Program, ProgramLine
from programs.presenters import builder as presenter
from programs.presenters.words import condition_of

TEMPLATE = "programs/builder.html"


def plan_form(program: Program, data: Any = None) -> PlanForm:
    today = timezone.localdate()
    running = program.running_advice
    rung = running.get("level")
    initial = {
        "pain_ceiling": program.pain_ceiling,
        "running": NOTHING if not running else OWN_WORDS if rung is None else str(rung),
        "running_words": running.get("text", ""),
        "starts_on": max(program.starts_on or today, today),
        "next_visit": program.next_visit,
    }
    return PlanForm(data, initial=initial, today=today)


def builder_context(request: ClinicRequest, program: Program, **extra: Any) -> dict[str, Any]:
    """Everything the page shows. Five queries, however many exercises. `refused_line` and `refused`: a form with errors."""
    lines = queries.lines_of(program)
    suitability = Suitability.of(program)
    text = request.GET.get("q", "").strip()
    inside = {line.exercise_id for line in lines}
    found = list(queries.exercises(request.clinic.pk, text=text))
    newest = queries.latest_version(program)
    protocol = protocol_of(program)
    offers = presenter.offers(found, program, suitability, inside)
    rows = presenter.rows(
        lines, suitability, refused_line=extra.pop("refused_line", None), refused=extra.pop("refused", None)
    )
    return {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
        "protocol": protocol,
        "may_change": can(request.membership, Permission.PRESCRIBE) and program.state != Program.State.ENDED,
        "rows": rows,
        "count_words": presenter.count_words(len(rows)),
        "offers": offers if text else offers[: presenter.OFFERED_UNASKED],
        "not_offered": 0 if text else max(len(offers) - presenter.OFFERED_UNASKED, 0),
        "suggested": presenter.suggested(protocol, found, program, suitability, inside) if not text else [],
        "q": text,
        "plan_form": plan_form(program),
        "newest": newest,
        "next_number": newest.number + 1 if newest else 1,
        **extra,
    }


@require_safe
@requires(Permission.VIEW_PATIENTS)
def builder(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    return render(request, TEMPLATE, builder_context(request, program))


@require_safe
@requires(Permission.PRESCRIBE)
def library_beside(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """What the search beside the program found. Without htmx, the whole builder with the same search."""
    program = access.get_program(request, program_id)
    return page_or_partial(request, TEMPLATE, builder_context(request, program), partial="results")


def changed(request: ClinicRequest, program: Program, said: str, **extra: Any) -> HttpResponse:
    """The draft after a change: the plan in place, or without script the page again at the same spot."""
    if not request.htmx and "undo" not in extra:
        line: ProgramLine | None = extra.get("focus_line")
        return go_to(request, f"{program_url(program)}#{f'line-{line.pk}' if line else 'plan'}")
    response = page_or_partial(request, TEMPLATE, builder_context(request, program, **extra), partial="plan")
    return announce(response, "program-changed", said=said)


def refused(request: ClinicRequest, program: Program, problem: str = "", **extra: Any) -> HttpResponse:
    """Nothing was done; the page says what to mend where it stands."""
    context = builder_context(request, program, problem=problem, **extra)
    response = page_or_partial(request, TEMPLATE, context, partial="plan", status=422)
    return announce(response, said=problem)


def program_url(program: Program) -> str:
    return reverse("programs:builder", args=[program.pk])


def words_of(error: ValidationError) -> str:
    return " ".join(error.messages)


def save_plan(request: ClinicRequest, program: Program, form: forms.Form) -> None:
    data = form.cleaned_data
    choice, words = data["running"], data["running_words"].strip()
    rung = None if choice in (OWN_WORDS, NOTHING) else int(choice)
    actions.change_plan(
        by=request.user,
        program=program,
        pain_ceiling=data["pain_ceiling"],
        running_advice={} if choice == NOTHING else running_words(rung, words),
        next_visit=data["next_visit"],
        starts_on=data["starts_on"],
    )


@require_POST
@requires(Permission.PRESCRIBE)
def plan(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Pain ceiling, running, first day, next visit: saved without issuing."""
    program = access.get_program(request, program_id)
    form = plan_form(program, request.POST)
    if not form.is_valid():
        return render(request, TEMPLATE, builder_context(request, program, plan_form=form), status=422)
    try:
        save_plan(request, program, form)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    messages.success(request, _("Saved. The runner learns of it with the next version."))
    return redirect(program_url(program))
