"""Writing a calendar as RFC 5545 asks. Pure: times come in as moments with a time zone and leave in UTC.

UTC needs no time zone component and is right on both sides of a change to daylight saving: each event is one moment.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

LINE_OCTETS: Final = 75  # RFC 5545 3.1, without the line break
PRODUCT: Final = "-//Strideback//Planned days//EN"


@dataclass(frozen=True)
class Event:
    """One event. `uid` stays the same for as long as it is the same event; `revision` counts its changes from 0."""

    uid: str
    begins: datetime
    ends: datetime
    summary: str
    written_at: datetime
    revision: int = 0


def calendar(*, name: str, language: str, events: Iterable[Event]) -> bytes:
    """The whole file: UTF-8, lines ended by CRLF and folded at 75 octets. Raises ValueError for a moment without zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{escaped(name)}",  # RFC 7986
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        *(line for event in events for line in _event(event, language)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(event: Event, language: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{in_utc(event.written_at)}"
    yield f"DTSTART:{in_utc(event.begins)}"
    yield f"DTEND:{in_utc(event.ends)}"
    yield f"SEQUENCE:{event.revision}"
    yield f"SUMMARY;LANGUAGE={language}:{escaped(event.summary)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"  # it takes nobody's time away for appointments
    yield "END:VEVENT"


def in_utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone; pass an aware datetime.")
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A TEXT value: backslash, semicolon, comma and line breaks escaped, other control characters left out."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f")


def folded(line: str) -> bytes:
    """At most 75 octets a line, the rest on lines that begin with a space; no letter is cut in two."""
    out, used = bytearray(), 0
    for letter in line:
        octets = letter.encode()
        if used + len(octets) > LINE_OCTETS:
            out += b"\r\n "
            used = 1
        out += octets
        used += len(octets)
    return bytes(out + b"\r\n")
