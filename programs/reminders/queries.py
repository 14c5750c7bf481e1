"""What a reminder is decided on: the programs with their runners, what is open or was done, and what went out this week."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from clinic.models import Clinic
from programs.models import (
    ExerciseLog,
    MorningCheck,
    PatientLink,
    Program,
    ProgramVersion,
    PushSubscription,
    Reminder,
    RunLog,
)
from programs.progression.dose import from_json
from programs.progression.plan import planned_sessions
from programs.reminders.schedule import Decision, local_day, morning_due, reminder_due

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
NONE_ASKED = time(0)


@dataclass(frozen=True)
class Evening:
    """One program on one runner's local day, in the evening or the morning, and what to do about it.

    `has_push`: a phone takes it. `open_sessions` counts in the evening only.
    """

    program: Program
    local_day: date
    open_sessions: int
    decision: Decision
    kind: str
    has_push: bool


class Went(NamedTuple):
    """One reminder that went out, or perhaps did."""

    reminder: UUID
    day: date
    kind: str


@dataclass(frozen=True)
class Facts:
    """What was read about many programs of one zone at once, for one of their days. `left` or `active` by the kind."""

    day: date
    left: Counter[UUID]
    active: set[UUID]
    answered: set[UUID]
    went: dict[UUID, list[Went]]


def takes_push() -> Combinable:
    """Whether one of the phones of this program's open link takes reminders; never where no key is set."""
    if not settings.VAPID_PRIVATE_KEY:
        return Value(False, output_field=BooleanField())
    phones = PushSubscription.objects.filter(link__program=OuterRef("pk"), link__revoked_at=None, ended_at=None)
    return Exists(phones)


def with_runners(programs: QuerySet[Program]) -> QuerySet[Program]:
    return programs.annotate(has_push=takes_push()).select_related("episode__patient", "standing")


def facts_about(programs: list[Program], day: date, kind: str) -> Facts:
    """Three queries for any number of programs, about evenings; four about mornings."""
    ids, runners = [program.pk for program in programs], [program.episode.patient_id for program in programs]
    is_morning = kind == Reminder.Kind.MORNING
    return Facts(
        day=day,
        left=Counter() if is_morning else _open_sessions(ids, day),
        active=_active(ids, day - A_DAY) if is_morning else set(),
        answered=_answered(ids, day) if is_morning else set(),
        went=_went_out(runners, day),
    )


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


def _active(programs: Iterable[UUID], day: date) -> set[UUID]:
    """Programs of which something was done that day, runs included. Two queries."""
    done = ExerciseLog.objects.filter(version__program__in=programs, day=day, status=ExerciseLog.Status.DONE)
    ran = RunLog.objects.filter(program__in=programs, day=day, is_removed=False)
    return {*done.values_list("version__program", flat=True), *ran.values_list("program", flat=True)}


def _answered(programs: Iterable[UUID], day: date) -> set[UUID]:
    return set(MorningCheck.objects.filter(program__in=programs, day=day).values_list("program", flat=True))


def _went_out(runners: Iterable[UUID], day: date) -> dict[UUID, list[Went]]:
    """What each of these runners got in the seven days up to this one, perhaps-arrived ones counted. One query."""
    went = Q(state=Reminder.State.DONE) | Q(state=Reminder.State.FAILED, sending_at__isnull=False)
    recent = Reminder.objects.filter(
        went, program__episode__patient__in=runners, local_day__gt=day - A_WEEK, local_day__lte=day
    )
    told: dict[UUID, list[Went]] = defaultdict(list)
    for runner, reminder, on, kind in recent.values_list("program__episode__patient", "pk", "local_day", "kind"):
        told[runner].append(Went(reminder, on, kind))
    return told


def judged(
    program: Program, clinic: Clinic, now: datetime, facts: Facts, kind: str, *, written: Reminder | None = None
) -> Evening:
    """`written`: a reminder that was written down before. One that staff asked for keeps quiet hours and the runner's will,
    and is held back by nothing else.
    """
    patient, episode, has_push = program.episode.patient, program.episode, bool(getattr(program, "has_push", False))
    went = facts.went.get(patient.pk, [])
    is_asked = bool(written and written.asked_by_id)
    by_mail = bool(patient.email) and not patient.email_refused
    other_today = any(
        (one.day, one.kind) == (facts.day, kind) and not (written and one.reminder == written.pk) for one in went
    )
    common: dict[str, Any] = {
        "now_utc": now,
        "time_zone": patient.time_zone,
        "quiet_from": clinic.quiet_from,
        "quiet_until": clinic.quiet_until,
        "opted_out": not patient.reminders or not (patient.email or has_push),
        "already_sent_today": other_today and not is_asked,
        "sent_last_7_days": 0 if is_asked else len(went),
        "max_per_week": clinic.reminders_per_week,
        "consecutive_ignored": 0 if is_asked else program.standing.reminders_ignored,
        "pause_after": clinic.pause_after_ignored,
        "address_refused": not (has_push or by_mail),
        "program_over": bool(program.state != Program.State.ISSUED or patient.archived_at or episode.closed_on),
        "day_over": written is not None and written.local_day != local_day(now, patient.time_zone),
    }
    if kind == Reminder.Kind.MORNING:
        decision = morning_due(
            **common,
            is_chosen=patient.morning_reminders,
            was_active_yesterday=program.pk in facts.active,
            is_answered=program.pk in facts.answered,
            is_asked=is_asked,
        )
    else:
        decision = reminder_due(
            **common,
            open_sessions_today=facts.left[program.pk],
            preferred_hour=NONE_ASKED if is_asked else time(patient.reminder_hour),
        )
    return Evening(program, facts.day, facts.left[program.pk], decision, kind, has_push)


def evening_of(reminder: Reminder, now: datetime) -> Evening:
    """The same judgement again just before sending: the runner may have answered or stopped reminders meanwhile."""
    programs = with_runners(Program.objects.select_related("clinic"))
    program = programs.get(pk=reminder.program_id)
    facts = facts_about([program], reminder.local_day, reminder.kind)
    return judged(program, program.clinic, now, facts, reminder.kind, written=reminder)


def live_link(program_id: UUID) -> PatientLink | None:
    """The link that opens this program's page, or None when it is switched off. One query."""
    return PatientLink.objects.filter(program=program_id, revoked_at=None).first()


def newest_reminders(program_id: UUID, number: int) -> list[Reminder]:
    """The last ones of one program, newest first. One query."""
    told = Reminder.objects.filter(program=program_id).select_related("asked_by")
    return list(told.order_by("-local_day", "kind")[:number])
