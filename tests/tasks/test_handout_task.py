"""The handout's task, run in this process: what it writes when all goes well, and what when it does not."""

import pytest
from django.utils import timezone

from programs.actions import issue_program, propose_program
from programs.handouts import tasks
from programs.handouts.document import HandoutError
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

    @pytest.fixture
    def job(self, clinic: World, program: Program) -> Handout:
        issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
        return Handout.objects.get()

    def test_a_sheet_that_must_not_be_printed_fails_with_its_reason(self, clinic: World, program: Program) -> None:
        Program.objects.update(pain_ceiling=9)
        program.refresh_from_db()
        issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
        made = self.run(Handout.objects.get())
        assert made.state == "failed"
        assert "pain ceiling must be from 0 to 5" in made.error
