"""Range, strength and activities over the visits, from signed assessments in the version that holds, and what was measured
between them. Five queries.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from assessments.models import Activity, Answer, Assessment, OutcomeScore
from assessments.reasoning import FINDINGS, Finding
from assessments.reasoning.outcomes import FEWEST_ACTIVITIES
from assessments.wording.labels import SIDES, label_of
from assessments.wording.outcomes import points, signed_number
from clinic.models import Episode
from clinic.vocabulary.sides import PainfulSide
from programs.models import CheckResult
from programs.progress.chart.measure_chart import Measure, MeasureChart, Series, measure_chart

MEASURED: Final = (
    "slr_degrees",
    "ake_degrees",
    "kf_strength_ratio",
    "bridge_single_s",
    "single_pull_reps",
    "bridge_double_s",
    "double_pull_reps",
)
"""Range and strength among the findings, in the order they are shown."""
CHECKS: Final = {
    "bridge_one_leg": "bridge_single_s",
    "bridge_two_leg": "bridge_double_s",
    "single_pull": "single_pull_reps",
    "double_pull": "double_pull_reps",
    "straight_leg_raise": "slr_degrees",
}
"""Checks between visits (programs.progression.criteria) that measure what one of the findings does, in its unit."""
MARKS: Final = ("circle", "square", "diamond", "triangle")
SIDE_ROOM, WORDS_ROOM = 104, 150


Values = defaultdict[tuple[str, str], dict[date, float]]
"""Values by finding and side, then by day."""


@dataclass(frozen=True)
class MeasureRow:
    """One day in the table behind a chart; a dash where nobody measured. `note` says who did between visits."""

    day: date
    cells: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class MeasureView:
    """One small chart with its sentence and its table."""

    measure: Measure
    chart: MeasureChart
    summary: str
    heads: tuple[str, ...]
    rows: tuple[MeasureRow, ...]


def measures_of(episode: Episode) -> list[MeasureView]:
    """One view for each measure taken at any signed visit or between them, activities last."""
    amended = Assessment.objects.filter(amends=OuterRef("pk"), state=Assessment.State.SIGNED)
    visits = dict(
        Assessment.objects.filter(clinic=episode.clinic_id, episode=episode, state=Assessment.State.SIGNED)
        .exclude(Exists(amended))
        .order_by("examined_on", "visit")
        .values_list("pk", "examined_on")
    )
    days = tuple(dict.fromkeys(visits.values()))
    values = _findings(visits)
    notes = _checks(episode, values)
    measures = [_finding(FINDINGS[key], values, days, episode) for key in MEASURED]
    if visits:
        measures += _activities(visits, days, episode)
    return [_view(measure, notes.get(measure.key, {})) for measure in measures if measure.series]


def _findings(visits: dict[UUID, date]) -> Values:
    """What an earlier visit found and nobody confirmed was not measured again, so it is left out."""
    values: Values = defaultdict(dict)
    answers = Answer.objects.filter(assessment__in=list(visits), key__in=MEASURED, carried_from=None)
    for assessment, key, side, value in answers.values_list("assessment_id", "key", "side", "value"):
        try:
            values[key, side][visits[assessment]] = float(value)
        except ValueError:
            continue  # not_assessed is no number
    return values


def _checks(episode: Episode, values: Values) -> dict[str, dict[date, str]]:
    """Adds what was measured between visits, and gives who did, by measure and day. A visit's own value stands."""
    notes: dict[str, dict[date, str]] = defaultdict(dict)
    results = CheckResult.objects.filter(program__episode=episode, key__in=list(CHECKS)).order_by("told_at")
    for check, day, left, right, value, by in results.values_list("key", "day", "left", "right", "value", "by"):
        key = CHECKS[check]
        for side, number in (("left", left), ("right", right), ("", value)):
            if number is not None and (day not in values[key, side] or day in notes[key]):
                values[key, side][day] = number
                notes[key][day] = _("between visits") if by else _("by the runner at home")
    return notes


