"""The picture: which hypotheses come first, how well each is supported, and how settled the whole is.

Support is bounded by the criteria (evidence text, section 11): a criterion that is not met or cannot be judged holds
its hypothesis at possible, partly at likely; a met criterion never reads unlikely, and no other hypothesis reads above
one whose criterion is met. On top of that three rules on output: tendinopathy stays at possible until the sitting bone
or a stretch test is answered; the joint stays at possible until four provocation tests are answered; the nerve is never
unlikely before a test with differentiation is answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic.vocabulary.diagnoses import Hypothesis

from .criteria import CriterionResult, CriterionStatus
from .finding_set import PainfulView
from .support import DIFFERENTIATED_TESTS, HYPOTHESES, PHT_STRETCH_TESTS, Support
from .weights import Settings, Weights


class Band(StrEnum):
    """Support in words; nothing finer is ever shown."""

    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"

    @property
    def level(self) -> int:
        """0 to 3, for drawing a meter and for comparing."""
        return _LEVELS.index(self)


_LEVELS = (Band.UNLIKELY, Band.POSSIBLE, Band.LIKELY, Band.VERY_LIKELY)


class Limit(StrEnum):
    """Why a band was held down or up."""

    ISCHIUM_NOT_EXAMINED = "ischium_not_examined"
    FEW_PROVOCATION_TESTS = "few_provocation_tests"
    NO_DIFFERENTIATION = "no_differentiation"
    CRITERION = "criterion"


class Picture(StrEnum):
    """How settled the order is."""

    CLEAR = "clear"
    MIXED = "mixed"
    UNCLEAR = "unclear"
    OUTSIDE = "outside"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one hypothesis stands: rank from 1, band, and the limit in force. `held`: without it the band would differ."""

    hypothesis: Hypothesis
    rank: int
    band: Band
    limit: Limit | None
    held: bool


_CEILINGS: Mapping[CriterionStatus, Band] = {
    CriterionStatus.MET: Band.VERY_LIKELY,
    CriterionStatus.PARTLY: Band.LIKELY,
    CriterionStatus.CANNOT_TELL: Band.POSSIBLE,
    CriterionStatus.NOT_MET: Band.POSSIBLE,
}
_CRITERIA_ORDER = (
    CriterionStatus.MET,
    CriterionStatus.PARTLY,
    CriterionStatus.CANNOT_TELL,
    CriterionStatus.NOT_MET,
)


def band_of(own: float, settings: Settings) -> Band:
    """The band of an unbounded support."""
    if own >= settings.very_likely_from:
        return Band.VERY_LIKELY
    if own >= settings.likely_from:
        return Band.LIKELY
    return Band.POSSIBLE if own >= settings.possible_from else Band.UNLIKELY


def waiting_rule(hypothesis: Hypothesis, view: PainfulView, weights: Weights) -> Limit | None:
    """The rule on output that still binds this hypothesis because its key test was not answered."""
    if hypothesis is Hypothesis.PHT and not any(map(view.known, ("palp_ischial", *PHT_STRETCH_TESTS))):
        return Limit.ISCHIUM_NOT_EXAMINED
    if hypothesis is Hypothesis.SIJ and sum(map(view.known, weights.sacroiliac_tests)) < weights.tests_for_a_count:
        return Limit.FEW_PROVOCATION_TESTS
    if hypothesis is Hypothesis.NERVE and not any(map(view.known, DIFFERENTIATED_TESTS)):
        return Limit.NO_DIFFERENTIATION
    return None


def _band(
    hypothesis: Hypothesis, status: CriterionStatus, view: PainfulView, supported: Support, least_met: Band
) -> tuple[Band, Limit | None, bool]:
    rule = waiting_rule(hypothesis, view, supported.weights)
    lowest = Band.POSSIBLE if status is CriterionStatus.MET or rule is Limit.NO_DIFFERENTIATION else Band.UNLIKELY
    highest = min(_CEILINGS[status], least_met, key=_LEVELS.index)
    if rule in (Limit.ISCHIUM_NOT_EXAMINED, Limit.FEW_PROVOCATION_TESTS):
        highest = Band.POSSIBLE
    free = band_of(supported.own[hypothesis], supported.weights.settings)
    band = max(lowest, min(free, highest, key=_LEVELS.index), key=_LEVELS.index)
    held = band is not free
    return band, rule or (Limit.CRITERION if held else None), held


def standings(
    view: PainfulView, criteria: Mapping[Hypothesis, CriterionResult], supported: Support
) -> tuple[Standing, ...]:
    """The hypotheses in order: by band, then by criterion, then by how well the findings fit."""
    bands: dict[Hypothesis, tuple[Band, Limit | None, bool]] = {}
    least_met = Band.VERY_LIKELY
    for met in (True, False):
        bands |= {
            item: _band(item, criteria[item].status, view, supported, least_met)
            for item in HYPOTHESES
            if (criteria[item].status is CriterionStatus.MET) is met
        }
        least_met = min((band for band, _, _ in bands.values()), key=_LEVELS.index, default=least_met)
    ordered = sorted(
        HYPOTHESES,
        key=lambda item: (
            -bands[item][0].level,
            _CRITERIA_ORDER.index(criteria[item].status),
            -supported.order[item],
        ),
    )
    return tuple(Standing(hypothesis, rank, *bands[hypothesis]) for rank, hypothesis in enumerate(ordered, start=1))


def picture(order: tuple[Standing, ...], criteria: Mapping[Hypothesis, CriterionResult], supported: Support) -> Picture:
    """How settled the order is.

    Mixed: two criteria met. Outside: none met though eight of the ten groups are answered. Not enough: none met and
    little examined. Unclear: the first two within a factor of two. Clear: one criterion met, its hypothesis well ahead.
    """
    settings = supported.weights.settings
    statuses = [result.status for result in criteria.values()]
    met = statuses.count(CriterionStatus.MET)
    if met >= 2:
        return Picture.MIXED
    first = order[0].hypothesis
    rival = max(share for hypothesis, share in supported.order.items() if hypothesis is not first)
    ahead = supported.order[first] >= settings.close_call * rival
    if met == 1:
        return Picture.CLEAR if ahead else Picture.UNCLEAR
    if supported.groups_answered >= settings.groups_for_outside:
        return Picture.OUTSIDE
    undecided = all(status is CriterionStatus.CANNOT_TELL for status in statuses)
    if undecided or supported.groups_answered < settings.groups_for_picture:
        return Picture.NOT_ENOUGH
    return Picture.NOT_ENOUGH if ahead else Picture.UNCLEAR
