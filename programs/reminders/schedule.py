"""When a reminder is due. Pure: the clock, the patient's choices and the history are arguments.

A reminder exists only while something planned for the patient's local day is still open. It goes out once,
in the evening hour the patient chose, outside quiet hours, at most so often a week, and pauses when nobody
answers. Hours are wall-clock hours in the patient's zone, so a change to or from daylight saving moves
nothing the patient sees: an hour that is skipped in spring begins with the next one that exists, an hour that
comes twice in autumn has had its reminder the first time.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

FALLBACK_ZONE: Final = "UTC"


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
    never_today: tuple[tuple[bool, Why], ...] = (
        (opted_out, Why.OPTED_OUT),
        (address_refused, Why.ADDRESS_REFUSED),
        (program_over, Why.PROGRAM_OVER),
        (day_over, Why.DAY_OVER),
        (open_sessions_today <= 0, Why.NOTHING_OPEN),
        (already_sent_today, Why.ALREADY_SENT_TODAY),
        (0 < pause_after <= consecutive_ignored, Why.PAUSED),
        (sent_last_7_days >= max_per_week, Why.WEEKLY_LIMIT),
    )
    for applies, why in never_today:
        if applies:
            return Decision(Action.STOP, why)
    if now < _hour_that_can_be_kept(preferred_hour, quiet_from, quiet_until):
        return Decision(Action.WAIT, Why.BEFORE_PREFERRED_HOUR)
    if is_quiet(now, quiet_from, quiet_until):
        return Decision(Action.WAIT, Why.QUIET_HOURS)
    return Decision(Action.SEND, Why.DUE)


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
