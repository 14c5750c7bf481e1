"""Whose evening it is: running programs whose runner may be reminded, with everything the decision needs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from clinic.models import Clinic, Patient
from programs.models import ExerciseLog, Program, ProgramVersion, Reminder
from programs.progression.dose import from_json
from programs.progression.plan import planned_sessions
from programs.reminders.schedule import Decision, local_day, reminder_due

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Evening:
    """One program on one runner's local day, and what to do about it."""

    program: Program
    local_day: date
    open_sessions: int
    decision: Decision


def _may_be_reminded(day: date) -> Q:
    runner = Q(
        episode__patient__reminders=True,
        episode__patient__archived_at=None,
        episode__patient__email_refused="",
        episode__closed_on=None,
    ) & ~Q(episode__patient__email="")
    return runner & Q(state=Program.State.ISSUED, standing__starts_on__lte=day, standing__review_on__gt=day)


def _open_sessions(programs: Iterable[UUID], day: date) -> Counter[UUID]:
    """Sessions of that day that were neither done nor skipped, per program. Two queries for any number of programs.

    The plan is the one that holds that day: a version that begins later does not count yet.
    """
    held = (
        ProgramVersion.objects.filter(program__in=programs, starts_on__lte=day)
        .order_by("program", "-number")
        .distinct("program")
        .values_list("program", "starts_on", "ends_on", "content__doses")
    )
    answers = ExerciseLog.objects.filter(version__program__in=programs, day=day)
    answered = set(answers.values_list("version__program", "line", "occasion"))
    sessions: Counter[UUID] = Counter()
    for program, starts_on, ends_on, doses in held:
        planned = planned_sessions(
            {line: from_json(dose) for line, dose in doses.items()}, starts_on, min(day, ends_on), since=day
        )
        sessions[program] = sum((program, session.line, session.number) not in answered for session in planned)
    return sessions


def _went_out(runners: Iterable[UUID], day: date) -> Counter[UUID]:
    """How many mails each of these runners got in the seven days up to this one, perhaps-arrived ones counted. One query."""
    went = Q(state=Reminder.State.DONE) | Q(state=Reminder.State.FAILED, sending_at__isnull=False)
    recent = Reminder.objects.filter(
        went, program__episode__patient__in=runners, local_day__gt=day - A_WEEK, local_day__lte=day
    )
    counted = recent.order_by().values_list("program__episode__patient").annotate(Count("pk"))
    return Counter(dict(counted))


def _decide(
    program: Program, clinic: Clinic, now: datetime, open_sessions: int, sent: int, *, written: Reminder | None = None
) -> Decision:
    """`written`: a reminder that was written down before. One that staff asked for keeps quiet hours and the runner's will,
    and is held back by nothing else.
    """
    patient, episode = program.episode.patient, program.episode
    is_asked = bool(written and written.asked_by_id)
    return reminder_due(
        now_utc=now,
        time_zone=patient.time_zone,
        open_sessions_today=open_sessions,
        preferred_hour=time(0) if is_asked else time(patient.reminder_hour),
        quiet_from=clinic.quiet_from,
        quiet_until=clinic.quiet_until,
        opted_out=not patient.reminders or not patient.email,
        already_sent_today=False,  # the day's unique key: there is no second row to decide about
        sent_last_7_days=0 if is_asked else sent,
        max_per_week=clinic.reminders_per_week,
        consecutive_ignored=0 if is_asked else program.standing.reminders_ignored,
        pause_after=clinic.pause_after_ignored,
        address_refused=bool(patient.email_refused),
        program_over=bool(program.state != Program.State.ISSUED or patient.archived_at or episode.closed_on),
        day_over=written is not None and written.local_day != local_day(now, patient.time_zone),
    )


def _running(clinic_id: UUID, day: date) -> list[Program]:
    asked = Reminder.objects.filter(program__episode__patient=OuterRef("episode__patient"), local_day__gte=day)
    return list(
        Program.objects.filter(~Exists(asked), _may_be_reminded(day), clinic=clinic_id)
        .select_related("episode__patient", "standing")
        .order_by("created_at")
    )


def evenings(clinic: Clinic, now: datetime) -> list[Evening]:
    """Every runner who could still be asked today. Five queries per time zone in use."""
    zones = (
        Patient.objects.filter(clinic=clinic, reminders=True).order_by().values_list("time_zone", flat=True).distinct()
    )
    found = []
    for zone in zones:
        day = local_day(now, zone)
        programs = [program for program in _running(clinic.pk, day) if program.episode.patient.time_zone == zone]
        left = _open_sessions([program.pk for program in programs], day) if programs else Counter()
        sent = _went_out([program.episode.patient_id for program in programs], day) if programs else Counter()
        found += [
            Evening(
                program,
                day,
                left[program.pk],
                _decide(program, clinic, now, left[program.pk], sent[program.episode.patient_id]),
            )
            for program in programs
        ]
    return found


def newest_reminders(program_id: UUID, number: int) -> list[Reminder]:
    """The last evenings of one program, newest first. One query."""
    return list(Reminder.objects.filter(program=program_id).select_related("asked_by").order_by("-local_day")[:number])


def evening_of(reminder: Reminder, now: datetime) -> Evening:
    """The same judgement again just before sending: the runner may have answered or stopped reminders meanwhile."""
    program = Program.objects.select_related("episode__patient", "standing", "clinic").get(pk=reminder.program_id)
    left = _open_sessions([program.pk], reminder.local_day)[program.pk]
    runner = program.episode.patient_id
    sent = _went_out([runner], reminder.local_day)[runner]
    decision = _decide(program, program.clinic, now, left, sent, written=reminder)
    return Evening(program, reminder.local_day, left, decision)
