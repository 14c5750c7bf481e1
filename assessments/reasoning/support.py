"""Bounded support: orders the hypotheses, proves nothing.

Each dependence group is one voice, however many of its findings were recorded, and no voice is louder than the bound
(a factor of 5 between any two hypotheses; 7 when the sitting bone was found painless). Only findings on the painful
side count; what was not assessed says nothing. The numbers never leave this package: screens show bands.

Since edition 2 of the rules an answer that by itself raises a hypothesis never lowers that hypothesis' own support in
company: where the limits of a group (its strongest rows, its bound) would turn a further sign against what it speaks for,
the group counts for that hypothesis as if the sign had not been given.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

from .finding_set import PainfulView
from .findings import Leaning
from .weights import COUNTED_GROUPS, Vector, Weights

HYPOTHESES = tuple(Hypothesis)
PHT_STRETCH_TESTS = ("mbk_stretch", "bk_stretch", "puranen_orava")
DIFFERENTIATED_TESTS = ("slump_sd", "slr_sd")


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What one group contributes: the rows it used with their values, and the bounded likelihoods."""

    group: str
    used: tuple[tuple[str, str], ...]
    vector: Vector


@dataclass(frozen=True, slots=True)
class Support:
    """`order` compares the hypotheses with each other (adds up to 1); `own` is each one's support for itself, so that
    two causes present together can both be well supported. `weights` are the likelihoods it was weighed with."""

    weights: Weights
    order: Mapping[Hypothesis, float]
    own: Mapping[Hypothesis, float]
    effects: tuple[GroupEffect, ...]
    groups_answered: int
    completeness: float

    def leanings(self) -> list[tuple[str, Leaning]]:
        """Findings whose meaning depends on another one (range lost on one raise only), as (key, leaning)."""
        rows = self.weights.rows
        used = [(rows[row], value) for effect in self.effects for row, value in effect.used]
        return [(key, row.leanings[value]) for row, value in used if value in row.leanings for key in row.shown_keys]


_Variable = Callable[[PainfulView, Weights], str | None]


def _presence(key: str) -> _Variable:
    def value(view: PainfulView, _weights: Weights) -> str | None:
        answer = view.answer(key)
        return answer.value if answer.is_known else None

    return value


def _onset(view: PainfulView, _weights: Weights) -> str | None:
    """Sudden counts together with speed, warm-up or a pop; gradual counts by itself; sudden alone is no variable yet."""
    onset = view.choice("onset")
    if onset == "sudden":
        clues = ("onset_at_speed", "after_warmup", "pop")
        return "sudden_at_speed" if any(view.answer(key) is Answer.PRESENT for key in clues) else None
    return onset


def _best_stretch(view: PainfulView, _weights: Weights) -> str | None:
    return next((view.answer(key).value for key in PHT_STRETCH_TESTS if view.answer(key).is_known), None)


def _range(view: PainfulView, _weights: Weights) -> str | None:
    """Both raises must be known: straight-knee loss alone does not tell the causes apart."""
    pair = (view.answer("slr_rom_loss"), view.answer("bentknee_rom_loss"))
    known = {
        (Answer.PRESENT, Answer.PRESENT): "both",
        (Answer.PRESENT, Answer.ABSENT): "straight_only",
        (Answer.ABSENT, Answer.ABSENT): "none",
    }
    return known.get(pair)


def _sij_count(view: PainfulView, weights: Weights) -> str | None:
    """Positive, negative or partial; nothing before four tests are done. Centralisation takes a positive count back."""
    answers = [view.answer(key) for key in weights.sacroiliac_tests]
    present = answers.count(Answer.PRESENT)
    if present + answers.count(Answer.ABSENT) < weights.tests_for_a_count:
        return None
    if present == 0:
        return "negative"
    return "positive" if present >= 3 and view.choice("lumbar_response") != "centralises" else "partial"


def _any_of(*keys: str, all_to_deny: bool) -> _Variable:
    def value(view: PainfulView, _weights: Weights) -> str | None:
        answers = [view.answer(key) for key in keys]
        if Answer.PRESENT in answers:
            return Answer.PRESENT.value
        denied = answers.count(Answer.ABSENT)
        return Answer.ABSENT.value if denied >= (len(keys) if all_to_deny else 1) else None

    return value


def _neurodynamic(view: PainfulView, _weights: Weights) -> str | None:
    return next((view.answer(key).value for key in DIFFERENTIATED_TESTS if view.answer(key).is_known), None)


def _fallback(view: PainfulView, weights: Weights) -> str | None:
    return None if _neurodynamic(view, weights) is not None else _presence("slr_pain_gt_bentknee")(view, weights)


def _symptoms(view: PainfulView, weights: Weights) -> str | None:
    """None of them only when every one was asked."""
    answers = [view.answer(key) for key in weights.nerve_symptoms]
    present = answers.count(Answer.PRESENT)
    if present:
        return "three_or_more" if present >= 3 else "one_or_two"
    return "none" if answers.count(Answer.ABSENT) == len(answers) else None


