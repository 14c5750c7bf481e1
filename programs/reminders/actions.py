"""Writing down who is to be reminded, and stopping reminders."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now

from clinic.models import Clinic, Patient
from programs.caseload.standing import refresh
from programs.jobs import finish
from programs.models import Reminder
from programs.reminders.queries import evenings


@transaction.atomic
def plan_reminders(*, clinic: Clinic, now: datetime) -> list[UUID]:
    """One row per runner who is due this minute; the day's unique key makes a second planner harmless. Returns new ids."""
    due = [evening for evening in evenings(clinic, now) if evening.decision.is_send]
    rows = [
        Reminder(id=uuid4(), clinic=clinic, program=evening.program, local_day=evening.local_day) for evening in due
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.pk for row in rows]


def mark_sending(*, reminder: Reminder) -> bool:
    """The last step before the mail leaves. False when another worker has the row by now."""
    mine = Reminder.objects.filter(pk=reminder.pk, state=Reminder.State.WORKING, claim=reminder.claim, sending_at=None)
    return bool(mine.update(sending_at=Now()))


def mark_not_sent(*, reminder: Reminder) -> None:
    """The server said clearly that it took nothing: it may be tried again."""
    Reminder.objects.filter(pk=reminder.pk, claim=reminder.claim).update(sending_at=None)


@transaction.atomic
def mark_sent(*, reminder: Reminder, message_id: str) -> None:
    finish(reminder, message_id=message_id)
    refresh(reminder.program_id)


@transaction.atomic
def choose_reminders(*, patient: Patient, wanted: bool) -> None:
    """Stop or take up reminders; doing it twice changes nothing."""
    Patient.objects.filter(pk=patient.pk).exclude(reminders=wanted).update(reminders=wanted)
