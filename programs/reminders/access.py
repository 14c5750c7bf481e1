"""The only road to a reminder of a program that was already opened."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from programs.models import Program, Reminder


def get_reminder(program: Program, reminder_id: UUID) -> Reminder:
    """One evening's reminder of this program, or 404. One query."""
    return get_object_or_404(Reminder, program=program, pk=reminder_id)