VARIABLES: Mapping[str, _Variable] = {
    "onset": _onset,
    "palp_hamstring": _presence("palp_hamstring"),
    "resisted_kf_pain": _presence("resisted_kf_pain"),
    "stretch_pain": _presence("stretch_pain"),
    "palp_ischial": _presence("palp_ischial"),
    "pht_stretch": _best_stretch,
    "pain_sitting": _presence("pain_sitting"),
    "range": _range,
    "sij_count": _sij_count,
    "sij_location": _any_of("sij_fortin", "sij_pressure_pain", all_to_deny=False),
    "neurodynamic": _neurodynamic,
    "slr_over_bent_knee": _fallback,
    "slr_back": _presence("slr_back"),
    "deficit": _any_of("sens_deficit", "myotome_deficit", "reflex_deficit", all_to_deny=True),
    "symptoms": _symptoms,
    "piriformis": _any_of("seated_piriformis", "active_piriformis", all_to_deny=True),
    "lumbar": lambda view, _weights: view.choice("lumbar_response"),
    "lbp_history": _presence("lbp_history"),
}
"""How each row of weights.toml gets its value from the findings; None when it was not assessed."""


def bounded(vector: Vector, bound: float) -> Vector:
    """The same likelihoods with the smallest lifted until none is further from the largest than the bound."""
    floor = max(vector) / bound
    return tuple(max(number, floor) for number in vector)


def _strength(vector: Vector) -> float:
    return max(vector) / min(vector)


Used = tuple[tuple[str, str], ...]
"""The answered rows of one group, each with its value."""


@lru_cache(maxsize=4096)
def _effect(weights: Weights, group: str, answered: Used) -> GroupEffect:
    rows = [(weights.rows[row], value) for row, value in answered]
    strongest = sorted(rows, key=lambda item: -_strength(item[0].values[item[1]]))[: weights.groups[group].strongest]
    vector: Vector = tuple(
        math.prod(row.values[value][column] for row, value in strongest) for column in range(len(HYPOTHESES))
    )
    bound = max(
        row.absent_bound if value == Answer.ABSENT.value else weights.settings.bound for row, value in strongest
    )
    return GroupEffect(group, tuple((row.key, value) for row, value in strongest), bounded(vector, bound))


def _answered(view: PainfulView, weights: Weights) -> Mapping[str, Used]:
    """What was answered, group by group."""
    values = {key: value for key, of in VARIABLES.items() if (value := of(view, weights)) is not None}
    if set(values) == {"slr_back"}:
        return {}
    answered: dict[str, Used] = {}
    for key, value in values.items():
        group = weights.rows[key].group
        answered[group] = (*answered.get(group, ()), (key, value))
    return answered


def order_by(effects: tuple[GroupEffect, ...], priors: Vector) -> Vector:
    """Prior times every voice, scaled to add up to 1."""
    shares = [prior * math.prod(effect.vector[column] for effect in effects) for column, prior in enumerate(priors)]
    total = sum(shares)
    return tuple(share / total for share in shares)


def _ratio(column: int, vector: Vector, priors: Vector) -> float:
    """How far likelihoods raise one hypothesis above the average of the others; 1 leaves it where it is."""
    others = [(number, weight) for number, weight in enumerate(priors) if number != column]
    total = sum(weight for _, weight in others)
    return vector[column] * total / sum(vector[number] * weight for number, weight in others)


@lru_cache(maxsize=16384)
def _factor(weights: Weights, group: str, answered: Used, column: int) -> float:
    """What one group adds to the own support of one hypothesis. See the module for what edition 2 changed."""
    priors = weights.settings.priors
    factor = _ratio(column, _effect(weights, group, answered).vector, priors)
    if weights.settings.edition == 1:
        return factor
    raising = [item for item in answered if _ratio(column, weights.rows[item[0]].values[item[1]], priors) > 1]
    for number in range(1, len(raising) + 1):
        for left_out in combinations(raising, number):
            rest = tuple(item for item in answered if item not in left_out)
            if rest:
                factor = max(factor, _ratio(column, _effect(weights, group, rest).vector, priors))
    return factor


def _own(column: int, answered: Mapping[str, Used], weights: Weights) -> float:
    """Support of one hypothesis against the average of the others, group by group."""
    prior = weights.settings.priors[column]
    odds = prior / (1 - prior)
    for group, used in answered.items():
        odds *= _factor(weights, group, used, column)
    return odds / (1 + odds)


def supposed(before: Support, view: PainfulView) -> Support:
    """The support for a view with other answers; how far the examination has come is left as it was."""
    effects, order, own = _weighed(view, before.weights)
    return replace(before, effects=effects, order=order, own=own)


_ByHypothesis = Mapping[Hypothesis, float]


def _weighed(view: PainfulView, weights: Weights) -> tuple[tuple[GroupEffect, ...], _ByHypothesis, _ByHypothesis]:
    """What each group says, the order, and own support."""
    answered = _answered(view, weights)
    effects = tuple(_effect(weights, group, used) for group, used in answered.items())
    order = dict(zip(HYPOTHESES, order_by(effects, weights.settings.priors), strict=True))
    own = {hypothesis: _own(column, answered, weights) for column, hypothesis in enumerate(HYPOTHESES)}
    return effects, order, own


def support(view: PainfulView, weights: Weights) -> Support:
    """Order, own support and completeness for the findings on the painful side."""
    effects, order, own = _weighed(view, weights)
    groups = weights.groups
    answered = {key: sum(view.known(member) for member in group.members) for key, group in groups.items()}
    shares = [min(1.0, answered[key] / group.needed) for key, group in groups.items()]
    return Support(
        weights=weights,
        order=order,
        own=own,
        effects=effects,
        groups_answered=sum(answered[key] > 0 for key in COUNTED_GROUPS),
        completeness=round(sum(shares) / len(shares), 2),
    )
