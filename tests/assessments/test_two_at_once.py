"""Two people on one draft at the same moment, over two real connections."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from assessments import actions
from assessments.errors import AlreadySigned, AnsweredMeanwhile
from assessments.models import Answer, Assessment
from clinic.models import User
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import ON, Examination, open_draft
from tests.support.factories import World, make_episode


def together(world: World, *works: Callable[[], Any]) -> list[Any]:
    """Run each in its own thread and connection, started at the same moment; what each returned or raised."""
    results: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(number: int, work: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout=10)
            with clinic_scope(world.clinic.pk, actor="system:tests"):
                results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


def recording(examination: Examination, by: User, key: str, answer: str, seen: str | None) -> Callable[[], Any]:
    return lambda: actions.record_finding(
        by=by, assessment=examination.draft, key=key, side="right", answer=answer, seen=seen
    )


@pytest.fixture
def shared(committed: World) -> Examination:
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        return open_draft(committed).ready()


def test_different_findings_both_arrive(shared: Examination, committed: World) -> None:
    results = together(
        committed,
        recording(shared, committed.clinician, "tost", "present", ""),
        recording(shared, committed.administrator, "lshs", "absent", ""),
    )
    assert not any(isinstance(result, Exception) for result in results), results
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        rows = Answer.objects.filter(assessment=shared.draft, key__in=["tost", "lshs"])
        assert {(row.key, row.value, row.by_id) for row in rows} == {
            ("tost", "present", committed.clinician.pk),
            ("lshs", "absent", committed.administrator.pk),
        }


def test_of_two_different_answers_to_one_finding_one_is_told(shared: Examination, committed: World) -> None:
    results = together(
        committed,
        recording(shared, committed.clinician, "tost", "present", ""),
        recording(shared, committed.administrator, "tost", "absent", ""),
    )
    assert sum(isinstance(result, AnsweredMeanwhile) for result in results) == 1
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        assert Answer.objects.filter(assessment=shared.draft, key="tost").count() == 1


def test_of_two_signatures_one_holds(shared: Examination, committed: World) -> None:
    results = together(
        committed,
        lambda: actions.sign(by=committed.clinician, assessment=shared.draft),
        lambda: actions.sign(by=committed.administrator, assessment=shared.draft),
    )
    assert sorted(type(result).__name__ for result in results) == [AlreadySigned.__name__, Assessment.__name__]


def test_an_answer_beside_a_signature_is_in_it_or_refused(shared: Examination, committed: World) -> None:
    signed, answered = together(
        committed,
        lambda: actions.sign(by=committed.clinician, assessment=shared.draft),
        recording(shared, committed.administrator, "tost", "present", ""),
    )
    assert isinstance(signed, Assessment)
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        kept = Answer.objects.filter(assessment=shared.draft, key="tost").exists()
    assert kept is not isinstance(answered, AlreadySigned)
    shown = next(card for card in signed.shown["panel"]["cards"] if card["key"] == "hamstring_strain")
    assert kept is not any("Taking-off-the-shoe" in label for label in shown["not_assessed"])


def test_of_two_starts_there_is_one_draft(committed: World) -> None:
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        episode = make_episode(committed)
    results = together(
        committed,
        lambda: actions.start_assessment(by=committed.clinician, episode=episode, on=ON).pk,
        lambda: actions.start_assessment(by=committed.administrator, episode=episode, on=ON).pk,
    )
    assert results[0] == results[1]
