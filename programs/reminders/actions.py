"""Writing down who is to be reminded, and stopping and starting reminders."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from clinic.models import Clinic, Patient, User
from programs.caseload.standing import refresh
from programs.models import Program, Reminder, Standing
from programs.reminders.rounds import Round, evenings_of, rounds_now


def plan_reminders(*, clinic: Clinic, now: datetime) -> list[UUID]:
    """Whoever is due this minute, all at once: for a clinic of ordinary size. The task goes by `plan_some`."""
    planned: list[UUID] = []
    for asked in rounds_now(clinic, now):
        after, is_first = None, True
        while after or is_first:
            ids, after = plan_some(clinic=clinic, now=now, asked=asked, after=after)
            planned, is_first = planned + ids, False
    return planned


@transaction.atomic
def plan_some(*, clinic: Clinic, now: datetime, asked: Round, after: UUID | None) -> tuple[list[UUID], UUID | None]:
    """One row per runner who is due, of the next few hundred; the day's unique key makes a second planner harmless.
    Answers the new ids, and the runner to go on after.

    A runner with two programs is asked once, about the older one that is due.
    """
    evenings, last = evenings_of(clinic, now, asked, after)
    due = {evening.program.episode.patient_id: evening for evening in reversed(evenings) if evening.decision.is_send}
    rows = [
        Reminder(id=uuid4(), clinic=clinic, program=one.program, local_day=one.local_day, kind=one.kind)
        for one in due.values()
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.pk for row in rows], last


def count_reminder(*, program_id: UUID) -> None:
    """One has gone out, and nothing was told since: so many have not been answered. One query."""
    Standing.objects.filter(program=program_id).update(reminders_ignored=F("reminders_ignored") + 1)


@transaction.atomic
def refuse_address(*, address: str, program_id: UUID, reason: str) -> None:
    """Nothing more is sent to this address until it is corrected or staff start reminders again.

    An address that was corrected while the mail was under way is left alone.
    """
    theirs = Patient.objects.filter(episodes__programs=program_id, email=address)
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
