"""The handout's task, run in this process: what it writes when all goes well, and what when it does not."""

import uuid
from typing import Any

import pytest
from django.utils import timezone

from programs.actions import issue_program, propose_program
from programs.handouts import tasks
from programs.models import Handout, Program
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed


@pytest.fixture
def program(clinic: World) -> Program:
    return propose_program(by=clinic.clinician, assessment=make_signed(clinic, make_episode(clinic)))


@pytest.fixture
def handout(clinic: World, program: Program) -> Handout:
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    return Handout.objects.get()


def run(handout: Handout) -> Handout:
    tasks.render(str(handout.clinic_id), str(handout.pk))
    handout.refresh_from_db()
    return handout


def test_the_task_makes_a_pdf_once(handout: Handout) -> None:
    made = run(handout)
    first = bytes(made.pdf or b"")
    assert (made.state, made.attempts, made.error) == ("done", 1, "")
    assert first.startswith(b"%PDF-")
    again = run(handout)
    assert (again.attempts, bytes(again.pdf or b"")) == (1, first)


def test_nothing_is_written_while_the_sheet_is_made(handout: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def slow(*_args: Any, **_more: Any) -> bytes:
        seen.append(Handout.objects.get().state)
        return b"%PDF-x"

    monkeypatch.setattr(tasks, "render_pdf", slow)
    run(handout)
    assert seen == ["working"]


def test_a_row_that_is_gone_and_an_unknown_clinic_are_passed_over_quietly(handout: Handout) -> None:
    clinic_id = str(handout.clinic_id)
    handout.delete()
    tasks.render(clinic_id, str(uuid.uuid4()))
    assert not Handout.objects.exists()


def test_a_sheet_that_must_not_be_printed_fails_with_its_reason(clinic: World, program: Program) -> None:
    Program.objects.update(pain_ceiling=9)
    program.refresh_from_db()
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    made = run(Handout.objects.get())
    assert made.state == "failed"
    assert "pain ceiling must be from 0 to 5" in made.error


def raising(error: Exception) -> Any:
    def broken(*_args: Any, **_more: Any) -> bytes:
        raise error

    return broken


def test_our_own_fault_fails_with_words_staff_can_read(handout: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "render_pdf", raising(ZeroDivisionError("secret detail")))
    made = run(handout)
    assert made.state == "failed"
    assert made.error.startswith("The sheet could not be made: a fault of ours.")
    assert "secret" not in made.error


def test_outside_trouble_waits_and_says_that_it_tries_again(handout: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "render_pdf", raising(OSError("no space left")))
    made = run(handout)
    assert made.state == "queued"
    assert made.not_before
    assert made.not_before > timezone.now()
    assert "tries again by itself" in made.error


def test_a_sheet_that_takes_too_long_says_so(handout: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "render_pdf", raising(tasks.SoftTimeLimitExceeded()))
    assert "longer than a minute" in run(handout).error


def test_the_lease_is_longer_than_the_task_may_run() -> None:
    assert tasks.render.time_limit < tasks.LEASE_S
    assert tasks.render.soft_time_limit < tasks.render.time_limit
