"""The body chart as pages, letters and prints show it: drawing, list of the same regions, words, and suggestions.

`chart_of` gives the templates everything; `chart_words` (assessments.chart) and `chart_svg` serve letters and PDF;
`change_words` compares two visits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.chart import SIDES, area_words, chart_words, place_id, place_words, qualities_words, state_of
from assessments.presenters.chart_drawing import VIEW_BOX, contour, marks, path, picture, sign
from assessments.presenters.chart_geometry import SHAPES
from assessments.presenters.chart_suggestions import SuggestionView, suggestion_views
from assessments.reasoning.body_chart import (
    PLACES,
    QUALITIES,
    REGIONS,
    Area,
    Place,
    Quality,
    Reach,
    View,
    changes,
    in_order,
)
from clinic.vocabulary.sides import PainfulSide

TITLES = {View.BACK: lazy("From behind"), View.FRONT: lazy("From the front")}
ENDS = {View.BACK: (lazy("Left"), lazy("Right")), View.FRONT: (lazy("Right"), lazy("Left"))}


@dataclass(frozen=True)
class QualityOption:
    """One quality to choose, with the sign it has in the drawing."""

    value: str
    words: str
    sign: SafeString
    checked: bool = False


@dataclass(frozen=True)
class Hit:
    """A region to tap."""

    id: str
    words: str
    d: str


@dataclass(frozen=True)
class ViewDrawing:
    """One view in two layers: what is marked, and above it the contour with the regions to tap."""

    key: str
    title: str
    left: str
    right: str
    marks: SafeString
    contour: SafeString
    hits: tuple[Hit, ...]
    box: str = VIEW_BOX


@dataclass(frozen=True)
class Cell:
    """One box to tick in the list of regions. `state` is what is stored now."""

    id: str
    words: str
    short: str
    state: str


@dataclass(frozen=True)
class Row:
    """One region of the list: a box for each side, or one."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class AreaView:
    """A marked region, to be changed."""

    id: str
    name: str
    said: str
    is_worst: bool
    qualities: tuple[QualityOption, ...]


@dataclass(frozen=True)
class Chart:
    """Everything the chart's templates need."""

    views: tuple[ViewDrawing, ...]
    lists: tuple[tuple[str, tuple[Row, ...]], ...]
    brushes: tuple[QualityOption, ...]
    marked: tuple[AreaView, ...]
    areas: tuple[Area, ...]
    suggestions: tuple[SuggestionView, ...] = ()

    @property
    def ring(self) -> str:
        """The state of the chart in the rail."""
        return "full" if self.marked else "empty"

    @property
    def words(self) -> list[str]:
        return chart_words(self.areas)

    @property
    def still(self) -> SafeString:
        return chart_svg(self.areas)

    @property
    def legend(self) -> tuple[QualityOption, ...]:
        """The signs that occur in this chart."""
        felt = {quality for area in self.areas for quality in area.qualities}
        return tuple(item for item in legend(get_language()) if item.value in felt)

    @property
    def worst(self) -> str:
        return next((area.id for area in self.marked if area.is_worst), "")

    @property
    def cells(self) -> list[Cell]:
        return [cell for _title, rows in self.lists for row in rows for cell in row.cells]


def chart_of(
    areas: Iterable[Area],
    answers: Mapping[Place, str] | None = None,
    *,
    painful: PainfulSide = PainfulSide.BOTH,
    brush: str = "",
) -> Chart:
    """The chart of one assessment. `answers` by finding and side, for the suggestions; without them there are none.

    `brush` is the quality in hand, with which the next region is marked.
    """
    shown = in_order(areas)
    brush = brush if brush in set(Quality) else Quality.ACHE
    return Chart(
        views=tuple(_view(view, shown) for view in View),
        lists=_lists({area.place: area for area in shown}),
        brushes=_options((brush,)),
        marked=tuple(_area_view(area) for area in shown),
        areas=tuple(shown),
        suggestions=suggestion_views(shown, painful, answers) if answers is not None else (),
    )


