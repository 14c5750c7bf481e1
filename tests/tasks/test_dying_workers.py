"""Workers killed in the middle, put to sleep and woken, and a broker emptied: nothing lost, nothing doubled."""

import os
import signal
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from programs.handouts.tasks import sweep
from tests.support.factories import World
from tests.tasks.conftest import Start
from tests.tasks.orders import (
    change,
    issued,
    look,
    state,
    times_done,
    wait_done,
    wait_lease_over,
    wait_until,
    wait_working,
)

pytestmark = [pytest.mark.live, pytest.mark.slow]


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(committed: World, start_worker: Start) -> None:
    first = start_worker()
    handout = issued(committed, exercises=8)
    wait_working(handout)
    first.kill()
    assert (state(handout), times_done(handout)) == ("working", 0)
    start_worker()
    sweep.apply_async()
    wait_lease_over(handout)
    sweep.apply_async()
    made = wait_done(handout)
    assert (made.attempts, times_done(handout)) == (2, 1)


def test_an_emptied_broker_loses_no_handout(committed: World, start_worker: Start, flush: Callable[[], None]) -> None:
    handout = issued(committed)
    flush()
    start_worker()
    sweep.apply_async()
    change(handout, created_at=timezone.now() - timedelta(minutes=1))
    assert state(handout) == "queued"
    sweep.apply_async()
    made = wait_done(handout)
    assert (made.attempts, times_done(handout)) == (1, 1)


def test_a_worker_that_wakes_after_its_lease_changes_nothing(committed: World, start_worker: Start) -> None:
    sleeper = start_worker()
    handout = issued(committed, exercises=8)
    wait_working(handout)
    os.killpg(sleeper.pid, signal.SIGSTOP)
    try:
        wait_lease_over(handout)
        start_worker()
        sweep.apply_async()
        made = wait_done(handout)
    finally:
        os.killpg(sleeper.pid, signal.SIGCONT)
    wait_until(lambda: sleeper.said("succeeded in"), "the sleeper has come to its end")
    assert (look(handout).finished_at, times_done(handout)) == (made.finished_at, 1)
