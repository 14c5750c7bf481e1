"""The builder page: the draft as the runner will meet it, the library beside it, and what holds for the whole program."""

from collections.abc import Iterable, Sequence
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
from programs.course import phases_of, protocol_at, stage_of_phase
from programs.forms import PhaseForm, PlanForm
from programs.forms.plan import NOTHING, OWN_WORDS
from programs.mapping import Suitability, protocol_of, running_words
from programs.models import Exercise, Program, ProgramLine
from programs.presenters import builder as presenter
from programs.presenters.difference import changes_to_come
from programs.presenters.offers import OFFERED_UNASKED, Offer, offers, suggested
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


def builder_context(
    request: ClinicRequest, program: Program, *, plan_only: bool = False, **extra: Any
) -> dict[str, Any]:
    """Everything the page shows. Nine queries, however many exercises and phases.

    `plan_only`: without the library beside it. `refused_line` and `refused`, `refused_phase`, `new_phase`: forms with
    errors; `open_phase`, `focus_line`: where to look.
    """
    lines, suitability = queries.lines_of(program), Suitability.of(program)
    habits = queries.usual_doses(request.clinic.pk, request.user.pk)
    newest, may_change = queries.latest_version(program), may_change_program(request, program)
    focused: ProgramLine | None = extra.get("focus_line") or extra.pop("open_line", None)
    shown = presenter.Shown(
        refused_line=extra.pop("refused_line", None),
        refused=extra.pop("refused", None),
        refused_phase=extra.pop("refused_phase", None),
        open_phase=extra.pop("open_phase", None) or (focused.phase if focused else None),
    )
    phases = presenter.phase_views(program, lines, suitability, habits, shown)
    return {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
        "protocol": protocol_of(program),
        "may_change": may_change,
        "phases": phases,
        "open_phase": shown.open_phase,
        "source_of_most": presenter.SOURCE_OF_MOST,
        "new_phase": PhaseForm(prefix="new-phase"),
        "step": queries.last_step(program) if may_change else None,
        "plan_form": plan_form(program),
        "newest": newest,
        "next_number": newest.number + 1 if newest else 1,
        "changes": changes_to_come(program, lines, newest),
        **(library_context(request, program, lines, suitability, habits) if may_change and not plan_only else {}),
        **extra,
    }


def may_change_program(request: ClinicRequest, program: Program) -> bool:
    return can(request.membership, Permission.PRESCRIBE) and program.state != Program.State.ENDED


def library_context(
    request: ClinicRequest,
    program: Program,
    lines: Sequence[ProgramLine],
    suitability: Suitability,
    habits: presenter.Habits,
) -> dict[str, Any]:
    """What the search beside the program found, judged for the phase it would be added to. Two queries."""
    text, asked = request.GET.get("q", "").strip(), request.GET.get("phase", "")
    known = len(phases_of(program))
    phase = int(asked) if asked.isascii() and asked.isdecimal() and 1 <= int(asked) <= known else program.phase
    stage = stage_of_phase(program, phase)
    inside = {line.exercise.key for line in lines if line.phase == phase}

    def offered(found: Iterable[Exercise]) -> list[Offer]:
        return offers(found, program, suitability.at(stage), inside, habits)

    most = queries.MOST_RESULTS if text else OFFERED_UNASKED
    shown = offered(queries.exercises(request.clinic.pk, text=text)[:most])
    protocol = protocol_at(program, stage)
    also = protocol.also if protocol and not text else ()
    return {
        "q": text,
        "to_phase": phase,
        "offers": shown,
        "is_cut": len(shown) == most,
        "suggested": suggested(also, offered(queries.by_key(also, request.clinic.pk).values())) if also else [],
    }


@require_safe
@requires(Permission.VIEW_PATIENTS)
def builder(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """`open`: a later phase to unfold with its fields; htmx gets the plan alone."""
    program = access.get_program(request, program_id)
    number = request.GET.get("open", "")
    opened = int(number) if number.isascii() and number.isdecimal() else None
    part = bool(opened) and bool(request.htmx)
    context = builder_context(request, program, plan_only=part, open_phase=opened, focus="phase" if opened else "")
    return page_or_partial(request, TEMPLATE, context, partial="plan" if opened else "")


@require_safe
@requires(Permission.PRESCRIBE)
def library_beside(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """What the search beside the program found. Without htmx, the whole builder with the same search."""
    program = access.get_program(request, program_id)
    return page_or_partial(request, TEMPLATE, builder_context(request, program), partial="results")


def changed(request: ClinicRequest, program: Program, said: str, **extra: Any) -> HttpResponse:
    """The draft after a change: the plan in place, or without script the page again at the same spot."""
    if not request.htmx:
        line: ProgramLine | None = extra.get("focus_line")
        return go_to(request, f"{program_url(program)}#{f'line-{line.pk}' if line else 'plan'}")
    context = builder_context(request, program, plan_only=True, **extra)
    response = page_or_partial(request, TEMPLATE, context, partial="plan")
    return announce(response, "program-changed", said=said)


def refused(request: ClinicRequest, program: Program, problem: str = "", **extra: Any) -> HttpResponse:
    """Nothing was done; the page says what to mend where it stands."""
    context = builder_context(request, program, plan_only=bool(request.htmx), problem=problem, **extra)
    response = page_or_partial(request, TEMPLATE, context, partial="plan", status=422)
    return announce(response, said=problem)


def reread(program: Program) -> None:
    """The draft's own fields as an action left them; the runner and the episode stay loaded. One query."""
    told_in_draft = ["stage", "side", "pain_ceiling", "running_advice", "phases", "phase", "self_test", "next_visit"]
    program.refresh_from_db(fields=told_in_draft)


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
