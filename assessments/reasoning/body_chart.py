"""Where it hurts and how: the regions of the body chart, and what a drawing on it suggests asking.

Nothing here answers a finding. A suggestion names the areas it rests on and how it stands beside what was answered; the
clinician agrees or does not.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide


class View(StrEnum):
    """From which side the body is seen."""

    BACK = "back"
    FRONT = "front"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the lower body. `level` counts from the back (0) down to the foot (9): it tells how far a pain reaches."""

    key: str
    name: str
    view: View
    level: int
    sided: bool = True


def _regions(view: View, *rows: tuple[str, str, int, bool]) -> dict[str, Region]:
    return {key: Region(key, name, view, level, sided) for key, name, level, sided in rows}


REGIONS: dict[str, Region] = _regions(
    View.BACK,
    ("low_back_mid", "low back, midline", 0, False),
    ("low_back", "low back", 0, True),
    ("si_joint", "sacroiliac joint line (PSIS)", 1, True),
    ("sacrum", "sacrum", 1, False),
    ("buttock", "buttock", 2, True),
    ("sitting_bone", "sitting bone (ischial tuberosity)", 2, True),
    ("outer_hip", "outer hip (greater trochanter)", 2, True),
    ("thigh_upper", "upper posterior thigh", 3, True),
    ("thigh_mid", "middle posterior thigh", 4, True),
    ("thigh_lower", "lower posterior thigh", 5, True),
    ("knee_back", "back of the knee", 6, True),
    ("calf", "calf", 7, True),
    ("achilles", "Achilles tendon", 8, True),
    ("heel", "heel and sole", 9, True),
) | _regions(
    View.FRONT,
    ("abdomen", "lower abdomen", 0, False),
    ("hip_front", "front of the hip", 2, True),
    ("groin", "groin", 2, True),
    ("pubis", "pubic bone", 2, False),
    ("thigh_front", "front of the thigh", 4, True),
    ("thigh_inner", "inner thigh", 4, True),
    ("knee", "front of the knee", 6, True),
    ("shin", "inner shin", 7, True),
    ("shin_outer", "outer shin", 7, True),
    ("foot_top", "top of the foot", 9, True),
)
THIGH, LOWER_LEG = 3, 7
"""The levels from which a region belongs to the leg, and lies below the knee."""


class Quality(StrEnum):
    """How it feels, in the order it is offered."""

    ACHE = "ache"
    SHARP = "sharp"
    BURNING = "burning"
    TINGLING = "tingling"
    NUMB = "numb"
    TIGHT = "tight"
    CRAMP = "cramp"


QUALITIES: dict[Quality, str] = {
    Quality.ACHE: "ache",
    Quality.SHARP: "sharp",
    Quality.BURNING: "burning",
    Quality.TINGLING: "tingling or electric",
    Quality.NUMB: "numb",
    Quality.TIGHT: "tight or pulling",
    Quality.CRAMP: "cramp",
}
NERVE_LIKE = frozenset({Quality.BURNING, Quality.TINGLING, Quality.NUMB})

Place = tuple[str, str]
"""Region or finding, and side ("" in the middle)."""


@dataclass(frozen=True, slots=True)
class Area:
    """One marked region. Qualities stand in the order of QUALITIES; there may be none yet."""

    region: str
    side: str = ""
    qualities: tuple[Quality, ...] = ()
    is_worst: bool = False

    @property
    def place(self) -> Place:
        return self.region, self.side

    @property
    def level(self) -> int:
        return REGIONS[self.region].level


PLACES: tuple[Place, ...] = tuple(
    (region.key, side) for region in REGIONS.values() for side in (("left", "right") if region.sided else ("",))
)
"""Everything that can be marked, from the back to the front and from above downwards."""


def area(place: Place, qualities: Iterable[str] = (), *, is_worst: bool = False) -> Area:
    """An area with its qualities in order; KeyError for a place or a quality the chart does not have."""
    said = set(qualities)
    if place not in PLACES or not said <= set(Quality):
        raise KeyError(place)
    return Area(*place, tuple(item for item in QUALITIES if item in said), is_worst)


def in_order(areas: Iterable[Area]) -> list[Area]:
    """The worst first, then as PLACES stand."""
    return sorted(areas, key=lambda item: (not item.is_worst, PLACES.index(item.place)))


