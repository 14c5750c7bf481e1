"""A real worker and a real broker: the doorbell rings once, many times, or for nothing."""

import pytest

from clinic.tenancy import clinic_scope
from config.embedded.services import Process
from programs.handouts.tasks import render
from programs.models import Handout
from tests.support.factories import World, make_clinic
from tests.tasks.orders import change, issued, state, times_done, wait_done, wait_until

pytestmark = [pytest.mark.live, pytest.mark.slow]


def test_issuing_rings_and_a_worker_makes_the_paper_saying_no_name(committed: World, steady_worker: Process) -> None:
    handout = wait_done(issued(committed))
    assert bytes(handout.pdf or b"").startswith(b"%PDF-")
    assert (handout.attempts, times_done(handout)) == (1, 1)
    with clinic_scope(handout.clinic_id, actor="system:tests"):
        patient = Handout.objects.get(pk=handout.pk).version.program.episode.patient
    for secret in (patient.first_name, patient.last_name, "/my/"):
        assert secret not in steady_worker.output()


def test_a_doorbell_that_rings_many_times_makes_one_sheet(committed: World, steady_worker: Process) -> None:
    """The worker has two processes, so that two rings are answered at the same moment."""
    handout = issued(committed, exercises=6)
    for _ring in range(5):
        render.apply_async((str(handout.clinic_id), str(handout.pk)))
    made, later = wait_done(handout), wait_done(issued(committed))
    assert (made.attempts, times_done(made)) == (1, 1)
    assert later.attempts == 1


def test_ids_of_another_clinic_or_of_nothing_are_passed_over_quietly(committed: World, steady_worker: Process) -> None:
    handout = wait_done(issued(committed))
    change(handout, state="queued", pdf=None, attempts=0)
    answered = steady_worker.output().count("succeeded in")
    render.apply_async((str(make_clinic("Elsewhere").clinic.pk), str(handout.pk)))
    with clinic_scope(handout.clinic_id, actor="system:tests"):
        gone = issued(committed)
        Handout.objects.filter(pk=gone.pk).delete()
    wait_until(lambda: steady_worker.output().count("succeeded in") >= answered + 2, "both messages were taken")
    assert state(handout) == "queued"
    assert "Traceback" not in steady_worker.output()
