"""The calendar's address: no login, no page, nothing but the file. Calendars ask every few hours."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from clinic.tenancy import clinic_scope
from clinic.throttle import MINUTE, client_address, count_try, is_over
from programs.reminders.feed import calendar_of
from programs.reminders.feed_links import find_feed

DOOR = "calendar"


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The file; 304 while nothing has changed; 404 for an unknown or switched-off address; 429 after too many a minute."""
    asker = client_address(request)
    if _is_over(asker):
        return _wait()
    found = find_feed(token)
    if found is None:
        count_try(DOOR, asker)
        return HttpResponse(status=404)
    if _is_over(str(found.feed_id)):  # not by asker: one calendar service asks for many runners
        return _wait()
    count_try(DOOR, str(found.feed_id))
    with clinic_scope(found.clinic_id, actor=f"system:calendar {found.feed_id}"):
        content = calendar_of(found.program_id, timezone.now())
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "Content-Disposition": 'attachment; filename="exercises.ics"',
        "Cache-Control": "private, no-cache",
        "ETag": etag,
        "X-Robots-Tag": "noindex",
    }
    whole = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=whole) or whole


def _is_over(who: str) -> bool:
    return is_over(DOOR, who, per_minute=settings.PATIENT_LINK_TRIES_PER_MINUTE)


def _wait() -> HttpResponse:
    return HttpResponse(status=429, headers={"Retry-After": str(MINUTE)})
