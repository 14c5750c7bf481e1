"""The letter's task: what it writes when all goes well and when it does not; and once with a real worker."""

import time
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from config.embedded.services import Process
from programs.letters import tasks
from programs.models import Letter, LetterPaper
from tests.support.factories import World
from tests.support.letters import issued


@pytest.fixture
def paper(clinic: World) -> LetterPaper:
    return issued(clinic).paper


def run(paper: LetterPaper) -> LetterPaper:
    tasks.render(str(paper.clinic_id), str(paper.pk))
    paper.refresh_from_db()
    return paper


def test_the_task_makes_a_pdf_once(paper: LetterPaper) -> None:
    made = run(paper)
    first = bytes(made.pdf or b"")
    assert (made.state, made.attempts, made.error) == ("done", 1, "")
    assert first.startswith(b"%PDF-")
    again = run(paper)
    assert (again.attempts, bytes(again.pdf or b"")) == (1, first)


def test_nothing_is_written_while_the_letter_is_made(paper: LetterPaper, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def slow(*_args: Any) -> bytes:
        seen.append(LetterPaper.objects.get().state)
        return b"%PDF-x"

    monkeypatch.setattr(tasks, "render_pdf", slow)
    run(paper)
    assert seen == ["working"]


def test_a_row_that_is_gone_is_passed_over_quietly(paper: LetterPaper) -> None:
    tasks.render(str(paper.clinic_id), str(uuid.uuid4()))
    paper.refresh_from_db()
    assert paper.state == "queued"


def test_a_content_this_version_cannot_print_fails_with_its_reason(
    paper: LetterPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_content: Any) -> Any:
        raise tasks.LetterError("cannot print")

    monkeypatch.setattr(tasks, "from_json", refuse)
    made = run(paper)
    assert (made.state, made.error) == ("failed", "cannot print")


def raising(error: Exception) -> Any:
    def broken(*_args: Any) -> bytes:
        raise error

    return broken


@pytest.mark.parametrize(
    ("error", "state", "words"),
    [
        (ZeroDivisionError("secret detail"), "failed", "a fault of ours"),
        (OSError("no space left"), "queued", "tries again by itself"),
        (tasks.SoftTimeLimitExceeded(), "failed", "longer than a minute"),
        (tasks.LetterError("asked for a file"), "failed", "asked for a file"),
    ],
)
def test_what_goes_wrong_is_said_in_words_staff_can_read(
    paper: LetterPaper, monkeypatch: pytest.MonkeyPatch, error: Exception, state: str, words: str
) -> None:
    monkeypatch.setattr(tasks, "render_pdf", raising(error))
    made = run(paper)
    assert made.state == state
    assert words in made.error
    assert "secret" not in made.error


def test_the_sweep_rings_for_a_letter_nobody_picked_up(paper: LetterPaper, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[str] = []
    monkeypatch.setattr(tasks, "ring", lambda _task, _clinic, paper_id: rung.append(str(paper_id)))
    tasks.sweep()
    assert not rung  # still on its way through the broker
    LetterPaper.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    tasks.sweep()
    assert rung == [str(paper.pk)]


def test_the_lease_is_longer_than_the_task_may_run() -> None:
    assert tasks.render.soft_time_limit < tasks.render.time_limit < tasks.LEASE_S


@pytest.mark.live
@pytest.mark.slow
def test_a_real_worker_makes_the_letter_once_and_names_nobody(committed: World, steady_worker: Process) -> None:
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        letter = issued(committed)
        paper_id = letter.paper.pk
    for _ring in range(3):
        tasks.render.apply_async((str(committed.clinic.pk), str(paper_id)))
    until = time.monotonic() + 90
    while True:
        with clinic_scope(committed.clinic.pk, actor="system:tests"):
            made = LetterPaper.objects.get(pk=paper_id)
            times = AuditEntry.objects.filter(row_id=paper_id, after__state="done").count()
        if made.state == "done":
            break
        assert time.monotonic() < until, made.state
        time.sleep(0.1)
    assert bytes(made.pdf or b"").startswith(b"%PDF-")
    assert (made.attempts, times) == (1, 1)
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        words = Letter.objects.get(pk=letter.pk).content["subject"]
    assert "Ferreira" in words
    assert "Ferreira" not in steady_worker.output()
