"""The course of one program and the plan it follows, from rows: what `programs.progression.decide` reads.

Everything told comes in one query, the versions in another. Days are the runner's own.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from clinic.models import RunningProfile
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.decisions.history import Issued, holding, issued_of, same_since, unchanged_since
from programs.models import ExerciseLog, Program, ProgramDecision, ProgramVersion
from programs.progression.adherence import Outcome
from programs.progression.checkin import Morning
from programs.progression.decide import decide
from programs.progression.proposal_types import Decision, Verdict
from programs.progression.reports import (
    CheckReport,
    Course,
    Leg,
    MorningReport,
    NewReport,
    RunReport,
    SessionReport,
    Surface,
)
from programs.progression.stand import Plan
from programs.reminders.schedule import local_day

A_DAY = timedelta(days=1)
A_MOMENT = timedelta(microseconds=1)
FOR_PAIN = "pain"

# One statement, because the program's page and every report of a runner ask for it.
TOLD = """
SELECT jsonb_build_object(
    'sessions', (SELECT jsonb_agg(to_jsonb(each)) FROM (
        SELECT l.day, coalesce(l.told_at, l.reported_at) AS told_at, l.reported_at AS arrived_at,
            l.line, l.occasion AS number, l.status, l.pain, l.reason
        FROM programs_exerciselog l JOIN programs_programversion v ON v.id = l.version_id
        WHERE v.program_id = %(program)s) AS each),
    'mornings', (SELECT jsonb_agg(to_jsonb(each)) FROM (
        SELECT day, coalesce(told_at, reported_at) AS told_at, reported_at AS arrived_at,
            change, pain, has_limp, is_settled, nullif(leg, '') AS leg
        FROM programs_morningcheck WHERE program_id = %(program)s) AS each),
    'runs', (SELECT jsonb_agg(to_jsonb(each)) FROM (
        SELECT day, told_at, reported_at AS arrived_at, number, minutes, metres, nullif(surface, '') AS surface, pain, level
        FROM programs_runlog WHERE program_id = %(program)s AND NOT is_removed) AS each),
    'checks', (SELECT jsonb_agg(to_jsonb(each)) FROM (
        SELECT day, told_at, reported_at AS arrived_at, key, "left", "right", value, passed, pain, has_cramp, hip_drops
        FROM programs_checkresult WHERE program_id = %(program)s) AS each),
    'news', (SELECT jsonb_agg(to_jsonb(each)) FROM (
        SELECT day, told_at, created_at AS arrived_at, answers
        FROM programs_newsymptom WHERE program_id = %(program)s) AS each),
    'seen', (SELECT max(handled_at) FROM programs_newsymptom WHERE program_id = %(program)s),
    'unseen', (SELECT min(created_at) FROM programs_newsymptom WHERE program_id = %(program)s AND handled_at IS NULL),
    'reviewed', (SELECT max(day) FROM programs_programdecision WHERE program_id = %(program)s AND verdict = %(review)s),
    'drops', (SELECT jsonb_agg(DISTINCT day) FROM programs_programdecision
        WHERE program_id = %(program)s AND verdict = %(back)s AND outcome = %(accepted)s))::text
"""

Rows = Mapping[str, Any]


@dataclass(frozen=True)
class Gathered:
    """Everything a decision on one day is made from, and the versions behind it, oldest first."""

    issued: Sequence[Issued]
    course: Course
    plan: Plan
    today: date

    def decide(self) -> Decision:
        return decide(self.course, self.plan, self.today)


def today_of(program: Program) -> date:
    """The runner's own day now."""
    return local_day(timezone.now(), program.episode.patient.time_zone)


def gathered(program: Program, today: date, versions: Sequence[ProgramVersion] | None = None) -> Gathered | None:
    """Course and plan together; None before anything was issued. Two queries, one when the versions are given.

    The program comes with its runner (`episode.patient.running`).
    """
    issued = issued_of(program, versions)
    if not issued:
        return None
    rows = _told(program)
    return Gathered(issued, _course(rows, issued), _plan(program, rows, issued, today), today)


