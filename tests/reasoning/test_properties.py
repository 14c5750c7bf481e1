"""What holds for every case there is.

The same cases are drawn every time, so that a failure is the change's and not the day's. HYPOTHESIS_SEARCH=1 draws new
ones, for a long look: HYPOTHESIS_SEARCH=1 pytest tests/reasoning/test_properties.py.
"""

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.reasoning import (
    CURRENT,
    FINDINGS,
    RED_FLAGS,
    AnswerKind,
    Case,
    CriterionStatus,
    FindingSet,
    Tier,
    reason,
)
from assessments.reasoning.finding_set import PainfulView
from assessments.reasoning.support import DIFFERENTIATED_TESTS, PHT_STRETCH_TESTS, support
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import Side

from .cases import OTHER, case
from .replays import everything

RANKING_KEYS = ("action", "ranking_shown", "picture", "hypotheses", "completeness", "next_findings")
ROWS = CURRENT.weights.rows
FLAG_KEYS = {
    key
    for flag in RED_FLAGS.values()
    for rule in flag.rules
    for item in (*rule.all_of, *rule.any_of, *rule.unless)
    for key in item.keys
}
REST = [key for key in FINDINGS if key not in FLAG_KEYS]


def _answer(finding, chance):
    if chance.random() < 0.1:
        return "not_assessed"
    if finding.kind is AnswerKind.PRESENCE:
        return chance.choice(["present", "absent", "absent"])
    if finding.kind is AnswerKind.CHOICE:
        return chance.choice(finding.choices)
    return chance.randint(int(finding.lowest), int(finding.highest))


def _findings(keys, seed):
    """Any findings from a number: a whole examination is drawn at once, which is far quicker than answer by answer."""
    chance = random.Random(seed)
    density = chance.random()
    drawn = {}
    for key in keys:
        finding = FINDINGS[key]
        if chance.random() > density:
            continue
        if finding.sided:
            sides = chance.choice([["left"], ["right"], ["left", "right"]])
            drawn[key] = {side: _answer(finding, chance) for side in sides}
        else:
            drawn[key] = _answer(finding, chance)
    return drawn


def findings_of(keys):
    return st.integers(0, 2**32).map(lambda seed: _findings(keys, seed))


SOME = findings_of([key for key in FINDINGS if key != "age_years"])
SIDES = st.sampled_from(["left", "right", "both"])
AGES = st.one_of(st.none(), st.integers(0, 120))
SEARCHING = bool(os.environ.get("HYPOTHESIS_SEARCH"))
many = settings(max_examples=1500 if SEARCHING else 50, deadline=None, derandomize=not SEARCHING)


def _json(findings, side="right", age=31):
    raw = {"patient": {"age": age}, "painful_side": side, "findings": findings}
    return reason(Case.from_json(raw)).to_json()


@many
@given(SOME, SIDES, AGES)
def test_every_case_gets_an_answer_of_the_agreed_shape(findings, side, age):
    answer = _json(findings, side, age)
    assert set(answer) == {"knowledge_version", "red_flags", *RANKING_KEYS}
    assert answer["action"] in ("emergency", "urgent", "caution", "continue")
    assert answer["picture"] in ("clear", "mixed", "unclear", "outside", "not_enough")
    assert 0 <= answer["completeness"] <= 1
    assert {view["key"] for view in answer["hypotheses"]} == {"hamstring_strain", "pht", "sij", "nerve"}
    for view in answer["hypotheses"]:
        assert view["criteria"] in ("met", "partly", "not_met", "cannot_tell")
        if answer["ranking_shown"]:
            assert view["support"] in ("unlikely", "possible", "likely", "very_likely")
            assert view["rank"] in (1, 2, 3, 4)
        else:
            assert view["support"] is None
            assert view["rank"] is None
    assert set(answer["next_findings"]) <= set(FINDINGS)
    assert len(answer["next_findings"]) <= 3
    for flag in answer["red_flags"]:
        assert flag["tier"] in ("R1", "R2", "amber")
        assert flag["why"]
        assert set(flag["why"]) <= set(FINDINGS)


@many
@given(findings_of(sorted(FLAG_KEYS - {"age_years"})), findings_of(REST), findings_of(REST), AGES)
def test_red_flags_are_independent_of_every_other_finding(flagged, one, other, age):
    first, second = _json(flagged | one, age=age), _json(flagged | other, age=age)
    assert first["red_flags"] == second["red_flags"]
    assert first["action"] == second["action"]


@many
@given(SOME, SIDES)
def test_red_flags_do_not_ask_which_side_hurts(findings, side):
    assert _json(findings, side)["red_flags"] == _json(findings, "left")["red_flags"]


@many
@given(SOME, SIDES)
def test_answering_not_assessed_changes_nothing(findings, side):
    filled = {
        key: findings.get(key, {"right": "not_assessed"} if finding.sided else "not_assessed")
        for key, finding in FINDINGS.items()
    }
    assert _json(filled, side) == _json(findings, side)


