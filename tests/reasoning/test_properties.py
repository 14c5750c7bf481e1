"""What holds for every case there is."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.reasoning import CURRENT, FINDINGS, RED_FLAGS, AnswerKind, Case, reason
from assessments.reasoning.finding_set import PainfulView
from assessments.reasoning.support import support

from .cases import OTHER

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
many = settings(max_examples=80, deadline=None)


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
def test_the_other_side_of_the_body_reasons_alike(findings, side):
    mirrored = {
        key: {OTHER[name]: value for name, value in given.items()} if isinstance(given, dict) else given
        for key, given in findings.items()
    }
    assert _json(mirrored, OTHER[side]) == _json(findings, side)


@many
@given(SOME, SIDES, st.randoms(use_true_random=False))
def test_the_order_in_which_findings_are_given_does_not_matter(findings, side, shuffler: random.Random):
    keys = list(findings)
    shuffler.shuffle(keys)
    assert _json({key: findings[key] for key in keys}, side) == _json(findings, side)


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
