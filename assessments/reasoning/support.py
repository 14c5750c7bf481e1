"""Bounded support: orders the hypotheses, proves nothing.

Each dependence group is one voice, however many of its findings were recorded, and no voice is louder than the bound
(a factor of 5 between any two hypotheses; 7 when the sitting bone was found painless). Only findings on the painful
side count; what was not assessed says nothing. The numbers never leave this package: screens show bands.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

from .finding_set import PainfulView
from .findings import Leaning
from .weights import COUNTED_GROUPS, Row, Vector, Weights

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


def _effect(group: str, used: list[tuple[Row, str]], weights: Weights) -> GroupEffect:
    strongest = sorted(used, key=lambda item: -_strength(item[0].values[item[1]]))[: weights.groups[group].strongest]
    vector: Vector = tuple(
        math.prod(row.values[value][column] for row, value in strongest) for column in range(len(HYPOTHESES))
    )
    bound = max(
        row.absent_bound if value == Answer.ABSENT.value else weights.settings.bound for row, value in strongest
    )
    return GroupEffect(group, tuple((row.key, value) for row, value in strongest), bounded(vector, bound))


def _effects(view: PainfulView, weights: Weights) -> tuple[GroupEffect, ...]:
    values = {key: value for key, of in VARIABLES.items() if (value := of(view, weights)) is not None}
    if set(values) == {"slr_back"}:
        return ()
    used: dict[str, list[tuple[Row, str]]] = {}
    for key, value in values.items():
        row = weights.rows[key]
        used.setdefault(row.group, []).append((row, value))
    return tuple(_effect(group, rows, weights) for group, rows in used.items())


def order_by(effects: tuple[GroupEffect, ...], priors: Vector) -> Vector:
    """Prior times every voice, scaled to add up to 1."""
    shares = [prior * math.prod(effect.vector[column] for effect in effects) for column, prior in enumerate(priors)]
    total = sum(shares)
    return tuple(share / total for share in shares)


def _own(column: int, effects: tuple[GroupEffect, ...], priors: Vector) -> float:
    """Support of one hypothesis against the average of the others, group by group."""
    prior = priors[column]
    others = [(number, weight) for number, weight in enumerate(priors) if number != column]
    total = sum(weight for _, weight in others)
    odds = prior / (1 - prior)
    for effect in effects:
        odds *= effect.vector[column] * total / sum(effect.vector[number] * weight for number, weight in others)
    return odds / (1 + odds)


def support(view: PainfulView, weights: Weights) -> Support:
    """Order, own support and completeness for the findings on the painful side."""
    effects = _effects(view, weights)
    priors = weights.settings.priors
    order = order_by(effects, priors)
    groups = weights.groups
    answered = {key: sum(view.known(member) for member in group.members) for key, group in groups.items()}
    shares = [min(1.0, answered[key] / group.needed) for key, group in groups.items()]
    return Support(
        weights=weights,
        order=dict(zip(HYPOTHESES, order, strict=True)),
        own={hypothesis: _own(column, effects, priors) for column, hypothesis in enumerate(HYPOTHESES)},
        effects=effects,
        groups_answered=sum(answered[key] > 0 for key in COUNTED_GROUPS),
        completeness=round(sum(shares) / len(shares), 2),
    )
