"""When a reminder is due. Pure: the clock, the patient's choices and the history are arguments.

A reminder exists only while something planned for the patient's local day is still open. It goes out once,
in the evening hour the patient chose, outside quiet hours, at most so often a week, and pauses when nobody
answers. Hours are wall-clock hours in the patient's zone, so a change to or from daylight saving moves
nothing the patient sees: an hour that is skipped in spring begins with the next one that exists, an hour that
comes twice in autumn has had its reminder the first time.

The question of the next morning is asked only of a runner who wants to be asked, while the answer can still be given
the same morning, and counts into the same week.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FALLBACK_ZONE: Final = "UTC"
MORNING_FROM: Final = time(7)
MORNING_UNTIL: Final = time(11)


class Action(StrEnum):
    """send: now. wait: not now, ask again later. stop: not at all today or not until something changes."""

    SEND = "send"
    WAIT = "wait"
    STOP = "stop"


class Why(StrEnum):
    """The one reason of a decision, for the log and for staff."""

    DUE = "due"
    OPTED_OUT = "opted_out"
    ADDRESS_REFUSED = "address_refused"
    PROGRAM_OVER = "program_over"
    DAY_OVER = "day_over"
    NOTHING_OPEN = "nothing_open"
    ALREADY_SENT_TODAY = "already_sent_today"
    WEEKLY_LIMIT = "weekly_limit"
    PAUSED = "paused"
    BEFORE_PREFERRED_HOUR = "before_preferred_hour"
    QUIET_HOURS = "quiet_hours"
    NOT_CHOSEN = "not_chosen"
    NOTHING_TO_COMPARE = "nothing_to_compare"
    ANSWERED = "answered"
    MORNING_OVER = "morning_over"
    NOT_YET_MORNING = "not_yet_morning"


@dataclass(frozen=True)
class Decision:
    """What to do now and why."""

    action: Action
    reason: Why

    @property
    def is_send(self) -> bool:
        return self.action is Action.SEND


def reminder_due(
    *,
    now_utc: datetime,
    time_zone: str,
    open_sessions_today: int,
    preferred_hour: time,
    quiet_from: time,
    quiet_until: time,
    opted_out: bool,
    already_sent_today: bool,
    sent_last_7_days: int,
    max_per_week: int,
    consecutive_ignored: int,
    pause_after: int,
    address_refused: bool = False,
    program_over: bool = False,
    day_over: bool = False,
) -> Decision:
    """Decide once for one patient at one moment.

    A preferred hour in the evening part of quiet hours that last past midnight could never be kept on the
    same day; the reminder then goes out an hour before they start. `now_utc` must carry a time zone.
    "Today" (`open_sessions_today`, `already_sent_today`) is the patient's local day, see `local_day`. Quiet
    hours include their start and not their end, may wrap midnight, and are off when both are equal.
    `pause_after` 0 means never pause. `day_over`: the day the reminder is about is no longer the patient's today. Raises `ValueError` for a moment without a time zone.
    """
    now = local_moment(now_utc, time_zone).time()
    why = _first(
        (opted_out, Why.OPTED_OUT),
        (address_refused, Why.ADDRESS_REFUSED),
        (program_over, Why.PROGRAM_OVER),
        (day_over, Why.DAY_OVER),
        (open_sessions_today <= 0, Why.NOTHING_OPEN),
        (already_sent_today, Why.ALREADY_SENT_TODAY),
        (0 < pause_after <= consecutive_ignored, Why.PAUSED),
        (sent_last_7_days >= max_per_week, Why.WEEKLY_LIMIT),
    )
    if why:
        return Decision(Action.STOP, why)
    if now < _hour_that_can_be_kept(preferred_hour, quiet_from, quiet_until):
        return Decision(Action.WAIT, Why.BEFORE_PREFERRED_HOUR)
    if is_quiet(now, quiet_from, quiet_until):
        return Decision(Action.WAIT, Why.QUIET_HOURS)
    return Decision(Action.SEND, Why.DUE)


def morning_due(
    *,
    now_utc: datetime,
    time_zone: str,
    is_chosen: bool,
    was_active_yesterday: bool,
    is_answered: bool,
    quiet_from: time,
    quiet_until: time,
    opted_out: bool,
    already_sent_today: bool,
    sent_last_7_days: int,
    max_per_week: int,
    consecutive_ignored: int,
    pause_after: int,
    address_refused: bool = False,
    program_over: bool = False,
    day_over: bool = False,
    is_asked: bool = False,
) -> Decision:
    """Decide about the question of the next morning, as `reminder_due` does about the evening.

    `was_active_yesterday`: an exercise was done or a run was told, so there is something to compare with. `is_asked`:
    staff want it sent again; then it need not be early any more, and goes out until quiet hours.
    """
    now = local_moment(now_utc, time_zone).time()
    why = _first(
        (opted_out, Why.OPTED_OUT),
        (not is_chosen, Why.NOT_CHOSEN),
        (address_refused, Why.ADDRESS_REFUSED),
        (program_over, Why.PROGRAM_OVER),
        (day_over, Why.DAY_OVER),
        (is_answered, Why.ANSWERED),
        (not was_active_yesterday, Why.NOTHING_TO_COMPARE),
        (already_sent_today, Why.ALREADY_SENT_TODAY),
        (0 < pause_after <= consecutive_ignored, Why.PAUSED),
        (sent_last_7_days >= max_per_week, Why.WEEKLY_LIMIT),
        (now >= MORNING_UNTIL and not is_asked, Why.MORNING_OVER),
    )
    if why:
        return Decision(Action.STOP, why)
    if now < MORNING_FROM:
        return Decision(Action.WAIT, Why.NOT_YET_MORNING)
    if is_quiet(now, quiet_from, quiet_until):
        return Decision(Action.WAIT, Why.QUIET_HOURS)
    return Decision(Action.SEND, Why.DUE)


def hours_due(*, now_utc: datetime, time_zone: str, quiet_from: time, quiet_until: time) -> list[int]:
    """The preferred hours whose evening has come, so that nobody else need be looked at. Empty in quiet hours."""
    now = local_moment(now_utc, time_zone).time()
    if is_quiet(now, quiet_from, quiet_until):
        return []
    return [hour for hour in range(24) if now >= _hour_that_can_be_kept(time(hour), quiet_from, quiet_until)]


def is_morning(*, now_utc: datetime, time_zone: str, quiet_from: time, quiet_until: time) -> bool:
    """Whether the question of the morning may go out now."""
    now = local_moment(now_utc, time_zone).time()
    return MORNING_FROM <= now < MORNING_UNTIL and not is_quiet(now, quiet_from, quiet_until)


def seconds_left(*, now_utc: datetime, time_zone: str, quiet_from: time, quiet_until: time) -> int:
    """How long a message that is only shown later may still be shown: until quiet hours or the day begin, at least 1."""
    now = local_moment(now_utc, time_zone)
    day_over = datetime.combine(now.date() + timedelta(days=1), time(0))
    quiet = datetime.combine(now.date(), quiet_from)
    wall = now.replace(tzinfo=None)
    ends = quiet if quiet_from != quiet_until and quiet > wall else day_over
    return max(1, int((ends - wall).total_seconds()))


def _first(*reasons: tuple[bool, Why]) -> Why | None:
    return next((why for applies, why in reasons if applies), None)


def is_quiet(moment: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a wall-clock time lies in the quiet hours: from included, until not; both equal means none."""
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= moment < quiet_until
    return moment >= quiet_from or moment < quiet_until


def local_moment(now_utc: datetime, time_zone: str) -> datetime:
    """The moment on the patient's wall clock. An unknown zone name falls back to UTC rather than losing
    reminders.
    """
    if now_utc.tzinfo is None:
        raise ValueError("A moment needs its time zone; pass an aware datetime.")
    return now_utc.astimezone(_zone(time_zone))


def local_day(now_utc: datetime, time_zone: str) -> date:
    """The patient's calendar day at this moment."""
    return local_moment(now_utc, time_zone).date()


def _hour_that_can_be_kept(preferred: time, quiet_from: time, quiet_until: time) -> time:
    last_past_midnight = quiet_from > quiet_until
    if not last_past_midnight or preferred < quiet_from:
        return preferred
    an_hour_before = time(quiet_from.hour - 1, quiet_from.minute) if quiet_from.hour else time(0)
    return max(an_hour_before, quiet_until)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(FALLBACK_ZONE)
