"""The body chart as it arrives: area-<place> ticked or not, quality-<place>-<quality>, and was-<place> as it was shown.

Every field has one value, as the queue of unsent answers needs it (static/js/queue.js).
"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.chart import IDS, ChartGiven, Marked
from assessments.errors import AnswerRefused
from assessments.reasoning.body_chart import Area, Place, Quality, area

AREA, QUALITY, WAS = "area-", "quality-", "was-"
WORST, WORST_SEEN, BRUSH, REMOVE = "worst", "was-worst", "brush", "remove"


def given_chart(data: QueryDict) -> ChartGiven:
    """Every region whose earlier state came with the form. AnswerRefused for a region or quality there is not."""
    marked = tuple(
        _marked(data, name.removeprefix(WAS)) for name in data if name.startswith(WAS) and name != WORST_SEEN
    )
    worst, seen = data.get(WORST), data.get(WORST_SEEN)
    for place in filter(None, (worst, seen)):
        _place(place)
    return ChartGiven(marked, worst, seen)


def _place(text: str) -> Place:
    if text not in IDS:
        raise AnswerRefused(_("This region is not part of the body chart. Reload the page."))
    return IDS[text]


def _marked(data: QueryDict, text: str) -> Marked:
    place, seen = _place(text), data.get(WAS + text, "")
    if AREA + text not in data or data.get(REMOVE) == text:
        return Marked(place, None, seen)
    return Marked(place, _area(place, _qualities(data, text, is_new=not seen)), seen)


def _qualities(data: QueryDict, text: str, *, is_new: bool) -> list[str]:
    """A region marked just now gets the quality in hand; one that was marked keeps what is ticked, even nothing."""
    prefix = f"{QUALITY}{text}-"
    said = [name.removeprefix(prefix) for name in data if name.startswith(prefix)]
    brush = data.get(BRUSH, "")
    return [brush] if is_new and not said and brush else said


def _area(place: Place, qualities: list[str]) -> Area:
    if not set(qualities) <= set(Quality):
        raise AnswerRefused(_("This quality is not part of the body chart. Reload the page."))
    return area(place, qualities)
