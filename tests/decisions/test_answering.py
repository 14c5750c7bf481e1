"""Accepting, changing and dismissing what is proposed: kept with everything, once, and never without the clinician."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEntry, User
from programs.actions import answer_proposal, take_back
from programs.actions.undo import ChangedMeanwhileError
from programs.decisions.answers import answer_to
from programs.decisions.gather import gathered
from programs.mapping import running_words
from programs.models import DraftStep, MorningCheck, Program, ProgramDecision, ProgramLine, ProgramVersion, Standing
from programs.progression.proposal_types import Change, Decision, Part, Verdict
from tests.decisions.cases import A_DAY, Case
from tests.support.factories import World

SignIn = Callable[[User], Client]


def proposed(case: Case, today: date) -> Decision:
    found = gathered(case.program, today)
    assert found
    return found.decide()


def answer(
    case: Case, today: date, outcome: str = "accepted", reason: str = "", seen: str | None = None
) -> ProgramDecision:
    signature = proposed(case, today).signature if seen is None else seen
    settled = answer_proposal(
        by=case.world.clinician, program=case.program, outcome=outcome, seen=signature, today=today, reason=reason
    )
    case.program = Program.objects.select_related("episode__patient__running").get(pk=case.program.pk)
    return settled.row


def draft(case: Case) -> list[tuple[str, int]]:
    """The exercises of the current phase with their sets."""
    lines = ProgramLine.objects.filter(program=case.program, phase=case.program.phase).select_related("exercise")
    return [(line.exercise.key, line.dose["sets"]) for line in lines]


def test_accepting_a_stage_moves_the_draft_and_one_click_undoes_it(ready: Case, today: date) -> None:
    before = draft(ready)
    row = answer(ready, today)
    assert (row.verdict, row.outcome, row.by, row.day) == ("progress", "accepted", ready.world.clinician, today)
    assert (ready.program.stage, ready.program.phase) == (2, 2)
    assert draft(ready) != before
    assert ProgramVersion.objects.filter(program=ready.program).count() == 1
    step = DraftStep.objects.get(program=ready.program)
    take_back(by=ready.world.clinician, program=ready.program, number=step.number)
    ready.program.refresh_from_db()
    assert (ready.program.stage, ready.program.phase) == (1, 1)
    assert draft(ready) == before


def test_what_was_proposed_is_kept_whole_and_audited(ready: Case, today: date) -> None:
    row = answer(ready, today)
    kept = ProgramDecision.objects.get(pk=row.pk)
    assert kept.proposal["change"] == {"part": "stage", "now": 1, "then": 2}
    assert {reason["key"] for reason in kept.proposal["reasons"]} >= {"tolerated", "criterion_met"}
    assert AuditEntry.objects.filter(table_name="programs_programdecision", row_id=row.pk).exists()


def test_the_standing_knows_at_once_that_it_was_answered(ready: Case, today: date) -> None:
    answer(ready, today)
    standing = Standing.objects.get(program=ready.program)
    assert (standing.verdict, standing.proposed_on, standing.is_answered) == ("progress", today, True)


def test_accepting_twice_is_refused_in_words_and_changes_nothing(ready: Case, today: date) -> None:
    seen = proposed(ready, today).signature
    answer(ready, today, seen=seen)
    with pytest.raises(ChangedMeanwhileError, match="already answered"):
        answer(ready, today, seen=seen)
    assert ProgramDecision.objects.count() == 1
    assert DraftStep.objects.count() == 1


def test_an_answer_to_what_is_no_longer_proposed_is_refused(ready: Case, today: date) -> None:
    seen = proposed(ready, today).signature
    ready.did(today, pain=9)
    with pytest.raises(ChangedMeanwhileError, match="changed meanwhile"):
        answer(ready, today, seen=seen)
    assert not ProgramDecision.objects.exists()


@pytest.mark.parametrize("outcome", ["changed", "dismissed"])
def test_changing_and_dismissing_need_a_reason(ready: Case, today: date, outcome: str) -> None:
    with pytest.raises(ValidationError, match="reason"):
        answer(ready, today, outcome)
    row = answer(ready, today, outcome, "Race in a week")
    assert (row.outcome, row.reason) == (outcome, "Race in a week")
    assert ready.program.stage == 1
    assert not DraftStep.objects.exists()


def test_a_dismissed_proposal_stays_away_until_something_new_is_told(ready: Case, today: date) -> None:
    answer(ready, today, "dismissed", "Race in a week")
    standing = Standing.objects.get(program=ready.program)
    assert standing.is_answered
    ready.well(today, today)
    found = gathered(ready.program, today + A_DAY)
    assert found
    assert found.decide().verdict is Verdict.PROGRESS
    assert found.decide().signature != standing.proposal["signature"]


def test_a_step_back_to_a_stage_the_draft_never_had_takes_it_from_the_library(clinic: World, today: date) -> None:
    case = Case.of(clinic, "hamstring_strain", 2)
    case.issue(today - 3 * A_DAY)
    case.did(today - 3 * A_DAY, 7)
    decision = proposed(case, today)
    assert decision.change
    assert (decision.verdict, decision.change.part, decision.change.then) == (Verdict.STEP_BACK, Part.STAGE, 1)
    answer(case, today)
    assert (case.program.stage, case.program.phase) == (1, 1)
    assert [phase["stage"] for phase in case.program.phases] == [1, 2, 3, 4]
    assert draft(case)[0][0] == "isometric_heel_dig"
    assert case.program.running_advice["level"] == 0
    step = DraftStep.objects.get(program=case.program)
    take_back(by=clinic.clinician, program=case.program, number=step.number)
    case.program.refresh_from_db()
    assert [phase["stage"] for phase in case.program.phases] == [2, 3, 4]


def test_a_rung_moves_alone_and_the_words_of_the_clinician_stay(clinic: World, today: date) -> None:
    case = Case.of(clinic, "sij", 2)
    first = today - 9 * A_DAY
    case.issue(first, running_advice=running_words(2, "In my words."))
    case.well(first, today - A_DAY)
    for back in (4, 2):
        case.ran(today - back * A_DAY, 1, minutes=32, surface="flat", level=2)
    decision = proposed(case, today)
    assert decision.change
    assert (decision.change.part, decision.change.now, decision.change.then) == (Part.RUN_LEVEL, 2, 3)
    before = draft(case)
    answer(case, today)
    assert case.program.running_advice["level"] == 3
    assert case.program.running_advice["text"] == "In my words."
    assert draft(case) == before


def test_a_bad_run_takes_the_rung_back(clinic: World, today: date) -> None:
    case = Case.of(clinic, "sij", 2)
    case.issue(today - 5 * A_DAY, running_advice=running_words(2, ""))
    case.ran(today - A_DAY, 6, minutes=30, surface="flat", level=2)
    answer(case, today)
    assert case.program.running_advice["level"] == 1


def test_a_new_stage_leaves_the_rung_where_the_runner_is(clinic: World, today: date) -> None:
    case = Case.of(clinic, "nerve", 1)
    first = today - 6 * A_DAY
    case.issue(first)
    for number in range(6):
        case.did(first + number * A_DAY, 1)
        case.morning(first + (number + 1) * A_DAY, leg="none")
    case.checked(today - A_DAY, "rest_pain", pain=0)
    case.checked(today - A_DAY, "settles_min", value=20)
    decision = proposed(case, today)
    assert decision.change
    assert decision.change.part is Part.STAGE
    answer(case, today)
    assert case.program.stage == 2
    assert case.program.running_advice["level"] == 0
    assert "Walk and run" in case.program.running_advice["text"]


def test_a_passed_self_test_brings_the_next_exercise_in_its_place(clinic: World, today: date) -> None:
    case = Case.of(clinic, "hamstring_strain", 1)
    first = today - 6 * A_DAY
    case.issue(first)
    case.well(first, today - A_DAY)
    case.checked(today - A_DAY, "bridge_two_leg", value=30, has_cramp=False, hip_drops=False)
    assert proposed(case, today).change == Change(Part.SELF_TEST, 0, 1)
    answer(case, today)
    exercises = [key for key, _sets in draft(case)]
    assert exercises[1] == "bridge_one_leg"
    assert "bridge_two_leg" not in exercises
    assert case.program.self_test == 1
    step = DraftStep.objects.get(program=case.program)
    take_back(by=clinic.clinician, program=case.program, number=step.number)
    case.program.refresh_from_db()
    assert case.program.self_test is None


def heavier(case: Case, by: int = 2) -> None:
    for line in ProgramLine.objects.filter(program=case.program, phase=case.program.phase):
        line.dose["sets"] += by
        line.save()


def test_too_much_load_goes_back_to_the_doses_borne_last(case: Case, today: date) -> None:
    first = today - 24 * A_DAY
    case.issue(first)
    borne = draft(case)
    case.well(first, first + 6 * A_DAY)
    heavier(case)
    case.issue(today - 10 * A_DAY)
    case.did(today - 2 * A_DAY, 8)
    decision = proposed(case, today)
    assert decision.change
    assert decision.change.part is Part.LOAD
    answer(case, today)
    assert draft(case) == borne


def test_where_no_load_was_borne_half_the_sets_are_left(case: Case, today: date) -> None:
    heavier(case)
    case.issue(today - 10 * A_DAY)
    before = draft(case)
    case.did(today - 2 * A_DAY, 8)
    answer(case, today)
    assert draft(case) == [(key, -(-sets // 2)) for key, sets in before]


def test_holding_keeps_everything_and_is_kept_as_an_answer(case: Case, today: date) -> None:
    case.issue(today - A_DAY)
    row = answer(case, today)
    assert (row.verdict, row.outcome) == ("hold", "accepted")
    assert not DraftStep.objects.exists()


def test_a_review_that_comes_due_again_after_a_new_version_asks_again(case: Case, today: date) -> None:
    case.issue(today - 30 * A_DAY)
    first = proposed(case, today)
    assert first.verdict is Verdict.REVIEW
    answer(case, today, "dismissed", "Seen yesterday", seen=first.signature)
    assert Standing.objects.get(program=case.program).is_answered
    case.issue(today - 20 * A_DAY)
    found = gathered(case.program, today)
    assert found
    rows = list(ProgramDecision.objects.filter(program=case.program))
    assert answer_to(found.decide(), rows, found.issued) is None


def post(browser: Client, case: Case, **values: str) -> Any:
    return browser.post(reverse("programs:proposal", args=[case.program.pk]), values)


def test_the_page_proposes_one_change_with_its_reasons_and_what_is_missing(
    ready: Case, browser: Client, today: date
) -> None:
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Ready to move on" in page
    assert "Change from stage 1 to stage 2." in page
    assert "Met: daily load test." in page
    assert "Accept into the draft" in page
    MorningCheck.objects.filter(program=ready.program, day=today).delete()
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Missing before a step forward" in page
    assert "The next morning was not reported." in page


def test_accepting_leads_to_the_draft_where_it_can_be_issued(ready: Case, browser: Client, today: date) -> None:
    answered = post(browser, ready, outcome="accepted", seen=proposed(ready, today).signature)
    assert answered["Location"] == reverse("programs:builder", args=[ready.program.pk])
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Accepted by Ines Halvard" in page
    assert "It is in the draft" in page
    step = DraftStep.objects.get(program=ready.program)
    browser.post(reverse("programs:undo", args=[ready.program.pk]), {"step": step.number, "number": step.number})
    assert not DraftStep.objects.exists()
    assert "it was undone there" in browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Accept into the draft" not in page
    assert "Answered proposals" in page
    patient = browser.get(reverse("clinic:patient", args=[ready.program.episode.patient_id])).text
    assert "Proposal accepted: ready to move on" in patient


def test_dismissing_without_a_reason_says_so_where_it_stands(ready: Case, browser: Client, today: date) -> None:
    answered = post(browser, ready, outcome="dismissed", seen=proposed(ready, today).signature)
    assert answered.status_code == 422
    assert "Say why" in answered.text
    assert not ProgramDecision.objects.exists()


def test_readers_see_the_proposal_and_answer_none(ready: Case, sign_in: SignIn, today: date) -> None:
    reader = sign_in(ready.world.reader)
    page = reader.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Ready to move on" in page
    assert "Accept into the draft" not in page
    answered = post(reader, ready, outcome="accepted", seen=proposed(ready, today).signature)
    assert answered.status_code == 403
    assert not ProgramDecision.objects.exists()


def test_an_ended_program_proposes_nothing_and_keeps_its_answers(ready: Case, browser: Client, today: date) -> None:
    answer(ready, today, "dismissed", "Moving away")
    Program.objects.filter(pk=ready.program.pk).update(state="ended", ended_at=timezone.now())
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Ready to move on" in page
    assert 'id="decision"' not in page
    assert "Moving away" in page


def test_doing_something_else_leads_to_the_draft_with_the_reason_kept(
    ready: Case, browser: Client, today: date
) -> None:
    seen = proposed(ready, today).signature
    answered = post(browser, ready, outcome="changed", seen=seen, reason="Heavier first")
    assert answered["Location"] == reverse("programs:builder", args=[ready.program.pk])
    assert ProgramDecision.objects.get().reason == "Heavier first"
    assert "Changed by Ines Halvard" in browser.get(reverse("programs:program", args=[ready.program.pk])).text


def test_a_program_that_is_finished_leads_to_its_end(clinic: World, browser: Client, today: date) -> None:
    case = Case.of(clinic, "hamstring_strain", 4)
    first = today - 9 * A_DAY
    case.issue(first, running_advice=running_words(7, ""))
    case.well(first, today - A_DAY)
    case.checked(today - A_DAY, "full_training", passed=True)
    decision = proposed(case, today)
    assert decision.change == Change(Part.FINISH)
    answered = post(browser, case, outcome="accepted", seen=decision.signature)
    assert answered["Location"] == reverse("programs:end", args=[case.program.pk])
    assert not DraftStep.objects.exists()


def test_a_change_that_was_accepted_and_never_issued_is_named_the_next_day(
    ready: Case, browser: Client, today: date
) -> None:
    answer(ready, today)
    ready.did(today)
    ready.checked(today, "daily_load", by_staff=True, pain=1)
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "no version was issued since" in page


def test_a_stale_page_is_told_so_where_the_proposal_stands(ready: Case, browser: Client, today: date) -> None:
    seen = proposed(ready, today).signature
    ready.did(today, pain=9)
    answered = post(browser, ready, outcome="accepted", seen=seen)
    assert answered["Location"].endswith("#decision")
    page = browser.get(answered["Location"].partition("#")[0]).text
    assert "The proposal changed meanwhile" in page
    assert "Step back" in page
    assert not DraftStep.objects.exists()


def test_late_arrivals_are_marked_where_the_data_points_stand(ready: Case, browser: Client, today: date) -> None:
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "some arrived late" in page
    assert " h later" in page


def test_thresholds_are_shown_with_their_source_and_standing(ready: Case, browser: Client) -> None:
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "Where the numbers come from" in page
    assert "Good days before a step forward" in page
    assert "Our proposal" in page
    assert "Read where it is quoted" in page


def test_what_holds_for_several_days_is_told_once_with_all_of_them(case: Case, browser: Client, today: date) -> None:
    case.issue(today - 6 * A_DAY)
    for ago in (3, 2, 1):
        case.did(today - ago * A_DAY, pain=7)
    text = browser.get(reverse("programs:program", args=[case.program.pk])).text
    why = text.partition('<ol class="reasons"')[2].partition("</ol>")[0]
    assert why.count("<p>Pain while exercising was 7 of 10, above 5.") == 1
    assert len(set(re.findall(r'<time datetime="([\d-]+)"', why))) == 3
