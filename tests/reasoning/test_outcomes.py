"""Outcome measures against published thresholds: in words, at the edge, and silent where nothing can be told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.reasoning.outcomes import (
    DAYS_TO_SETTLE,
    OUTCOMES,
    Verdict,
    activities_change,
    change_of,
    rated_change,
)

SCORES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 10))


@pytest.mark.parametrize(
    ("then", "now", "gain", "verdict"),
    [
        (6, 4, 2, Verdict.BETTER),
        (6, 5, 1, Verdict.LESS),
        (6, 6, 0, Verdict.LESS),
        (4, 6, -2, Verdict.WORSE),
        (4, 5, -1, Verdict.LESS),
        (None, 5, None, Verdict.CANNOT_TELL),
        (5, None, None, Verdict.CANNOT_TELL),
    ],
)
def test_pain_is_better_when_it_falls_by_two_points(then, now, gain, verdict):
    change = change_of(OUTCOMES["nprs"], then, now)
    assert (change.gain, change.verdict) == (gain, verdict)


def test_activities_are_averaged_over_those_scored_at_both_visits():
    change = activities_change({"a": 2, "b": 3, "c": 4}, {"a": 5, "b": 4, "new": 0})
    assert (change.then, change.now, change.gain, change.count) == (2.5, 4.5, 2, 2)
    assert change.verdict is Verdict.BETTER


@pytest.mark.parametrize(
    ("then", "now", "gain"),
    [({"a": 2}, {"a": 8}, 6), ({"a": 2}, {"b": 8}, None), ({}, {}, None), ({"a": 2, "b": 2}, {}, None)],
)
def test_one_activity_alone_or_none_in_common_is_not_judged(then, now, gain):
    change = activities_change(then, now)
    assert (change.gain, change.verdict) == (gain, Verdict.CANNOT_TELL)


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(3, Verdict.BETTER), (2, Verdict.LESS), (0, Verdict.LESS), (-2, Verdict.LESS), (-3, Verdict.WORSE)],
)
def test_the_rating_of_change_is_judged_as_it_stands(value, verdict):
    assert rated_change(value).verdict is verdict
    assert rated_change(None).verdict is Verdict.CANNOT_TELL


@given(SCORES, SCORES)
def test_turning_time_round_turns_the_verdict_round(then, now):
    turned = {Verdict.BETTER: Verdict.WORSE, Verdict.WORSE: Verdict.BETTER}
    there, back = activities_change(then, now).verdict, activities_change(now, then).verdict
    assert back is turned.get(there, there)


def test_every_threshold_names_its_study_its_standing_and_its_next_review():
    for measure in OUTCOMES.values():
        assert not measure.reviewed.is_overdue(date.today())
        for threshold in (measure.threshold, *measure.also):
            assert threshold.amount > 0
            assert threshold.says
            assert threshold.source.standing in ("verified", "recalled")
            assert threshold.source.citation


def test_six_weeks_are_six_weeks():
    assert DAYS_TO_SETTLE == 42
