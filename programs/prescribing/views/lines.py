"""Adding, changing, moving and removing the exercises of a draft. Each answers with the plan, or the page without script."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access, actions
from programs.forms import AddForm, DoseForm, ShorthandForm
from programs.mapping import allows_sides, dose_of
from programs.models import ProgramLine
from programs.prescribing.views.builder import changed, refused, words_of
from programs.presenters.builder import prefix_of


@require_POST
@requires(Permission.PRESCRIBE)
def add(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    form = AddForm(request.POST)
    if not form.is_valid():
        raise Http404
    exercise = access.get_exercise(request, form.cleaned_data["exercise"])
    try:
        line = actions.add_line(by=request.user, program=program, exercise=exercise)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    return changed(request, program, _("Added: %(name)s.") % {"name": exercise.name}, new_line=line.pk, focus_line=line)


def _dose_form(request: ClinicRequest, line: ProgramLine) -> forms.Form:
    if request.POST.get("how") == "line":
        return ShorthandForm(request.POST, prefix=prefix_of(line), side=dose_of(line).side)
    return DoseForm(request.POST, prefix=prefix_of(line), has_sides=allows_sides(line.exercise))


@require_POST
@requires(Permission.PRESCRIBE)
def change(request: ClinicRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    """Dose, side and note: typed in one line (how=line) or field by field."""
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    form = _dose_form(request, line)
    if not form.is_valid():
        return refused(request, program, refused_line=line, refused=form)
    try:
        actions.change_line(
            by=request.user, line=line, dose=form.cleaned_data["dose"], note=form.cleaned_data.get("note")
        )
    except ValidationError as error:
        return refused(request, program, words_of(error))
    return changed(request, program, _("Dose saved: %(name)s.") % {"name": line.exercise.name}, focus_line=line)


@require_POST
@requires(Permission.PRESCRIBE)
def reason(request: ClinicRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    """Why an unsuitable exercise is right all the same."""
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    try:
        actions.give_reason(by=request.user, line=line, reason=request.POST.get("reason", "")[:300])
    except ValidationError as error:
        return refused(request, program, words_of(error))
    return changed(request, program, _("Reason saved."), focus_line=line)


@require_POST
@requires(Permission.PRESCRIBE)
def move(request: ClinicRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    up = request.POST.get("to") == "up"
    try:
        moved = actions.move_line(by=request.user, line=line, up=up)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    words = _("Moved up: %(name)s.") if up else _("Moved down: %(name)s.")
    said = words % {"name": line.exercise.name} if moved else ""
    return changed(request, program, said, focus_line=line, focus="up" if up else "down")


@require_POST
@requires(Permission.PRESCRIBE)
def remove(request: ClinicRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    """Takes it out at once; the answer carries what undoes it."""
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    try:
        undo = actions.remove_line(by=request.user, line=line)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    said = _("Removed: %(name)s.") % {"name": line.exercise.name}
    return changed(request, program, said, undo=undo, undo_words=said)


@require_POST
@requires(Permission.PRESCRIBE)
def restore(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    try:
        line = actions.restore_line(by=request.user, program=program, undo=request.POST.get("undo", ""))
    except ValidationError as error:
        return refused(request, program, words_of(error))
    return changed(request, program, _("Put back."), new_line=line.pk, focus_line=line)
