"""From the rows to what is drawn: every version, every answer, every run of one program, in four queries."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from programs.caseload.progress import OUTCOMES, Span, sessions_of
from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion, RunLog
from programs.progress.chart.facts import Course, Day, Stretch
from programs.progression.adherence import Outcome, adherence
from programs.progression.plan import PlannedSession

A_DAY = timedelta(days=1)


def course_of(program: Program, today: date, versions: Sequence[ProgramVersion] | None = None) -> Course | None:
    """The whole course up to `today`, an ended program as on its last day; None before anything was issued. Three queries,
    and one more when the versions are not given."""
    if program.ended_at:
        today = min(today, timezone.localdate(program.ended_at))
    if versions is None:
        versions = list(ProgramVersion.objects.filter(program=program))
    if not versions:
        return None
    issued = sorted(versions, key=lambda version: version.number)
    first = min(version.starts_on for version in issued)
    days = _sessions(program, issued, first, today)
    _add_mornings(days, program, today)
    _add_runs(days, program, today)
    return Course(
        first=min([first, *days]),
        last=max(version.ends_on for version in issued),
        today=today,
        days=tuple(days[day] for day in sorted(days)),
        stretches=stretches_of(issued),
    )


def stretches_of(issued: Sequence[ProgramVersion]) -> tuple[Stretch, ...]:
    """The days each version held, oldest first: until its last day, or the day before a newer one begins."""
    found = []
    for place, version in enumerate(issued):
        last = min([version.ends_on, *(newer.starts_on - A_DAY for newer in issued[place + 1 :])])
        if last >= version.starts_on:
            found.append(
                Stretch(
                    first=version.starts_on,
                    last=last,
                    version=version.number,
                    ceiling=version.content["pain_ceiling"],
                    level=_level(version.content),
                    phase=phase_words(version.content),
                )
            )
    return tuple(sorted(found, key=lambda one: one.first))


def _level(content: dict[str, Any]) -> int | None:
    given = content.get("running_given") or content.get("running") or {}
    level = given.get("level")
    return int(level) if level is not None else None


def phase_words(content: dict[str, Any]) -> str:
    """ "Phase 2: Load it", "Stage 1", or nothing where the plan has neither."""
    for number, phase in enumerate(content.get("phases", ()), start=1):
        if phase["is_current"]:
            name = _("Phase %(n)d") % {"n": number}
            return f"{name}: {phase['title']}" if phase["title"] else name
    return _("Stage %(n)d") % {"n": content["stage"]} if content.get("stage") else ""


def _sessions(program: Program, issued: Sequence[ProgramVersion], first: date, today: date) -> dict[date, Day]:
    """Every planned or answered day up to today. Today's sessions without an answer are not counted: the day is not over."""
    spans = [Span(one.starts_on, one.ends_on, json.dumps(one.content["doses"])) for one in issued]
    planned: dict[date, list[PlannedSession]] = defaultdict(list)
    for session in sessions_of(spans, today, since=first):
        planned[session.day].append(session)
    answers: dict[date, dict[PlannedSession, Outcome]] = defaultdict(dict)
    pain: dict[date, int] = {}
    paper: dict[date, int] = defaultdict(int)
    logs = ExerciseLog.objects.filter(version__program=program, day__lte=today)
    for day, line, occasion, status, hurt, source in logs.values_list(
        "day", "line", "occasion", "status", "pain", "source"
    ):
        answers[day][PlannedSession(day, line, occasion)] = OUTCOMES[status]
        if hurt is not None:
            pain[day] = max(hurt, pain.get(day, 0))
        paper[day] += source == ExerciseLog.Source.PAPER
    days = {}
    for day in planned.keys() | answers.keys():
        counts = adherence(planned[day], answers[day], today)
        days[day] = Day(
            day=day,
            done=counts.done,
            skipped=counts.skipped,
            not_reported=counts.not_reported,
            extra=counts.extra,
            from_paper=paper[day],
            pain=pain.get(day),
        )
    return days


def _add_mornings(days: dict[date, Day], program: Program, today: date) -> None:
    mornings = MorningCheck.objects.filter(program=program, day__lte=today)
    for day, change, pain in mornings.values_list("day", "change", "pain"):
        days[day] = replace(days.get(day, Day(day)), change=change, morning=pain)


def _add_runs(days: dict[date, Day], program: Program, today: date) -> None:
    runs = RunLog.objects.filter(program=program, day__lte=today, is_removed=False)
    for day, minutes, pain, level in runs.values_list("day", "minutes", "pain", "level"):
        known = days.get(day, Day(day))
        days[day] = replace(
            known,
            runs=known.runs + 1,
            run_minutes=_both(known.run_minutes, minutes, together=True),
            run_level=_both(known.run_level, level),
            pain=_both(known.pain, pain),
        )


def _both(one: int | None, other: int | None, *, together: bool = False) -> int | None:
    """The sum or the larger of what is known; unknown only when both are."""
    known = [value for value in (one, other) if value is not None]
    if not known:
        return None
    return sum(known) if together else max(known)
