"""Which findings are worth assessing next: those whose answer could change the order or a criterion most.

Every open finding is supposed present and supposed absent (or each of its choices); what would then stand otherwise is
its worth, weighed by how expected each answer is and by what it costs to find out. The reason given is what was computed:
a finding that is said to decide a criterion does so with at least one of its answers.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.diagnoses import Hypothesis

from .criteria import CriterionResult, CriterionStatus
from .differential import Standing
from .finding_set import PainfulView
from .support import DIFFERENTIATED_TESTS, PHT_STRETCH_TESTS, Support
from .supposing import Now, Outcome, expected_gain, gain_of, outcomes_of
from .weights import Weights

MOST = 3
"""No more than three suggestions at a time."""
DECIDES = 0.35
"""Worth, in nats of expected gain, of changing the criterion of a fully supported hypothesis (proposed)."""
LEADS = 0.35
"""Worth of bringing another hypothesis to the front (proposed)."""
REORDERS = 0.1
"""Worth of changing the order behind the first, for a fully supported hypothesis (proposed)."""
HALF_WAY = 0.5
"""A criterion that becomes partly met is worth this much of one that becomes met or not met (proposed)."""
SAME_QUESTION = 0.6
"""A second suggestion about the same hypothesis is worth this much of what it would be (proposed)."""
SEEN = 2
"""A change of order further down than this is not worth a suggestion (proposed)."""
LEAST_WORTH = 0.004
"""Below this nothing is suggested: no answer would change anything worth saying (proposed)."""
LOOKED_AT = 5
"""So many of the most promising findings are looked at closely, more only while there is too little to suggest."""
HANDS_ON = 1.5
"""What examining costs against asking (proposed)."""
ASKED = ("screening", "history")
"""Sections whose findings are asked, not examined."""
LEAST_SHIFT = 1.1
"""A finding weighs between two hypotheses when its answers move them apart by at least this factor (proposed)."""


class Why(StrEnum):
    """Why a finding is worth assessing."""

    SCREENING = "screening"
    """Asked of everyone and still open: no ranking without it."""
    SETS_ASIDE = "sets_aside"
    """Decides whether a hypothesis can be set aside: absent, its criterion is not met."""
    COMPLETES = "completes"
    """Belongs to a cluster that counts only as a whole; `done` of `needed` are there."""
    DECIDES = "decides"
    """One of its answers changes the criterion of `about`, to `becomes`."""
    LEADS = "leads"
    """One of its answers puts the first of `about` in front of the second, which leads now."""
    REORDERS = "reorders"
    """One of its answers puts the first of `about` in the second place, where the second of them stands now."""
    SEPARATES = "separates"
    """Its answers weigh between the first two hypotheses, and leave them in their places."""


@dataclass(frozen=True, slots=True)
class NextFinding:
    """A finding to assess next, why, and the hypothesis it decides on (or the two it concerns)."""

    key: str
    why: Why
    about: tuple[Hypothesis, ...] = ()
    done: int = 0
    needed: int = 0
    becomes: tuple[CriterionStatus, ...] = ()


def routes(weights: Weights) -> Mapping[str, tuple[str, ...]]:
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


def _worth(now: Now, key: str, outcomes: list[Outcome]) -> float:
    """Expected change of order and criteria, over all answers, for what it costs to find out."""
    worth = gain_of(now, outcomes)
    for item in outcomes:
        for hypothesis, state in item.states.items():
            if state is not now.criteria[hypothesis].status:
                step = HALF_WAY if state is CriterionStatus.PARTLY else 1.0
                worth += item.chance * DECIDES * step * now.care(hypothesis)
        if item.order[0] is not now.order[0]:
            worth += item.chance * LEADS
        elif item.order != now.order:
            risen = item.order[_first_change((item.order, now.order))]
            worth += item.chance * REORDERS * now.supported.order[risen]
    if _completes(now, key):
        left = now.weights.tests_for_a_count - now.done
        worth += DECIDES * now.care(Hypothesis.SIJ) / left
    return worth / (1 if now.view.definitions[key].section in ASKED else HANDS_ON)


def _completes(now: Now, key: str) -> bool:
    """Whether the finding is one of a cluster that is not complete and could still count."""
    return (
        key in now.weights.sacroiliac_tests
        and now.done < now.weights.tests_for_a_count
        and now.criteria[Hypothesis.SIJ].status is CriterionStatus.CANNOT_TELL
    )


def _reason(now: Now, key: str, outcomes: list[Outcome]) -> NextFinding | None:
    """What is true of this finding, the strongest first; None when no answer would change anything worth saying."""
    if _completes(now, key):
        return NextFinding(key, Why.COMPLETES, (Hypothesis.SIJ,), now.done, now.weights.tests_for_a_count)
    decided = _decided(now, key, outcomes)
    if decided is not None:
        return decided
    moved = [(item.order, now.order) for item in outcomes if item.order != now.order]
    if moved:
        after, before = min(moved, key=_first_change)
        place = _first_change((after, before))
        if place < SEEN:
            why = Why.LEADS if place == 0 else Why.REORDERS
            return NextFinding(key, why, (after[place], before[place]))
    first, second = now.order[:2]
    ratios = [item.shares[first] / item.shares[second] for item in outcomes]
    if max(ratios) >= LEAST_SHIFT * min(ratios):
        return NextFinding(key, Why.SEPARATES, (first, second))
    return None


def _first_change(orders: tuple[tuple[Hypothesis, ...], tuple[Hypothesis, ...]]) -> int:
    return next(place for place, (one, other) in enumerate(zip(*orders, strict=True)) if one is not other)


def _decided(now: Now, key: str, outcomes: list[Outcome]) -> NextFinding | None:
    """The criterion this finding changes that is cared about most."""
    changes: dict[Hypothesis, list[CriterionStatus]] = {}
    for item in outcomes:
        for hypothesis, state in item.states.items():
            if state is not now.criteria[hypothesis].status:
                changes.setdefault(hypothesis, []).append(state)
    if not changes:
        return None
    hypothesis = max(changes, key=now.care)
    becomes = tuple(dict.fromkeys(changes[hypothesis]))
    sets_aside = key in DIFFERENTIATED_TESTS and CriterionStatus.NOT_MET in becomes
    return NextFinding(key, Why.SETS_ASIDE if sets_aside else Why.DECIDES, (hypothesis,), becomes=becomes)


def _candidates(now: Now, passed_over: Collection[str]) -> Iterator[tuple[str, str | None]]:
    """(key, row) of the first open finding of every row, then of whatever a criterion still waits for."""
    ways = routes(now.weights)
    answered = {row for effect in now.supported.effects for row, _ in effect.used}
    missing = dict.fromkeys(key for result in now.criteria.values() for key in result.missing)
    seen: set[str] = set()
    for row, route in ways.items():
        key = next((item for item in route if _is_open(now.view, item) and item not in passed_over), None)
        if key is not None and (row not in answered or key in missing):
            seen.add(key)
            yield key, row
    routed = {key for route in ways.values() for key in route}
    for key in missing:
        if key not in routed and key not in passed_over and _is_open(now.view, key):
            yield key, None


def _is_open(view: PainfulView, key: str) -> bool:
    """Not assessed, and worth doing: a change cannot be looked for in a symptom that was not brought on."""
    needs = view.definitions[key].needs
    return not view.known(key) and (needs is None or view.answer(needs) is not Answer.ABSENT)


def _promise(now: Now, key: str, row: str | None) -> float:
    """A first estimate of the worth, without supposing anything: what the row tells, and what waits for the finding."""
    waiting = sum(now.care(hypothesis) for hypothesis, result in now.criteria.items() if key in result.missing)
    told = 0.0 if row is None else expected_gain(tuple(now.supported.order.values()), now.weights.rows[row])
    return (told + DECIDES * waiting) / (1 if now.view.definitions[key].section in ASKED else HANDS_ON)


def _ranked(now: Now, passed_over: Collection[str]) -> list[NextFinding]:
    """The best first; a second one about the same hypothesis has to be clearly better."""
    promising = sorted(_candidates(now, passed_over), key=lambda item: -_promise(now, *item))
    judged: list[tuple[float, NextFinding]] = []
    for looked_at, (key, row) in enumerate(promising):
        if looked_at >= LOOKED_AT and len(judged) >= MOST:
            break
        outcomes = outcomes_of(now, key, row)
        worth, reason = _worth(now, key, outcomes), _reason(now, key, outcomes)
        if reason is not None and worth >= LEAST_WORTH:
            judged.append((worth, reason))
    chosen: list[NextFinding] = []
    while judged and len(chosen) < MOST:
        asked = [item.about[0] for item in chosen]
        best = max(judged, key=lambda item: item[0] * SAME_QUESTION ** asked.count(item[1].about[0]))
        judged.remove(best)
        chosen.append(best[1])
    return chosen


def next_findings(
    view: PainfulView,
    criteria: Mapping[Hypothesis, CriterionResult],
    order: tuple[Standing, ...],
    supported: Support,
    declined: Collection[str] = (),
) -> tuple[NextFinding, ...]:
    """Up to three findings not assessed on the painful side, most telling first; none when nothing is left to ask.

    `declined`: what the clinician said is not assessed comes last, and only where nothing else is left.
    """
    tests = supported.weights.sacroiliac_tests
    positive = [view.answer(key) for key in tests].count(Answer.PRESENT)
    now = Now(
        view, criteria, tuple(item.hypothesis for item in order), supported, sum(map(view.known, tests)), positive
    )
    found = _ranked(now, declined)
    if len(found) < MOST and declined:
        found += [item for item in _ranked(now, ()) if item.key in declined]
    return tuple(found[:MOST])
