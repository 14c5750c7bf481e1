"""What the runner tells that is new stands at the very top until somebody has dealt with it, by name and time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from programs.actions import handle_new_symptom
from programs.actions.undo import ChangedMeanwhileError
from programs.models import NewSymptom, Standing
from tests.decisions.cases import A_DAY, Case

SignIn = Callable[[User], Client]
SADDLE = "newly numb or odd between your legs"


@pytest.fixture
def told(case: Case, today: date) -> NewSymptom:
    case.issue(today - A_DAY)
    return case.new(today, {"between_legs": True, "unwell": None, "pop_bruise": False}, note="Since this morning")


def page(browser: Client, case: Case) -> str:
    return browser.get(reverse("programs:program", args=[case.program.pk])).text


def deal(browser: Client, case: Case, told: NewSymptom, note: str = "Called, sent to hospital") -> int:
    values = {"until": told.created_at.isoformat(), "note": note}
    return browser.post(reverse("programs:symptom_handled", args=[case.program.pk]), values).status_code


def test_it_stands_before_everything_else_in_the_words_it_was_asked_in(
    case: Case, told: NewSymptom, browser: Client
) -> None:
    shown = page(browser, case)
    assert shown.index("Emergency · told by the runner") < shown.index('id="decision"')
    assert SADDLE in shown
    assert "Left open, which is not a no" in shown
    assert "fever" in shown
    assert "Did you feel a pop?" not in shown
    assert "Since this morning" in shown
    assert "Review" in shown


def test_dealing_with_it_needs_a_note(case: Case, told: NewSymptom, browser: Client, today: date) -> None:
    assert deal(browser, case, told, note="") == 422
    with pytest.raises(ValidationError, match="what was done"):
        handle_new_symptom(by=case.world.clinician, program=case.program, note=" ", until=timezone.now(), today=today)
    assert NewSymptom.objects.get().handled_at is None


def test_dealt_with_keeps_who_and_when_and_leaves_the_page(case: Case, told: NewSymptom, browser: Client) -> None:
    assert deal(browser, case, told) == 302
    row = NewSymptom.objects.get()
    assert (row.handled_by, row.handled_note) == (case.world.clinician, "Called, sent to hospital")
    assert SADDLE not in page(browser, case).split('id="decision"')[0]
    assert Standing.objects.get(program=case.program).new_symptom_at is None
    assert Standing.objects.get(program=case.program).verdict == "hold"


def test_what_arrives_meanwhile_stays_open(case: Case, told: NewSymptom, browser: Client, today: date) -> None:
    later = case.new(today, {"chest_breath": True})
    assert deal(browser, case, told) == 302
    standing = Standing.objects.get(program=case.program)
    assert standing.new_symptom_at == later.created_at
    assert standing.verdict == "review"
    assert "chest newly hurt" in page(browser, case)


def test_dealing_with_it_twice_is_said_in_words(case: Case, told: NewSymptom, browser: Client, today: date) -> None:
    deal(browser, case, told)
    with pytest.raises(ChangedMeanwhileError, match="Somebody dealt with this"):
        handle_new_symptom(
            by=case.world.clinician, program=case.program, note="Again", until=timezone.now(), today=today
        )


def test_a_question_left_open_is_shown_and_holds_without_being_urgent(case: Case, browser: Client, today: date) -> None:
    case.issue(today - A_DAY)
    case.new(today, {"unwell": None})
    shown = page(browser, case)
    assert "A question was left open" in shown
    assert Standing.objects.get(program=case.program).new_symptom_at is None


def test_all_answered_with_no_needs_nobody(case: Case, browser: Client, today: date) -> None:
    case.issue(today - A_DAY)
    case.new(today, {"unwell": False, "pop_bruise": False})
    assert 'id="new-symptom"' not in page(browser, case)


def test_an_answer_from_a_phone_without_connection_says_how_late_it_came(
    case: Case, told: NewSymptom, browser: Client
) -> None:
    NewSymptom.objects.update(told_at=told.created_at - timedelta(hours=14, minutes=5))
    assert "arrived 14 h later" in page(browser, case)


def test_readers_see_it_and_deal_with_nothing(case: Case, told: NewSymptom, sign_in: SignIn) -> None:
    reader = sign_in(case.world.reader)
    shown = page(reader, case)
    assert SADDLE in shown
    assert "Dealt with" not in shown
    assert deal(reader, case, told) == 403
