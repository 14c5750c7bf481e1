"""When the week's letter is due. Standard library only: moments are arguments."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FROM = time(7, 0)  # in the clinic's own zone
DUE_FOR = timedelta(hours=41)  # until Tuesday midnight, for a Monday on which nothing ran


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_due(now: datetime, time_zone: str) -> date | None:
    """The Monday whose letter may be written now, or None. `now` is aware; the hour is the clinic's, summer and winter."""
    here = now.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    monday = monday_of(here.date())
    opens = datetime.combine(monday, FROM)
    return monday if opens <= here < opens + DUE_FOR else None
