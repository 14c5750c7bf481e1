"""The body chart of one assessment, ready for a template."""

from django.utils.translation import gettext as _

from assessments.chart import areas_of
from assessments.mapping import Reading
from assessments.models import Assessment
from assessments.presenters.body_chart import Chart, chart_of
from assessments.presenters.intake import RailEntry
from assessments.queries import pain_areas_of


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
