"""Answers that arrive late, twice or out of turn: each counts once, in order, and never over a colleague unseen."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.answers import Given
from assessments.models import Answer, AnswerStream
from assessments.sending import Sent
from clinic.models import AuditEntry
from clinic.tenancy import clinic_scope
from tests.assessments.conftest import Examination, SignIn, open_draft
from tests.assessments.test_two_at_once import together
from tests.support.factories import World
from tests.support.queries import at_most

HERE, THERE = UUID(int=1), UUID(int=2)
Message = dict[str, Any]


def stored(examination: Examination) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in Answer.objects.filter(assessment=examination.draft)}


def writes(examination: Examination) -> int:
    rows = Answer.objects.filter(assessment=examination.draft).values("pk")
    return AuditEntry.objects.filter(row_id__in=rows).count()


def send(
    examination: Examination,
    number: int,
    answer: str,
    *,
    seen: str = "",
    mine: tuple[str, ...] = (),
    device: UUID = HERE,
) -> actions.Outcome:
    """The right-sided slump test, as a browser with script sends it."""
    return actions.record_findings(
        by=examination.world.clinician,
        assessment=examination.draft,
        given=[Given("slump", "right", answer, seen)],
        sent=Sent(device, number),
        mine={("slump", "right"): mine},
    )


def test_an_answer_sent_twice_counts_once_and_the_second_time_says_how_things_stand(examination: Examination) -> None:
    first, second = send(examination, 1, "present"), send(examination, 1, "present")
    assert (first.again, second.again) == (False, True)
    assert second.stored == first.stored == {("slump", "right"): "present"}
    assert not second.overtaken
    assert writes(examination) == 1


def test_an_old_answer_that_comes_again_takes_nothing_back(examination: Examination) -> None:
    send(examination, 1, "present")
    send(examination, 2, "absent", seen="present")
    late = send(examination, 1, "present")
    assert stored(examination) == {("slump", "right"): "absent"}
    assert set(late.overtaken) == {("slump", "right")}, "and the sender is told"


def test_two_changes_of_one_answer_given_offline_both_arrive_in_order(examination: Examination) -> None:
    """The screen showed no answer when both were given; the second one knows of the first."""
    send(examination, 1, "present")
    second = send(examination, 2, "absent", mine=("present",))
    assert not second.overtaken
    assert stored(examination) == {("slump", "right"): "absent"}
    assert writes(examination) == 2


def test_going_back_to_the_first_answer_offline_is_a_change_too(examination: Examination) -> None:
    examination.answer(("slump", "right", "present"))
    send(examination, 1, "absent", seen="present")
    send(examination, 2, "present", seen="present", mine=("absent",))
    assert stored(examination) == {("slump", "right"): "present"}


def test_a_number_typed_with_a_comma_and_corrected_offline_is_no_conflict_with_oneself(
    examination: Examination,
) -> None:
    def measured(number: int, typed: str, mine: tuple[str, ...]) -> actions.Outcome:
        return actions.record_findings(
            by=examination.world.clinician,
            assessment=examination.draft,
            given=[Given("slr_degrees", "right", typed, "")],
            sent=Sent(HERE, number),
            mine={("slr_degrees", "right"): mine},
        )

    measured(1, "66,5", ())
    assert set(measured(2, "740", ("66,5",)).refused) == {("slr_degrees", "right")}
    assert not measured(3, "67", ("66,5", "740")).overtaken
    assert stored(examination) == {("slr_degrees", "right"): "67"}


def test_a_colleagues_answer_is_not_overwritten_by_one_given_offline(examination: Examination) -> None:
    examination.answer(("slump", "right", "not_assessed"))
    first = send(examination, 1, "present")
    second = send(examination, 2, "absent", mine=("present",))
    for outcome in (first, second):
        assert "recorded “Not assessed” meanwhile" in outcome.overtaken["slump", "right"].words
    assert stored(examination) == {("slump", "right"): "not_assessed"}


def test_a_refused_answer_was_answered_and_is_refused_again_in_the_same_words(examination: Examination) -> None:
    first, second = send(examination, 1, "perhaps"), send(examination, 1, "perhaps")
    assert second.again
    assert [e.words for e in first.refused.values()] == [e.words for e in second.refused.values()] != []


def test_each_browser_counts_for_itself(examination: Examination) -> None:
    send(examination, 7, "present", device=HERE)
    assert not send(examination, 1, "absent", seen="present", device=THERE).again
    assert stored(examination) == {("slump", "right"): "absent"}
    assert set(AnswerStream.objects.values_list("device", "last")) == {(HERE, 7), (THERE, 1)}


def test_each_assessment_is_counted_for_itself(examination: Examination) -> None:
    send(examination, 3, "present")
    assert not send(open_draft(examination.world), 1, "present").again


def test_of_the_same_message_twice_at_the_same_moment_one_counts(committed: World) -> None:
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        examination = open_draft(committed)
        send(examination, 1, "present")
    results = together(committed, *[lambda: send(examination, 2, "absent", seen="present") for _attempt in range(4)])
    assert sorted(result.again for result in results) == [False, True, True, True]
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        assert writes(examination) == 2


def test_of_a_browsers_first_message_twice_at_the_same_moment_one_counts(committed: World) -> None:
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        examination = open_draft(committed)
    results = together(committed, *[lambda: send(examination, 1, "present") for _attempt in range(4)])
    assert sorted(result.again for result in results) == [False, True, True, True]
    with clinic_scope(committed.clinic.pk, actor="system:tests"):
        assert writes(examination) == 1


def test_what_could_not_be_written_is_not_counted(examination: Examination, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(actions.findings, "_store", lambda *_rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(examination, 1, "present")
    assert not send(examination, 1, "present").again
    assert stored(examination) == {("slump", "right"): "present"}


# --- Over HTTP ---------------------------------------------------------------------------------------------------


def post(client: Client, examination: Examination, number: int | str, device: str = str(HERE), **fields: Any) -> Any:
    data = {"answer-slump-right": "present", "was-slump-right": ""} | fields
    headers = {"HX-Request": "true", "X-Answer-Device": device, "X-Answer-Number": str(number)}
    return client.post(reverse("assessments:finding", args=[examination.draft.pk]), data, headers=headers)


def test_a_repeated_message_is_answered_like_the_first_and_the_panel_is_refetched(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    first, second = post(client, examination, 1), post(client, examination, 1)
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == second.content
    assert json.loads(second["HX-Trigger"])["findings-changed"] is True
    assert writes(examination) == 1


def test_what_the_sender_had_said_itself_comes_along_with_the_answer(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    post(client, examination, 1)
    more = {"answer-slump-right": "absent", "mine-slump-right": ["not_assessed", "present"]}
    assert post(client, examination, 2, **more).status_code == 200
    assert stored(examination) == {("slump", "right"): "absent"}


def test_an_answer_that_arrived_before_the_signature_is_not_called_lost_after_it(
    examination: Examination, sign_in: SignIn
) -> None:
    client = sign_in(examination.world.clinician)
    examination.ready()
    post(client, examination, 1)
    examination.sign()
    again, late = post(client, examination, 1), post(client, examination, 2, **{"answer-slump-right": "absent"})
    assert (again.status_code, late.status_code) == (200, 409)
    assert "answer-saved" in json.loads(again["HX-Trigger"])
    assert "is signed and can no longer change" in json.loads(late["HX-Trigger"])["answer-refused"]["text"]
    assert stored(examination)["slump", "right"] == "present"


@pytest.mark.parametrize(
    ("device", "number"),
    [("", "1"), ("no-uuid", "1"), (str(HERE), ""), (str(HERE), "0"), (str(HERE), "-1"), (str(HERE), "9" * 30)],
)
def test_a_message_with_a_broken_count_is_taken_as_one_without(
    examination: Examination, sign_in: SignIn, device: str, number: str
) -> None:
    answer = post(sign_in(examination.world.clinician), examination, number, device)
    assert answer.status_code == 200
    assert stored(examination) == {("slump", "right"): "present"}
    assert not AnswerStream.objects.exists()


def test_counting_costs_one_query_an_answer(examination: Examination, sign_in: SignIn) -> None:
    client = sign_in(examination.world.clinician)
    post(client, examination, 1)
    with at_most(12):
        post(client, examination, 2, **{"answer-slump-right": "absent", "was-slump-right": "present"})
