"""The last two weeks of one program, for its page: the pain line, honest adherence, and every day as it was told."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import PositiveSmallIntegerField, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.caseload.progress import OUTCOMES, WINDOW, Span, first_day, sessions_of
from programs.caseload.sparkline import Line, pain_line
from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion
from programs.portal.forms import SKIP_REASONS
from programs.progression.adherence import Adherence, adherence
from programs.progression.decision_words import window_words
from programs.progression.plan import PlannedSession


@dataclass(frozen=True)
class DayTold:
    """One day in words. `notes` names what was skipped, cut short or hurt above the ceiling."""

    day: date
    words: str
    pain: int | None
    is_above: bool
    notes: list[str]
    morning: str
    from_paper: int = 0


@dataclass(frozen=True)
class ProgramProgress:
    """`words`: "9 of 12 planned done, 2 skipped, 1 not reported, last 14 days; 3 from paper". `days`: newest first, from the
    program's first day within the window."""

    words: str
    line: Line | None
    ceiling: int
    days: list[DayTold]


class _Report(NamedTuple):
    """One row of either table: a morning has no line, and its answer is better, same or worse."""

    day: date
    line: str
    occasion: int
    answer: str
    pain: int | None
    reason: str
    sets_done: int | None
    source: str

    @property
    def session(self) -> PlannedSession:
        return PlannedSession(self.day, self.line, self.occasion)


@dataclass
class _Facts:
    """What the rows say, by day."""

    ceiling: int
    names: dict[str, str]
    sets: dict[str, int]
    planned: dict[date, set[PlannedSession]] = field(default_factory=dict)
    logs: dict[date, list[_Report]] = field(default_factory=dict)
    mornings: dict[date, _Report] = field(default_factory=dict)

    def pain(self, day: date) -> int | None:
        return max((log.pain for log in self.logs.get(day, []) if log.pain is not None), default=None)


def program_progress(
    program: Program, today: date, versions: Sequence[ProgramVersion] | None = None
) -> ProgramProgress | None:
    """None before anything was issued. One query, and one more when the issued versions are not given. An ended program is
    shown as on its last day.
    """
    if program.ended_at:
        today = min(today, timezone.localdate(program.ended_at))
    if versions is None:
        versions = list(ProgramVersion.objects.filter(program=program))
    if not versions:
        return None
    issued = sorted(versions, key=lambda version: version.number)
    spans = [Span(one.starts_on, one.ends_on, json.dumps(one.content["doses"])) for one in issued]
    lines = {line["line"]: line for one in issued for line in one.content["lines"]}
    facts = _Facts(
        ceiling=_ceiling(issued, today),
        names={key: line.get("staff_name", line["name"]) for key, line in lines.items()},
        sets={key: line["dose"]["sets"] for key, line in lines.items()},
    )
    sessions = sessions_of(spans, today)
    _sort_in(facts, program, sessions, today)
    return ProgramProgress(
        words=_window(facts, sessions, today),
        line=_line(facts, today),
        ceiling=facts.ceiling,
        days=[_told(facts, day, today) for day in _days(spans, today)],
    )


def _ceiling(issued: Sequence[ProgramVersion], today: date) -> int:
    """Of the version that holds today; before the first day, of the one to come."""
    held = [one for one in issued if one.starts_on <= today]
    return int((held or issued)[-1].content["pain_ceiling"])


def _reports(program: Program, today: date) -> list[_Report]:
    """Exercises and mornings of the window together, in one query."""
    window = {"day__gte": first_day(today), "day__lte": today}
    logs = ExerciseLog.objects.filter(version__program=program, **window).values_list(
        "day", "line", "occasion", "status", "pain", "reason", "sets_done", "source"
    )
    no_number = Value(None, output_field=PositiveSmallIntegerField(null=True))
    mornings = MorningCheck.objects.filter(program=program, **window).values_list(
        "day", Value(""), Value(0), "change", "pain", Value(""), no_number, Value("")
    )
    return [_Report(*row) for row in logs.union(mornings, all=True)]


