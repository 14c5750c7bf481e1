"""The phases of a draft: their words, their number, and which one the runner is in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access, actions
from programs.forms import PhaseForm
from programs.models import Program
from programs.prescribing.views.builder import changed, refused, reread, words_of


@require_POST
@requires(Permission.PRESCRIBE)
def add(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    form = PhaseForm(request.POST, prefix="new-phase")
    if not form.is_valid():
        return refused(request, program, new_phase=form)
    said = _("Phase added: %(title)s.") % {"title": form.cleaned_data["title"]}
    return _done(request, program, said, actions.add_phase, **form.cleaned_data)


@require_POST
@requires(Permission.PRESCRIBE)
def change(request: ClinicRequest, program_id: UUID, number: int) -> HttpResponse:
    """Its title, and the criteria to move on, one a line."""
    program = access.get_program(request, program_id)
    form = PhaseForm(request.POST, prefix=f"phase-{number}")
    if not form.is_valid():
        return refused(request, program, refused_phase=(number, form), open_phase=number)
    said = _("Phase %(number)s saved.") % {"number": number}
    return _done(request, program, said, actions.change_phase, number=number, **form.cleaned_data)


@require_POST
@requires(Permission.PRESCRIBE)
def move(request: ClinicRequest, program_id: UUID, number: int) -> HttpResponse:
    """The runner is in this phase from the next version on."""
    program = access.get_program(request, program_id)
    said = _("The runner is in phase %(number)s from the next version on.") % {"number": number}
    return _done(request, program, said, actions.move_to_phase, number=number)


@require_POST
@requires(Permission.PRESCRIBE)
def remove(request: ClinicRequest, program_id: UUID, number: int) -> HttpResponse:
    """With its exercises; the undo button brings both back."""
    program = access.get_program(request, program_id)
    said = _("Phase %(number)s removed.") % {"number": number}
    return _done(request, program, said, actions.remove_phase, number=number)


def _done(
    request: ClinicRequest, program: Program, said: str, action: Callable[..., object], **values: Any
) -> HttpResponse:
    try:
        action(by=request.user, program=program, **values)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    reread(program)
    is_gone = action is actions.remove_phase
    return changed(
        request,
        program,
        said,
        open_phase=None if is_gone else values.get("number"),
        focus="undo" if is_gone else "phase",
    )
