"""When a report was told and under which key: a phone without connection keeps reports and sends them later."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

KEY, TOLD, SENT = "X-Report-Key", "X-Report-Told", "X-Report-Sent"
CLOCKS_AGREE = timedelta(minutes=5)
JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Told:
    """One report: when the runner gave it, and the key the phone made for it; None for a form sent without script."""

    at: datetime
    key: UUID | None = None

    def is_late(self, now: datetime) -> bool:
        """Told a while ago and kept on the phone: nobody waits for a thank-you any more."""
        return now - self.at > JUST_NOW


def told_in(request: HttpRequest, now: datetime) -> Told:
    """Two times of the phone's clock come with a report: when it was given and when it was sent (milliseconds since 1970).

    A phone whose clock is wrong by more than five minutes is corrected by its own mistake; nothing is told in the future.
    What cannot be read counts as told now, without a key.
    """
    try:
        key = UUID(request.headers.get(KEY, ""))
        told, sent = (_time(request.headers.get(name, "")) for name in (TOLD, SENT))
        mistake = now - sent
        at = told if abs(mistake) <= CLOCKS_AGREE else told + mistake
    except (ValueError, OverflowError, OSError):
        return Told(now)
    return Told(min(at, now), key)


def _time(text: str) -> datetime:
    return datetime.fromtimestamp(int(text[:20]) / 1000, tz=UTC)


def onward(request: HttpRequest, to: str) -> HttpResponse:
    """Where the runner goes from here: a redirect, or for the phone's own script the address to go to."""
    return JsonResponse({"to": to}) if KEY in request.headers else redirect(to)
