"""A course in words: the sentence under the chart, and the table behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import MorningCheck
from programs.progress.chart.course_chart import course_chart
from programs.progress.chart.facts import Course, Day, binned
from programs.progress.chart.shapes import NARROW, WIDE, CourseChart
from programs.progress.chart.stretches import ceiling_on
from programs.progression.adherence import Adherence, adherence_words
from programs.progression.decision_words import window_words

FORTNIGHT = 14


@dataclass(frozen=True)
class Told:
    """One row of the table: a day, or the days that share a bar."""

    day: date
    until: date | None
    sessions: str
    paper: str
    pain: str
    is_above: bool
    morning: str
    run: str
    step: str


@dataclass(frozen=True)
class CourseView:
    """The chart in both sizes, its sentence and its table, newest first. `is_empty`: nothing was told in these days."""

    course: Course
    wide: CourseChart
    narrow: CourseChart
    adherence: str
    summary: str
    rows: tuple[Told, ...]
    is_empty: bool


def chart_words() -> dict[str, str]:
    """What stands beside the lines, short enough for a phone."""
    return {
        "during": _("during {n}"),
        "morning": _("morning {n}"),
        "ceiling": _("ceiling {n}"),
        "done": _("done"),
        "skipped": _("skipped"),
        "not_reported": _("not reported"),
        "from_paper": _("from paper"),
        "minutes": _("{n} min"),
        "step": _("step {n}"),
    }


def course_view(course: Course, days: int | None = None) -> CourseView:
    """`days`: how many the course was cut to, None for all of it. No query."""
    words = chart_words()
    return CourseView(
        course=course,
        wide=course_chart(course, words, WIDE),
        narrow=course_chart(course, words, NARROW),
        adherence=adherence_of(course, days),
        summary=summary_of(course, days),
        rows=tuple(_told(row, course) for row in reversed(binned(course))),
        is_empty=not any(day.done or day.skipped or day.runs or day.change or day.extra for day in course.days),
    )


def counts_of(days: Sequence[Day]) -> Adherence:
    """The same counts the caseload makes, added up."""
    done, skipped, silent = (sum(getattr(day, name) for day in days) for name in ("done", "skipped", "not_reported"))
    return Adherence(
        planned=done + skipped + silent,
        done=done,
        skipped=skipped,
        not_reported=silent,
        not_yet=0,
        extra=sum(day.extra for day in days),
    )


def adherence_of(course: Course, days: int | None) -> str:
    """ "9 of 12 planned done, 2 skipped, 1 not reported, last 14 days; 6 from paper"."""
    counts = counts_of(course.days)
    if days is None:
        since = _("%(words)s, since %(day)s") % {
            "words": adherence_words(counts, _),
            "day": date_format(course.first, "j F Y"),
        }
        said = since if counts.planned else adherence_words(counts, _)
    else:
        said = window_words(counts, days, _)
    paper = sum(day.from_paper for day in course.days)
    return f"{said}; " + _("%(n)d from paper") % {"n": paper} if paper else said


def summary_of(course: Course, days: int | None) -> str:
    """One sentence: sessions, pain, mornings, both against the ceiling of their day, runs and the ladder."""
    parts = [adherence_of(course, days), *_pains(course)]
    worse = sum(day.change == MorningCheck.Change.WORSE for day in course.days)
    if worse:
        parts.append(ngettext("%(n)d morning worse", "%(n)d mornings worse", worse) % {"n": worse})
    runs = sum(day.runs for day in course.days)
    if runs:
        minutes = sum(day.run_minutes or 0 for day in course.days)
        words = ngettext("%(n)d run, %(minutes)d minutes", "%(n)d runs, %(minutes)d minutes in all", runs)
        parts.append(words % {"n": runs, "minutes": minutes})
    level = next((one.level for one in reversed(course.stretches) if one.level is not None), None)
    if level is not None:
        parts.append(_("step %(n)d of the run ladder") % {"n": level})
    return "; ".join(parts).rstrip(".") + "."


def _range(values: Sequence[int]) -> str:
    low, high = min(values), max(values)
    return _("%(low)d to %(high)d") % {"low": low, "high": high} if low != high else str(low)


def _pains(course: Course) -> list[str]:
    pains = [day.pain for day in course.days if day.pain is not None]
    mornings = [day.morning for day in course.days if day.morning is not None]
    if not pains and not mornings:
        return [_("no pain reported")]
    said = [_("worst pain of a day %(range)s") % {"range": _range(pains)}] if pains else []
    said += [_("next morning %(range)s") % {"range": _range(mornings)}] if mornings else []
    above = sum(_is_above(course, day.day, day.pain) or _is_above(course, day.day, day.morning) for day in course.days)
    words = ngettext("above the ceiling on %(n)d day", "above the ceiling on %(n)d days", above) % {"n": above}
    return [*said, words if above else _("never above the ceiling")]


def _is_above(course: Course, day: date, value: int | None) -> bool:
    ceiling = ceiling_on(course.stretches, day)
    return value is not None and ceiling is not None and value > ceiling


def _told(row: Day, course: Course) -> Told:
    until = row.day + timedelta(days=course.step - 1)
    return Told(
        day=row.day,
        until=min(until, course.today) if course.step > 1 else None,
        sessions=_sessions(row),
        paper=_("%(n)d from paper") % {"n": row.from_paper} if row.from_paper else "",
        pain="–" if row.pain is None else str(row.pain),
        is_above=_is_above(course, row.day, row.pain),
        morning=_morning(row),
        run=_run(row),
        step="–" if row.run_level is None else str(row.run_level),
    )


def _sessions(row: Day) -> str:
    extra = _("%(n)d unplanned done") % {"n": row.extra} if row.extra else ""
    if not row.planned:
        return extra or _("nothing planned")
    return ", ".join(part for part in (adherence_words(counts_of([row]), _), extra) if part)


def _morning(row: Day) -> str:
    change = str(MorningCheck.Change(row.change).label) if row.change in MorningCheck.Change.values else ""
    pain = "" if row.morning is None else _("pain %(pain)d") % {"pain": row.morning}
    return ", ".join(part for part in (change, pain) if part) or "–"


def _run(row: Day) -> str:
    if not row.runs:
        return "–"
    if row.run_minutes is None:
        return _("minutes not said")
    return _("%(n)d min") % {"n": row.run_minutes}