def _sort_in(facts: _Facts, program: Program, sessions: Iterable[PlannedSession], today: date) -> None:
    for session in sessions:
        facts.planned.setdefault(session.day, set()).add(session)
    place = {line: number for number, line in enumerate(facts.names)}
    for report in sorted(_reports(program, today), key=lambda one: (place.get(one.line, 0), one.occasion)):
        if report.line:
            facts.logs.setdefault(report.day, []).append(report)
        else:
            facts.mornings[report.day] = report


def _counts(facts: _Facts, sessions: Iterable[PlannedSession], today: date) -> Adherence:
    answers = {log.session: OUTCOMES[log.answer] for logs in facts.logs.values() for log in logs}
    return adherence(sessions, answers, today)


def _paper(logs: Iterable[_Report]) -> int:
    return sum(log.source == ExerciseLog.Source.PAPER for log in logs)


def _window(facts: _Facts, sessions: Iterable[PlannedSession], today: date) -> str:
    """The same words as on the caseload and on the page of progress."""
    words = window_words(_counts(facts, sessions, today), WINDOW.days, _)
    typed = sum(_paper(logs) for logs in facts.logs.values())
    return f"{words}; " + _("%(n)d from paper") % {"n": typed} if typed else words


def _line(facts: _Facts, today: date) -> Line | None:
    pain = {day: value for day in facts.logs if (value := facts.pain(day)) is not None}
    return pain_line(pain, facts.ceiling, today, facts.planned) if pain else None


def _days(spans: list[Span], today: date) -> list[date]:
    begun = max(first_day(today), min(span.starts_on for span in spans))
    return [today - timedelta(days=back) for back in range((today - begun).days + 1)]


def _told(facts: _Facts, day: date, today: date) -> DayTold:
    pain, morning = facts.pain(day), facts.mornings.get(day)
    return DayTold(
        day=day,
        words=_words(facts, day, is_today=day == today),
        pain=pain,
        is_above=pain is not None and pain > facts.ceiling,
        notes=[note for log in facts.logs.get(day, []) if (note := _note(facts, log))],
        morning=_morning(morning) if morning else "",
        from_paper=_paper(facts.logs.get(day, [])),
    )


def _words(facts: _Facts, day: date, *, is_today: bool) -> str:
    planned, logs = facts.planned.get(day, set()), facts.logs.get(day, [])
    if not planned and not logs:
        return _("nothing planned")
    done = sum(log.answer == ExerciseLog.Status.DONE for log in logs)
    skipped = len(logs) - done
    left = len(planned - {log.session for log in logs})
    if not logs:
        return _("open") if is_today else _("not reported")
    parts = [_("%(done)d of %(all)d done") % {"done": done, "all": len(logs) + left}]
    if skipped:
        parts.append(_("%(n)d skipped") % {"n": skipped})
    if left:
        parts.append((_("%(n)d open") if is_today else _("%(n)d not reported")) % {"n": left})
    return ", ".join(parts)


def _note(facts: _Facts, log: _Report) -> str:
    parts = []
    if log.answer == ExerciseLog.Status.SKIPPED:
        reason = dict(SKIP_REASONS).get(log.reason)
        parts.append(_("skipped (%(reason)s)") % {"reason": reason} if reason else _("skipped"))
    sets = facts.sets.get(log.line, 0)
    if log.sets_done is not None and log.sets_done < sets:
        parts.append(_("%(done)d of %(all)d sets") % {"done": log.sets_done, "all": sets})
    if log.pain is not None and log.pain > facts.ceiling:
        parts.append(_("pain %(pain)d") % {"pain": log.pain})
    name = facts.names.get(log.line, _("An exercise of an older version"))
    return f"{name}: {', '.join(parts)}" if parts else ""


def _morning(told: _Report) -> str:
    change = str(MorningCheck.Change(told.answer).label)
    return change if told.pain is None else _("%(change)s, pain %(pain)d") % {"change": change, "pain": told.pain}
