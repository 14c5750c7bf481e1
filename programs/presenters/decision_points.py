"""The data points behind a proposal, in words: which day, what, how much, and how late it arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from programs.models import MorningCheck, RunLog
from programs.presenters.new_symptoms import question_words
from programs.progression.criteria import CRITERIA, Criterion, Kind
from programs.progression.decision_words import SIDES, UNITS, check_words
from programs.progression.proposal_types import Point, Value

Names = Mapping[str, str]


@dataclass(frozen=True)
class PointView:
    """One thing told. `late` says by how many hours it arrived late; `anchor` is where the page shows more of it."""

    day: date
    what: str
    value: str
    late: str
    anchor: str


def point_views(points: Iterable[Point], names: Names) -> list[PointView]:
    """In the order of the days; `names` are the exercises by line."""
    return [_view(point, names) for point in sorted(points, key=lambda each: each.day)]


def _view(point: Point, names: Names) -> PointView:
    late = _("arrived %(hours)s h later") % {"hours": point.late_h} if point.late_h else ""
    return PointView(point.day, _what(point, names), _value(point), late, _anchor(point))


def _anchor(point: Point) -> str:
    if point.kind == "check":
        return f"check-{point.ref}"
    return "new-symptom" if point.kind == "new" else "h-progress"


def _what(point: Point, names: Names) -> str:
    if point.kind == "run":
        surface = dict(RunLog.Surface.choices).get(point.ref or str(point.value))
        return _("Run (%(surface)s)") % {"surface": str(surface).lower()} if surface else _("Run")
    if point.kind == "morning":
        return _("Morning")
    if point.kind == "check":
        side = f", {_(SIDES[point.side])}" if point.side in SIDES else ""
        return check_words(point.ref, _).capitalize() + side
    if point.kind == "new":
        return question_words(point.ref)
    return names.get(point.ref, _("Exercises"))


def _value(point: Point) -> str:
    if point.kind == "morning":
        return _morning(point)
    if point.kind == "check":
        return check_value(point.ref, point.value)
    if point.kind == "planned":
        return _("not told") if point.ref else _("planned")
    if point.kind == "new":
        return _("yes") if point.value else _("left open")
    if isinstance(point.value, str):
        return _("skipped") if point.value == "not_done" else ""
    return _("pain %(pain)s") % {"pain": number_words(point.value)} if point.value is not None else _("not told")


def _morning(point: Point) -> str:
    change = dict(MorningCheck.Change.choices).get(point.ref)
    parts = [str(change)] if change else []
    if point.value is not None:
        parts.append(_("pain %(pain)s") % {"pain": number_words(point.value)})
    return ", ".join(parts) or _("not told")


KNOWN: dict[str, Criterion] = {
    each.check: each
    for criteria in (
        *(stage.criteria for stage in CRITERIA.stages.values()),
        *CRITERIA.first_run.values(),
        CRITERIA.self_tests,
    )
    for each in criteria
}
"""Every check there is, by its key. Where several stages ask for the same, it is measured the same way but for its limit."""


def check_value(key: str, value: Value) -> str:
    """One answer of a check with its unit."""
    if value is None:
        return _("not told")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    criterion = KNOWN.get(key)
    if criterion is not None and criterion.kind in (Kind.PAIN_AT_MOST, Kind.RECENT_PAIN):
        return _("pain %(pain)s") % {"pain": number_words(value)}
    unit = UNITS.get(criterion.unit, "") if criterion else ""
    return f"{number_words(value)} {_(unit)}" if unit else number_words(value)


def number_words(value: Value) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
