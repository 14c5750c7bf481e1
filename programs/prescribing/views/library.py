"""The exercise library: found while typing, with its sources open to everyone who works here."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires
from programs import access, queries
from programs.presenters import library as presenter
from programs.presenters.words import KIND_FILTERS


@require_safe
@requires(Permission.VIEW_PATIENTS)
def library(request: ClinicRequest) -> HttpResponse:
    """One query; htmx gets the list alone."""
    text, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    kind = kind if kind in KIND_FILTERS else ""
    found = presenter.entries(queries.exercises(request.clinic.pk, text=text, kind=kind))
    context = {"section": "library", "q": text, "kind": kind, "kinds": KIND_FILTERS, "entries": found}
    return page_or_partial(request, "programs/library.html", context, partial="results")


@require_safe
@requires(Permission.VIEW_PATIENTS)
def exercise(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    found = access.get_exercise(request, exercise_id)
    content = found.whole
    neighbours = queries.by_key([*content["progressions"], *content["regressions"]], request.clinic.pk)
    context = {
        "section": "library",
        "page": presenter.page_of(found),
        "harder": [neighbours[key] for key in content["progressions"] if key in neighbours],
        "easier": [neighbours[key] for key in content["regressions"] if key in neighbours],
    }
    return render(request, "programs/exercise.html", context)
