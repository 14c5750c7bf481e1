"""The only road to a message of a program that was already opened."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from clinic.http import ClinicRequest
from programs.models import LinkMail, Program, Reminder


def get_reminder(program: Program, reminder_id: UUID) -> Reminder:
    """One evening's reminder of this program, or 404. One query."""
    return get_object_or_404(Reminder, program=program, pk=reminder_id)


def get_link_mail(program: Program, mail_id: UUID) -> LinkMail:
    """One mail with this program's link, or 404. One query."""
    return get_object_or_404(LinkMail, program=program, pk=mail_id)


def get_program_again(request: ClinicRequest, program_id: UUID) -> Program:
    """For a part of the program's page that asks by itself how its mail fares: not another reading. One query."""
    programs = Program.objects.filter(clinic=request.clinic).select_related("episode__patient")
    return get_object_or_404(programs, pk=program_id)
