"""The runner's own progress: what was told, in numbers that count nothing twice and blame nobody."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from clinic.vocabulary.sides import PainfulSide
from programs.caseload.progress import OUTCOMES, Span, first_day, sessions_of
from programs.models import CheckResult, ExerciseLog, MorningCheck, ProgramVersion, RunLog
from programs.portal.access import Visit
from programs.portal.pain_chart import PainChart, pain_chart
from programs.portal.queries import checks_of, logs_since, mornings_since, runs_since, versions_of
from programs.progression.adherence import Outcome, adherence, adherence_words
from programs.progression.criteria import SELF_TESTS
from programs.progression.meeting import self_test_rung
from programs.progression.plan import PlannedSession
from programs.progression.reports import CheckReport, Course
from programs.progression.runladder import RUN_LADDER, TOP_LEVEL, drop_sentence, move_up_sentence
from programs.progression.settled import settled


@dataclass(frozen=True)
class DayOf:
    """One day of the table. `words`: told, not told, still open or a day off; pain is None where none was told."""

    day: date
    words: str
    pain: int | None
    morning: str


@dataclass(frozen=True)
class Rung:
    """The step of the walk-run ladder, from 1, and what must be true for the next one. No promise and no date."""

    place: int
    of: int
    headline: str
    sentence: str
    up: str
    down: str


@dataclass(frozen=True)
class RunOf:
    """One run in words: minutes, kilometres, surface, pain, as far as they were told."""

    day: date
    words: str


@dataclass(frozen=True)
class SelfTest:
    """One of the four, in the runner's words."""

    words: str
    is_passed: bool


@dataclass(frozen=True)
class MyProgress:
    """`words` is empty while nothing was planned yet. `days`: newest first."""

    since: date
    is_whole: bool
    words: str
    still_open: int
    chart: PainChart | None
    days: list[DayOf]
    rung: Rung | None
    runs: list[RunOf]
    tests: list[SelfTest]


def progress_of(visit: Visit) -> MyProgress:
    """Everything of the last 14 days, from the program's first day on. Five queries, whatever the length of the history."""
    today, program, content = visit.today, visit.program, visit.version.content
    versions = list(versions_of(program.pk))
    since = max(first_day(today), min(today, *(one.starts_on for one in versions)))
    planned = _planned(versions, since, today)
    logs = list(logs_since(program.pk, since, today))
    answers = {PlannedSession(log.day, log.line, log.occasion): OUTCOMES[log.status] for log in logs}
    mornings = {check.day: check for check in mornings_since(program.pk, since, today)}
    pain = _worst(logs)
    counts = adherence(planned, answers, today)
    asked = {session.day for session in planned if session.day < today}
    felt = {day: check.pain for day, check in mornings.items() if check.pain is not None}
    return MyProgress(
        since=since,
        is_whole=since == first_day(today),
        words=adherence_words(counts, _) if counts.planned else "",
        still_open=counts.not_yet,
        chart=pain_chart(pain, felt, planned=asked, ceiling=content["pain_ceiling"], first=since, last=today),
        days=[
            DayOf(day, _day_words(planned, answers, day, today), pain.get(day), _morning_words(mornings.get(day)))
            for day in (today - timedelta(days=back) for back in range((today - since).days + 1))
        ],
        rung=rung_of(visit.version),
        runs=[RunOf(run.day, _run_words(run)) for run in runs_since(program.pk, since, today)],
        tests=tests_of(list(checks_of(program.pk)), today, content["side"]),
    )


def _planned(versions: Sequence[ProgramVersion], since: date, today: date) -> list[PlannedSession]:
    spans = [Span(one.starts_on, one.ends_on, json.dumps(one.content["doses"])) for one in versions]
    return sessions_of(spans, today, since)


def _worst(logs: Sequence[ExerciseLog]) -> dict[date, int]:
    """The highest pain told for an exercise of each day."""
    worst: dict[date, int] = {}
    for log in logs:
        if log.pain is not None:
            worst[log.day] = max(log.pain, worst.get(log.day, 0))
    return worst


def _day_words(
    planned: Sequence[PlannedSession], answers: Mapping[PlannedSession, Outcome], day: date, today: date
) -> str:
    counts = adherence(
        [session for session in planned if session.day == day],
        {session: outcome for session, outcome in answers.items() if session.day == day},
        today,
    )
    if counts.planned == 0:
        return _("still open") if counts.not_yet else _("nothing planned")
    return _("not reported") if counts.is_silent else adherence_words(counts, _)


def _morning_words(check: MorningCheck | None) -> str:
    if check is None:
        return ""
    change = check.get_change_display()
    return change if check.pain is None else _("%(change)s, pain %(pain)d") % {"change": change, "pain": check.pain}


def _run_words(run: RunLog) -> str:
    parts = [
        _("%(n)d min") % {"n": run.minutes} if run.minutes is not None else "",
        f"{formats.number_format(run.metres / 1000, 1)} km" if run.metres else "",
        str(run.get_surface_display()),
        _("pain %(pain)d") % {"pain": run.pain} if run.pain is not None else "",
    ]
    return ", ".join(part for part in parts if part)


def rung_of(version: ProgramVersion) -> Rung | None:
    """None where the version names no step of the ladder."""
    number = (version.content.get("running") or {}).get("level")
    if not isinstance(number, int) or not 0 <= number <= TOP_LEVEL:
        return None
    step = RUN_LADDER[number]
    return Rung(
        place=number + 1,
        of=len(RUN_LADDER),
        headline=_(step.headline),
        sentence=_(step.sentence),
        up=move_up_sentence(number, _),
        down=drop_sentence(_) if number else "",
    )


def _test_words() -> Mapping[str, str]:
    """The four self-tests in the runner's words; each builds on the one before."""
    return {
        "bridge_two_leg": _("Bridge on two legs: 30 seconds"),
        "bridge_one_leg": _("Bridge on one leg: 30 seconds on each side"),
        "double_pull": _("Heel pulls with both legs: 12 times"),
        "single_pull": _("Heel pulls with one leg: 12 times on each side"),
    }


def tests_of(checks: list[CheckResult], today: date, side: str) -> list[SelfTest]:
    """Empty until one of them was measured. What is not known is not passed."""
    words = _test_words()
    if not any(check.key in words for check in checks):
        return []
    told = settled(Course(checks=tuple(_report(check) for check in checks)), today)
    answers = self_test_rung(told, PainfulSide(side))[1]
    return [SelfTest(words[test.check], each.is_met) for test, each in zip(SELF_TESTS, answers, strict=True)]


def _report(check: CheckResult) -> CheckReport:
    fields: dict[str, Any] = {
        name: getattr(check, name)
        for name in ("key", "day", "left", "right", "value", "passed", "pain", "has_cramp", "hip_drops", "told_at")
    }
    return CheckReport(**fields, arrived_at=check.reported_at)
