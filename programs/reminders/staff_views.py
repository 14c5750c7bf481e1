"""What staff do about a runner's reminders, on the program's page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access
from programs.models import Program
from programs.reminders import actions
from programs.reminders.access import get_reminder
from programs.reminders.feed import renew_calendar, revoke_calendar
from programs.reminders.resending import Resent, resend_reminder


def _back(program: Program, place: str = "h-reminders") -> HttpResponse:
    return redirect(f"{reverse('programs:program', args=[program.pk])}#{place}")


@require_POST
@requires(Permission.PRESCRIBE)
def start_again(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """After a pause or a refused address. Clicking twice changes nothing more."""
    program = access.get_program(request, program_id)
    actions.resume_reminders(by=request.user, program=program, now=timezone.now())
    messages.success(request, _("Reminders go out again while something is open in the evening."))
    return _back(program)


@require_POST
@requires(Permission.PRESCRIBE)
def resend(request: ClinicRequest, program_id: UUID, reminder_id: UUID) -> HttpResponse:
    """The failed one again, as today's. A double click sends one."""
    program = access.get_program(request, program_id)
    reminder = get_reminder(program, reminder_id)
    seen = request.POST.get("seen", "")
    result = resend_reminder(by=request.user, reminder=reminder, seen=seen, now=timezone.now())
    if result is Resent.QUEUED:
        messages.success(request, _("It is being sent again, if something is still open today."))
    else:
        messages.info(request, _("Nothing was sent again: see below what became of it meanwhile."))
    return _back(program)


@require_POST
@requires(Permission.PRESCRIBE)
def calendar_renew(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    renew_calendar(by=request.user, program=program)
    messages.success(request, _("The runner's calendar has a new address. An older one no longer answers."))
    return _back(program, "h-calendar")


@require_POST
@requires(Permission.PRESCRIBE)
def calendar_revoke(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    revoke_calendar(by=request.user, program=program)
    messages.success(request, _("The calendar's address is switched off."))
    return _back(program, "h-calendar")