def course_of(program: Program, today: date) -> Course:
    """Everything planned and told up to this day, empty before anything was issued. Two queries."""
    found = gathered(program, today)
    return found.course if found else Course()


def plan_of(program: Program, today: date) -> Plan | None:
    """The program as it holds on this day; None before anything was issued. Two queries."""
    found = gathered(program, today)
    return found.plan if found else None


def _told(program: Program) -> Rows:
    values: dict[str, Any] = {
        "program": program.pk,
        "review": Verdict.REVIEW.value,
        "back": Verdict.STEP_BACK.value,
        "accepted": ProgramDecision.Outcome.ACCEPTED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(TOLD, values)
        found = cursor.fetchone()[0]
    return {name: value for name, value in json.loads(found).items() if value is not None}


def _course(rows: Rows, issued: Sequence[Issued]) -> Course:
    return Course(
        planned=tuple(session for each in issued for session in each.planned),
        sessions=tuple(_session(row) for row in rows.get("sessions", ())),
        mornings=tuple(MorningReport(**_read(row)) for row in rows.get("mornings", ())),
        runs=tuple(RunReport(**_read(row)) for row in rows.get("runs", ())),
        checks=tuple(CheckReport(**_read(row)) for row in rows.get("checks", ())),
        news=tuple(report for row in rows.get("news", ()) for report in _news(_read(row))),
    )


def _read(row: Rows) -> dict[str, Any]:
    """One row with its days, times and choices as the reports want them; what was not answered is left out."""
    return {name: AS_TOLD.get(name, _same)(value) for name, value in row.items() if value is not None}


def _same(value: Any) -> Any:
    return value


AS_TOLD: Mapping[str, Callable[[Any], Any]] = {
    "day": date.fromisoformat,
    "told_at": datetime.fromisoformat,
    "arrived_at": datetime.fromisoformat,
    "change": Morning,
    "leg": Leg,
    "surface": Surface,
}


def _session(row: Rows) -> SessionReport:
    told = _read(row)
    is_done, reason = told.pop("status") == ExerciseLog.Status.DONE, told.pop("reason")
    for_pain = None if is_done or not reason else reason == FOR_PAIN
    return SessionReport(**told, outcome=Outcome.DONE if is_done else Outcome.NOT_DONE, for_pain=for_pain)


def _news(told: dict[str, Any]) -> Iterator[NewReport]:
    answers = told.pop("answers")
    for key in sorted(answers):
        yield NewReport(**told, key=key, answer=answers[key])


def _plan(program: Program, rows: Rows, issued: Sequence[Issued], today: date) -> Plan:
    held = holding(issued, today)
    now = held[-1]
    running: RunningProfile | None = getattr(program.episode.patient, "running", None)
    reviewed = rows.get("reviewed")
    return Plan(
        diagnosis=WorkingDiagnosis(now.content["diagnosis"]),
        stage=now.content["stage"],
        side=PainfulSide(now.content["side"]),
        ceiling=now.content["pain_ceiling"],
        stage_since=same_since(held, lambda each: each.stage),
        changed_on=unchanged_since(held),
        run_level=now.run_level,
        run_since=same_since(held, lambda each: each.run_level) if now.run_level is not None else None,
        self_test=now.self_test,
        drops=tuple(date.fromisoformat(day) for day in rows.get("drops", ())),
        reviewed_on=date.fromisoformat(reviewed) if reviewed else None,
        new_seen_at=_seen_at(rows),
        is_sprinter=running is not None and running.running_type == RunningProfile.RunningType.SPRINT,
        review_on=issued[-1].last_on + A_DAY,
    )


def _seen_at(rows: Rows) -> datetime | None:
    """Up to when everything new was dealt with: what nobody has dealt with stays open, whatever came after it."""
    if "seen" not in rows:
        return None
    seen = datetime.fromisoformat(rows["seen"])
    return min(seen, datetime.fromisoformat(rows["unseen"]) - A_MOMENT) if "unseen" in rows else seen
