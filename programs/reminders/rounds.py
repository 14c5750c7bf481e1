"""Who is due this minute, a few hundred programs at a time, so that a large clinic costs time but no memory."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from clinic.models import Clinic, Patient
from programs.models import ExerciseLog, MorningCheck, Program, Reminder, RunLog
from programs.reminders.queries import A_DAY, Evening, facts_about, judged, with_runners
from programs.reminders.schedule import hours_due, is_morning, local_day

PROGRAMS_AT_ONCE = 500


@dataclass(frozen=True)
class Round:
    """Runners of one time zone, for one kind of reminder. `hours`: those who chose one of these are looked at."""

    kind: str
    zone: str
    day: date
    hours: tuple[int, ...] = ()


def rounds_now(clinic: Clinic, now: datetime) -> list[Round]:
    """Only where something may go out this minute. One query, and none of it reads a program."""
    zones = (
        Patient.objects.filter(clinic=clinic, reminders=True).order_by().values_list("time_zone", flat=True).distinct()
    )
    rounds = []
    for zone in sorted(zones):
        when: dict[str, Any] = {
            "now_utc": now,
            "time_zone": zone,
            "quiet_from": clinic.quiet_from,
            "quiet_until": clinic.quiet_until,
        }
        day, hours = local_day(now, zone), tuple(hours_due(**when))
        if is_morning(**when):
            rounds.append(Round(Reminder.Kind.MORNING, zone, day))
        if hours:
            rounds.append(Round(Reminder.Kind.EVENING, zone, day, hours))
    return rounds


def evenings_of(clinic: Clinic, now: datetime, asked: Round, after: UUID | None) -> tuple[list[Evening], UUID | None]:
    """The next few hundred programs of this round, judged, and the runner to go on after; None at the end. Five queries.

    All programs of one runner are in one answer.
    """
    waiting = _waiting(clinic, asked)
    if after:
        waiting = waiting.filter(episode__patient__gt=after)
    programs = list(with_runners(waiting).order_by("episode__patient", "created_at")[: PROGRAMS_AT_ONCE + 1])
    goes_on = len(programs) > PROGRAMS_AT_ONCE
    if goes_on:
        cut = programs[-1].episode.patient_id
        programs = [program for program in programs if program.episode.patient_id != cut] or programs
    last = programs[-1].episode.patient_id if goes_on else None
    facts = facts_about(programs, asked.day, asked.kind) if programs else None
    return [judged(program, clinic, now, facts, asked.kind) for program in programs if facts], last


def _waiting(clinic: Clinic, asked: Round) -> QuerySet[Program]:
    """Running programs of runners who take reminders and were not asked this day yet."""
    told = Reminder.objects.filter(clinic=clinic, local_day__gte=asked.day, kind=asked.kind)
    programs = Program.objects.filter(
        ~Q(episode__patient__in=told.values("program__episode__patient")),
        clinic=clinic,
        state=Program.State.ISSUED,
        episode__closed_on=None,
        episode__patient__time_zone=asked.zone,
        episode__patient__reminders=True,
        episode__patient__archived_at=None,
        standing__starts_on__lte=asked.day,
    )
    if clinic.pause_after_ignored:
        programs = programs.filter(standing__reminders_ignored__lt=clinic.pause_after_ignored)
    if asked.kind == Reminder.Kind.EVENING:
        return programs.filter(episode__patient__reminder_hour__in=asked.hours, standing__review_on__gt=asked.day)
    yesterday = asked.day - A_DAY
    done = ExerciseLog.objects.filter(version__program=OuterRef("pk"), day=yesterday, status=ExerciseLog.Status.DONE)
    ran = RunLog.objects.filter(program=OuterRef("pk"), day=yesterday, is_removed=False)
    answered = MorningCheck.objects.filter(program=OuterRef("pk"), day=asked.day)
    return programs.filter(
        Q(Exists(done)) | Q(Exists(ran)),
        ~Exists(answered),
        episode__patient__morning_reminders=True,
        standing__review_on__gte=asked.day,
    )
