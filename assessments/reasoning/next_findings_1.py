"""What to assess next as the first edition of the rules chose it, kept so that what was signed then replays."""

import math
from collections.abc import Iterator, Mapping

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

from .criteria import CriterionResult
from .differential import Standing, waiting_rule
from .finding_set import PainfulView
from .next_findings import NextFinding, Why
from .support import DIFFERENTIATED_TESTS, HYPOTHESES, PHT_STRETCH_TESTS, Support
from .weights import Row, Vector, Weights

MOST = 3
DECIDES = 0.35
"""Bonus, in nats of expected gain, for deciding the criterion of a fully supported hypothesis (proposed)."""
LEAST_CARE = 0.15
"""A hypothesis whose key test is missing is cared about at least this much, however low it stands (proposed)."""
SAME_VOICE = 0.5
"""A row in a group that has already spoken gains this much less (proposed)."""


def _routes(weights: Weights) -> Mapping[str, tuple[str, ...]]:
    """For each row, the findings that answer it, most telling first. Rows not named here are never suggested."""
    return {
        "onset": ("onset",),
        "palp_hamstring": ("palp_hamstring",),
        "resisted_kf_pain": ("resisted_kf_pain",),
        "stretch_pain": ("stretch_pain",),
        "palp_ischial": ("palp_ischial",),
        "pht_stretch": PHT_STRETCH_TESTS,
        "pain_sitting": ("pain_sitting",),
        "range": ("slr_rom_loss", "bentknee_rom_loss"),
        "sij_count": weights.sacroiliac_tests,
        "sij_location": ("sij_fortin", "sij_pressure_pain"),
        "neurodynamic": DIFFERENTIATED_TESTS,
        "deficit": ("sens_deficit", "myotome_deficit", "reflex_deficit"),
        "symptoms": weights.nerve_symptoms,
        "piriformis": ("active_piriformis", "seated_piriformis"),
        "lumbar": ("lumbar_response",),
        "lbp_history": ("lbp_history",),
    }


def _spread(order: Vector) -> float:
    return -sum(share * math.log(share) for share in order if share > 0)


def expected_gain(order: Vector, row: Row) -> float:
    """How much uncertainty (in nats) answering this row is expected to remove; never below 0."""
    left = 0.0
    for likelihoods in row.values.values():
        joint = [share * likelihood for share, likelihood in zip(order, likelihoods, strict=True)]
        total = sum(joint)
        left += total * _spread(tuple(weight / total for weight in joint))
    return max(0.0, _spread(order) - left)


def _scores(
    view: PainfulView,
    criteria: Mapping[Hypothesis, CriterionResult],
    supported: Support,
) -> Iterator[tuple[float, str]]:
    """(score, key) for the first open finding of every row, then for whatever a criterion still waits for."""
    weights = supported.weights
    ways = _routes(weights)
    shares = tuple(supported.order[hypothesis] for hypothesis in HYPOTHESES)
    spoken = {effect.group for effect in supported.effects}
    answered = {row for effect in supported.effects for row, _ in effect.used}
    bonus: dict[str, float] = {}
    for hypothesis, result in criteria.items():
        care = max(supported.order[hypothesis], LEAST_CARE if waiting_rule(hypothesis, view, weights) else 0.0)
        if hypothesis is Hypothesis.SIJ:
            care = max(care, _positive(view, weights) / weights.tests_for_a_count)
        for place, key in enumerate(result.missing):
            bonus[key] = bonus.get(key, 0.0) + DECIDES * care / (1 + place / 4)
    for row, route in ways.items():
        open_keys = [key for key in route if not view.known(key)]
        if not open_keys or (row in answered and open_keys[0] not in bonus):
            continue
        key = open_keys[0]
        gain = 0.0 if row in answered else expected_gain(shares, weights.rows[row])
        if weights.rows[row].group in spoken:
            gain *= SAME_VOICE
        if row == "sij_count":
            gain /= max(1, weights.tests_for_a_count - _done(view, weights))
        yield gain + bonus.pop(key, 0.0), key
    for key, extra in bonus.items():
        if not any(key in route for route in ways.values()):
            yield extra, key


def _done(view: PainfulView, weights: Weights) -> int:
    return sum(map(view.known, weights.sacroiliac_tests))


def _positive(view: PainfulView, weights: Weights) -> int:
    """Provocation tests positive so far. They count only as a whole, so until then they are cared about here."""
    return [view.answer(key) for key in weights.sacroiliac_tests].count(Answer.PRESENT)


def _reason(
    key: str,
    view: PainfulView,
    criteria: Mapping[Hypothesis, CriterionResult],
    order: tuple[Standing, ...],
    weights: Weights,
) -> NextFinding:
    needed = weights.tests_for_a_count
    if key in DIFFERENTIATED_TESTS:
        return NextFinding(key, Why.SETS_ASIDE, (Hypothesis.NERVE,))
    if key in weights.sacroiliac_tests and _done(view, weights) < needed:
        return NextFinding(key, Why.COMPLETES, (Hypothesis.SIJ,), _done(view, weights), needed)
    waiting = [standing.hypothesis for standing in order if key in criteria[standing.hypothesis].missing]
    if waiting:
        return NextFinding(key, Why.DECIDES, (waiting[0],))
    return NextFinding(key, Why.SEPARATES, (order[0].hypothesis, order[1].hypothesis))


def first_next_findings(
    view: PainfulView,
    criteria: Mapping[Hypothesis, CriterionResult],
    order: tuple[Standing, ...],
    supported: Support,
) -> tuple[NextFinding, ...]:
    """Up to three findings not assessed on the painful side, most telling first; none when nothing is left to ask."""
    scored = sorted(_scores(view, criteria, supported), key=lambda item: -item[0])
    return tuple(_reason(key, view, criteria, order, supported.weights) for score, key in scored[:MOST] if score > 0)
