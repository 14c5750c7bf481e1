"""The body chart between its records, its form fields and its words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.models import PainArea
from assessments.reasoning.body_chart import PLACES, QUALITIES, REGIONS, Area, Place, in_order

NO_QUALITY = "-"
SIDES = {"left": lazy("left"), "right": lazy("right")}


def area_of(row: PainArea) -> Area:
    return Area(row.region, row.side, tuple(item for item in QUALITIES if item in row.qualities), row.is_worst)


def areas_of(rows: Iterable[PainArea]) -> list[Area]:
    """The areas of one assessment, the worst first. A region the chart no longer has is left out."""
    return in_order(area_of(row) for row in rows if (row.region, row.side) in PLACES)


def place_id(place: Place) -> str:
    """ "calf-left", "sacrum": part of field names and of ids in the page."""
    return "-".join(filter(None, place))


IDS: Mapping[str, Place] = {place_id(place): place for place in PLACES}


def state_of(area: Area | None) -> str:
    """What is stored of a region in one word: "" unmarked, "-" marked without a quality, else "ache,numb"."""
    if area is None:
        return ""
    return ",".join(area.qualities) or NO_QUALITY


def place_words(place: Place) -> str:
    """ "Left buttock", "Sacrum"."""
    region, side = place
    name = REGIONS[region].name
    return str(capfirst(f"{SIDES[side]} {name}" if side else name))


def qualities_words(area: Area) -> str:
    return ", ".join(QUALITIES[item] for item in area.qualities)


def area_words(area: Area) -> str:
    """ "Left buttock: ache, worst area". As letters and prints say it; never more than was marked."""
    said = [qualities_words(area) or _("pain, quality not said")]
    if area.is_worst:
        said.append(_("worst area"))
    return f"{place_words(area.place)}: {', '.join(said)}"


def chart_words(areas: Iterable[Area]) -> list[str]:
    """The whole chart in words, the worst area first; empty when nothing was marked."""
    return [area_words(area) for area in in_order(areas)]


@dataclass(frozen=True)
class Marked:
    """One region as it was sent: the area as it should be, or None; `seen` is the state the sender's screen showed."""

    place: Place
    area: Area | None
    seen: str


@dataclass(frozen=True)
class ChartGiven:
    """A chart as it was sent. `worst` and `worst_seen` are ids of places, "" for none, None when the form had no such field."""

    marked: tuple[Marked, ...]
    worst: str | None
    worst_seen: str | None
