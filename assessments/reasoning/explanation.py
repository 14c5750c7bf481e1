"""What speaks for and against each hypothesis, and what nobody has looked at: three lists that never overlap."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

from .criteria import CriterionResult
from .finding_set import PainfulView
from .findings import AnswerKind, Leaning
from .support import HYPOTHESES, Support


@dataclass(slots=True)
class Explanation:
    """Finding keys, in the order of the intake."""

    speaks_for: list[str] = field(default_factory=list)
    speaks_against: list[str] = field(default_factory=list)
    not_assessed: list[str] = field(default_factory=list)

    def add(self, key: str, where: list[str]) -> None:
        """Adds a key once; what speaks against a hypothesis is not also shown for it."""
        if key not in self.speaks_for and key not in self.speaks_against and key not in self.not_assessed:
            where.append(key)


def _value(key: str, view: PainfulView) -> str | None:
    if view.definitions[key].kind is AnswerKind.PRESENCE:
        answer = view.answer(key)
        return answer.value if answer is not Answer.NOT_ASSESSED else None
    return view.choice(key)


def _apply(explanations: Mapping[Hypothesis, Explanation], key: str, meaning: Leaning) -> None:
    for hypothesis in meaning.speaks_for:
        explanations[hypothesis].add(key, explanations[hypothesis].speaks_for)
    for hypothesis in meaning.speaks_against:
        explanations[hypothesis].add(key, explanations[hypothesis].speaks_against)


def explain(
    view: PainfulView, criteria: Mapping[Hypothesis, CriterionResult], supported: Support
) -> Mapping[Hypothesis, Explanation]:
    """For, against and not assessed for every hypothesis, from the findings on the painful side."""
    explanations = {hypothesis: Explanation() for hypothesis in HYPOTHESES}
    for finding in view.definitions.values():
        if not finding.concerns:
            continue
        value = _value(finding.key, view)
        if value is not None:
            _apply(explanations, finding.key, finding.leanings[value])
            continue
        for hypothesis in finding.concerns:
            explanations[hypothesis].add(finding.key, explanations[hypothesis].not_assessed)
    for key, meaning in supported.leanings():
        _apply(explanations, key, meaning)
    for hypothesis, result in criteria.items():
        explanation = explanations[hypothesis]
        for key in result.supporting:
            explanation.add(key, explanation.speaks_for)
        for part in result.criterion.parts.values():
            for key in part.keys:
                if _value(key, view) is None:
                    explanation.add(key, explanation.not_assessed)
    place = {key: number for number, key in enumerate(view.definitions)}
    for explanation in explanations.values():
        for keys in (explanation.speaks_for, explanation.speaks_against, explanation.not_assessed):
            keys.sort(key=place.__getitem__)
    return explanations
