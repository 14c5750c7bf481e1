"""What holds for every reminder, whatever the hour, the zone and the clock: generated cases."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.reminders.schedule import Action, Decision, Why, local_day, reminder_due

ZONES = st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Kathmandu"])
QUARTER = timedelta(minutes=15)


def decide(now: datetime, **changes: Any) -> Decision:
    usual: dict[str, Any] = {
        "time_zone": "Europe/London",
        "open_sessions_today": 1,
        "preferred_hour": time(18),
        "quiet_from": time(21),
        "quiet_until": time(8),
        "opted_out": False,
        "already_sent_today": False,
        "sent_last_7_days": 0,
        "max_per_week": 4,
        "consecutive_ignored": 0,
        "pause_after": 4,
    }
    return reminder_due(now_utc=now, **(usual | changes))


@pytest.mark.parametrize(
    ("stopped_by", "why"),
    [
        ({"address_refused": True}, Why.ADDRESS_REFUSED),
        ({"program_over": True}, Why.PROGRAM_OVER),
        ({"day_over": True}, Why.DAY_OVER),
        ({"opted_out": True, "address_refused": True}, Why.OPTED_OUT),
    ],
)
def test_what_stops_a_reminder_is_named(stopped_by: dict[str, bool], why: Why) -> None:
    assert decide(datetime(2026, 11, 23, 18, 30, tzinfo=UTC), **stopped_by) == Decision(Action.STOP, why)


def evenings_of(zone: str, start: datetime, days: int, wobble: list[int], **changes: Any) -> list[datetime]:
    """Every quarter of an hour a clock that may be an hour ahead or behind asks; true moments of what it sent."""
    sent: dict[Any, datetime] = {}
    for quarter in range(days * 96):
        true = start + QUARTER * quarter
        shown = true + timedelta(hours=wobble[quarter % len(wobble)])
        day = local_day(shown, zone)
        week = sum(1 for other in sent if timedelta(0) <= day - other < timedelta(days=7))
        now = decide(shown, time_zone=zone, already_sent_today=day in sent, sent_last_7_days=week, **changes)
        if now.is_send:
            sent[day] = true
    return list(sent.values())


@settings(max_examples=15, deadline=None)
@given(ZONES, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(9, 20), st.integers(0, 7))
def test_a_week_never_brings_more_than_the_clinic_allows(zone: str, start: datetime, hour: int, most: int) -> None:
    sent = evenings_of(zone, start.replace(tzinfo=UTC), 10, [0], preferred_hour=time(hour), max_per_week=most)
    days = [local_day(moment, zone) for moment in sent]
    assert len(days) == len(set(days))
    for first in days:
        assert sum(1 for day in days if timedelta(0) <= day - first < timedelta(days=7)) <= most


@settings(max_examples=15, deadline=None)
@given(ZONES, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(9, 19))
def test_a_clock_that_jumps_an_hour_brings_each_day_one_reminder(zone: str, start: datetime, hour: int) -> None:
    wobble = [0, 0, 1, 1, 0, -1, -1]
    sent = evenings_of(zone, start.replace(tzinfo=UTC), 4, wobble, preferred_hour=time(hour), max_per_week=7)
    days = [local_day(moment, zone) for moment in sent]
    assert len(days) == len(set(days))
    assert len(days) >= 3


@settings(max_examples=20, deadline=None)
@given(ZONES, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(9, 20))
def test_clock_changes_of_the_zone_never_lose_or_move_the_hour(zone: str, start: datetime, hour: int) -> None:
    begin = start.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    sent = evenings_of(zone, begin, 3, [0], preferred_hour=time(hour), max_per_week=7)
    assert len(sent) >= 2
    for moment in sent:
        assert (
            timedelta(0)
            <= moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            - datetime.combine(local_day(moment, zone), time(hour))
            < QUARTER + timedelta(minutes=1)
        )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.integers(1, 14))
def test_more_silence_never_brings_back_a_paused_reminder(ignored: int, pause_after: int) -> None:
    now = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
    paused = decide(now, consecutive_ignored=ignored, pause_after=pause_after).reason is Why.PAUSED
    assert paused is (ignored >= pause_after)
    if paused:
        assert decide(now, consecutive_ignored=ignored + 1, pause_after=pause_after).reason is Why.PAUSED
