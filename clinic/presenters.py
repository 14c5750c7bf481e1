"""Records in the words of the page. Nothing here reads the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import formats, timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.audit import model_of
from clinic.models import AccessEntry, AuditEntry, Episode, Patient, RunningProfile
from clinic.timeline import EpisodeNews, TimelineEntry, name_pages, page_name

THIGHS = {
    "left": gettext_lazy("Left posterior thigh"),
    "right": gettext_lazy("Right posterior thigh"),
    "both": gettext_lazy("Both posterior thighs"),
}


def day_in_words(day: date, today: date) -> str:
    """ "today", "yesterday", "14 Mar", and the year only when it is another one."""
    if (today - day).days in (0, 1):
        return _("today") if day == today else _("yesterday")
    return formats.date_format(day, "j M" if day.year == today.year else "j M Y")


def moment_in_words(moment: datetime, today: date) -> str:
    """ "today, 09:40": the day as people say it and the time in the clinic's zone."""
    local = timezone.localtime(moment)
    return f"{day_in_words(local.date(), today)}, {formats.time_format(local, 'H:i')}"


def kilometres(running: RunningProfile) -> str:
    """ "48" or "12.5", or nothing."""
    return "" if running.weekly_km is None else formats.number_format(running.weekly_km.normalize())


def run_days(running: RunningProfile) -> str:
    """ "Mon Wed Fri"."""
    return " ".join(str(WEEKDAYS_ABBR[int(day)]) for day in running.run_days)


def goal(running: RunningProfile, today: date) -> str:
    """ "half marathon 14 Mar"."""
    return f"{running.goal} {day_in_words(running.goal_date, today) if running.goal_date else ''}".strip()


def running_in_words(running: RunningProfile | None) -> str:
    """ "distance, 48 km/week"."""
    if running is None:
        return ""
    kind, far = running.get_running_type_display().lower(), kilometres(running)
    return _("{kind}, {km} km/week").format(kind=kind, km=far) if far else kind


def facts(patient: Patient, today: date) -> str:
    """ "34 · distance, 48 km/week · half marathon 14 Mar": the line behind the name."""
    running = getattr(patient, "running", None)
    parts = [str(patient.age_on(today)), running_in_words(running), goal(running, today) if running else ""]
    return " · ".join(part for part in parts if part)


def running_facts(patient: Patient, today: date) -> list[tuple[str, str]]:
    """The running profile as label and value; what nobody told is left out."""
    running = getattr(patient, "running", None)
    if running is None:
        return []
    far = kilometres(running)
    facts = [
        (_("Kind"), running.get_running_type_display()),
        (_("Usual week"), _("{km} km").format(km=far) if far else ""),
        (_("Run days"), run_days(running)),
        (_("Goal"), goal(running, today)),
    ]
    return [(label, str(value)) for label, value in facts if value]


def own_entries(patient: Patient, episodes: list[Episode]) -> list[TimelineEntry]:
    """What this app itself knows to have happened: registered, episodes opened and closed, archived."""
    entries = [TimelineEntry(at=patient.created_at, title=_("Registered"))]
    for episode in episodes:
        where = f"#episode-{episode.pk}"
        entries.append(
            TimelineEntry(at=episode.created_at, title=_("Episode opened"), detail=thigh(episode), url=where)
        )
        if episode.closed_on:
            end = timezone.make_aware(datetime.combine(episode.closed_on, time.max))
            title, why = _("Episode closed"), episode.close_reason
            entries.append(TimelineEntry(at=end, title=title, detail=why, url=where, whole_day=True))
    if patient.archived_at:
        entries.append(TimelineEntry(at=patient.archived_at, title=_("Archived")))
    return entries