class Stance(StrEnum):
    """How the chart stands beside the answer."""

    OPEN = "open"
    AGREED = "agreed"
    CHART_ALONE = "chart_alone"
    ANSWER_ALONE = "answer_alone"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A finding the chart speaks for (or, ANSWER_ALONE, does not show although it was answered present).

    `to_test`: the chart cannot stand for the test, so nothing may be recorded from it; the test is named instead.
    """

    finding: str
    side: str
    areas: tuple[Area, ...]
    stance: Stance
    to_test: bool = False

    @property
    def place(self) -> Place:
        return self.finding, self.side


Areas = tuple[Area, ...]


def _concerns(item: Area, painful: PainfulSide) -> bool:
    return item.side == "" or item.side in painful.sides


def _both_legs(areas: Areas, _painful: PainfulSide) -> Areas:
    legs = tuple(item for item in areas if item.level >= THIGH)
    return legs if {"left", "right"} <= {item.side for item in legs} else ()


def _below_knee(areas: Areas, painful: PainfulSide) -> Areas:
    return tuple(item for item in areas if item.level >= LOWER_LEG and _concerns(item, painful))


def _worst_buttock(areas: Areas, painful: PainfulSide) -> Areas:
    return tuple(item for item in areas if item.region == "buttock" and item.is_worst and _concerns(item, painful))


def _midline(areas: Areas, _painful: PainfulSide) -> Areas:
    return tuple(item for item in areas if item.region == "low_back_mid")


def _nerve_like(areas: Areas, painful: PainfulSide) -> Areas:
    return tuple(item for item in areas if NERVE_LIKE & set(item.qualities) and _concerns(item, painful))


Rule = Callable[[Areas, PainfulSide], Areas]
WHOLE: dict[str, Rule] = {
    "bilateral_leg_symptoms": _both_legs,
    "pain_below_knee": _below_knee,
    "pain_buttock_dominant": _worst_buttock,
    "midline_lbp": _midline,
    "neuro_quality": _nerve_like,
}
"""Findings without a side: the areas that speak for each. The screening question comes first."""

PER_SIDE: dict[str, frozenset[str]] = {
    "groin_pain": frozenset({"groin", "hip_front"}),
    "sij_fortin": frozenset({"si_joint"}),
}
"""Findings with a side, asked about on the side that is marked."""

TO_TEST = frozenset({"sij_fortin"})
"""Pointing with one finger, twice, is an examination: a mark on the chart is not the sign."""


def suggestions(areas: Iterable[Area], painful: PainfulSide, answers: Mapping[Place, str]) -> list[Suggestion]:
    """What the chart suggests asking, screening first. Empty for an empty chart: no drawing says nothing.

    `answers` by finding and side, without those carried over and not confirmed.
    """
    marked = tuple(in_order(areas))
    if not marked:
        return []
    found = [_stand(key, "", rule(marked, painful), marked, answers) for key, rule in WHOLE.items()]
    for key, regions in PER_SIDE.items():
        for side in ("left", "right"):
            behind = tuple(item for item in marked if item.region in regions and item.side == side)
            found.append(_stand(key, side, behind, marked, answers))
    screening = ("bilateral_leg_symptoms", "groin_pain")
    return sorted((item for item in found if item), key=lambda item: item.finding not in screening)


def _stand(key: str, side: str, behind: Areas, marked: Areas, answers: Mapping[Place, str]) -> Suggestion | None:
    answer = answers.get((key, side), "")
    if key in TO_TEST:
        return Suggestion(key, side, behind, Stance.OPEN, to_test=True) if behind and not _known(answer) else None
    if behind:
        stance = {Answer.PRESENT.value: Stance.AGREED, Answer.ABSENT.value: Stance.CHART_ALONE}.get(answer, Stance.OPEN)
        return Suggestion(key, side, behind, stance)
    if answer == Answer.PRESENT.value and _would_show(key, marked):
        return Suggestion(key, side, (), Stance.ANSWER_ALONE)
    return None


def _known(answer: str) -> bool:
    return answer in (Answer.PRESENT.value, Answer.ABSENT.value)


def _would_show(key: str, marked: Areas) -> bool:
    """Whether the chart says enough to differ: an ache may be the ache at rest, and a worst area may not be chosen yet."""
    if key == "neuro_quality":
        return all(item.qualities and Quality.ACHE not in item.qualities for item in marked)
    if key == "pain_buttock_dominant":
        return any(item.is_worst for item in marked)
    return True


class Reach(StrEnum):
    """How far down the pain of one side comes, compared with before."""

    LOWER = "lower"
    HIGHER = "higher"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Changes:
    """Two charts of one runner compared. `reach` by side, only for sides marked both times."""

    gone: Areas
    new: Areas
    altered: tuple[tuple[Area, Area], ...]
    reach: Mapping[str, Reach]

    @property
    def spread_down(self) -> tuple[str, ...]:
        """Sides on which the pain reaches further down than before: peripheral spread, to be taken seriously."""
        return tuple(side for side, reach in self.reach.items() if reach is Reach.LOWER)


def changes(before: Iterable[Area], now: Iterable[Area]) -> Changes:
    """What is gone, new, or feels different, and whether the pain moved down or up the leg."""
    old = {item.place: item for item in in_order(before)}
    new = {item.place: item for item in in_order(now)}
    reach: dict[str, Reach] = {}
    for side in ("left", "right"):
        was = [item.level for item in old.values() if item.side == side]
        is_now = [item.level for item in new.values() if item.side == side]
        if was and is_now:
            lower, higher = max(is_now) > max(was), max(is_now) < max(was)
            reach[side] = Reach.LOWER if lower else Reach.HIGHER if higher else Reach.SAME
    return Changes(
        gone=tuple(item for place, item in old.items() if place not in new),
        new=tuple(item for place, item in new.items() if place not in old),
        altered=tuple((old[place], item) for place, item in new.items() if place in old and old[place] != item),
        reach=reach,
    )
