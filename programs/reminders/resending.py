"""Sending a reminder once more because a member of staff wants it: one click, one mail, however often it is clicked."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from clinic.models import User
from programs.jobs import ring, start_over
from programs.models import Program, Reminder
from programs.reminders.schedule import local_day
from programs.reminders.tasks import send


class Resent(StrEnum):
    QUEUED = "queued"  # it leaves within a minute, or when quiet hours end
    NOTHING_TO_DO = "nothing_to_do"  # it was clicked before, or something newer has happened since the page was read


@transaction.atomic
def resend_reminder(*, by: User, reminder: Reminder, seen: str, now: datetime) -> Resent:
    """The newest reminder of its kind, when it failed, goes out again: today's as it is, an older one as today's.

    `seen` is when it failed, as the page showed it: a second click of the same page finds another moment or another
    state, and does nothing. What the runner has open is judged anew when the mail leaves, and what the runner switched
    off or a refused address still stops it.
    """
    Program.objects.select_for_update(of=("self",)).get(pk=reminder.program_id)
    same = Reminder.objects.filter(program=reminder.program_id, kind=reminder.kind)
    newest = same.order_by("-local_day").first()
    if newest is None or newest.pk != reminder.pk or newest.state != Reminder.State.FAILED or failed_at(newest) != seen:
        return Resent.NOTHING_TO_DO
    patient = newest.program.episode.patient
    today = local_day(now, patient.time_zone)
    if newest.local_day >= today:
        start_over(newest, only_if=[Reminder.State.FAILED], sending_at=None, smtp_code=None, asked_by=by)
    else:
        newest = Reminder.objects.create(
            clinic_id=newest.clinic_id, program_id=newest.program_id, local_day=today, kind=newest.kind, asked_by=by
        )
    ring(send, newest.clinic_id, newest.pk)
    return Resent.QUEUED


def failed_at(reminder: Reminder) -> str:
    """The mark of this very failure, for the form."""
    return reminder.finished_at.isoformat() if reminder.finished_at else ""
