"""Adding, changing, moving and removing the exercises of a draft. Each answers with the plan, or the page without script."""

from dataclasses import replace
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from clinic.vocabulary.sides import DoseSide
from programs import access, actions, queries
from programs.course import library_dose, stage_of_phase, with_side
from programs.forms import AddForm, DoseForm, ShorthandForm
from programs.mapping import Suitability, allows_sides, default_dose, dose_of
from programs.models import Exercise, Program, ProgramLine
from programs.prescribing.views.builder import changed, refused, reread, words_of
from programs.presenters.builder import heard, prefix_of
from programs.progression.dose import Dose, from_json


@require_POST
@requires(Permission.PRESCRIBE)
def add(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """With the clinician's usual dose where there is one. What is unsuitable today wants a reason."""
    program = access.get_program(request, program_id)
    form = AddForm(request.POST)
    if not form.is_valid():
        raise Http404
    exercise = access.get_exercise(request, form.cleaned_data["exercise"])
    phase, reason = form.cleaned_data["phase"] or program.phase, form.cleaned_data["reason"]
    suitability = Suitability.of(program)
    warning = suitability.at(stage_of_phase(program, phase)).reasons(exercise)
    dose = default_dose(exercise, program.side, suitability.sides)
    if warning and not reason:
        words = _("“%(name)s” is unsuitable: %(warning)s Add it with the reason why it is right all the same.")
        return refused(request, program, words % {"name": exercise.name, "warning": warning})
    try:
        line = actions.add_line(
            by=request.user,
            program=program,
            exercise=exercise,
            phase=phase,
            dose=_usual(request, exercise, dose.side) or dose,
            reason=reason if warning else "",
        )
    except ValidationError as error:
        return refused(request, program, words_of(error))
    return changed(request, program, _("Added: %(name)s.") % {"name": exercise.name}, new_line=line.pk, focus_line=line)


def _usual(request: ClinicRequest, exercise: Exercise, side: DoseSide) -> Dose | None:
    """This clinician's usual dose on this side; None without one."""
    usual = queries.usual_doses(request.clinic.pk, request.user.pk).get(exercise.key)
    return from_json(with_side(usual, side.value)) if usual else None


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
    return _save(request, program, line, form.cleaned_data["dose"], form.cleaned_data.get("note"))


@require_POST
@requires(Permission.PRESCRIBE)
def standard_dose(request: ClinicRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    """Back to the library's dose (to=library), or to the clinician's usual one (to=usual). The side stays."""
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    if request.POST.get("to") == "usual":
        dose = _usual(request, line.exercise, dose_of(line).side)
    else:
        irritability = Suitability.of(program).irritability
        dose = library_dose(program, line.exercise, line.phase, irritability=irritability)[0]
    if dose is None:
        raise Http404
    return _save(request, program, line, replace(dose, side=dose_of(line).side))


def _save(
    request: ClinicRequest, program: Program, line: ProgramLine, dose: Dose, note: str | None = None
) -> HttpResponse:
    try:
        actions.change_line(by=request.user, line=line, dose=dose, note=note, seen=request.POST.get("seen", ""))
    except ValidationError as error:
        return refused(request, program, words_of(error), open_line=line)
    return changed(request, program, _("Dose saved: %(name)s.") % {"name": line.exercise.name}, focus_line=line)


@require_POST
@requires(Permission.PRESCRIBE)
def hear(request: ClinicRequest, program_id: UUID, line_id: UUID) -> HttpResponse:
    """What was understood of a dose that is being typed, for staff and for the runner. Saves nothing."""
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    return render(request, "programs/dose_heard.html", {"heard": heard(line, _dose_form(request, line))})


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
    """Takes it out at once; the undo button, which takes the focus, puts it back."""
    program = access.get_program(request, program_id)
    line = access.get_line(program, line_id)
    try:
        actions.remove_line(by=request.user, line=line)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    said = _("Removed: %(name)s.") % {"name": line.exercise.name}
    return changed(request, program, said, focus="undo", open_phase=line.phase)


@require_POST
@requires(Permission.PRESCRIBE)
def undo(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Takes back the newest change of the draft, if it is still the one on the button."""
    program = access.get_program(request, program_id)
    number = request.POST.get("step", "")
    try:
        what = actions.take_back(by=request.user, program=program, number=int(number) if number.isdecimal() else 0)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    reread(program)
    return changed(request, program, _("Undone: %(what)s.") % {"what": what}, focus="undo")
