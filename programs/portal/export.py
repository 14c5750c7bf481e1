"""Everything one link holds, to take away: the program as it was given and the runner's own reports. No name, and none of
the clinic's notes.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from programs.models import ExerciseLog, MorningCheck, ProgramVersion
from programs.portal.access import Visit
from programs.portal.forms import SKIP_REASONS
from programs.portal.queries import checks_of, logs_since, mornings_since, new_symptoms_of, runs_since, versions_of

LINE = ("name", "side", "sentence", "purpose", "start", "steps", "cues", "faults", "easier", "harder", "note")
PLAN = ("language", "body_part", "pain_ceiling", "next_visit", "criteria", "avoid")
LOG = ("day", "occasion", "status", "pain", "sets_done", "reason", "told_at")
RUNNING = ("title", "headline", "text", "move_up")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work these out


def archive(visit: Visit) -> bytes:
    """A zip of three files: for programs (JSON), for a spreadsheet (CSV) and to read (HTML). Seven queries."""
    held = everything(visit)
    rows = list(_rows(held))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("my-program.json", json.dumps(held, ensure_ascii=False, indent=1))
        files.writestr("my-reports.csv", _csv(rows))
        files.writestr(
            "my-program.html", render_to_string("portal/data.html", {"held": held, "rows": rows, "heads": _heads()})
        )
    return packed.getvalue()


def everything(visit: Visit) -> dict[str, Any]:
    """As plain values. Times are in UTC, days the runner's own; null is what was not told."""
    program, patient = visit.program.pk, visit.patient
    versions = list(versions_of(program))
    names = {line["line"]: line["name"] for version in versions for line in version.content["lines"]}
    always = (date.min, date.max)
    return {
        "made_on": visit.today.isoformat(),
        "clinic": visit.clinic.name,
        "choices": {
            "language": patient.language,
            "large_text": patient.large_text,
            "reminders": patient.reminders,
            "reminder_hour": patient.reminder_hour,
            "morning_reminders": patient.morning_reminders,
            "time_zone": patient.time_zone,
        },
        "program": [_version(version) for version in versions],
        "exercises": [
            {"exercise": names.get(log.line, ""), **_fields(log, *LOG)} for log in logs_since(program, *always)
        ],
        "mornings": [
            _fields(check, "day", "change", "pain", "has_limp", "is_settled", "leg", "told_at")
            for check in mornings_since(program, *always)
        ],
        "runs": [
            _fields(run, "day", "minutes", "metres", "surface", "pain", "told_at")
            for run in runs_since(program, *always)
        ],
        "checks": [
            _fields(
                check, "key", "day", "left", "right", "value", "passed", "pain", "has_cramp", "hip_drops", "told_at"
            )
            for check in checks_of(program)
            if check.by_id is None
        ],
        "something_new": [_fields(new, "day", "answers", "note", "told_at") for new in new_symptoms_of(program)],
    }


def _version(version: ProgramVersion) -> dict[str, Any]:
    """What the runner was given to read, word for word."""
    content = version.content
    return {
        "number": version.number,
        "issued_at": version.issued_at.isoformat(),
        "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat(),
        **_known(content, PLAN),
        "running": _known(content.get("running") or {}, RUNNING),
        "exercises": [_known(line, LINE) for line in content["lines"]],
    }


def _known(part: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: part[name] for name in names if part.get(name) not in (None, "", [])}


def _fields(row: Any, *names: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}


def _heads() -> list[str]:
    return [_("Day"), _("What"), _("Answer"), _("Pain, 0 to 10"), _("More")]


def _rows(held: dict[str, Any]) -> Iterator[list[str]]:
    """One row for each report, in the order of the days."""
    yield from sorted(
        (row for part in (_sessions, _mornings, _runs, _checks, _news) for row in part(held)), key=lambda row: row[0]
    )


def _sessions(held: dict[str, Any]) -> Iterator[list[str]]:
    reasons = {key: str(words) for key, words in SKIP_REASONS}
    for log in held["exercises"]:
        status = str(ExerciseLog.Status(log["status"]).label)
        yield [log["day"], log["exercise"], status, _number(log["pain"]), reasons.get(log["reason"], log["reason"])]


def _mornings(held: dict[str, Any]) -> Iterator[list[str]]:
    for check in held["mornings"]:
        yield [
            check["day"],
            _("Next morning"),
            str(MorningCheck.Change(check["change"]).label),
            _number(check["pain"]),
            "",
        ]


def _runs(held: dict[str, Any]) -> Iterator[list[str]]:
    for run in held["runs"]:
        minutes = _("%(n)d min") % {"n": run["minutes"]} if run["minutes"] is not None else ""
        way = f"{run['metres'] / 1000:g} km" if run["metres"] is not None else ""
        yield [run["day"], _("Run"), minutes, _number(run["pain"]), way]


def _checks(held: dict[str, Any]) -> Iterator[list[str]]:
    for check in held["checks"]:
        measured = [(_("left"), check["left"]), (_("right"), check["right"]), ("", check["value"])]
        words = ", ".join(f"{side} {value:g}".strip() for side, value in measured if value is not None)
        yield [check["day"], check["key"], words, _number(check["pain"]), ""]


def _news(held: dict[str, Any]) -> Iterator[list[str]]:
    for new in held["something_new"]:
        yes = ", ".join(sorted(key for key, answer in new["answers"].items() if answer))
        yield [new["day"], _("Something new"), yes, "", new["note"]]


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _csv(rows: Sequence[Sequence[str]]) -> str:
    """With a byte-order mark, so that spreadsheets read accents; nothing in it is worked out as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_heads())
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()
