"""A course and a plan as JSON and back: plain dicts and lists, days and times in ISO, nothing where nothing was answered."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.progression.adherence import Outcome
from programs.progression.checkin import Morning
from programs.progression.plan import PlannedSession
from programs.progression.reports import (
    CheckReport,
    Course,
    Leg,
    MorningReport,
    NewReport,
    Report,
    RunReport,
    SessionReport,
    Surface,
)
from programs.progression.stand import Plan

_KINDS: Final[Mapping[str, type[Report]]] = {
    "sessions": SessionReport,
    "mornings": MorningReport,
    "runs": RunReport,
    "checks": CheckReport,
    "news": NewReport,
}
_DAYS: Final = {"day", "stage_since", "changed_on", "run_since", "reviewed_on", "review_on"}
_TIMES: Final = {"told_at", "arrived_at", "new_seen_at"}
_CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "outcome": Outcome,
    "change": Morning,
    "leg": Leg,
    "surface": Surface,
    "diagnosis": WorkingDiagnosis,
    "side": PainfulSide,
}
Read = TypeVar("Read", Plan, Report)


def course_to_json(course: Course) -> dict[str, Any]:
    """Every report with what was answered; what was not is left out."""
    planned = [[session.day.isoformat(), session.line, session.number] for session in course.planned]
    return {"planned": planned} | {kind: [_told(each) for each in getattr(course, kind)] for kind in _KINDS}


def course_from_json(data: Mapping[str, Any]) -> Course:
    """Raises `ValueError` for a pain off the scale, a word that is no choice, a time without zone or a field nobody knows."""
    planned = [PlannedSession(date.fromisoformat(day), line, number) for day, line, number in data.get("planned", [])]
    told = {kind: tuple(_read(report, each) for each in data.get(kind, [])) for kind, report in _KINDS.items()}
    return Course(planned=tuple(planned), **told)  # type: ignore[arg-type]  # each kind is read as its own class


def plan_to_json(plan: Plan) -> dict[str, Any]:
    return _told(plan)


def plan_from_json(data: Mapping[str, Any]) -> Plan:
    """Raises `ValueError` as `course_from_json` does."""
    return _read(Plan, data)


def _told(each: Report | Plan) -> dict[str, Any]:
    values = {field.name: getattr(each, field.name) for field in fields(each)}
    return {name: _plain(value) for name, value in values.items() if value is not None and value != ()}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: type[Read], data: Mapping[str, Any]) -> Read:
    names = {field.name for field in fields(kind)}
    if unknown := sorted(set(data) - names):
        raise ValueError(f"{kind.__name__} has no field {', '.join(unknown)}.")
    values = {name: _value(name, value) for name, value in data.items()}
    if kind is NewReport:
        values.setdefault("answer", None)
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{kind.__name__}: {error}") from error


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _TIMES:
        return datetime.fromisoformat(value)
    if name in _DAYS:
        return date.fromisoformat(value)
    if name == "drops":
        return tuple(date.fromisoformat(day) for day in value)
    return _CHOICES[name](value) if name in _CHOICES else value
