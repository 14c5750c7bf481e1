"""The letter's task: what it writes when all goes well and when it does not; and once with a real worker."""

import time
from typing import Any

import pytest

from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from config.embedded.services import Process
from programs.letters import tasks
from programs.letters.document import LetterError
from programs.models import Letter, LetterPaper
from tests.support.factories import World
from tests.support.letters import issued
from tests.tasks.papers import PaperTask


class TestLetter(PaperTask):
    tasks = tasks
    refusal = LetterError

    @pytest.fixture
    def job(self, clinic: World) -> LetterPaper:
        return issued(clinic).paper

    def test_a_content_this_version_cannot_print_fails_with_its_reason(
        self, job: LetterPaper, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_content: Any) -> Any:
            raise LetterError("cannot print")

        monkeypatch.setattr(tasks, "from_json", refuse)
        made = self.run(job)
        assert (made.state, made.error) == ("failed", "cannot print")


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
