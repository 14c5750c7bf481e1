"""The invented clinic in motion: every tick runners act, the product's own judgement writes reminders and lets them go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from clinic.models import Clinic
from programs.models import Program, Reminder
from programs.reminders.queries import Evening, Went, judged
from programs.reminders.schedule import MORNING_UNTIL, Action, Why, hours_due, is_morning
from programs.simulation.cases import Case
from programs.simulation.runners import Kind, What
from programs.simulation.tally import Tally

SLOW_WORKER = 0.03  # how often a reminder waits for its worker
EVENING, MORNING = Reminder.Kind.EVENING, Reminder.Kind.MORNING


@dataclass(frozen=True)
class Here:
    """A moment in one zone: the wall clock now and at the next tick, and who may be looked at."""

    wall: datetime
    then: datetime
    hours: list[int]
    is_morning: bool


@lru_cache(maxsize=64)
def _here(now: datetime, step: timedelta, zone: ZoneInfo, quiet_from: time, quiet_until: time) -> Here:
    hours = hours_due(now_utc=now, time_zone=zone.key, quiet_from=quiet_from, quiet_until=quiet_until)
    morning = is_morning(now_utc=now, time_zone=zone.key, quiet_from=quiet_from, quiet_until=quiet_until)
    return Here(now.astimezone(zone), (now + step).astimezone(zone), hours, morning)


@dataclass
class SimulatedClinic:
    """`tick` moves everything on by one step of the clock."""

    clinic: Clinic
    cases: Sequence[Case]
    tally: Tally
    start: date
    step: timedelta
    written: dict[tuple[int, date, str], Reminder] = field(default_factory=dict)
    waiting: dict[tuple[int, date, str], datetime] = field(default_factory=dict)

    def tick(self, now: datetime) -> None:
        for case in self.cases:
            self._acts(case, now)
        for case in self.cases:
            self._plan(case, now)
        for mark in [mark for mark, since in self.waiting.items() if since <= now]:
            self._work(self.cases[mark[0]], mark, now)
        for case in self.cases:
            self._count(case, now)

    def _acts(self, case: Case, now: datetime) -> None:
        runner = case.runner
        today = self._here(case, now).wall.date()
        if runner.today != today and today >= self.start:
            runner.begin(today)
        for act in runner.due(now):
            if act.what is What.STOP:
                self._stop(case, now)
            elif case.program.state == Program.State.ISSUED and case.tell(act, now):
                case.program.standing.reminders_ignored = 0
                self.tally.unanswered[runner.number] = 0

    def _stop(self, case: Case, now: datetime) -> None:
        """Opted out, ended, or the address refused: after this moment nothing may leave."""
        case.runner.stopped_at = now
        patient = case.program.episode.patient
        if case.runner.kind is Kind.OPTED_OUT:
            patient.reminders = False
        elif case.runner.kind is Kind.REFUSED:
            patient.email_refused = "The mail server refuses this address (code 550)."
        else:
            case.program.state = Program.State.ENDED

    def _here(self, case: Case, now: datetime) -> "Here":
        return _here(now, self.step, case.runner.zone, self.clinic.quiet_from, self.clinic.quiet_until)

    def _judged(self, case: Case, now: datetime, day: date, kind: str, written: Reminder | None = None) -> Evening:
        return judged(case.program, self.clinic, now, case.facts(day), kind, written=written)

    def _plan(self, case: Case, now: datetime) -> None:
        """As the planner: those whose hour has come and who were not asked this day, once."""
        here = self._here(case, now)
        kinds = [*([MORNING] if here.is_morning else []), *([EVENING] if case.runner.hour in here.hours else [])]
        for kind in kinds:
            day = here.wall.date()
            mark = (case.runner.number, day, kind)
            if day >= self.start and mark not in self.written and self._judged(case, now, day, kind).decision.is_send:
                self.written[mark] = Reminder(clinic=self.clinic, program=case.program, local_day=day, kind=kind)
                is_slow = case.runner.random.random() < SLOW_WORKER
                self.waiting[mark] = now + self.step * (case.runner.random.randrange(1, 8) if is_slow else 0)

    def _work(self, case: Case, mark: tuple[int, date, str], now: datetime) -> None:
        """As a worker without the mail server: judge once more, then let it go, or not, or later."""
        reminder = self.written[mark]
        decision = self._judged(case, now, reminder.local_day, reminder.kind, reminder).decision
        if decision.action is Action.WAIT:
            self.waiting[mark] = now + self.step
            return
        del self.waiting[mark]
        reminder.state = Reminder.State.DONE if decision.is_send else Reminder.State.CANCELLED
        if not decision.is_send:
            return
        day, is_question = reminder.local_day, reminder.kind == MORNING
        is_useless = day in case.answered if is_question else not case.open_on(day)
        self.tally.has_left(case.runner, reminder.kind, day, now, is_useless=is_useless)
        case.went.append(Went(reminder.pk, day, reminder.kind))
        case.program.standing.reminders_ignored += 1
        case.runner.is_reminded(now, day, morning=is_question)

    def _count(self, case: Case, now: datetime) -> None:
        """Once a day and kind, at the last moment something could leave: what became of the reminder, and why."""
        here = self._here(case, now)
        day = here.wall.date()
        for kind, ends in ((MORNING, MORNING_UNTIL), (EVENING, self.clinic.quiet_from)):
            if day < self.start or not here.wall.time() < ends <= here.then.time():
                continue
            mark = (case.runner.number, day, kind)
            state = self.written[mark].state if mark in self.written else None
            why = self._judged(case, now, day, kind).decision.reason
            words = "sent" if state == Reminder.State.DONE else why.value.replace("_", " ")
            if why is Why.DUE and mark in self.waiting:
                words = "waiting for a worker"
            self.tally.why[kind, words] += 1
            where = f"runner {case.runner.number}, {kind} of {day}"
            self.tally.check("none forgotten that was due", where, kept=words != Why.DUE.value)