def duration(episode: Episode, today: date) -> str:
    """How long it has hurt: "9 weeks"; empty when nobody knows or the episode is closed."""
    if episode.began_on is None or episode.closed_on is not None:
        return ""
    days = max((today - episode.began_on).days, 0)
    if days < 14:
        return ngettext("{n} day", "{n} days", days).format(n=days)
    if days < 7 * 26:
        return ngettext("{n} week", "{n} weeks", days // 7).format(n=days // 7)
    months = round(days / 30.44)
    if months < 24:
        return ngettext("{n} month", "{n} months", months).format(n=months)
    return ngettext("{n} year", "{n} years", months // 12).format(n=months // 12)


def thigh(episode: Episode) -> str:
    return str(THIGHS[episode.painful_side])


@dataclass(frozen=True)
class EpisodeCard:
    """An episode with what other apps know about it."""

    episode: Episode
    name: str
    duration: str
    news: EpisodeNews


def episode_card(episode: Episode, news: EpisodeNews, today: date) -> EpisodeCard:
    return EpisodeCard(episode=episode, name=thigh(episode), duration=duration(episode, today), news=news)


name_pages(
    {
        "clinic:patients": gettext_lazy("the list of patients"),
        "clinic:patient": gettext_lazy("the record"),
        "clinic:patient_edit": gettext_lazy("the form with the patient's details"),
        "clinic:patient_archive": gettext_lazy("the question before archiving"),
        "clinic:episode_new": gettext_lazy("the form for a new episode"),
        "clinic:episode_edit": gettext_lazy("the form with an episode's details"),
        "clinic:episode_close": gettext_lazy("the question before closing an episode"),
        "clinic:search": gettext_lazy("the search"),
        "clinic:audit": gettext_lazy("the audit"),
    }
)

OPERATIONS = {
    "insert": gettext_lazy("added"),
    "update": gettext_lazy("changed"),
    "delete": gettext_lazy("deleted"),
}
UNSAID = {"id", "clinic_id", "created_at", "sort_key", "updated_at"}
LONGEST = 80


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit: who did what, to whose record, and what changed."""

    at: datetime
    when: str
    who: str
    did: str
    patient_id: UUID | None
    patient: str
    changes: tuple[tuple[str, str, str], ...] = ()


def user_of(entry: AuditEntry | AccessEntry) -> UUID | None:
    """The account behind an entry, if it was a person of the team."""
    if isinstance(entry, AccessEntry):
        return entry.user_id
    kind, _colon, who = entry.actor.partition(":")
    try:
        return UUID(who) if kind == "user" else None
    except ValueError:
        return None


def actor_in_words(entry: AuditEntry | AccessEntry, names: Mapping[UUID, str]) -> str:
    user_id = user_of(entry)
    if user_id:
        return names.get(user_id, _("a former colleague"))
    if isinstance(entry, AuditEntry) and entry.actor.startswith("patient:"):
        return _("the runner, by link")
    return _("Strideback itself")


def _words_of(table: str, column: str) -> tuple[str, Mapping[str, str]]:
    """A column in words, and the words of its values where it has choices."""
    model = model_of(table)
    fields = model._meta.get_fields() if model is not None else ()
    field = next((field for field in fields if getattr(field, "attname", "") == column), None)
    words = str(getattr(field, "verbose_name", "")) or column.replace("_", " ")
    return words, {str(value): str(choice) for value, choice in getattr(field, "flatchoices", ())}


def _value_in_words(value: Any, choices: Mapping[str, str], today: date) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict | list):
        return _("(details)")
    words = choices.get(str(value), str(value))
    try:
        return day_in_words(date.fromisoformat(words), today)
    except ValueError:
        pass
    try:
        return moment_in_words(datetime.fromisoformat(words), today) if "T" in words else words[:LONGEST]
    except ValueError:
        return words[:LONGEST]


def changes_in_words(entry: AuditEntry, today: date) -> tuple[tuple[str, str, str], ...]:
    """What an update changed: column, before, after. Additions and deletions speak for themselves."""
    if entry.operation != "update":
        return ()
    before, after = entry.before or {}, entry.after or {}
    rows = []
    for column in sorted(before.keys() | after.keys()):
        if column not in UNSAID:
            words, choices = _words_of(entry.table_name, column)
            was, is_now = (_value_in_words(side.get(column), choices, today) for side in (before, after))
            rows.append((words, was, is_now))
    return tuple(rows)


def thing_in_words(table: str) -> str:
    model = model_of(table)
    return str(model._meta.verbose_name) if model is not None else table.replace("_", " ")


def audit_row(
    entry: AuditEntry | AccessEntry,
    *,
    today: date,
    names: Mapping[UUID, str],
    owners: Mapping[UUID, UUID],
    patients: Mapping[UUID, str],
) -> AuditRow:
    """`owners`: row id → patient id; `names` and `patients`: ids → names."""
    if isinstance(entry, AccessEntry):
        did, at, patient_id, changes = (
            _("opened {page}").format(page=page_name(entry.what)),
            entry.created_at,
            entry.patient_id,
            (),
        )
    else:
        did = f"{OPERATIONS.get(entry.operation, entry.operation)} {thing_in_words(entry.table_name)}"
        at, patient_id, changes = entry.at, owners.get(entry.row_id), changes_in_words(entry, today)
    return AuditRow(
        at=at,
        when=moment_in_words(at, today),
        who=actor_in_words(entry, names),
        did=did,
        patient_id=patient_id,
        patient=patients.get(patient_id, "") if patient_id else "",
        changes=changes,
    )


def language_name(code: str) -> str:
    """A language of patients' pages and papers under its own name; the code where we do not know it."""
    return dict(settings.PATIENT_LANGUAGES).get(code, code)
