"""What happened, counted, and the promises, checked by a second bookkeeping that knows nothing of how it was decided."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from clinic.models import Clinic
from programs.models import Reminder
from programs.simulation.runners import Runner

SHOWN = 5
A_WEEK = timedelta(days=7)
PROMISES = (
    "none in quiet hours",
    "none after everything was done or answered",
    "none after a stop",
    "never more than the week's number",
    "once a day and kind",
    "none before the runner's hour",
    "none while paused",
    "none forgotten that was due",
    "no step forward without an answer",
)


@dataclass
class Sent:
    """One reminder of one runner that left."""

    day: date
    kind: str


@dataclass
class Tally:
    """Counts for the tables, and every broken promise with an example."""

    clinic: Clinic
    why: Counter[tuple[str, str]] = field(default_factory=Counter)
    sent_to: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    unanswered: Counter[int] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, int]] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    checked: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def check(self, promise: str, example: str, *, kept: bool) -> None:
        self.checked[promise] += 1
        if not kept:
            self.broken[promise].append(example)

    def has_left(self, runner: Runner, kind: str, day: date, now: datetime, *, is_useless: bool) -> None:
        """A reminder left just now. `is_useless`: by the runner's own memory there was nothing left to ask."""
        wall = now.astimezone(runner.zone)
        where = f"runner {runner.number}, {kind} of {day}, {wall:%a %d %b %H:%M %Z}"
        sent = self.sent_to[runner.number]
        week = [one for one in sent if day - A_WEEK < one.day <= day]
        quiet_from, quiet_until = self.clinic.quiet_from, self.clinic.quiet_until
        is_quiet = wall.time() >= quiet_from or wall.time() < quiet_until
        hour = min(time(runner.hour), time(quiet_from.hour - 1))
        self.check("none in quiet hours", where, kept=not is_quiet)
        self.check("none after everything was done or answered", where, kept=not is_useless)
        self.check("none after a stop", where, kept=runner.stopped_at is None)
        self.check("never more than the week's number", where, kept=len(week) < self.clinic.reminders_per_week)
        self.check("once a day and kind", where, kept=Sent(day, kind) not in sent and day == wall.date())
        is_early = kind == Reminder.Kind.EVENING and wall.time() < hour
        self.check("none before the runner's hour", where, kept=not is_early)
        paused = self.clinic.pause_after_ignored
        self.check("none while paused", where, kept=not 0 < paused <= self.unanswered[runner.number])
        sent.append(Sent(day, kind))
        self.unanswered[runner.number] += 1

    def lines(self) -> list[str]:
        """The tables, in an order that does not depend on chance."""
        kinds = sorted({kind for kind, _why in self.why})
        reasons = sorted({why for _kind, why in self.why}, key=lambda why: (why != "sent", why))
        out = ["Reminders by rule (runner-days)", _row("", kinds)]
        out += [_row(why, [str(self.why[kind, why]) for kind in kinds]) for why in reasons]
        weeks = sorted({week for _verdict, week in self.verdicts})
        out += ["", "Proposals by week", _row("", [str(week) for week in weeks], narrow=True)]
        for verdict in sorted({verdict for verdict, _week in self.verdicts}):
            out.append(_row(verdict, [str(self.verdicts[verdict, week]) for week in weeks], narrow=True))
        out += ["", "What the clinician made of them"]
        out += [_row(what, [str(self.answers[what])]) for what in sorted(self.answers)]
        out += ["", "Promises"]
        for promise in PROMISES:
            broken = self.broken.get(promise, [])
            state = f"BROKEN {len(broken)} times" if broken else "kept"
            out.append(f"  {state}: {promise} ({self.checked[promise]} looked at)")
            out += [f"    {example}" for example in broken[:SHOWN]]
        return out


def _row(name: str, cells: list[str], *, narrow: bool = False) -> str:
    width = 6 if narrow else 12
    return f"  {name:<28}" + "".join(f"{cell:>{width}}" for cell in cells)
