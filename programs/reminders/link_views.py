"""Mailing the runner's link from the program's page, taking it back, and sending a failed one again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from programs import access
from programs.models import LinkMail, Program
from programs.reminders.access import get_link_mail, get_program_again
from programs.reminders.link_mail import resend_link, send_link, take_back
from programs.reminders.link_presenters import link_mail_card
from programs.reminders.link_tasks import why_not
from programs.reminders.queries import live_link


def _back(program: Program) -> HttpResponse:
    return redirect(f"{reverse('programs:program', args=[program.pk])}#link-mail")


@require_POST
@requires(Permission.PRESCRIBE)
def link_mail_send(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """It leaves in two minutes. A double click sends one."""
    program = access.get_program(request, program_id)
    reason = why_not(program, live_link(program.pk))
    if reason:
        messages.info(request, _("Nothing was sent. %(reason)s") % {"reason": reason})
    else:
        send_link(program=program, kind=LinkMail.Kind.PROGRAM, by=request.user)
        messages.success(request, _("The link is on its way. You can still take it back below."))
    return _back(program)


@require_POST
@requires(Permission.PRESCRIBE)
def link_mail_take_back(request: ClinicRequest, program_id: UUID, mail_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    if take_back(by=request.user, mail=get_link_mail(program, mail_id)):
        messages.success(request, _("Taken back: nothing was sent."))
    else:
        messages.info(request, _("Too late: it had left already. Switch the link off if it went to the wrong place."))
    return _back(program)


@require_POST
@requires(Permission.PRESCRIBE)
def link_mail_resend(request: ClinicRequest, program_id: UUID, mail_id: UUID) -> HttpResponse:
    program = access.get_program(request, program_id)
    if resend_link(by=request.user, mail=get_link_mail(program, mail_id)):
        messages.success(request, _("It is being sent again."))
    else:
        messages.info(request, _("Nothing was sent again: see below what became of it meanwhile."))
    return _back(program)


@require_safe
@requires(Permission.PRESCRIBE)
def link_mail(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """The card alone, asked again while a mail is on its way."""
    program = get_program_again(request, program_id)
    card = link_mail_card(program, live_link(program.pk))
    context = {"program": program, "link_mail": card, "may_change": program.state != Program.State.ENDED}
    return render(request, "reminders/link_mail.html", context)
