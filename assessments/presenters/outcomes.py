"""Outcome measures over the visits: a row per measure, its line, and what the change means against a published threshold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from assessments.course import OWN_ESTIMATE, Course, Visit
from assessments.models import Activity
from assessments.presenters.outcome_line import Line, line_of
from assessments.reasoning import FINDINGS
from assessments.reasoning.doubts import PAIN_SCALES
from assessments.reasoning.outcomes import (
    GROC,
    NPRS,
    OUTCOMES,
    PSFS,
    OutcomeChange,
    Verdict,
    activities_change,
    average,
    change_of,
    rated_change,
)
from assessments.wording.outcomes import (
    TONES,
    MeasureView,
    change_words,
    day_words,
    days_words,
    estimate_words,
    measure_view,
    points,
    rating_words,
    verdict_words,
)

SHOWN_IN_DAYS = 14


@dataclass(frozen=True)
class VisitHead:
    """The head of a column."""

    number: int
    day: str


@dataclass(frozen=True)
class OutcomeRow:
    """One measure over the visits. `cells` are what was said, "" where nothing was; `verdict` is empty where none is given.

    `row_of` names the measure (nprs, psfs, groc) whose source stands behind the verdict.
    """

    title: str
    cells: tuple[str, ...]
    change: str
    verdict: str
    tone: str
    row_of: str
    line: Line | None
    heads: tuple[VisitHead, ...] = ()

    @property
    def told(self) -> list[tuple[VisitHead, str]]:
        """What was said, visit by visit."""
        return list(zip(self.heads, self.cells, strict=True))

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class OutcomesTable:
    """All measures of an episode up to one visit, with what stands behind them."""

    visits: tuple[VisitHead, ...]
    rows: tuple[OutcomeRow, ...]
    measures: tuple[MeasureView, ...]
    estimate: str

    def __bool__(self) -> bool:
        """Whether there is anything to show: the signed page leaves the table away otherwise."""
        return bool(self.rows)


def outcomes_table(course: Course) -> OutcomesTable:
    """Rows only of what was said at any visit. No query."""
    today = course.today.on
    rows = [*(_pain(key, course) for key in PAIN_SCALES), *_activities(course), _rating(course), _estimate(course)]
    heads = tuple(VisitHead(one.assessment.visit, day_words(one.on, today)) for one in course.visits)
    rows = [replace(row, heads=heads) for row in rows if not row.is_empty]
    shown = {row.row_of for row in rows}
    return OutcomesTable(
        visits=heads,
        rows=tuple(rows),
        measures=tuple(measure_view(measure) for key, measure in OUTCOMES.items() if key in shown),
        estimate=prediction(course),
    )


def outcome_words(course: Course) -> list[str]:
    """A sentence for every measure, for letters: what was said first, what now, and how the change compares."""
    days = [day_words(one.on, course.today.on) for one in course.visits]
    return [_sentence(row, days) for row in outcomes_table(course).rows if row.row_of != GROC or row.cells[-1]]


def _sentence(row: OutcomeRow, days: list[str]) -> str:
    scale = _("%(score)s of 10") if row.row_of in (NPRS, PSFS) else "%(score)s"
    said = [f"{scale % {'score': cell}} ({day})" for cell, day in zip(row.cells, days, strict=True) if cell]
    ends = said[-1:] if row.row_of == GROC or len(said) == 1 else [said[0], said[-1]]
    told = f"{row.title}: {_(', then ').join(ends)}"
    if row.change:
        return f"{told}. {row.change}{f': {row.verdict}' if row.verdict else ''}."
    return f"{told}; {row.verdict}." if row.verdict else f"{told}."


def pain_change(key: str, course: Course) -> OutcomeChange:
    """One pain scale, the first visit that asked against this one."""
    then = _first(one.numbers.get(key) for one in course.earlier)
    return change_of(OUTCOMES[NPRS], then, course.today.numbers.get(key))


def activity_change(course: Course, since: date | None = None) -> OutcomeChange:
    """The activities, the first visit that scored any (on or after `since`) against this one."""
    visits = [one for one in course.earlier if since is None or one.on >= since]
    then = next((one.scores for one in visits if one.scores), {})
    return activities_change(
        {str(key): value for key, value in then.items()},
        {str(key): value for key, value in course.today.scores.items()},
    )


def prediction(course: Course) -> str:
    """What the runner expected at the first visit that asked, and what has come of it; "" when never asked before."""
    asked = next((one for one in course.earlier if OWN_ESTIMATE in one.numbers), None)
    if asked is None:
        return ""
    words = estimate_words(asked.numbers[OWN_ESTIMATE], asked.on, course.today.on)
    now = course.today.numbers.get(OWN_ESTIMATE)
    if now is None:
        return words
    return words + " " + (_("Today: %(days)s more.") % {"days": days_words(now)} if now else _("Today: back already."))


def _first(values: Iterable[int | None]) -> int | None:
    return next((value for value in values if value is not None), None)


def _row(
    title: str, key: str, course: Course, value: Callable[[Visit], float | None], change: OutcomeChange | None
) -> OutcomeRow:
    """A row of numbers from 0 to 10; without a change (one activity) the difference is told and not judged."""
    values = [value(one) for one in course.visits]
    told = change is not None and course.is_follow_up
    return OutcomeRow(
        title=title,
        cells=tuple("" if one is None else points(one) for one in values),
        change=change_words(change) if told and change else "",
        verdict=verdict_words(change) if told and change else "",
        tone=TONES[change.verdict] if told and change else "quiet",
        row_of=key,
        line=line_of([one.on for one in course.visits], values, title=title),
    )


def _pain(key: str, course: Course) -> OutcomeRow:
    return _row(FINDINGS[key].label, NPRS, course, lambda one: one.numbers.get(key), pain_change(key, course))


def _activities(course: Course) -> list[OutcomeRow]:
    rows = [_activity(activity, course) for activity in course.activities]
    said = [row for row in rows if not row.is_empty]
    if len(said) < 2:
        return said
    mean = _row(
        _("Average of the activities"),
        PSFS,
        course,
        lambda one: average({str(key): value for key, value in one.scores.items()}),
        activity_change(course),
    )
    return [*said, mean]


def _activity(activity: Activity, course: Course) -> OutcomeRow:
    then = _first(one.scores.get(activity.pk) for one in course.earlier)
    change = change_of(OUTCOMES[PSFS], then, course.today.scores.get(activity.pk))
    unjudged = replace(change, verdict=Verdict.CANNOT_TELL)
    row = _row(
        _("“%(words)s”") % {"words": activity.words}, PSFS, course, lambda v: v.scores.get(activity.pk), unjudged
    )
    return replace(row, verdict="")


def _rating(course: Course) -> OutcomeRow:
    change = rated_change(course.today.rating)
    told = change.gain is not None
    return OutcomeRow(
        title=OUTCOMES[GROC].title,
        cells=tuple("" if one.rating is None else rating_words(one.rating) for one in course.visits),
        change="",
        verdict=verdict_words(change) if told else "",
        tone=TONES[change.verdict] if told else "quiet",
        row_of=GROC,
        line=None,
    )


def _estimate(course: Course) -> OutcomeRow:
    """The runner's own estimate: days still to go, as said at each visit. Nothing is judged by it."""
    told = [one.numbers.get(OWN_ESTIMATE) for one in course.visits]
    return OutcomeRow(
        title=_("Days until back, the runner's own estimate"),
        cells=tuple("" if days is None else days_words(days) for days in told),
        change="",
        verdict="",
        tone="quiet",
        row_of="",
        line=None,
    )


def span_words(first: date, today: date) -> str:
    """How long ago: "today", "4 days ago", "7 weeks ago"."""
    days = (today - first).days
    if days < SHOWN_IN_DAYS:
        return _("%(days)s ago") % {"days": days_words(days)} if days else _("today")
    return _("%(weeks)s weeks ago") % {"weeks": days // 7}
