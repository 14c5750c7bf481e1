"""Proposals are worked out in the background: emptied by every report, rung on commit, looked after by a sweep."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import Patient
from programs.caseload.standing import refresh
from programs.decisions import keeping, tasks
from programs.models import RunLog, Standing
from programs.portal.actions import log_exercise
from programs.portal.links import token_of
from tests.decisions.cases import A_DAY, Case
from tests.support.factories import World
from tests.support.queries import at_most

REPORT = 23  # what a report and its answer cost; what is proposed is not among it


def standing(case: Case) -> Standing:
    return Standing.objects.get(program=case.program)


def work(case: Case) -> None:
    """What a worker does when it is rung."""
    tasks.reconsider(str(case.world.clinic.pk), str(case.program.pk))


def test_a_report_empties_the_proposal_and_rings_on_commit_only(
    ready: Case, today: date, django_capture_on_commit_callbacks: Any
) -> None:
    work(ready)
    assert (standing(ready).verdict, standing(ready).proposed_on) == ("progress", today)
    with django_capture_on_commit_callbacks() as rung:
        ready.did(today, 9)
        assert (standing(ready).verdict, standing(ready).proposed_on) == ("", None)
    assert any(tasks.reconsider in getattr(each, "args", ()) for each in rung)
    work(ready)
    assert standing(ready).verdict == "step_back"
    assert standing(ready).proposal["change"]["part"] in {"load", "stage"}


def test_a_worker_rung_twice_works_once(ready: Case) -> None:
    work(ready)
    with at_most(2 + 2):  # the clinic's scope opened and set back
        work(ready)


def test_working_it_out_costs_the_same_for_a_day_as_for_twelve_weeks(case: Case, today: date) -> None:
    case.issue(today - 12 * A_DAY)
    with at_most(7):
        keeping.reconsider(case.program.pk, today)
    case.well(today - 12 * A_DAY, today - A_DAY)
    with at_most(7):
        keeping.reconsider(case.program.pk, today)


def test_the_sweep_finds_what_is_empty_and_what_is_of_an_earlier_day_of_the_runners(case: Case, today: date) -> None:
    case.issue(today - A_DAY)
    now = timezone.now()
    assert keeping.to_reconsider(now) == [case.program.pk]
    work(case)
    assert keeping.to_reconsider(now) == []
    with at_most(2):
        assert keeping.to_reconsider(now + timedelta(days=1)) == [case.program.pk]


def test_a_day_begins_where_the_runner_is(case: Case, today: date) -> None:
    case.issue(today - A_DAY)
    Patient.objects.update(time_zone="Pacific/Auckland")
    Standing.objects.update(proposed_on=date(2026, 11, 22), is_running=True)
    evening = datetime(2026, 11, 22, 10, 30, tzinfo=timezone.get_default_timezone())
    assert keeping.to_reconsider(evening) == []
    assert keeping.to_reconsider(evening + timedelta(hours=1)) == [case.program.pk]


def test_silence_shows_up_by_itself(case: Case, today: date) -> None:
    case.issue(today - 8 * A_DAY)
    keeping.reconsider(case.program.pk, today - 7 * A_DAY)
    assert "silent" not in str(standing(case).proposal)
    keeping.reconsider(case.program.pk, today)
    assert "silent" in {reason["key"] for reason in standing(case).proposal["reasons"]}


def test_an_ended_program_is_left_alone(case: Case, today: date) -> None:
    case.issue(today - A_DAY)
    case.program.state = "ended"
    case.program.save(update_fields=["state"])
    refresh(case.program.pk)
    assert keeping.to_reconsider(timezone.now()) == []
    assert not keeping.reconsider(case.program.pk, today)
    assert standing(case).verdict == ""


def test_a_program_of_another_clinic_is_not_touched(clinic: World) -> None:
    tasks.reconsider(str(clinic.clinic.pk), str(UUID(int=7)))


def test_runs_checks_and_news_count_as_reports_and_a_runs_pain_as_pain(case: Case, today: date) -> None:
    case.issue(today - 9 * A_DAY)
    case.did(today - 8 * A_DAY, 2)
    case.ran(today - 6 * A_DAY, 7)
    assert (standing(case).last_pain, standing(case).last_pain_on) == (7, today - 6 * A_DAY)
    assert standing(case).told_on == standing(case).last_report_on == today - 6 * A_DAY
    case.checked(today - 5 * A_DAY, "daily_load", pain=1)
    assert standing(case).told_on == today - 5 * A_DAY
    case.checked(today - 4 * A_DAY, "daily_load", by_staff=True, pain=1)
    assert standing(case).told_on == today - 5 * A_DAY
    case.new(today - 3 * A_DAY, {"unwell": False})
    assert standing(case).told_on == today - 3 * A_DAY
    RunLog.objects.update(is_removed=True)
    refresh(case.program.pk)
    assert (standing(case).last_pain, standing(case).last_pain_on) == (2, today - 8 * A_DAY)


def test_the_oldest_urgent_answer_nobody_dealt_with_is_kept(case: Case, today: date) -> None:
    case.issue(today - A_DAY)
    case.new(today - A_DAY, {"unwell": None})
    first = case.new(today, {"pop_bruise": True})
    case.new(today, {"unwell": True})
    assert standing(case).new_symptom_at == first.created_at


def test_a_sheet_typed_back_rings_once(case: Case, today: date, django_capture_on_commit_callbacks: Any) -> None:
    case.issue(today - 5 * A_DAY)
    work(case)
    with django_capture_on_commit_callbacks() as rung:
        case.well(today - 5 * A_DAY, today - A_DAY)
    assert [tasks.reconsider in getattr(each, "args", ()) for each in rung].count(True) == 1


def test_keeping_the_standing_costs_six_queries(case: Case, today: date) -> None:
    case.issue(today - 5 * A_DAY)
    case.well(today - 5 * A_DAY, today - A_DAY)
    case.ran(today - A_DAY, 1)
    with at_most(6):
        refresh(case.program.pk)


def test_a_runners_report_stays_cheap(case: Case, today: date) -> None:
    version = case.issue(today - 5 * A_DAY)
    case.well(today - 5 * A_DAY, today - A_DAY)
    session = case.planned(today)[0]
    values = {"day": today, "line": session.line, "occasion": session.number, "status": "done", "pain": 1, "reason": ""}
    with at_most(11):
        log_exercise(version=version, today=today, **values)
    link = case.program.links.get()
    url = reverse("programs:patient_exercise", args=[token_of(link), today, session.line, session.number])
    with at_most(REPORT):
        answered = Client().post(url, {"status": "done", "pain": "2"})
    assert answered.status_code == 302


@pytest.mark.parametrize("task", ["programs.decisions.reconsider", "programs.decisions.sweep"])
def test_the_tasks_are_known_to_the_worker(task: str) -> None:
    from config.celery import app

    app.loader.import_default_modules()
    assert task in app.tasks
