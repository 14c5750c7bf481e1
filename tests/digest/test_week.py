"""Monday morning in the clinic's own zone, whatever the season."""

from datetime import UTC, date, datetime

import pytest

from programs.digest.week import week_due

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 7, 0, tzinfo=UTC), MONDAY),
        (datetime(2026, 11, 24, 23, 59, tzinfo=UTC), MONDAY),
        (datetime(2026, 11, 25, 0, 0, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), None),
    ],
    ids=["before seven", "seven", "late on Tuesday", "Wednesday", "Sunday"],
)
def test_it_is_due_from_seven_on_monday_and_caught_up_until_tuesday_night(now: datetime, expected: date | None) -> None:
    assert week_due(now, "Europe/London") == expected


@pytest.mark.parametrize(
    ("zone", "utc_hour", "day"),
    [("America/New_York", 12, 23), ("Pacific/Auckland", 18, 22), ("Europe/Berlin", 6, 23)],
)
def test_the_hour_is_the_clinics_own(zone: str, utc_hour: int, day: int) -> None:
    due = datetime(2026, 11, day, utc_hour, 0, tzinfo=UTC)
    assert week_due(due, zone) == MONDAY
    assert week_due(due.replace(hour=utc_hour - 1, minute=59), zone) is None


@pytest.mark.parametrize(("day", "hour"), [(date(2026, 3, 30), 6), (date(2026, 10, 26), 7)], ids=["spring", "autumn"])
def test_it_stays_at_seven_when_the_clocks_have_changed(day: date, hour: int) -> None:
    due = datetime(day.year, day.month, day.day, hour, 0, tzinfo=UTC)
    assert week_due(due, "Europe/London") == day
    assert week_due(due.replace(hour=hour - 1, minute=59), "Europe/London") is None
