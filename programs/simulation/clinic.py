"""The invented clinic in motion: every tick runners act, the real planner writes reminders, the real judgement lets them go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from clinic.models import Clinic, Patient, User
from programs.caseload.standing import refresh
from programs.models import CheckResult, ExerciseLog, MorningCheck, Program, Reminder, RunLog, Standing
from programs.progression.dose import from_json
from programs.progression.plan import PlannedSession, planned_sessions
from programs.reminders.actions import count_reminder, plan_reminders
from programs.reminders.queries import evening_of, facts_about, judged, with_runners
from programs.reminders.schedule import MORNING_UNTIL, Action, Why
from programs.simulation.records import told
from programs.simulation.runners import Act, Kind, Runner, What
from programs.simulation.tally import Tally

START = date(2026, 2, 16)  # a Monday; clocks change in March and April, on both halves of the earth
A_DAY = timedelta(days=1)
SLOW_WORKER = 0.03  # how often a reminder waits for its worker
MOST_PAIN = 10


@dataclass
class Case:
    """One runner with the program as it stands, and what the runner remembers having told."""

    runner: Runner
    program: Program
    content: dict[str, Any] = field(default_factory=dict)
    begun: date = START
    number: int = 0
    done: set[PlannedSession] = field(default_factory=set)
    mornings: set[date] = field(default_factory=set)
    active: set[date] = field(default_factory=set)
    version_id: UUID | None = None
    level: int = 0
    self_test: int | None = None
    sets: int = 0

    def planned(self, day: date) -> set[PlannedSession]:
        doses = {line: from_json(dose) for line, dose in self.content.get("doses", {}).items()}
        return set(planned_sessions(doses, self.begun, day, since=day))

    def open_on(self, day: date) -> list[PlannedSession]:
        return sorted(self.planned(day) - self.done)


@dataclass
class SimulatedClinic:
    """`tick` moves everything on by one step of the clock."""

    clinic: Clinic
    by: User
    cases: Sequence[Case]
    tally: Tally
    step: timedelta
    waiting: dict[UUID, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of_program = {case.program.pk: case for case in self.cases}

    def tick(self, now: datetime) -> None:
        rows = [row for case in self.cases for row in self._acts(case, now)]
        told(rows, now)
        for reminder_id in plan_reminders(clinic=self.clinic, now=now):
            self.waiting[reminder_id] = now
        self._work(now)
        self._census(now)

    def _acts(self, case: Case, now: datetime) -> Iterator[ExerciseLog | MorningCheck | RunLog | CheckResult]:
        runner = case.runner
        today = now.astimezone(runner.zone).date()
        if runner.today != today and today >= START:
            runner.begin(today)
        for act in runner.due(now):
            if act.what is What.STOP:
                self._stop(case, now)
            elif runner.stopped_at is None or runner.kind is not Kind.ENDED:
                rows = list(self._told(case, act))
                if rows:
                    self.tally.unanswered[runner.number] = 0
                    Standing.objects.filter(program=case.program).update(reminders_ignored=0)
                yield from rows

    def _told(self, case: Case, act: Act) -> Iterator[ExerciseLog | MorningCheck | RunLog]:
        common = {"clinic": self.clinic, "day": act.day, "told_at": act.at}
        runner, program = case.runner, case.program
        bad = runner.is_flaring(act.day, START)
        pain = min(MOST_PAIN, program.pain_ceiling + 3) if bad else runner.random.choice((0, 1, 1, 2))
        if act.what in (What.SESSIONS, What.ONE):
            sessions = case.open_on(act.day)[: None if act.what is What.SESSIONS else 1]
            for session in sessions:
                case.done.add(session)
                yield ExerciseLog(
                    **common,
                    version_id=case.version_id,  # type: ignore[misc]
                    line=session.line,
                    occasion=session.number,
                    status="done",
                    pain=pain,
                )
            if sessions:
                case.active.add(act.day)
        elif act.what is What.RUN and act.day not in {one.day for one in case.done if one.line == What.RUN}:
            case.done.add(PlannedSession(act.day, What.RUN.value))
            case.active.add(act.day)
            yield RunLog(**common, program=program, minutes=30, surface="flat", pain=pain, level=case.level)
        elif act.what is What.MORNING and act.day not in case.mornings and act.day - A_DAY in case.active:
            case.mornings.add(act.day)
            change = "worse" if bad else runner.random.choice(("same", "same", "better"))
            yield MorningCheck(
                **common, program=program, change=change, pain=pain, is_settled=not bad, has_limp=bad, leg="none"
            )

    def _stop(self, case: Case, now: datetime) -> None:
        """Opted out, ended, or the address refused: after this moment nothing may leave."""
        case.runner.stopped_at = now
        patient = Patient.objects.filter(pk=case.program.episode.patient_id)
        if case.runner.kind is Kind.OPTED_OUT:
            patient.update(reminders=False)
        elif case.runner.kind is Kind.REFUSED:
            patient.update(email_refused="The mail server refuses this address (code 550).")
        else:
            case.program.state = Program.State.ENDED
            Program.objects.filter(pk=case.program.pk).update(state=Program.State.ENDED, ended_at=now)
            refresh(case.program.pk)

    def _work(self, now: datetime) -> None:
        """What a worker does with each waiting row, without the mail server: judge once more, then let it go or not."""
        ready = [one for one, since in self.waiting.items() if since <= now]
        reminders = Reminder.objects.filter(pk__in=ready).select_related("program")
        for reminder in sorted(reminders, key=lambda one: self.of_program[one.program_id].runner.number):
            case = self.of_program[reminder.program_id]
            if self.waiting[reminder.pk] == now and case.runner.random.random() < SLOW_WORKER:
                self.waiting[reminder.pk] = now + self.step * case.runner.random.randrange(1, 8)
                continue
            decision = evening_of(reminder, now).decision
            row = Reminder.objects.filter(pk=reminder.pk)
            if decision.action is Action.WAIT:
                self.waiting[reminder.pk] = now + self.step
                continue
            del self.waiting[reminder.pk]
            if not decision.is_send:
                row.update(state=Reminder.State.CANCELLED, finished_at=now)
                continue
            row.update(state=Reminder.State.DONE, finished_at=now)
            count_reminder(program_id=reminder.program_id)
            self._has_left(case, reminder, now)

    def _has_left(self, case: Case, reminder: Reminder, now: datetime) -> None:
        is_morning = reminder.kind == Reminder.Kind.MORNING
        day = reminder.local_day
        is_useless = day in case.mornings if is_morning else not case.open_on(day)
        self.tally.has_left(case.runner, reminder.kind, day, now, is_useless=is_useless)
        case.runner.is_reminded(now, day, morning=is_morning)

    def _census(self, now: datetime) -> None:
        """Once a day and kind, at the last moment something could leave: what became of each runner's reminder, and why."""
        for zone in sorted({case.runner.zone.key for case in self.cases}):
            cases = [case for case in self.cases if case.runner.zone.key == zone]
            here = now.astimezone(cases[0].runner.zone)
            then = (now + self.step).astimezone(cases[0].runner.zone)
            if here.date() < START:
                continue
            for kind, ends in ((Reminder.Kind.MORNING, MORNING_UNTIL), (Reminder.Kind.EVENING, self.clinic.quiet_from)):
                if here.time() < ends <= then.time():
                    self._count(cases, kind, now, here.date())

    def _count(self, cases: Sequence[Case], kind: str, now: datetime, day: date) -> None:
        programs = list(with_runners(Program.objects.filter(pk__in=[case.program.pk for case in cases])))
        facts = facts_about(programs, day, kind)
        rows = Reminder.objects.filter(program__in=programs, kind=kind, local_day=day)
        states = dict(rows.values_list("program", "state"))
        for program in programs:
            state = states.get(program.pk)
            why = judged(program, self.clinic, now, facts, kind).decision.reason
            words = "sent" if state == Reminder.State.DONE else why.value.replace("_", " ")
            if why is Why.DUE and state == Reminder.State.QUEUED:
                words = "waiting for a worker"
            self.tally.why[kind, words] += 1
            case = self.of_program[program.pk]
            where = f"runner {case.runner.number}, {kind} of {day}"
            self.tally.check("none forgotten that was due", where, kept=words != Why.DUE.value)


def moments(weeks: int, step: timedelta) -> Iterator[datetime]:
    """Every tick, from the first local midnight on earth to the last."""
    now = datetime.combine(START, time(0), UTC) - timedelta(hours=12)
    end = now + timedelta(weeks=weeks, hours=24)
    while now < end:
        yield now
        now += step
