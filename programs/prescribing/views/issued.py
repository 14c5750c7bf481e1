"""Issuing, and the program's page afterwards: versions, paper, the runner's link, the end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.http import ClinicRequest
from clinic.permissions import Permission, can, requires
from programs import access, actions, queries
from programs.actions.issue import IssuedMeanwhileError
from programs.caseload.program_progress import program_progress
from programs.decisions.answers import answered, open_symptoms
from programs.decisions.gather import gathered, today_of
from programs.forms import IssueForm
from programs.freezing import has_unissued_changes
from programs.models import Program
from programs.prescribing.views.builder import TEMPLATE, builder_context, plan_form, refused, save_plan, words_of
from programs.presenters.decision import answered_view, decision_view
from programs.presenters.difference import changes_between
from programs.presenters.handover import handover_view
from programs.presenters.issued import asks_again, link_view, version_lines
from programs.presenters.new_symptoms import new_symptoms_view
from programs.presenters.words import condition_of
from programs.reminders.feed_links import feed_url
from programs.reminders.link_presenters import link_mail_card
from programs.reminders.presenters import reminder_list

PAGE = "programs/program.html"


@require_POST
@requires(Permission.PRESCRIBE)
def issue(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Saves what holds for the whole program, then issues: one click, nothing typed is lost."""
    program = access.get_program(request, program_id)
    form, seen = plan_form(program, request.POST), IssueForm(request.POST)
    if not form.is_valid() or not seen.is_valid():
        return render(request, TEMPLATE, builder_context(request, program, plan_form=form), status=422)
    try:
        save_plan(request, program, form)
        version = actions.issue_program(
            by=request.user, program=program, today=timezone.localdate(), after=seen.cleaned_data["after"]
        )
    except IssuedMeanwhileError as meanwhile:
        messages.info(request, words_of(meanwhile))
        return redirect("programs:program", program.pk)
    except ValidationError as error:
        return refused(request, program, words_of(error))
    messages.success(request, _("Version %(number)s is issued. Now hand it over.") % {"number": version.number})
    return redirect("programs:program", program.pk)


def program_context(request: ClinicRequest, program: Program) -> dict[str, Any]:
    """Ten queries, however many versions, exercises, reports and answered proposals; seven for an ended program."""
    versions = queries.versions_of(program)
    is_running = program.state == Program.State.ISSUED
    found = gathered(program, today_of(program), versions) if is_running else None
    history = answered(program) if versions else []
    newest = versions[0] if versions else None
    before = versions[1] if len(versions) > 1 else None
    handout = newest.papers[0] if newest and newest.papers else None  # type: ignore[attr-defined]
    prescribes = can(request.membership, Permission.PRESCRIBE)
    return {
        "section": "patients",
        "program": program,
        "patient": program.episode.patient,
        "episode": program.episode,
        "condition": condition_of(program),
        "versions": versions,
        "newest": newest,
        "lines": version_lines(newest) if newest else [],
        "handover": handover_view(newest) if newest and program.state != Program.State.ENDED else None,
        "changes": changes_between(before.content, newest.content) if newest and before else None,
        "before": before,
        "handout": handout,
        "asks_again": bool(handout) and asks_again(handout, timezone.now()),
        "may_change": prescribes and program.state != Program.State.ENDED,
        "may_open_link": prescribes,
        "way_in": link_view(newest.live_link) if prescribes and newest else None,  # type: ignore[attr-defined]
        "progress": program_progress(program, timezone.localdate(), versions),
        "decision": decision_view(found, history) if found else None,
        "history": [answered_view(each) for each in history],
        "new_symptoms": new_symptoms_view(open_symptoms(program)) if found and found.course.news else None,
        "link_mail": link_mail_card(program, newest.live_link) if prescribes and newest else None,  # type: ignore[attr-defined]
        "reminders": reminder_list(program, request.clinic),
        "calendar_url": feed_url(getattr(program, "calendar_feed", None)) if prescribes else "",
        "unissued": bool(newest) and has_unissued_changes(program, queries.lines_of(program), newest),
    }


@require_safe
@requires(Permission.VIEW_PATIENTS)
def versions(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Any two versions side by side; the newest against the one before it unless `from` and `to` say otherwise."""
    found = access.get_program(request, program_id)
    issued = queries.contents_of(found)
    if not issued:
        return redirect("programs:program", found.pk)
    named = {str(version.number): version for version in issued}
    newer = named.get(request.GET.get("to", ""), issued[0])
    older = named.get(request.GET.get("from", ""), issued[min(1, len(issued) - 1)])
    context = {
        "section": "patients",
        "program": found,
        "patient": found.episode.patient,
        "episode": found.episode,
        "condition": condition_of(found),
        "versions": issued,
        "older": older,
        "newer": newer,
        "changes": changes_between(older.content, newer.content),
    }
    return render(request, "programs/program_versions.html", context)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def program(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    found = access.get_program(request, program_id)
    return render(request, PAGE, program_context(request, found))


@require_POST
@requires(Permission.PRESCRIBE)
def renew_link(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    found = access.get_program(request, program_id)
    try:
        actions.renew_link(by=request.user, program=found)
    except ValidationError as error:
        messages.warning(request, words_of(error))
    else:
        messages.success(request, _("The runner has a new link. The old one no longer opens anything."))
    return redirect("programs:program", found.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def revoke_link(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    found = access.get_program(request, program_id)
    actions.revoke_link(by=request.user, program=found)
    messages.success(request, _("The link is switched off. Nobody can open the runner's page with it."))
    return redirect("programs:program", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PRESCRIBE)
def end(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """Asks first: an ended program cannot be changed again."""
    found = access.get_program(request, program_id)
    if request.method == "POST":
        actions.end_program(by=request.user, program=found)
        messages.success(request, _("The program has ended. What was issued and reported stays readable."))
        return redirect("programs:program", found.pk)
    context = {
        "section": "patients",
        "program": found,
        "patient": found.episode.patient,
        "episode": found.episode,
        "condition": condition_of(found),
    }
    return render(request, "programs/end.html", context)
