"""Protocols: the list, the page of one, keeping a program as one, and laying one over a draft."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs import access, actions, queries
from programs.course import phases_of
from programs.forms.protocols import ApplyForm, ProtocolForm, SaveForm, phase_asked
from programs.keeping import (
    Fate,
    from_content,
    from_library,
    keys_of,
    laid_over,
    phases_from_draft,
    phases_from_version,
)
from programs.library.catalogue import PROTOCOLS
from programs.library.protocol import Protocol
from programs.mapping import Suitability
from programs.models import ClinicProtocol, Program
from programs.prescribing.views.builder import program_url, words_of
from programs.presenters import protocols as presenter
from programs.presenters.words import condition_of


@require_safe
@requires(Permission.VIEW_PATIENTS)
def protocols(request: ClinicRequest) -> HttpResponse:
    """Mine, shared ones and ours; the retired ones of whoever may take them back. One query."""
    known = queries.protocols_of(request.clinic, request.user)
    mine = [protocol for protocol in known if protocol.owner_id == request.user.pk and not protocol.retired_at]
    shared = [protocol for protocol in known if protocol.owner_id != request.user.pk and not protocol.retired_at]
    retired = [each for each in known if each.retired_at and access.may_change_protocol(request, each)]
    context = {
        "section": "library",
        "mine": presenter.rows_of(mine),
        "shared": presenter.rows_of(shared),
        "retired": presenter.rows_of(retired),
        "ours": presenter.our_rows(),
        "prescribes": can(request.membership, Permission.PRESCRIBE),
    }
    return render(request, "programs/protocols.html", context)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def protocol(request: ClinicRequest, protocol_id: UUID) -> HttpResponse:
    return _page(request, access.get_protocol(request, protocol_id))


def _page(request: ClinicRequest, found: ClinicProtocol, form: ProtocolForm | None = None) -> HttpResponse:
    context = {
        "section": "library",
        "protocol": found,
        "title": found.name,
        "condition": presenter.condition_words(found.diagnosis, found.stage),
        "phases": _phase_views(request, from_content(found.content)),
        "may_change": access.may_change_protocol(request, found),
        "form": form or ProtocolForm(initial={"name": found.name, "is_shared": found.is_shared}),
    }
    return render(request, "programs/protocol.html", context, status=422 if form else 200)


def _phase_views(request: ClinicRequest, phases: list[Any]) -> list[presenter.PhaseView]:
    """One query; two when something in it was retired."""
    keys = keys_of(phases)
    exercises = queries.by_key(keys, request.clinic.pk)
    return presenter.phase_views(phases, exercises, queries.names_of_retired(keys, exercises, request.clinic.pk))


@require_safe
@requires(Permission.VIEW_PATIENTS)
def protocol_ours(request: ClinicRequest, diagnosis: str, stage: int) -> HttpResponse:
    """One stage of the library, with what it rests on."""
    found = PROTOCOLS.get((WorkingDiagnosis(diagnosis), stage)) if diagnosis in set(WorkingDiagnosis) else None
    if found is None:
        raise Http404
    context = {
        "section": "library",
        "ours": found,
        "title": found.title,
        "condition": presenter.condition_words(diagnosis, stage or None),
        "phases": _phase_views(request, from_library(found)),
        "sources": presenter.sources_of(found),
    }
    return render(request, "programs/protocol.html", context)


@require_POST
@requires(Permission.PRESCRIBE)
def protocol_change(request: ClinicRequest, protocol_id: UUID) -> HttpResponse:
    found = access.get_protocol_to_change(request, protocol_id)
    form = ProtocolForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.change_protocol(by=request.user, protocol=found, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, found, form)
    messages.success(request, _("Saved."))
    return redirect("programs:protocol", found.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def protocol_retire(request: ClinicRequest, protocol_id: UUID) -> HttpResponse:
    found = access.get_protocol_to_change(request, protocol_id)
    actions.retire_protocol(by=request.user, protocol=found)
    messages.success(request, _("Retired: it is no longer offered. You can take it back below."))
    return redirect("programs:protocols")


@require_POST
@requires(Permission.PRESCRIBE)
def protocol_restore(request: ClinicRequest, protocol_id: UUID) -> HttpResponse:
    found = access.get_protocol_to_change(request, protocol_id)
    try:
        actions.restore_protocol(by=request.user, protocol=found)
    except ValidationError as error:
        messages.warning(request, words_of(error))
    else:
        messages.success(request, _("Taken back: it is offered again."))
    return redirect("programs:protocol", found.pk)


def _of_program(program: Program) -> dict[str, Any]:
    return {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def protocol_save(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """From the draft, or with ?version=2 from what was issued then."""
    program = access.get_program(request, program_id)
    asked = request.GET.get("version", "")
    if asked:
        version = access.get_version(program, int(asked) if asked.isascii() and asked.isdecimal() else 0)
        phases = phases_from_version(version)
    else:
        version, phases = None, phases_from_draft(program, queries.lines_of(program))
    form = SaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_protocol(by=request.user, program=program, phases=phases, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved as a protocol."))
            return redirect("programs:protocol", saved.pk)
    context = _of_program(program) | {
        "form": form,
        "version": version,
        "phases": _phase_views(request, phases),
        "notes": [line.note for phase in phases for line in phase.lines if line.note],
        "back": program_url(program),
    }
    return render(request, "programs/protocol_save.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def protocol_apply(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Choose one (?protocol=), see what it would add, tick, add. Nothing in the draft is changed or removed."""
    program = access.get_program(request, program_id)
    chosen = _chosen(request)
    context = _of_program(program) | {"back": program_url(program)}
    if chosen is None:
        known = [each for each in queries.protocols_of(request.clinic, request.user) if not each.retired_at]
        lists = {"own": presenter.rows_of(known), "ours": presenter.our_rows(program.diagnosis)}
        return render(request, "programs/protocol_choose.html", context | lists)
    found, lines = presenter.offered(chosen), queries.lines_of(program)
    into = phase_asked(request.GET.get("into", ""), len(phases_of(program)))
    exercises = queries.by_key(keys_of(found.phases), request.clinic.pk)
    layers = laid_over(found.phases, program, lines, exercises, Suitability.of(program), into=into)
    form = ApplyForm(request.POST if request.method == "POST" else None)
    problem = form.problem() if request.method == "POST" else ""
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.apply_protocol(
                by=request.user, program=program, name=found.title, layers=layers, numbers=form.cleaned_data["line"]
            )
        except ValidationError as error:
            problem = words_of(error)
        else:
            words = ngettext("%(n)d exercise was added.", "%(n)d exercises were added.", len(added))
            messages.success(request, words % {"n": len(added)})
            return redirect(f"{program_url(program)}#plan")
    names = queries.names_of_retired(keys_of(found.phases), exercises, request.clinic.pk)
    context |= {
        "offered": found,
        "layers": presenter.layer_views(layers, program, names),
        "phase_choices": presenter.phase_choices(program, found.phases),
        "into": str(into or (program.phase if len(found.phases) == 1 else "")),
        "has_unsuitable": any(one.fate is Fate.UNSUITABLE for layer in layers for one in layer.additions),
        "problem": problem,
    }
    return render(request, "programs/protocol_apply.html", context, status=422 if problem else 200)


def _chosen(request: ClinicRequest) -> ClinicProtocol | Protocol | None:
    """404 for a protocol this person may not see, and for one that was retired."""
    text = request.GET.get("protocol", "")
    if not text:
        return None
    named = presenter.by_choice(text)
    found = access.get_protocol(request, named) if isinstance(named, UUID) else named
    if found is None or (isinstance(found, ClinicProtocol) and found.retired_at):
        raise Http404
    return found
