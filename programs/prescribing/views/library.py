"""The exercise library: found while typing, with its sources open to everyone who works here."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from clinic.http import ClinicRequest, announce, page_or_partial
from clinic.permissions import Permission, can, requires
from programs import access, queries, shelf
from programs.forms.exercise_filters import NO_FILTERS, LibraryFilter
from programs.mapping import Suitability
from programs.models import Program
from programs.presenters import library as presenter

PER_PAGE = 40


@require_safe
@requires(Permission.VIEW_PATIENTS)
def library(request: ClinicRequest) -> HttpResponse:
    """Two queries, four where something is mistyped; htmx gets the list alone. With ?program=, judged for its runner."""
    form = LibraryFilter(request.GET)
    wanted = form.wanted()
    program = access.get_program(request, wanted["program"]) if wanted["program"] else None
    suitability = Suitability.of(program) if program else None
    found = queries.exercises(
        request.clinic.pk,
        text=wanted["q"],
        kind=wanted["kind"],
        target=wanted["target"],
        equipment=wanted["equipment"],
        position=wanted["position"],
        stage=[wanted["stage"]] if wanted["stage"] else [],
        whose=wanted["whose"],
        not_keys=presenter.unsuitable_keys(suitability) if suitability and wanted["fits"] else (),
    )
    page = Paginator(shelf.ids_of(found), PER_PAGE).get_page(request.GET.get("page"))
    rows = shelf.rows_of(list(page.object_list), request.clinic.pk)
    may_write = can(request.membership, Permission.PRESCRIBE)
    address = {name: value for name, value in wanted.items() if value}
    context = {
        "section": "library",
        "form": form,
        "q": wanted["q"],
        "entries": presenter.entries(rows, suitability),
        "page": page,
        "keep": f"{urlencode(address, doseq=True)}&" if address else "",
        "chosen": len(address.keys() - NO_FILTERS),
        "is_close": presenter.is_close(rows, wanted["q"]),
        "bare": _bare(wanted, program),
        "program": program,
        "may_write": may_write,
        "may_add": may_write and program is not None and program.state != Program.State.ENDED,
    }
    response = page_or_partial(request, "programs/library.html", context, partial="results")
    if request.htmx:
        response["HX-Replace-Url"] = f"{reverse('programs:library')}?{urlencode(address, doseq=True)}".rstrip("?")
        count = page.paginator.count
        announce(response, said=ngettext("%(count)s exercise", "%(count)s exercises", count) % {"count": count})
    return response


def _bare(wanted: dict[str, Any], program: Program | None) -> str:
    """The address without filters: the search and the program stay."""
    kept = {"q": wanted["q"], "program": str(program.pk) if program else ""}
    return "?" + urlencode({name: value for name, value in kept.items() if value})


@require_safe
@requires(Permission.VIEW_PATIENTS)
def exercise(request: ClinicRequest, exercise_id: UUID) -> HttpResponse:
    """Everything about one exercise, with the ladder it stands on. Two queries."""
    found = access.get_exercise(request, exercise_id)
    around = shelf.neighbours(found, request.clinic.pk)
    context = {
        "section": "library",
        "page": presenter.page_of(found),
        "easier": around.easier,
        "harder": around.harder,
        "instead": around.instead,
        "may_write": can(request.membership, Permission.PRESCRIBE),
    }
    return render(request, "programs/exercise.html", context)
