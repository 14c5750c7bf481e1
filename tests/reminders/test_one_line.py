"""A worker greets the mail server once for many mails; a line that broke meanwhile costs nothing but a greeting."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from programs.mailing import line
from programs.models import Reminder
from tests.reminders.conftest import Post, Runner


@pytest.fixture
def greetings(post: Post, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every greeting the mail server hears."""
    heard: list[str] = []

    async def handle_EHLO(_server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]) -> Any:
        heard.append(hostname)
        session.host_name = hostname
        return responses

    monkeypatch.setattr(post, "handle_EHLO", handle_EHLO, raising=False)
    return heard


@pytest.fixture
def worker() -> Iterator[None]:
    """This process keeps its line as a worker's child does."""
    line._begin()
    yield
    line._end()
    line._kept = line._Kept()


def again(runner: Runner) -> Reminder:
    runner.set(Reminder, state="queued", attempts=0, sending_at=None)
    return runner.send()


def test_a_worker_sends_many_mails_over_one_line(
    runner: Runner, post: Post, greetings: list[str], worker: None
) -> None:
    runner.plan()
    assert [runner.send().state, again(runner).state, again(runner).state] == ["done"] * 3
    assert (len(post.mails), len(greetings)) == (3, 1)


def test_another_process_hangs_up_after_each_mail(runner: Runner, post: Post, greetings: list[str]) -> None:
    runner.plan()
    runner.send()
    again(runner)
    assert (len(post.mails), len(greetings)) == (2, 2)


def test_a_line_that_broke_between_two_mails_is_opened_anew_and_nothing_is_uncertain(
    runner: Runner, post: Post, greetings: list[str], worker: None
) -> None:
    runner.plan()
    runner.send()
    assert line._kept.line
    line._kept.line.connection.sock.shutdown(socket.SHUT_RDWR)
    assert again(runner).state == "done"
    assert (len(post.mails), len(greetings)) == (2, 2)


def test_after_a_refusal_the_line_is_not_kept(runner: Runner, post: Post, greetings: list[str], worker: None) -> None:
    post.answer = "451 try later"
    runner.plan()
    assert runner.send().state == "queued"
    assert line._kept.line is None
    post.answer = "250 OK"
    runner.set(Reminder, not_before=None)
    assert runner.send().state == "done"
    assert len(greetings) == 2


def test_a_line_is_given_up_after_a_hundred_mails_or_a_minute(
    runner: Runner, post: Post, greetings: list[str], worker: None
) -> None:
    runner.plan()
    runner.send()
    line._kept.mails = line.MAILS_A_LINE
    again(runner)
    assert (line._kept.mails, len(greetings)) == (1, 2)
    line._kept.until = 0.0
    again(runner)
    assert len(greetings) == 3
