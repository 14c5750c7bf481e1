"""Writing down who is to be reminded, and stopping and starting reminders."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from clinic.models import Clinic, Patient, User
from programs.caseload.standing import refresh
from programs.jobs import finish
from programs.models import Program, Reminder
from programs.reminders.queries import evenings


@transaction.atomic
def plan_reminders(*, clinic: Clinic, now: datetime) -> list[UUID]:
    """One row per runner who is due this minute; the day's unique key makes a second planner harmless. Returns new ids.

    A runner with two programs is asked once an evening, about the older one that is still open.
    """
    due = {
        evening.program.episode.patient_id: evening
        for evening in reversed(evenings(clinic, now))
        if evening.decision.is_send
    }
    rows = [
        Reminder(id=uuid4(), clinic=clinic, program=evening.program, local_day=evening.local_day)
        for evening in due.values()
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.pk for row in rows]


def mark_sending(*, reminder: Reminder) -> bool:
    """The last step before the mail leaves. False when another worker has the row by now."""
    mine = Reminder.objects.filter(pk=reminder.pk, state=Reminder.State.WORKING, claim=reminder.claim, sending_at=None)
    return bool(mine.update(sending_at=Now(), smtp_code=None))


def mark_not_sent(*, reminder: Reminder, code: int | None) -> None:
    """The server said clearly, with this code, that it took nothing: so nothing is uncertain."""
    Reminder.objects.filter(pk=reminder.pk, claim=reminder.claim).update(sending_at=None, smtp_code=code)


@transaction.atomic
def mark_sent(*, reminder: Reminder, message_id: str) -> None:
    finish(reminder, message_id=message_id)
    refresh(reminder.program_id)


@transaction.atomic
def refuse_address(*, address: str, program: Program, reason: str) -> None:
    """Nothing more is sent to this address until it is corrected or staff start reminders again.

    An address that was corrected while the mail was under way is left alone.
    """
    Patient.objects.filter(pk=program.episode.patient_id, email=address).update(email_refused=reason)


@transaction.atomic
def resume_reminders(*, by: User, program: Program, now: datetime) -> None:  # noqa: ARG001 - the scope names the actor
    """Staff start reminders again after a pause or a refused address. What the runner switched off stays off."""
    Program.objects.filter(pk=program.pk).update(reminders_resumed_at=now)
    Patient.objects.filter(pk=program.episode.patient_id).exclude(email_refused="").update(email_refused="")
    refresh(program.pk)


@transaction.atomic
def choose_reminders(*, patient: Patient, wanted: bool) -> None:
    """Stop or take up reminders; doing it twice changes nothing. Taking them up also ends a pause."""
    changed = Patient.objects.filter(pk=patient.pk).exclude(reminders=wanted).update(reminders=wanted)
    if changed and wanted:
        for program in Program.objects.filter(episode__patient=patient, state=Program.State.ISSUED):
            Program.objects.filter(pk=program.pk).update(reminders_resumed_at=timezone.now())
            refresh(program.pk)
