"""The calendar file to the letter of RFC 5545, whatever the words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.reminders.ical import Event, calendar, escaped, folded, in_utc

AT = datetime(2026, 11, 23, 18, tzinfo=UTC)


def event(summary: str = "Exercises today") -> Event:
    return Event("one@clinic.test", AT, AT + timedelta(minutes=30), summary, AT)


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_file_as_it_is_sent() -> None:
    assert calendar(name="Exercises", language="en", events=[event()]).decode() == "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Strideback//Planned days//EN", "CALSCALE:GREGORIAN",
        "NAME;LANGUAGE=en:Exercises", "X-WR-CALNAME:Exercises", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "BEGIN:VEVENT", "UID:one@clinic.test", "DTSTAMP:20261123T180000Z", "DTSTART:20261123T180000Z",
        "DTEND:20261123T183000Z", "SEQUENCE:0", "SUMMARY;LANGUAGE=en:Exercises today", "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
    ])  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_is_cut_inside_a_letter(words: str) -> None:
    content = calendar(name=words, language="en", events=[event(words)])
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() == line.decode() for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert len([line for line in unfolded(content) if line.startswith("BEGIN:")]) == 2


@pytest.mark.parametrize(
    ("plain", "written"),
    [("a, b; c\\d", "a\\, b\\; c\\\\d"), ("one\r\ntwo\nthree\rfour", "one\\ntwo\\nthree\\nfour"), ("a\x00b\x7f", "ab")],
)
def test_what_means_something_to_a_calendar_is_escaped(plain: str, written: str) -> None:
    assert escaped(plain) == written


def test_a_long_line_is_folded_and_comes_back_whole() -> None:
    line = "SUMMARY:" + "Übung ü " * 30
    assert "".join(unfolded(folded(line))) == line


def test_moments_of_any_zone_leave_in_utc_and_need_one() -> None:
    assert in_utc(AT.astimezone(timezone(timedelta(hours=9)))) == "20261123T180000Z"
    with pytest.raises(ValueError, match="aware"):
        in_utc(datetime(2026, 11, 23))
