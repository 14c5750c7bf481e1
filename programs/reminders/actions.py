"""Writing down who is to be reminded, and stopping and starting reminders."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from clinic.models import Clinic, Patient, User
from programs.caseload.standing import refresh
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


@transaction.atomic
def count_reminder(*, program_id: UUID) -> None:
    """One has gone out: the program's standing knows how many were not answered."""
    refresh(program_id)


@transaction.atomic
def refuse_address(*, address: str, program_id: UUID, reason: str) -> None:
    """Nothing more is sent to this address until it is corrected or staff start reminders again.

    An address that was corrected while the mail was under way is left alone.
    """
    theirs = Patient.objects.filter(episodes__program=program_id, email=address)
    Patient.objects.filter(pk__in=theirs.values("pk")).update(email_refused=reason)


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
