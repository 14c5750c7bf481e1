"""The page on which a ticked sheet is typed back: look first, then write."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access, queries
from programs.models import ProgramVersion
from programs.presenters.words import condition_of
from programs.progress.actions import write_sheet
from programs.progress.grid import Changes, changes_of, filled
from programs.progress.sheet import sheet_of
from programs.progress.sheet_grid import read, sheet_view, typed_before


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_PATIENTS)
def paper_sheet(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """The grid of one version (`?version=`, else the newest that has begun). `do=fill` ticks every open box, `do=check` shows
    what would be written, `do=save` writes it."""
    program = access.get_program(request, program_id)
    today = timezone.localdate()
    versions = list(queries.contents_of(program))
    if not versions:
        return redirect("programs:progress", program.pk)
    version = _chosen(versions, request.GET.get("version", ""), today)
    sheet = sheet_of(program, version, versions, today)
    typed = read(request.POST, sheet) if request.method == "POST" else typed_before(sheet)
    does = request.POST.get("do", "")
    if does == "fill":
        typed = replace(typed, given=filled(typed.given, sheet.sessions, today))
    changes = changes_of(typed.given, typed.pain, sheet.sessions, sheet.held)
    is_sound = not (typed.refused or changes.without_answer)
    if does == "save" and is_sound:
        written = write_sheet(
            by=request.user, program=program, version=version, given=typed.given, pain=typed.pain, today=today
        )
        messages.success(request, written_words(written))
        return redirect("programs:progress", program.pk)
    view = sheet_view(sheet, typed, today)
    context = {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
        "versions": versions,
        "version": version,
        "sheet": sheet,
        "view": view,
        "changes": changes if does in ("check", "save") else None,
        "is_sound": is_sound,
        "will_write": will_words(changes),
    }
    return render(request, "progress/paper.html", context, status=200 if is_sound or does == "fill" else 422)


def _chosen(versions: list[ProgramVersion], asked: str, today: date) -> ProgramVersion:
    """Newest first: the one asked for, else the newest that has begun, else the first there was."""
    named = {str(version.number): version for version in versions}
    begun = [version for version in versions if version.starts_on <= today]
    return named.get(asked) or (begun or versions[-1:])[0]


def _counted(changes: Changes) -> list[str]:
    done = sum(entry.status == "done" for entry in changes.added)
    skipped = len(changes.added) - done
    days = len({entry.session.day for entry in changes.added if entry.pain is not None})
    parts = [
        (done, ngettext("%(n)d done", "%(n)d done", done)),
        (skipped, ngettext("%(n)d skipped", "%(n)d skipped", skipped)),
        (days, ngettext("pain on %(n)d day", "pain on %(n)d days", days)),
        (len(changes.changed), ngettext("%(n)d corrected", "%(n)d corrected", len(changes.changed))),
        (len(changes.removed), ngettext("%(n)d taken back", "%(n)d taken back", len(changes.removed))),
    ]
    return [words % {"n": number} for number, words in parts if number]


def will_words(changes: Changes) -> str:
    """ "Will be written, from paper: 65 done, 3 skipped, pain on 14 days." """
    if not changes:
        return _("Nothing new would be written.")
    return _("Will be written, from paper: %(what)s.") % {"what": ", ".join(_counted(changes))}


def written_words(changes: Changes) -> str:
    if not changes:
        return _("Nothing new was written: it stood there already.")
    total = len(changes.added)
    added = ngettext("%(n)d answer added from paper", "%(n)d answers added from paper", total) % {"n": total}
    return f"{added}: {', '.join(_counted(changes))}."