@many
@given(SOME, st.sampled_from(["left", "right"]))
def test_the_other_side_of_the_body_reasons_alike_and_only_the_sides_are_swapped(findings, side):
    mirrored = {
        key: {OTHER[name]: value for name, value in given.items()} if isinstance(given, dict) else given
        for key, given in findings.items()
    }
    one = everything(reason(Case.from_json({"painful_side": side, "findings": findings})))
    other = everything(reason(Case.from_json({"painful_side": OTHER[side], "findings": mirrored})))
    for key, (found_by, sides, as_expected) in one["contributors"].items():
        assert other["contributors"].pop(key) == [found_by, _in_order(OTHER[name] for name in sides), as_expected]
    assert not other.pop("contributors")
    assert other == {name: value for name, value in one.items() if name != "contributors"}


def _in_order(sides):
    return sorted(sides, key=["left", "right"].index)


@many
@given(SOME, SIDES, st.randoms(use_true_random=False))
def test_the_order_in_which_findings_are_given_does_not_matter(findings, side, shuffler: random.Random):
    keys = list(findings)
    shuffler.shuffle(keys)
    assert _json({key: findings[key] for key in keys}, side) == _json(findings, side)


@settings(many, max_examples=15)
@given(SOME, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_entered_does_not_matter(findings, shuffler: random.Random):
    rows = [
        (key, Side(side) if side else None, answer)
        for key, given in findings.items()
        for side, answer in (given.items() if isinstance(given, dict) else [("", given)])
    ]
    entered = list(rows)
    shuffler.shuffle(entered)
    one_by_one = FindingSet({})
    for key, side, answer in entered:
        one_by_one = one_by_one.with_answer(key, side, answer)
    assert one_by_one == FindingSet.of(rows)


SPEAKING = [
    (key, value, hypothesis)
    for key, finding in FINDINGS.items()
    for value, leaning in finding.leanings.items()
    for hypothesis in sorted(leaning.speaks_for)
]
RISING = (CriterionStatus.NOT_MET, CriterionStatus.CANNOT_TELL, CriterionStatus.PARTLY, CriterionStatus.MET)


@settings(many, max_examples=4000 if SEARCHING else 250)
@given(SOME, st.sampled_from([Side.LEFT, Side.RIGHT]), st.sampled_from(SPEAKING))
def test_a_further_answer_that_speaks_for_a_hypothesis_never_lowers_it(findings, side, speaking):
    """Neither its own support nor its criterion. Not for a change of a symptom that was found never to be there: such
    an answer contradicts itself and counts as absent."""
    key, value, hypothesis = speaking
    before = Case.from_json({"painful_side": side.value, "findings": findings})
    view = PainfulView(before.findings, before.painful_side)
    needs = FINDINGS[key].needs
    if view.known(key) or (needs and view.answer(needs) is Answer.ABSENT):
        return
    where = None if not FINDINGS[key].sided else side.opposite if FINDINGS[key].on_sound_side else side
    after = Case(before.painful_side, before.findings.with_answer(key, where, value))
    own = [_support(item).own[hypothesis] for item in (before, after)]
    assert own[1] >= own[0] - 1e-12, f"support fell from {own[0]} to {own[1]}"
    status = [RISING.index(_criterion(item, hypothesis)) for item in (before, after)]
    assert status[1] >= status[0]


def _support(given):
    return support(PainfulView(given.findings, given.painful_side), CURRENT.weights)


def _criterion(given, hypothesis):
    return next(view for view in reason(given).hypotheses if view.hypothesis is hypothesis).criterion.status


@pytest.mark.parametrize(
    "alike",
    [
        DIFFERENTIATED_TESTS,
        PHT_STRETCH_TESTS,
        ("sij_fortin", "sij_pressure_pain"),
        ("sens_deficit", "myotome_deficit", "reflex_deficit"),
        ("seated_piriformis", "active_piriformis"),
        CURRENT.weights.sacroiliac_tests,
    ],
    ids=lambda keys: keys[0],
)
@pytest.mark.parametrize("answer", ["present", "absent"])
def test_tests_of_the_same_thing_count_once(alike, answer):
    """From the number that makes them count on, another one with the same answer adds nothing."""
    enough = 4 if alike == CURRENT.weights.sacroiliac_tests else len(alike) if answer == "absent" else 1
    once, all_of_them = (_support(case(**dict.fromkeys(keys, answer))) for keys in (alike[:enough], alike))
    assert once.order == all_of_them.order
    assert once.own == all_of_them.own


@many
@given(SOME, SIDES)
def test_no_group_is_heard_with_more_rows_than_it_may(findings, side):
    for effect in _support(Case.from_json({"painful_side": side, "findings": findings})).effects:
        assert len(effect.used) <= CURRENT.weights.groups[effect.group].strongest


@many
@given(SOME, SIDES)
def test_no_group_shifts_two_hypotheses_by_more_than_the_bound(findings, side):
    case = Case.from_json({"painful_side": side, "findings": findings})
    for effect in support(PainfulView(case.findings, case.painful_side), CURRENT.weights).effects:
        bound = max(
            [
                CURRENT.weights.settings.bound,
                *(ROWS[row].absent_bound for row, value in effect.used if value == "absent"),
            ]
        )
        assert max(effect.vector) / min(effect.vector) <= bound * 1.000001
        assert bound <= 7


@many
@given(SOME, SIDES)
def test_knowing_more_never_lowers_completeness(findings, side):
    fewer = dict(list(findings.items())[: len(findings) // 2])
    assert _json(fewer, side)["completeness"] <= _json(findings, side)["completeness"]


@many
@given(SOME, SIDES)
def test_a_criterion_that_is_met_leads_those_that_are_not_and_bands_never_rise_on_the_way_down(findings, side):
    views = _json(findings | _screened(("left", "right")), side, None)["hypotheses"]
    if views[0]["rank"] is None:
        return
    met = [view["criteria"] == "met" for view in views]
    assert met == sorted(met, reverse=True)
    levels = [("unlikely", "possible", "likely", "very_likely").index(view["support"]) for view in views]
    assert levels == sorted(levels, reverse=True)


@many
@given(SOME, st.sampled_from(["left", "right"]))
def test_what_was_answered_is_never_listed_as_not_assessed_nor_asked_again(findings, side):
    answer = _json(findings | _screened(("left", "right")), side)
    known = {
        key
        for key, given in findings.items()
        if (given.get(side, "not_assessed") if isinstance(given, dict) else given) != "not_assessed"
    }
    assert not known & set(answer["next_findings"])
    assert not any(known & set(view["not_assessed"]) for view in answer["hypotheses"])
    for view in answer["hypotheses"]:
        assert not set(view["for"]) & set(view["against"])


@many
@given(findings_of(["slr_pain", "slr_rom_loss", "slr_degrees", "slr_back"]))
def test_no_straight_leg_finding_moves_the_order_by_itself(findings):
    def order(extra):
        return [
            (view.hypothesis, view.band)
            for view in reason(Case.from_json({"painful_side": "right", "findings": _screened() | extra})).hypotheses
        ]

    assert order(findings) == order({})


EMERGENCIES = ["bladder_change", "saddle_numbness", "umn_signs", "tense_thigh", "dark_urine", "breathless_chest_pain"]


@many
@given(SOME, SIDES, AGES, st.sampled_from(EMERGENCIES), st.sets(st.sampled_from(sorted(RED_FLAGS))))
def test_an_emergency_always_wins(findings, side, age, key, released):
    """Whatever else was found, and whichever other flags were released."""
    found = {"left": "present"} if FINDINGS[key].sided else "present"
    given = Case.from_json({"painful_side": side, "patient": {"age": age}, "findings": findings | {key: found}})
    emergencies = {flag.id for flag in reason(given).red_flags if flag.tier is Tier.R1}
    answer = reason(given, released=released - emergencies)
    assert emergencies
    assert answer.action == "emergency"
    assert answer.red_flags[0].tier is Tier.R1
    assert not answer.ranking_shown
    assert all(view.rank is None and view.band is None for view in answer.hypotheses)


@many
@given(SOME, SIDES, st.sets(st.sampled_from(sorted(RED_FLAGS))))
def test_releasing_flags_shows_the_order_and_changes_nothing_that_was_found(findings, side, released):
    given = Case.from_json({"painful_side": side, "findings": findings | _screened(("left", "right"))})
    kept, let_go = reason(given), reason(given, released=released)
    stopping = {flag.id for flag in kept.red_flags if flag.tier.stops}
    assert let_go.red_flags == kept.red_flags
    assert let_go.action is kept.action
    assert let_go.ranking_shown is (stopping <= released)
    for view in kept.hypotheses:
        other = next(item for item in let_go.hypotheses if item.hypothesis is view.hypothesis)
        assert other.criterion == view.criterion
        assert (other.speaks_for, other.speaks_against) == (view.speaks_for, view.speaks_against)
    if not stopping & released:
        assert let_go == kept


LEADS_ONLY = [
    key for key, finding in FINDINGS.items() if set(finding.feeds) == {"contributor"} and key not in FLAG_KEYS
]


@many
@given(SOME, SIDES, findings_of(LEADS_ONLY))
def test_contributors_never_move_the_ranking(findings, side, contributing):
    rest = {key: value for key, value in findings.items() if key not in LEADS_ONLY}
    one, other = _json(rest, side), _json(rest | contributing, side)
    assert one == other


def _screened(sides=("right",)):
    return {
        key: dict.fromkeys(sides, "absent") if finding.sided else "absent"
        for key, finding in FINDINGS.items()
        if finding.mandatory
    }


@pytest.mark.parametrize("key", [key for key, row in ROWS.items() if set(row.values) == {"present", "absent"}])
def test_present_and_absent_pull_in_opposite_directions(key):
    present, absent = ROWS[key].values["present"], ROWS[key].values["absent"]
    assert present.index(max(present)) == absent.index(min(absent))
