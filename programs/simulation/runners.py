"""Invented runners: what each is like, and what each does on a day. Everything comes from the seed and the runner's number."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Asia/Kathmandu",
    "America/Sao_Paulo",
)
HOME_SHARE = 0.55  # in the clinic's own zone
MINUTE = timedelta(minutes=1)


class Kind(StrEnum):
    FAITHFUL = "faithful"
    FORGETFUL = "forgetful"
    FLARING = "flaring"
    SILENT = "silent"
    OPTED_OUT = "opted out"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(frozen=True)
class Habits:
    """Chances of a day: doing the session unasked, doing it after a reminder, answering the morning."""

    unasked: float
    reminded: float
    morning: float


HABITS = {
    Kind.FAITHFUL: Habits(0.93, 0.8, 0.95),
    Kind.FORGETFUL: Habits(0.4, 0.55, 0.5),
    Kind.FLARING: Habits(0.85, 0.6, 0.9),
    Kind.SILENT: Habits(0.0, 0.0, 0.0),
    Kind.OPTED_OUT: Habits(0.5, 0.3, 0.4),
    Kind.ENDED: Habits(0.7, 0.5, 0.6),
    Kind.REFUSED: Habits(0.6, 0.0, 0.6),
}
SHARES = {
    Kind.FAITHFUL: 34,
    Kind.FORGETFUL: 28,
    Kind.FLARING: 12,
    Kind.SILENT: 10,
    Kind.OPTED_OUT: 8,
    Kind.ENDED: 5,
    Kind.REFUSED: 3,
}


class What(StrEnum):
    SESSIONS = "sessions"
    ONE = "one session"
    MORNING = "morning"
    RUN = "run"
    STOP = "stop"


@dataclass(frozen=True, order=True)
class Act:
    """Something a runner does at a moment, about a day."""

    at: datetime
    what: What
    day: date


@dataclass
class Runner:
    """One of them. `stops_on`: the day of the opt-out, the end of the program, or the refusal of the address."""

    number: int
    kind: Kind
    zone: ZoneInfo
    hour: int
    wants_mornings: bool
    stops_on: date | None
    random: Random
    today: date | None = None
    acts: list[Act] = field(default_factory=list)
    stopped_at: datetime | None = None

    @property
    def habits(self) -> Habits:
        return HABITS[self.kind]

    def is_flaring(self, day: date, start: date) -> bool:
        """Two bad weeks, one after the other half of the course."""
        return self.kind is Kind.FLARING and (day - start).days // 7 in (2 + self.number % 3, 7)

    def begin(self, day: date) -> None:
        """What this day will bring unasked."""
        self.today = day
        if day == self.stops_on:
            self._add(What.STOP, day, time(13))
        if self.random.random() < self.habits.unasked:
            whole = self.random.random() < 0.85
            hour = self.random.choice((7, 9, 12, 16, 17, 18, 19, 20, 22))
            self._add(What.SESSIONS if whole else What.ONE, day, time(hour, self.random.randrange(60)))
        if day.toordinal() % 3 == 0 and self.random.random() < self.habits.unasked:
            self._add(What.RUN, day, time(self.random.choice((6, 12, 18)), self.random.randrange(60)))
        if self.random.random() < self.habits.morning / 2:
            self._add(What.MORNING, day, time(self.random.choice((7, 8, 9)), self.random.randrange(60)))

    def is_reminded(self, now: datetime, day: date, *, morning: bool) -> None:
        """A reminder is read, perhaps, and perhaps answered within two hours."""
        chance = self.habits.morning if morning else self.habits.reminded
        if self.random.random() < chance:
            what = What.MORNING if morning else What.SESSIONS
            self.acts.append(Act(now + MINUTE * self.random.randrange(5, 120), what, day))

    def due(self, now: datetime) -> list[Act]:
        """What has come, in order; each once."""
        if not self.acts:
            return []
        come = sorted(act for act in self.acts if act.at <= now)
        self.acts = [act for act in self.acts if act.at > now]
        return come

    def _add(self, what: What, day: date, at: time) -> None:
        self.acts.append(Act(datetime.combine(day, at, tzinfo=self.zone), what, day))


def runners(number: int, *, seed: int, start: date, weeks: int) -> list[Runner]:
    """So many, each with chances of its own: what one does changes nothing for another."""
    return [_runner(place, seed, start, weeks) for place in range(number)]


def _runner(place: int, seed: int, start: date, weeks: int) -> Runner:
    chance = Random(f"{seed} {place}")  # noqa: S311 - an invented person, not a secret
    kind = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
    stops = kind in (Kind.OPTED_OUT, Kind.ENDED, Kind.REFUSED)
    zone = ZONES[0] if chance.random() < HOME_SHARE else chance.choice(ZONES[1:])
    return Runner(
        number=place,
        kind=kind,
        zone=ZoneInfo(zone),
        hour=chance.choice((7, 16, 17, 18, 18, 18, 19, 20, 22)),
        wants_mornings=chance.random() < 0.4,
        stops_on=start + timedelta(days=chance.randrange(3, max(5, weeks * 7 - 2))) if stops else None,
        random=chance,
    )
