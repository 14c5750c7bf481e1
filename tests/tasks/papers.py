"""What is true of every paper the worker makes; the tests of handouts and letters ask it of theirs."""

import uuid
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from programs import papers
from programs.models import Job


def raising(error: Exception) -> Any:
    """A renderer that does nothing but fail."""

    def broken(*_args: Any, **_more: Any) -> bytes:
        raise error

    return broken


class PaperTask:
    """Inherited by a class of tests that gives a `job` and names its `tasks` and the `refusal` of its renderer."""

    tasks: ModuleType
    refusal: type[Exception]
    renderer = "render_pdf"
    rendered: Any = b"%PDF-x"

    @pytest.fixture
    def job(self) -> Job:
        raise LookupError("the test class gives its own")

    def run(self, job: Job) -> Any:
        self.tasks.render(str(job.clinic_id), str(job.pk))
        job.refresh_from_db()
        return job

    def test_the_task_makes_a_pdf_once(self, job: Job) -> None:
        made = self.run(job)
        first = bytes(made.pdf or b"")
        assert (made.state, made.attempts, made.error) == ("done", 1, "")
        assert first.startswith(b"%PDF-")
        again = self.run(job)
        assert (again.attempts, bytes(again.pdf or b"")) == (1, first)

    def test_nothing_is_written_while_it_is_made(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[str] = []

        def slow(*_args: Any, **_more: Any) -> Any:
            seen.append(type(job)._default_manager.get(pk=job.pk).state)
            return self.rendered

        monkeypatch.setattr(self.tasks, self.renderer, slow)
        self.run(job)
        assert seen == ["working"]

    def test_a_row_that_is_gone_is_passed_over_quietly(self, job: Job) -> None:
        self.tasks.render(str(job.clinic_id), str(uuid.uuid4()))
        job.refresh_from_db()
        assert job.state == "queued"

    @pytest.mark.parametrize(
        ("error", "state", "words"),
        [
            (ZeroDivisionError("secret detail"), "failed", "could not be made: a fault of ours"),
            (OSError("no space left"), "queued", "tries again by itself"),
            (MemoryError(), "queued", "tries again by itself"),
            (SoftTimeLimitExceeded(), "failed", "longer than a minute"),
            (None, "failed", "asked for a file"),
        ],
    )
    def test_what_goes_wrong_is_said_in_words_staff_can_read(
        self, job: Job, monkeypatch: pytest.MonkeyPatch, error: Exception | None, state: str, words: str
    ) -> None:
        monkeypatch.setattr(self.tasks, self.renderer, raising(error or self.refusal("it asked for a file")))
        made = self.run(job)
        assert made.state == state
        assert words in made.error
        assert "secret" not in made.error
        assert (made.not_before is not None and made.not_before > timezone.now()) is (state == "queued")

    def test_the_sweep_rings_for_what_nobody_picked_up(self, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
        rung: list[str] = []
        monkeypatch.setattr(papers, "ring", lambda _task, _clinic, job_id: rung.append(str(job_id)))
        self.tasks.sweep()
        assert not rung  # still on its way through the broker
        type(job)._default_manager.update(created_at=timezone.now() - timedelta(minutes=1))
        self.tasks.sweep()
        assert rung == [str(job.pk)]

    def test_the_lease_is_longer_than_the_task_may_run(self) -> None:
        assert self.tasks.render.soft_time_limit < self.tasks.render.time_limit < papers.LEASE_S