def _finding(finding: Finding, values: Values, visits: tuple[date, ...], episode: Episode) -> Measure:
    painful = [side.value for side in PainfulSide(episode.painful_side).sides]
    sides = sorted(("left", "right"), key=lambda side: side not in painful) if finding.sided else [""]
    return Measure(
        key=finding.key,
        title=label_of(finding.key),
        unit=finding.unit if finding.unit in ("", "°", "%") else f" {finding.unit}",
        days=tuple(sorted({*visits, *(day for side in sides for day in values.get((finding.key, side), {}))})),
        series=tuple(
            Series(str(SIDES.get(side, "")), mark, tuple(sorted(values[finding.key, side].items())))
            for side, mark in zip(sides, MARKS, strict=False)
            if values.get((finding.key, side))
        ),
    )


def _activities(visits: dict[UUID, date], days: tuple[date, ...], episode: Episode) -> list[Measure]:
    """The patient-specific activities, each a line, led by their average where there are at least two."""
    words = dict(Activity.objects.filter(clinic=episode.clinic_id, episode=episode).values_list("pk", "words"))
    scores: dict[UUID, dict[date, float]] = {activity: {} for activity in words}
    if words:
        rows = OutcomeScore.objects.filter(assessment__in=list(visits), activity__in=list(words))
        for assessment, activity, value in rows.values_list("assessment_id", "activity_id", "value"):
            scores[activity][visits[assessment]] = value
    told = {activity: by_day for activity, by_day in scores.items() if by_day}
    lines = [
        Series(words[activity], mark, tuple(sorted(by_day.items())))
        for (activity, by_day), mark in zip(told.items(), MARKS[1:], strict=False)
    ]
    means = {day: [by_day[day] for by_day in told.values() if day in by_day] for day in days}
    mean = tuple((day, sum(of) / len(of)) for day, of in means.items() if len(of) >= FEWEST_ACTIVITIES)
    if mean:
        lines.insert(0, Series(_("average"), MARKS[0], mean))
    return [Measure("psfs", _("Activities, 0 to 10 (PSFS)"), "", days, tuple(lines), is_of_ten=True)]


def _view(measure: Measure, notes: dict[date, str]) -> MeasureView:
    by_day = [dict(one.values) for one in measure.series]
    return MeasureView(
        measure=measure,
        chart=measure_chart(measure, WORDS_ROOM if measure.is_of_ten else SIDE_ROOM),
        summary=_summary(measure),
        heads=tuple(one.name or _("Value") for one in measure.series),
        rows=tuple(
            MeasureRow(day, tuple(_said(values.get(day), measure) for values in by_day), notes.get(day, ""))
            for day in measure.days
        ),
    )


def _said(value: float | None, measure: Measure) -> str:
    return "–" if value is None else f"{points(value)}{measure.unit}"


def _summary(measure: Measure) -> str:
    """ "Right: 58°, now 70° (+12°); left 78°, a difference of 8°." """
    lead, *others = measure.series
    first, now = lead.values[0][1], lead.values[-1][1]
    name = f"{lead.name}: " if lead.name else ""
    if len(lead.values) > 1:
        words = _("%(name)s%(first)s at first, now %(now)s (%(change)s)")
        change = f"{signed_number(round(now - first, 1))}{measure.unit}"
        said = words % {"name": name, "first": _said(first, measure), "now": _said(now, measure), "change": change}
    else:
        said = _("%(name)s%(now)s, measured once") % {"name": name, "now": _said(now, measure)}
    if others and not measure.is_of_ten:
        other = others[0].values[-1][1]
        apart = abs(now - other)
        words = _("%(side)s %(value)s, a difference of %(apart)s") if apart else _("%(side)s the same, %(value)s")
        said = f"{said}; " + words % {
            "side": others[0].name,
            "value": _said(other, measure),
            "apart": _said(apart, measure),
        }
    return said[:1].upper() + said[1:] + "."
