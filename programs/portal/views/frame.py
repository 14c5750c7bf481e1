"""What every page of a day shares: which day is asked for, its addresses, and what stands around its content."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from programs.models import ExerciseLog, ProgramVersion
from programs.portal.access import Visit
from programs.portal.forms import SKIP_REASONS
from programs.portal.presenters import Day


def a_day(visit: Visit, text: str) -> tuple[date, ProgramVersion]:
    """A day of a plan that has come already, and the version that held then; or 404."""
    day, version = day_since_start(visit, text)
    if day > version.ends_on:
        raise Http404
    return day, version


def day_since_start(visit: Visit, text: str) -> tuple[date, ProgramVersion]:
    """Any day since the program began, also after its last planned one, and the version that held then; or 404."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    version = visit.version_for(day) if day <= visit.today else None
    if version is None or day < version.starts_on:
        raise Http404
    return day, version


def frame(request: HttpRequest, visit: Visit, day: Day) -> dict[str, Any]:
    """What every page of a day has. `why` is a skipped exercise whose reason may still be told."""
    skipped = day.named(request.GET.get("why", ""))
    asks_why = bool(skipped and skipped.log and skipped.log.status == ExerciseLog.Status.SKIPPED)
    return {
        "visit": visit,
        "clinic": visit.clinic,
        "day": day,
        "day_url": day_url(visit, day.day),
        "is_today": day.day == visit.today,
        "why": skipped if asks_why and not skipped.log.reason else None,  # type: ignore[union-attr]
        "reasons": SKIP_REASONS,
    }


def day_url(visit: Visit, day: date) -> str:
    """The page of this day; today's where the day has no page of its own."""
    version = visit.version_for(day)
    if day == visit.today or version is None or day > version.ends_on:
        return reverse("programs:today", args=[visit.token])
    return reverse("programs:patient_day", args=[visit.token, day.isoformat()])
