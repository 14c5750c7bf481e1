"""The body chart of one assessment, ready for a template."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from assessments.chart import areas_of
from assessments.course import Course
from assessments.mapping import Reading
from assessments.models import Assessment
from assessments.presenters.body_chart import Chart, change_words, chart_of
from assessments.presenters.intake import RailEntry
from assessments.queries import pain_areas_of
from assessments.reasoning.body_chart import Area


def chart_context(assessment: Assessment, reading: Reading | None, *, brush: str = "") -> Chart:
    """With suggestions beside the answers of `reading`; without them for a page that only shows. One query."""
    areas = areas_of(pain_areas_of(assessment))
    if reading is None:
        return chart_of(areas)
    confirmed = {place: row.value for place, row in reading.answers.items() if row.carried_from_id is None}
    return chart_of(areas, confirmed, painful=reading.case.painful_side, brush=brush)


def chart_rail(chart: Chart) -> RailEntry:
    """The chart's line in the rail, after the screening."""
    return RailEntry("body-chart", _("Body chart"), chart.ring, str(len(chart.marked) or ""), "screening")


def chart_changes(course: Course, today: Collection[Area]) -> list[str]:
    """Where it hurts now against the baseline, in words. One query.

    Nothing while today's chart or the baseline's is empty: a chart nobody marked does not say that the pain is gone.
    """
    if not course.is_follow_up or not today:
        return []
    before = areas_of(pain_areas_of(course.first.assessment))
    return change_words(before, today) if before else []
