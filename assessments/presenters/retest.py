"""The retest card a follow-up visit opens on: baseline against today, answered where it stands, and whether it still fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.answers import Place, sides_of
from assessments.course import Course, Visit
from assessments.mapping import Reading, case_of
from assessments.models import Conclusion
from assessments.presenters.intake import RailEntry
from assessments.presenters.outcomes import activity_change, prediction, span_words
from assessments.presenters.rows import NOTHING, Cell, Row, Stored, Typed, row_of, side_words
from assessments.reasoning import FINDINGS, Case, reason
from assessments.reasoning.doubts import PAIN_SCALES, Since, no_longer_fits
from assessments.reasoning.outcomes import NPRS, OUTCOMES, change_of
from assessments.reasoning.retest import Measure, compare, measures_of, value_at
from assessments.wording.outcomes import day_words
from assessments.wording.retest import (
    ROLES,
    TONES,
    DoubtWords,
    change_said,
    doubt_words,
    reading_words,
    six_weeks_hint,
    value_said,
)
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import Side


@dataclass(frozen=True)
class RetestCell:
    """One answer of the card: what stood there then (day and value), the control of today, and the change in words."""

    cell: Cell
    then: tuple[tuple[str, str], ...]
    change: str
    tone: str


@dataclass(frozen=True)
class RetestRow:
    """One finding of the card. `role` says why it stands there when it is not one of the diagnosis's own measures,
    `reads` from which difference on it is judged.
    """

    row: Row
    role: str
    reads: str
    cells: tuple[RetestCell, ...]
    before: SafeString


@dataclass(frozen=True)
class EarlierVisit:
    """The head of an earlier visit, with the way to it."""

    id: UUID
    number: int
    day: str
    ago: str


@dataclass(frozen=True)
class RetestNews:
    """What changes with every answer: the reasons to open the differential again, how far the card has come, what is open."""

    doubts: tuple[DoubtWords, ...]
    hint: str
    done: int
    total: int
    prediction: str
    screening_open: int


@dataclass(frozen=True)
class RetestCard:
    """The whole card. `keys` are the findings answered here and pointed to from their sections."""

    first: EarlierVisit
    last: EarlierVisit | None
    diagnosis: str
    concluded: str
    rows: tuple[RetestRow, ...]
    news: RetestNews
    sides: tuple[tuple[str, bool], ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(row.row.key for row in self.rows)

    @property
    def rail(self) -> RailEntry:
        """The first line of the rail."""
        done, total = self.news.done, self.news.total
        state = "empty" if not done else "full" if done == total else "half"
        return RailEntry("retest", _("Retest"), state, f"{done}/{total}", "")


_Days = tuple[str, str]
"""The days of the first and the last visit, in words."""


@dataclass(frozen=True)
class _Cases:
    """What is compared: the baseline, where today's diagnosis was made, the visit before this one if another, today."""

    first: Case
    base: Case
    last: Case | None
    now: Case


def retest_card(
    course: Course,
    reading: Reading,
    *,
    typed: Mapping[Place, Typed] | None = None,
    carried: Stored = NOTHING,
    before: Mapping[str, str] | None = None,
) -> RetestCard | None:
    """None at the first visit. No query; two runs of the reasoning."""
    if not course.is_follow_up:
        return None
    cases = _cases(course, reading)
    painful = reading.case.painful_side
    stored = {place: row.value for place, row in reading.answers.items() if row.carried_from_id is None}
    measures = _measures(course, cases)
    first, last = _head(course.first, course), _head(course.last, course) if course.last else None
    rows = tuple(
        _row(
            measure,
            row_of(FINDINGS[measure.key], stored, painful, typed or {}, carried),
            cases,
            (first.day, last.day if last else ""),
            SafeString((before or {}).get(measure.key, "")),
        )
        for measure in measures
    )
    conclusion = course.first.conclusion if course.last is None else course.last.conclusion
    return RetestCard(
        first=first,
        last=last,
        diagnosis=conclusion.get_diagnosis_display(),
        concluded=concluded_words(conclusion),
        rows=rows,
        news=_news(course, reading, cases, measures),
        sides=tuple((side_words(side.value, painful), side in painful.sides) for side in Side),
    )