def chart_svg(areas: Iterable[Area]) -> SafeString:
    """Both views as one self-contained SVG, for paper: no style sheet, no ids, named in words for a screen reader."""
    shown = in_order(areas)
    words = "; ".join(chart_words(shown)) or _("nothing marked")
    heads = {view: (str(TITLES[view]), *(str(end) for end in ENDS[view])) for view in View}
    return picture(shown, heads, _("Body chart: %(words)s") % {"words": words})


@lru_cache(maxsize=8)
def legend(_language: str | None) -> tuple[QualityOption, ...]:
    return tuple(QualityOption(quality.value, words, _sign(quality)) for quality, words in QUALITIES.items())


def _sign(quality: Quality) -> SafeString:
    drawn = (
        f'<svg class="quality-sign chart-tint-{quality}" viewBox="-5 -5 10 10" aria-hidden="true" focusable="false">'
    )
    return mark_safe(f"{drawn}{sign(quality)}</svg>")  # noqa: S308 - only our own data


def _options(chosen: Iterable[str]) -> tuple[QualityOption, ...]:
    chosen = set(chosen)
    return tuple(
        QualityOption(item.value, item.words, item.sign, item.value in chosen) for item in legend(get_language())
    )


def _area_view(area: Area) -> AreaView:
    said = [qualities_words(area) or _("quality not said"), *([_("worst area")] if area.is_worst else [])]
    return AreaView(
        place_id(area.place), place_words(area.place), ", ".join(said), area.is_worst, _options(area.qualities)
    )


def _view(view: View, areas: list[Area]) -> ViewDrawing:
    left, right = (str(end) for end in ENDS[view])
    return ViewDrawing(
        view.value, str(TITLES[view]), left, right, marks(view, areas), contour(view), _hits(view, get_language())
    )


@lru_cache(maxsize=16)
def _hits(view: View, _language: str | None) -> tuple[Hit, ...]:
    return tuple(
        Hit(place_id(place), place_words(place), path(SHAPES[place].pieces, closed=True))
        for place in PLACES
        if SHAPES[place].view is view
    )


def _lists(areas: Mapping[Place, Area]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """The regions of each view in reading order, with a box for each side."""
    return tuple(
        (
            str(TITLES[view]),
            tuple(
                Row(str(capfirst(REGIONS[key].name)), tuple(_cell(place, areas.get(place)) for place in places))
                for key, places in groupby(
                    (place for place in PLACES if REGIONS[place[0]].view is view), key=lambda place: place[0]
                )
            ),
        )
        for view in View
    )


def _cell(place: Place, area: Area | None) -> Cell:
    side = place[1]
    return Cell(
        place_id(place), place_words(place), str(capfirst(SIDES[side])) if side else _("Middle"), state_of(area)
    )


def change_words(before: Iterable[Area], now: Iterable[Area]) -> list[str]:
    """Two visits compared, what matters most first: spread down the leg, new, gone, felt differently. Empty: no change."""
    found = changes(before, now)
    words = [
        _("The pain on the %(side)s reaches further down the leg than before.") % {"side": SIDES[side]}
        for side in found.spread_down
    ]
    words += [_("New: %(area)s.") % {"area": area_words(area)} for area in found.new]
    words += [
        _("Changed: %(area)s (before: %(before)s).") % {"area": area_words(area), "before": _felt(old)}
        for old, area in found.altered
    ]
    words += [_("Gone: %(area)s.") % {"area": place_words(area.place)} for area in found.gone]
    return words + [
        _("The pain on the %(side)s has drawn back towards the hip.") % {"side": SIDES[side]}
        for side, reach in found.reach.items()
        if reach is Reach.HIGHER
    ]


def _felt(area: Area) -> str:
    return area_words(area).partition(": ")[2]
