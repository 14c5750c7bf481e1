"""Which days a dose asks for, and what counts as done, skipped, silent or still to come."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.progression.adherence import Adherence, Outcome, adherence, adherence_words
from programs.progression.dose import Dose
from programs.progression.plan import (
    PlannedSession,
    is_planned,
    next_planned_day,
    planned_days,
    planned_sessions,
)

MONDAY = date(2026, 11, 23)
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
plans = st.builds(Dose, reps=st.just(1), every_n_days=st.integers(1, 28)) | st.builds(
    Dose, reps=st.just(1), weekdays=st.frozensets(st.integers(0, 6))
)


def on(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("dose", "offsets"),
    [
        (Dose(reps=1), [0, 1, 2, 3, 4, 5, 6, 7]),
        (Dose(reps=1, weekdays=frozenset({0, 2, 4})), [0, 2, 4, 7]),
        (Dose(reps=1, every_n_days=2), [0, 2, 4, 6]),
        (Dose(reps=1, every_n_days=3), [0, 3, 6]),
        (Dose(reps=1, every_n_days=7), [0, 7]),
    ],
)
def test_a_dose_asks_for_these_days_of_eight(dose: Dose, offsets: list[int]) -> None:
    assert planned_days(dose, MONDAY, on(7)) == tuple(on(offset) for offset in offsets)


def test_every_second_day_counts_from_the_start_whatever_the_weekday() -> None:
    thursday = on(3)
    assert planned_days(Dose(reps=1, every_n_days=2), thursday, on(8)) == (on(3), on(5), on(7))


def test_an_end_before_the_start_plans_nothing() -> None:
    assert planned_days(Dose(reps=1), MONDAY, on(-1)) == ()


def test_sessions_keep_the_order_of_the_program_and_count_within_the_day() -> None:
    lines = {"kick": Dose(reps=1, times_per_day=2), "bridge": Dose(reps=1, every_n_days=2)}
    assert planned_sessions(lines, MONDAY, on(1)) == (
        PlannedSession(MONDAY, "kick", 1),
        PlannedSession(MONDAY, "kick", 2),
        PlannedSession(MONDAY, "bridge", 1),
        PlannedSession(on(1), "kick", 1),
        PlannedSession(on(1), "kick", 2),
    )


@given(plans, days, st.integers(0, 60), st.integers(0, 60))
def test_looking_at_a_later_window_never_moves_a_day(dose: Dose, start: date, length: int, later: int) -> None:
    end, since = start + timedelta(days=length), start + timedelta(days=later)
    all_sessions = planned_sessions({"a": dose}, start, end)
    assert planned_sessions({"a": dose}, start, end, since=since) == tuple(
        session for session in all_sessions if session.day >= since
    )


@given(plans, days, days)
def test_there_is_always_a_next_day_and_none_in_between(dose: Dose, start: date, after: date) -> None:
    day = next_planned_day(dose, start, after)
    assert day > after
    assert is_planned(dose, day, start)
    assert planned_days(dose, start, day - timedelta(days=1))[-1:] <= (after,)


def story(answers: str, today: int) -> Adherence:
    """One session a day from Monday: D done, S skipped, a dot no answer."""
    sessions = [PlannedSession(on(i), "a") for i in range(len(answers))]
    said = {"D": Outcome.DONE, "S": Outcome.NOT_DONE}
    given_answers = {s: said[a] for s, a in zip(sessions, answers, strict=True) if a != "."}
    return adherence(sessions, given_answers, on(today))


@pytest.mark.parametrize(
    ("answers", "today", "words"),
    [
        ("DDDDDDDDDSS.", 12, "9 of 12 planned done, 2 skipped, 1 not reported"),
        ("DDD", 3, "3 of 3 planned done"),
        ("D..", 2, "1 of 2 planned done, 1 not reported"),
        ("D.D", 2, "2 of 3 planned done, 1 not reported"),
        ("D.S", 2, "1 of 3 planned done, 1 skipped, 1 not reported"),
        ("....", 0, "Nothing was planned up to today."),
        ("D...", 0, "1 of 1 planned done"),
        ("...", 3, "0 of 3 planned done, 3 not reported"),
    ],
)
def test_adherence_is_said_honestly(answers: str, today: int, words: str) -> None:
    assert adherence_words(story(answers, today)) == words


def test_today_without_an_answer_is_not_yet() -> None:
    counts = story("D.", today=1)
    assert (counts.planned, counts.not_yet, counts.not_reported) == (1, 1, 0)


def test_a_session_nobody_planned_is_extra_and_not_adherence() -> None:
    answers = {PlannedSession(MONDAY, "b"): Outcome.DONE, PlannedSession(on(9), "b"): Outcome.DONE}
    assert adherence([PlannedSession(MONDAY, "a")], answers, on(1)) == Adherence(1, 0, 0, 1, 0, extra=1)


@given(st.text("DS.", max_size=30), st.integers(-5, 40))
def test_the_future_never_counts_and_everything_else_counts_once(answers: str, today: int) -> None:
    counts = story(answers, today)
    assert counts.planned == counts.done + counts.skipped + counts.not_reported
    assert counts.planned + counts.not_yet == len(answers[: max(today + 1, 0)])
    assert counts.done == answers[: max(today + 1, 0)].count("D")


def test_silence_is_seen() -> None:
    assert story("...", 3).is_silent
    assert not story("..S", 3).is_silent
    assert not story("...", 0).is_silent