def _cases(course: Course, reading: Reading) -> _Cases:
    episode = course.today.assessment.episode

    def case(visit: Visit) -> Case:
        visit.assessment.episode = episode
        return case_of(visit.assessment, visit.answers)

    last = case(course.last) if course.last else None
    return _Cases(case(course.first), case(course.base), last, reading.case)


def _measures(course: Course, cases: _Cases) -> tuple[Measure, ...]:
    """The card of the diagnosis that holds now, with what the first one asks for when it was another."""
    found: dict[str, Measure] = {}
    for visit, case in ((course.base, cases.base), (course.first, cases.first)):
        for item in measures_of(WorkingDiagnosis(visit.conclusion.diagnosis), case, reason(case)):
            found.setdefault(item.key, item)
    return tuple(found.values())


def _row(measure: Measure, row: Row, cases: _Cases, days: _Days, before: SafeString) -> RetestRow:
    cells = tuple(_cell(measure.key, cell, cases, days) for cell in row.cells)
    return RetestRow(row, str(ROLES[measure.role]), reading_words(FINDINGS[measure.key]), cells, before)


def _cell(key: str, cell: Cell, cases: _Cases, days: _Days) -> RetestCell:
    """Compared is with the first visit; with the last one where the first did not look."""
    finding, side = FINDINGS[key], Side(cell.side) if cell.side else None
    first, now = value_at(cases.first, key, side), value_at(cases.now, key, side)
    last = value_at(cases.last, key, side) if cases.last else None
    compared = compare(key, last if first is None else first, now)
    then = [
        (day, value_said(finding, value)) for day, value in zip(days, (first, last), strict=True) if value is not None
    ]
    return RetestCell(
        cell=cell,
        then=tuple(then),
        change=change_said(finding, compared, was_looked_at=bool(then)),
        tone=TONES.get(compared.change, "quiet"),
    )


def _news(course: Course, reading: Reading, cases: _Cases, measures: tuple[Measure, ...]) -> RetestNews:
    """Doubts are about the diagnosis that holds now, against the visit it was made at."""
    base = course.base
    activities = activity_change(course, since=base.on)
    pains = [change_of(OUTCOMES[NPRS], base.numbers.get(key), course.today.numbers.get(key)) for key in PAIN_SCALES]
    found = no_longer_fits(
        WorkingDiagnosis(base.conclusion.diagnosis),
        then=cases.base,
        before=reason(cases.base),
        now=reading.case,
        today=reading.reasoning,
        since=Since(course.days, activities),
    )
    places = [(item.key, side) for item in measures for side in sides_of(FINDINGS[item.key])]
    asked = {item.key for item in measures}
    done = {key for key, side in places if value_at(cases.now, key, Side(side) if side else None) is not None}
    return RetestNews(
        doubts=doubt_words(found, since=base.on, today=course.today.on, day=day_words(base.on, course.today.on)),
        hint=six_weeks_hint(
            course.days,
            has_pain=any(item.gain is not None for item in pains),
            has_activities=activities.gain is not None,
        ),
        done=len(done),
        total=len(asked),
        prediction=prediction(course),
        screening_open=len(reading.reasoning.unanswered_screening),
    )


def _head(visit: Visit, course: Course) -> EarlierVisit:
    today = course.today.on
    return EarlierVisit(
        visit.assessment.pk, visit.assessment.visit, day_words(visit.on, today), span_words(visit.on, today)
    )


def concluded_words(conclusion: Conclusion) -> str:
    """ "right, stage 2, moderate irritability"."""
    parts = [conclusion.get_side_display().lower()]
    if conclusion.stage is not None:
        parts.append(_("stage %(stage)s") % {"stage": conclusion.stage})
    if conclusion.irritability:
        parts.append(_("%(level)s irritability") % {"level": conclusion.get_irritability_display().lower()})
    return ", ".join(parts)
