"""What became of the last reminders, and whether more will come, in words for staff."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from clinic.models import Clinic, Patient
from programs.models import Program, Reminder, Standing
from programs.reminders.presenters import ReminderList, reminder_list
from programs.reminders.schedule import Why
from programs.reminders.words import NO_LONGER_DUE
from tests.support.factories import World
from tests.support.programs import make_issued
from tests.support.queries import at_most


@pytest.fixture
def program(clinic: World) -> Program:
    return make_issued(clinic, starts_on=timezone.localdate() - timedelta(days=6))[0].program


def listed(program: Program) -> ReminderList:
    loaded = Program.objects.select_related("episode__patient", "standing").get(pk=program.pk)
    return reminder_list(loaded, Clinic.objects.get())


def reminder(program: Program, ago: int, **fields: object) -> None:
    Reminder.objects.create(
        clinic_id=program.clinic_id, program=program, local_day=timezone.localdate() - timedelta(days=ago), **fields
    )


def test_the_last_five_evenings_are_told_newest_first(program: Program) -> None:
    sent = timezone.now()
    reminder(program, 0, state="queued", error="The mail server asks to try later (code 451).")
    reminder(program, 1, state="working")
    reminder(program, 2, state="done", finished_at=sent)
    reminder(program, 3, state="failed", error="The mail server refuses this address (code 550).")
    reminder(program, 4, state="cancelled", error=str(NO_LONGER_DUE[Why.NOTHING_OPEN]))
    reminder(program, 5, state="done", finished_at=sent)
    found = listed(program).reminders
    assert [told.words for told in found] == ["Waiting to be sent", "Being sent", "Sent", "Failed", "Not needed"]
    assert [told.is_failed for told in found] == [False, False, False, True, False]
    assert found[2].sent_at == sent
    text = render_to_string("reminders/list.html", {"reminders": listed(program)})
    for words in ("code 451", "code 550", "Nothing was open any more"):
        assert words in text


def test_nothing_sent_yet_is_said(program: Program) -> None:
    text = render_to_string("reminders/list.html", {"reminders": listed(program)})
    assert "None was sent yet." in text
    assert "On: one e-mail after 18:00 when something is still open, at most 4 a week." in text


@pytest.mark.parametrize(("model", "fields", "words"), [
    (Patient, {"reminders": False}, "Off: "),
    (Patient, {"email": ""}, "no e-mail address"),
    (Program, {"state": "ended"}, "The program has ended"),
    (Standing, {"reminders_ignored": 4}, "Paused after 4 unanswered"),
    (Clinic, {"reminders_per_week": 2}, "at most 2 a week"),
])  # fmt: skip
def test_whether_they_come_is_said_first(program: Program, model: type, fields: dict[str, object], words: str) -> None:
    model.objects.update(**fields)  # type: ignore[attr-defined]
    assert words in listed(program).words


def test_every_decision_has_words_for_staff() -> None:
    assert set(NO_LONGER_DUE) == set(Why)


def test_the_list_costs_one_query(program: Program) -> None:
    loaded = Program.objects.select_related("episode__patient", "standing").get(pk=program.pk)
    clinic = Clinic.objects.get()
    with at_most(1):
        reminder_list(loaded, clinic)
