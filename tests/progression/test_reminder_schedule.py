"""A reminder is due in the patient's evening while something is open, and otherwise never."""

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.reminders.schedule import Action, Decision, Why, is_quiet, local_day, reminder_due

USUAL: dict[str, Any] = {
    "now_utc": datetime(2026, 11, 23, 18, 30, tzinfo=UTC),
    "time_zone": "Europe/London",
    "open_sessions_today": 2,
    "preferred_hour": time(18),
    "quiet_from": time(21),
    "quiet_until": time(8),
    "opted_out": False,
    "already_sent_today": False,
    "sent_last_7_days": 0,
    "max_per_week": 4,
    "consecutive_ignored": 0,
    "pause_after": 3,
}


def decide(**changes: Any) -> Decision:
    return reminder_due(**{**USUAL, **changes})


@pytest.mark.parametrize(
    ("changes", "action", "why"),
    [
        ({}, Action.SEND, Why.DUE),
        ({"opted_out": True}, Action.STOP, Why.OPTED_OUT),
        ({"open_sessions_today": 0}, Action.STOP, Why.NOTHING_OPEN),
        ({"already_sent_today": True}, Action.STOP, Why.ALREADY_SENT_TODAY),
        ({"sent_last_7_days": 4}, Action.STOP, Why.WEEKLY_LIMIT),
        ({"max_per_week": 0}, Action.STOP, Why.WEEKLY_LIMIT),
        ({"consecutive_ignored": 3}, Action.STOP, Why.PAUSED),
        ({"consecutive_ignored": 99, "pause_after": 0}, Action.SEND, Why.DUE),
        ({"preferred_hour": time(19)}, Action.WAIT, Why.BEFORE_PREFERRED_HOUR),
        ({"quiet_from": time(18), "quiet_until": time(19)}, Action.WAIT, Why.QUIET_HOURS),
        ({"quiet_from": time(17), "quiet_until": time(8)}, Action.WAIT, Why.QUIET_HOURS),
        ({"quiet_from": time(0), "quiet_until": time(0)}, Action.SEND, Why.DUE),
        ({"time_zone": "America/New_York"}, Action.WAIT, Why.BEFORE_PREFERRED_HOUR),
        ({"time_zone": "Australia/Sydney"}, Action.WAIT, Why.BEFORE_PREFERRED_HOUR),
        ({"time_zone": "Asia/Kolkata"}, Action.WAIT, Why.BEFORE_PREFERRED_HOUR),
        ({"time_zone": "Asia/Karachi"}, Action.WAIT, Why.QUIET_HOURS),
        ({"time_zone": "Nowhere/Atlantis"}, Action.SEND, Why.DUE),
        ({"opted_out": True, "already_sent_today": True}, Action.STOP, Why.OPTED_OUT),
    ],
)
def test_one_moment_one_decision(changes: dict[str, Any], action: Action, why: Why) -> None:
    assert decide(**changes) == Decision(action, why)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_until", "quiet", "not_quiet"),
    [
        (time(21), time(8), [time(21), time(23, 59), time(0), time(7, 59)], [time(8), time(20, 59)]),
        (time(12), time(14), [time(12), time(13, 59)], [time(14), time(11, 59), time(0)]),
        (time(22), time(0), [time(22), time(23, 59)], [time(0), time(21, 59)]),
        (time(9), time(9), [], [time(9), time(0)]),
    ],
)
def test_quiet_hours_may_pass_midnight(
    quiet_from: time, quiet_until: time, quiet: list[time], not_quiet: list[time]
) -> None:
    assert all(is_quiet(moment, quiet_from, quiet_until) for moment in quiet)
    assert not any(is_quiet(moment, quiet_from, quiet_until) for moment in not_quiet)


def test_an_evening_hour_inside_quiet_hours_moves_to_an_hour_before_them() -> None:
    late = {"preferred_hour": time(22), "quiet_from": time(21), "quiet_until": time(7)}
    evening = datetime(2026, 11, 23, tzinfo=UTC)
    assert decide(now_utc=evening.replace(hour=19, minute=59), **late).action is Action.WAIT
    assert decide(now_utc=evening.replace(hour=20), **late).is_send
    assert decide(now_utc=evening.replace(hour=21), **late).reason is Why.QUIET_HOURS


def sweep(day_start_utc: datetime, hours: int, **changes: Any) -> list[datetime]:
    """The moments a quarter-hourly sweep sends at, when each send is remembered for its local day."""
    zone = changes.get("time_zone", USUAL["time_zone"])
    sent: list[datetime] = []
    for quarter in range(hours * 4):
        now = day_start_utc + timedelta(minutes=15 * quarter)
        today = local_day(now, zone)
        already = any(local_day(moment, zone) == today for moment in sent)
        if decide(now_utc=now, already_sent_today=already, **changes).is_send:
            sent.append(now)
    return sent


@pytest.mark.parametrize("night", [datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)])
@pytest.mark.parametrize("hour", [1, 2, 3, 18, 20])
def test_a_clock_change_neither_doubles_nor_loses_the_evening(night: datetime, hour: int) -> None:
    zone = ZoneInfo("Europe/Berlin")
    free = {"quiet_from": time(0), "quiet_until": time(0), "time_zone": "Europe/Berlin", "preferred_hour": time(hour)}
    start = night.replace(tzinfo=zone).astimezone(UTC)
    end = (night + timedelta(days=3)).replace(tzinfo=zone).astimezone(UTC)
    sent = sweep(start, int((end - start) / timedelta(hours=1)), **free)
    assert [moment.astimezone(zone).day for moment in sent] == [night.day + n for n in range(3)]
    assert all(moment.astimezone(zone).hour in (hour, hour + 1) for moment in sent)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.sampled_from(["Europe/London", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Pacific/Auckland"]),
    st.times(),
    st.times(),
    st.times(),
)
def test_nothing_is_ever_sent_in_quiet_hours(
    now: datetime, zone: str, preferred: time, quiet_from: time, quiet_until: time
) -> None:
    changes = {"preferred_hour": preferred, "quiet_from": quiet_from, "quiet_until": quiet_until}
    if decide(now_utc=now, time_zone=zone, **changes).is_send:
        assert not is_quiet(now.astimezone(ZoneInfo(zone)).time(), quiet_from, quiet_until)


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 23))
def test_a_day_with_open_sessions_brings_at_most_one_reminder(hour: int, start: int, end: int) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    quiet = {"quiet_from": time(start), "quiet_until": time(end), "preferred_hour": time(hour)}
    assert len(sweep(midnight, 24, **quiet)) <= 1


@given(st.integers(12, 23), st.integers(19, 23), st.integers(5, 10))
def test_an_ordinary_night_never_loses_the_reminder(hour: int, start: int, end: int) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    quiet = {"quiet_from": time(start), "quiet_until": time(end), "preferred_hour": time(hour)}
    assert len(sweep(midnight, 24, **quiet)) == 1


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        decide(now_utc=datetime(2026, 11, 23, 18))


def test_any_zone_may_carry_the_moment() -> None:
    same = USUAL["now_utc"].astimezone(timezone(timedelta(hours=9)))
    assert decide(now_utc=same) == decide()
