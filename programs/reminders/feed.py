"""What stands in a runner's calendar: the planned days of the running version and nothing clinical, and its address."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clinic.models import User
from programs.models import CalendarFeed, Program, ProgramVersion
from programs.portal.links import hash_of
from programs.portal.plan import version_on
from programs.progression.dose import from_json
from programs.progression.plan import planned_days
from programs.reminders.feed_links import feed_token
from programs.reminders.ical import Event, calendar
from programs.reminders.schedule import local_day

LASTS = timedelta(minutes=30)


@transaction.atomic
def renew_calendar(*, by: User | None, program: Program) -> CalendarFeed:  # noqa: ARG001 - the scope names the actor
    """A first or a new address; the one before stops working at once. `by` is None on the runner's own page."""
    key = uuid4()
    fields = {"key": key, "token_hash": hash_of(feed_token(key)), "revoked_at": None, "clinic_id": program.clinic_id}
    feed, _made = CalendarFeed.objects.update_or_create(program=program, defaults=fields)
    return feed


@transaction.atomic
def revoke_calendar(*, by: User | None, program: Program) -> None:  # noqa: ARG001 - the scope names the actor
    """The address answers nothing any more; renewing gives another one. Twice changes nothing."""
    CalendarFeed.objects.filter(program=program, revoked_at=None).update(revoked_at=timezone.now())


def calendar_of(program_id: UUID, now: datetime) -> bytes:
    """The file, inside the clinic's scope. It changes only when the plan or the runner's hour does. Three queries.

    Each planned day is one event at the runner's reminder hour. What has ended keeps its past days and plans no more.
    """
    program = Program.objects.select_related("episode__patient").get(pk=program_id)
    patient = program.episode.patient
    newest = ProgramVersion.objects.filter(program=program_id).order_by("-number").first()
    running = version_on(program_id, local_day(now, patient.time_zone)) or newest
    language = running.content["language"] if running else patient.language
    with translation.override(language):
        name, summary = _("Exercises"), _("Exercises today")
    events = _events(program, running, newest, summary) if running and newest else []
    return calendar(name=name, language=language, events=events)


def _events(program: Program, running: ProgramVersion, newest: ProgramVersion, summary: str) -> list[Event]:
    patient = program.episode.patient
    hour, zone = time(patient.reminder_hour), ZoneInfo(patient.time_zone)
    events = []
    for day in _days(running, min(_last_days(program, running, newest))):
        begins = datetime.combine(day, hour, tzinfo=zone).astimezone(UTC)
        uid = _uid(program.pk, day)
        events.append(Event(uid, begins, begins + LASTS, summary, running.issued_at, running.number))
    return events


def _last_days(program: Program, running: ProgramVersion, newest: ProgramVersion) -> Iterator[date]:
    """Every day after which this version plans nothing more: its own end, a version to come, the end of it all."""
    patient = program.episode.patient
    yield running.ends_on
    if newest != running:
        yield newest.starts_on - timedelta(days=1)
    if program.episode.closed_on:
        yield program.episode.closed_on
    for moment in (program.ended_at, patient.archived_at):
        if moment:
            yield local_day(moment, patient.time_zone)


def _days(version: ProgramVersion, until: date) -> list[date]:
    doses = [from_json(dose) for dose in version.content["doses"].values()]
    return sorted({day for dose in doses for day in planned_days(dose, version.starts_on, until)})


def _uid(program_id: UUID, day: date) -> str:
    """The same for one day of one program in every version, and telling nothing about either."""
    digest = hashlib.sha256(f"calendar {program_id} {day}".encode()).hexdigest()[:32]
    return f"{digest}@{urlsplit(settings.SITE_URL).hostname or 'strideback'}"
