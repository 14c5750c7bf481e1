"""Progress of one program on a page of its own: made for looking at together, and for printing."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from programs import access
from programs.presenters.words import condition_of
from programs.progress.chart.facts import window
from programs.progress.gather import course_of
from programs.progress.measured import measures_of
from programs.progress.presenters import course_view

RANGES = {"14": 14, "42": 42, "all": None}
USUAL = "42"


@require_safe
@requires(Permission.VIEW_PATIENTS)
def progress(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """The course and the measures. Ten queries with the program's own, however long the course."""
    program = access.get_program(request, program_id)
    asked = request.GET.get("range", USUAL)
    asked = asked if asked in RANGES else USUAL
    course = course_of(program, timezone.localdate())
    context = {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
        "range": asked,
        "view": course_view(window(course, RANGES[asked]), RANGES[asked]) if course else None,
        "measures": measures_of(program.episode),
        "may_type": can(request.membership, Permission.EDIT_PATIENTS) and course is not None,
    }
    return render(request, "progress/progress.html", context)
