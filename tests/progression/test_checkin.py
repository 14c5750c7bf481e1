"""The pain-monitoring rule: acceptable, hold, step back, or no answer."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.progression.checkin import (
    CheckIn,
    Morning,
    PainZones,
    State,
    judge,
    monitor,
    pain_zones,
    worse_mornings_running,
)

DAY = date(2026, 11, 23)
ORDER = list(State)
pains = st.none() | st.integers(0, 10)
check_ins = st.builds(
    CheckIn,
    day=st.integers(0, 20).map(lambda n: DAY + timedelta(days=n)),
    during=pains,
    morning=st.none() | st.sampled_from(Morning),
    morning_pain=pains,
    limp=st.none() | st.booleans(),
    unsettled_24h=st.none() | st.booleans(),
    leg_symptoms_lasted=st.none() | st.booleans(),
)
ceilings = st.integers(0, 5)


@pytest.mark.parametrize(
    ("ceiling", "during", "morning", "state"),
    [
        # strain and sacroiliac joint
        (3, 0, Morning.BETTER, State.ACCEPTABLE),
        (3, 3, Morning.SAME, State.ACCEPTABLE),
        (3, 4, Morning.SAME, State.HOLD),
        (3, 5, Morning.BETTER, State.HOLD),
        (3, 6, Morning.BETTER, State.STEP_BACK),
        (3, 1, Morning.WORSE, State.STEP_BACK),
        # proximal tendinopathy: 5 is allowed, yet only 3 or less goes up
        (5, 3, Morning.SAME, State.ACCEPTABLE),
        (5, 5, Morning.SAME, State.HOLD),
        (5, 6, Morning.SAME, State.STEP_BACK),
        # nerve: stricter
        (2, 2, Morning.SAME, State.ACCEPTABLE),
        (2, 3, Morning.SAME, State.HOLD),
        (2, 5, Morning.SAME, State.STEP_BACK),
        # a missing answer is never a good one, and never hides a bad one
        (3, None, None, State.NO_ANSWER),
        (3, 1, None, State.NO_ANSWER),
        (3, None, Morning.SAME, State.NO_ANSWER),
        (3, 5, None, State.HOLD),
        (3, 7, None, State.STEP_BACK),
        (3, None, Morning.WORSE, State.STEP_BACK),
    ],
)
def test_the_rule_for_one_day(ceiling: int, during: int | None, morning: Morning | None, state: State) -> None:
    assert judge(CheckIn(DAY, during, morning), ceiling).state is state


@pytest.mark.parametrize(
    ("check_in", "words"),
    [
        (CheckIn(DAY, 2, Morning.SAME, 2), "Pain stayed within 3 of 10 and the next morning was no worse."),
        (CheckIn(DAY, 4, Morning.SAME), "Pain during the session was 4 of 10, above 3."),
        (CheckIn(DAY, 7, Morning.SAME), "Pain during the session was 7 of 10, above 5."),
        (CheckIn(DAY, 1, Morning.SAME, 4), "Pain the next morning was 4 of 10, above the usual 2."),
        (CheckIn(DAY, 1, Morning.SAME, limp=True), "There was a limp."),
        (CheckIn(DAY, 1, Morning.SAME, unsettled_24h=True), "Pain had not settled within 24 hours."),
        (CheckIn(DAY, 1, Morning.SAME, leg_symptoms_lasted=True),
         "Tingling or leg symptoms lasted for more than a few minutes."),
        (CheckIn(DAY, None, Morning.SAME), "Pain during the session was not reported."),
        (CheckIn(DAY, 1, None), "The next morning was not reported."),
    ],
)  # fmt: skip
def test_every_verdict_names_its_data_point(check_in: CheckIn, words: str) -> None:
    verdict = judge(check_in, 3, usual_morning_pain=2)
    assert [reason.text() for reason in verdict.reasons] == [words]
    assert verdict.reasons[0].day == DAY


def test_an_old_bad_day_does_not_outlast_a_good_one() -> None:
    bad, good = CheckIn(DAY, 8, Morning.WORSE), CheckIn(DAY + timedelta(days=2), 1, Morning.SAME)
    assert monitor([good, bad], 3).state is State.ACCEPTABLE


def test_nobody_answered_at_all() -> None:
    assert monitor([], 3).state is State.NO_ANSWER


@given(st.lists(check_ins, max_size=8), ceilings, st.randoms())
def test_the_order_in_which_answers_arrive_does_not_matter(
    given_ins: list[CheckIn], ceiling: int, random: Random
) -> None:
    shuffled = list(given_ins)
    random.shuffle(shuffled)
    assert monitor(shuffled, ceiling) == monitor(given_ins, ceiling)
    assert worse_mornings_running(shuffled) == worse_mornings_running(given_ins)


@given(check_ins, ceilings, st.integers(0, 10), st.none() | st.integers(0, 10))
def test_worse_pain_never_gives_an_easier_decision(
    check_in: CheckIn, ceiling: int, more: int, usual: int | None
) -> None:
    if check_in.during is None:
        return
    worse = CheckIn(
        check_in.day,
        min(check_in.during + more, 10),
        check_in.morning,
        check_in.morning_pain,
        check_in.limp,
        check_in.unsettled_24h,
        check_in.leg_symptoms_lasted,
    )
    before, after = judge(check_in, ceiling, usual).state, judge(worse, ceiling, usual).state
    assert ORDER.index(after) >= ORDER.index(before)


@given(check_ins, st.integers(0, 4))
def test_a_lower_ceiling_never_gives_an_easier_decision(check_in: CheckIn, ceiling: int) -> None:
    strict, loose = judge(check_in, ceiling).state, judge(check_in, ceiling + 1).state
    assert ORDER.index(strict) >= ORDER.index(loose)


@given(check_ins, ceilings)
def test_a_missing_answer_is_never_acceptable(check_in: CheckIn, ceiling: int) -> None:
    if check_in.during is None or check_in.morning is None:
        assert judge(check_in, ceiling).state is not State.ACCEPTABLE


@pytest.mark.parametrize(
    ("mornings", "running"),
    [("ww", 2), ("sww", 2), ("wws", 0), ("w.w", 2), ("", 0), ("...", 0), ("wsw", 1)],
)
def test_worse_mornings_are_counted_back_from_the_latest(mornings: str, running: int) -> None:
    words = {"w": Morning.WORSE, "s": Morning.SAME, ".": None}
    story = [CheckIn(DAY + timedelta(days=i), morning=words[m]) for i, m in enumerate(mornings)]
    assert worse_mornings_running(story) == running


@pytest.mark.parametrize(
    ("ceiling", "zones"), [(2, PainZones(2, 4)), (3, PainZones(3, 5)), (4, PainZones(4, 5)), (5, PainZones(5, 6))]
)
def test_the_pain_light_moves_with_the_ceiling(ceiling: int, zones: PainZones) -> None:
    assert pain_zones(ceiling) == zones


@pytest.mark.parametrize("pain", [-1, 11])
def test_pain_outside_the_scale_is_refused(pain: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 10"):
        CheckIn(DAY, during=pain)
    with pytest.raises(ValueError, match="from 0 to 10"):
        judge(CheckIn(DAY), pain)
