"""What would stand otherwise with one more answer: the criteria, the order, and how expected the answer is."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

from .criteria import CriterionResult, CriterionStatus, judge_criteria
from .differential import standings, waiting_rule
from .finding_set import PainfulView
from .findings import AnswerKind
from .support import HYPOTHESES, VARIABLES, Support, supposed
from .weights import Row, Vector, Weights

LEAST_CARE = 0.15
"""A hypothesis whose key test is missing is cared about at least this much, however low it stands (proposed)."""


class _Chosen(PainfulView):
    """A view in which one finding with choices has been answered."""

    def __init__(self, view: PainfulView, key: str, value: str) -> None:
        self.__dict__.update(view.__dict__)
        self._key, self._value = key, value

    def known(self, key: str) -> bool:
        return key == self._key or super().known(key)

    def choice(self, key: str) -> str | None:
        return self._value if key == self._key else super().choice(key)


def supposing(view: PainfulView, key: str, value: str) -> PainfulView:
    """The findings as they would count with one more answer. Everything else is shared with the view it is made of."""
    if view.definitions[key].kind is not AnswerKind.PRESENCE:
        return _Chosen(view, key, value)
    return view.with_presence(key, Answer(value))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would stand after one answer, and how expected that answer is."""

    chance: float
    states: Mapping[Hypothesis, CriterionStatus]
    order: tuple[Hypothesis, ...]
    shares: Mapping[Hypothesis, float]


@dataclass(frozen=True)
class Now:
    """What stands: criteria, order and support, with the findings behind them."""

    view: PainfulView
    criteria: Mapping[Hypothesis, CriterionResult]
    order: tuple[Hypothesis, ...]
    supported: Support
    done: int
    positive: int

    @cached_property
    def decided_by(self) -> Mapping[Hypothesis, frozenset[str]]:
        """The findings each criterion looks at."""
        return {
            hypothesis: frozenset(key for state in result.parts for key in state.part.keys)
            for hypothesis, result in self.criteria.items()
        }

    @property
    def weights(self) -> Weights:
        return self.supported.weights

    def care(self, hypothesis: Hypothesis) -> float:
        """How much its criterion matters: as much as it is supported, more while its key test is missing."""
        care = self.supported.order[hypothesis]
        if waiting_rule(hypothesis, self.view, self.weights):
            care = max(care, LEAST_CARE)
        if hypothesis is Hypothesis.SIJ:
            care = max(care, self.positive / self.weights.tests_for_a_count)
        return care


def outcomes_of(now: Now, key: str, row: str | None) -> list[Outcome]:
    """Each answer the finding may have, with what it would change."""
    finding = now.view.definitions[key]
    criteria = {item: now.criteria[item].criterion for item in now.criteria if key in now.decided_by[item]}
    outcomes = []
    for value in finding.choices or (Answer.PRESENT.value, Answer.ABSENT.value):
        after = supposing(now.view, key, value)
        results = {**now.criteria, **judge_criteria(after, criteria)}
        supported = supposed(now.supported, after)
        order = tuple(item.hypothesis for item in standings(after, results, supported))
        states = {hypothesis: result.status for hypothesis, result in results.items()}
        outcomes.append(Outcome(_chance(now, after, row), states, order, supported.order))
    total = sum(item.chance for item in outcomes)
    return [replace(item, chance=item.chance / total) for item in outcomes]


def _chance(now: Now, after: PainfulView, row: str | None) -> float:
    """How expected an answer is as things stand; every answer alike where no likelihood is known."""
    value = VARIABLES[row](after, now.weights) if row else None
    if row is None or value is None:
        return 0.5
    likelihoods = now.weights.rows[row].values[value]
    return sum(now.supported.order[item] * chance for item, chance in zip(HYPOTHESES, likelihoods, strict=True))


def _spread(shares: Vector) -> float:
    return -sum(share * math.log(share) for share in shares if share > 0)


def expected_gain(shares: Vector, row: Row) -> float:
    """How much uncertainty (in nats) answering this row is expected to remove, taken by itself; never below 0."""
    left = 0.0
    for likelihoods in row.values.values():
        joint = [share * likelihood for share, likelihood in zip(shares, likelihoods, strict=True)]
        total = sum(joint)
        left += total * _spread(tuple(weight / total for weight in joint))
    return max(0.0, _spread(shares) - left)


def gain_of(now: Now, outcomes: list[Outcome]) -> float:
    """How much uncertainty about the order (in nats) the answer is expected to remove."""
    left = sum(item.chance * _spread(tuple(item.shares.values())) for item in outcomes)
    return max(0.0, _spread(tuple(now.supported.order.values())) - left)
