"""Reports that a phone kept: each counts once, with the time it was told, in whatever order they arrive."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from programs.models import ExerciseLog, MorningCheck, TakenReport
from programs.portal.sending import Told, told_in
from tests.portal.conftest import Runner
from tests.support.queries import at_most

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def headers(key: uuid.UUID, *, ago: timedelta = timedelta(0), clock: timedelta = timedelta(0)) -> dict[str, str]:
    """As the phone sends them: told some time ago, by a clock that may be wrong."""
    phone = timezone.now() + clock
    told, sent = (str(round(moment.timestamp() * 1000)) for moment in (phone - ago, phone))
    return {"X-Report-Key": str(key), "X-Report-Told": told, "X-Report-Sent": sent}


def send(runner: Runner, url: str, data: dict[str, str], **how: Any) -> Any:
    answer = runner.client.post(url, data, headers=headers(how.pop("key", None) or uuid.uuid4(), **how))
    assert answer.status_code == 200
    return answer.json()


def minutes_ago(log: ExerciseLog | MorningCheck) -> int:
    assert log.told_at
    return round((timezone.now() - log.told_at).total_seconds() / 60)


def test_a_report_from_the_phone_is_told_where_to_go_and_keeps_the_time_it_was_done(runner: Runner) -> None:
    answer = send(runner, runner.exercise_url(), {"status": "done", "pain": "2"}, ago=timedelta(minutes=40))
    assert answer == {"to": runner.exercise_url(1)}
    (log,) = runner.logs()
    assert (log.pain, minutes_ago(log)) == (2, 40)
    assert timezone.now() - log.reported_at < timedelta(minutes=1)


def test_a_form_without_script_is_told_when_it_arrives(runner: Runner) -> None:
    assert runner.report().redirect_chain
    (log,) = runner.logs()
    assert minutes_ago(log) == 0
    assert runner.all(TakenReport) == []


def test_the_same_key_counts_once_also_after_a_correction(runner: Runner) -> None:
    key = uuid.uuid4()
    send(runner, runner.exercise_url(), {"status": "done", "pain": "2"}, key=key)
    send(runner, runner.exercise_url(), {"status": "done", "pain": "5"})
    send(runner, runner.exercise_url(), {"status": "done", "pain": "2"}, key=key)
    (log,) = runner.logs()
    assert log.pain == 5
    assert len(runner.all(TakenReport)) == 2


REPORTS = [({"status": "done", "pain": "6"}, 60), ({"status": "skipped", "reason": "pain"}, 40), ({}, 20)]
"""An answer, its correction, and everything ticked at last: minutes ago."""


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_was_told_last_stands_in_whatever_order_reports_arrive(runner: Runner, order: tuple[int, ...]) -> None:
    for place in order:
        data, ago = REPORTS[place]
        url = runner.exercise_url() if data else f"{runner.url}{runner.day(0).isoformat()}/all/"
        send(runner, url, data, ago=timedelta(minutes=ago))
    first = runner.logs()[0] if order[0] != 2 else next(log for log in runner.logs() if not log.is_ticked)
    assert (first.status, first.reason, first.pain, minutes_ago(first)) == ("skipped", "pain", None, 40)
    assert [log.status for log in runner.logs() if log.is_ticked] == ["done", "done"]


def test_everything_ticked_twice_with_one_key_ticks_nothing_new(runner: Runner) -> None:
    key, url = uuid.uuid4(), f"{runner.url}{runner.day(0).isoformat()}/all/"
    send(runner, url, {}, key=key)
    runner.new_version()
    send(runner, url, {}, key=key)
    assert len(runner.logs()) == 3


def test_a_morning_answer_belongs_to_the_morning_it_was_given_on(runner: Runner) -> None:
    url = f"{runner.url}morning/"
    send(runner, url, {"change": "worse", "pain": "4"}, ago=timedelta(days=1))
    send(runner, url, {"change": "better"}, ago=timedelta(days=1, minutes=1))
    (check,) = runner.all(MorningCheck)
    assert (check.day, check.change, check.pain) == (runner.day(1), "worse", 4)


@pytest.mark.parametrize("clock", [timedelta(hours=-3), timedelta(days=400), timedelta(minutes=6)])
def test_a_phone_with_a_wrong_clock_is_corrected_by_its_own_mistake(runner: Runner, clock: timedelta) -> None:
    send(runner, runner.exercise_url(), {"status": "done"}, ago=timedelta(minutes=40), clock=clock)
    assert minutes_ago(runner.logs()[0]) == 40


def told(**sent: str) -> Told:
    names = {"key": "HTTP_X_REPORT_KEY", "told": "HTTP_X_REPORT_TOLD", "sent": "HTTP_X_REPORT_SENT"}
    return told_in(RequestFactory().post("/", **{names[name]: value for name, value in sent.items()}), NOW)  # type: ignore[arg-type]


def test_nothing_is_told_in_the_future() -> None:
    at = str(round(NOW.timestamp() * 1000) + 60_000)
    assert told(key=str(uuid.uuid4()), told=at, sent=at).at == NOW


KEY = "6f0c6a3e-7d0e-4f53-9f8a-1b1f6f0c2d11"


@pytest.mark.parametrize(
    ("key", "moment"),
    [("", "0"), ("x", "0"), (KEY, ""), (KEY, "soon"), (KEY, "9" * 400), (KEY, "-" + "9" * 16)],
)
def test_what_cannot_be_read_counts_as_told_now(key: str, moment: str) -> None:
    assert told(key=key, told=moment, sent=moment) == Told(NOW)


def test_a_report_from_the_phone_costs_two_queries_more(runner: Runner) -> None:
    runner.page()
    with at_most(19):
        send(runner, runner.exercise_url(), {"status": "done", "pain": "1"})
