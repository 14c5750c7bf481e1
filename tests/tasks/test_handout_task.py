"""The handout's task, run in this process: what it writes when all goes well, and what when it does not."""

from typing import Any

import pytest
from django.utils import timezone

from programs.actions import issue_program, order_handout, propose_program
from programs.handouts import tasks
from programs.handouts.document import HandoutError
from programs.handouts.pdf import Printed
from programs.models import Handout, Program
from tests.support.factories import World, make_episode
from tests.support.programs import make_signed
from tests.tasks.papers import PaperTask


@pytest.fixture
def program(clinic: World) -> Program:
    return propose_program(by=clinic.clinician, assessment=make_signed(clinic, make_episode(clinic)))


class TestHandout(PaperTask):
    tasks = tasks
    refusal = HandoutError
    renderer = "print_document"
    rendered = Printed(b"%PDF-x", 1)

    @pytest.fixture
    def job(self, clinic: World, program: Program) -> Handout:
        issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
        return Handout.objects.get()

    def test_what_did_not_change_is_not_made_again(
        self, clinic: World, job: Handout, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rendered: list[str] = []

        def printer(*_args: Any, **_more: Any) -> Printed:
            rendered.append("once more")
            return self.rendered

        monkeypatch.setattr(tasks, "print_document", printer)
        made = self.run(job)
        for _again in range(2):
            order_handout(by=clinic.clinician, version=job.version, kind="fridge", paper="A4")
            made = self.run(job)
        assert (made.state, bytes(made.pdf), made.pages, len(made.content_key)) == ("done", b"%PDF-x", 1, 64)
        assert rendered == ["once more"]
        clinic.clinic.phone = "020 7946 0999"
        clinic.clinic.save()
        order_handout(by=clinic.clinician, version=job.version, kind="fridge", paper="A4")
        self.run(job)
        assert rendered == ["once more"] * 2

    def test_a_sheet_that_must_not_be_printed_fails_with_its_reason(self, clinic: World, program: Program) -> None:
        Program.objects.update(pain_ceiling=9)
        program.refresh_from_db()
        issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
        made = self.run(Handout.objects.get())
        assert made.state == "failed"
        assert "pain ceiling must be from 0 to 5" in made.error
