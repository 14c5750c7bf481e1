"""Dealing with a case or putting it off: gone until something worse, something newer, or its day; seen by all, undone at once."""

from datetime import timedelta

import pytest
from django.test import Client

from clinic.models import Patient
from clinic.tenancy import clinic_scope
from programs.caseload.handling import Refused, handle_case, mark_of, take_back
from programs.caseload.queries import counts
from programs.caseload.reasons import Reason
from programs.caseload.standing import refresh
from programs.models import CaseHandling, ExerciseLog, NewSymptom, Program, ProgramVersion, Standing
from tests.caseload.conftest import Caseload
from tests.support.factories import make_clinic, make_episode
from tests.support.programs import make_issued


def reason(caseload: Caseload, version: ProgramVersion, days: int = 0) -> int:
    """Its reason today, or that many days later."""
    counts(caseload.world.clinic, caseload.today + timedelta(days=days))
    return Standing.objects.get(program=version.program_id).attention


def handle(caseload: Caseload, version: ProgramVersion, *, later: int = 0, note: str = "") -> CaseHandling | Refused:
    reason(caseload, version)
    return handle_case(
        by=caseload.world.clinician,
        program=Program.objects.get(pk=version.program_id),
        today=caseload.today,
        seen=mark_of(Standing.objects.get(program=version.program_id)),
        until=caseload.today + timedelta(days=later) if later else None,
        note=note,
    )


def painful(caseload: Caseload, name: str = "Ana") -> ProgramVersion:
    version = caseload.runner(name)
    caseload.report(version, 1, pain=7)
    return version


def test_what_was_handled_leaves_the_list(caseload: Caseload) -> None:
    version = painful(caseload)
    handling = handle(caseload, version, note="phoned")
    assert isinstance(handling, CaseHandling)
    assert (handling.way, handling.attention, handling.note) == ("handled", Reason.PAIN_ABOVE_CEILING, "phoned")
    assert reason(caseload, version) == Reason.PUT_OFF


def test_something_newer_of_the_same_kind_brings_it_back(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version, later=7, note="on holiday")
    caseload.report(version, 0, pain=6)
    assert reason(caseload, version) == Reason.PAIN_ABOVE_CEILING


def test_a_worse_value_of_the_same_day_brings_it_back(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version)
    ExerciseLog.objects.update(pain=9)
    refresh(version.program_id)
    assert reason(caseload, version) == Reason.PAIN_ABOVE_CEILING


def test_something_worse_of_another_kind_brings_it_back(caseload: Caseload) -> None:
    version = caseload.runner()
    caseload.morning(version, 1, 0)
    handle(caseload, version, later=3, note="seen on Friday")
    assert reason(caseload, version) == Reason.PUT_OFF
    caseload.report(version, 0, pain=8)
    assert reason(caseload, version) == Reason.PAIN_ABOVE_CEILING


def test_the_same_told_again_does_not(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version)
    refresh(version.program_id)
    assert reason(caseload, version) == Reason.PUT_OFF


def test_a_good_report_afterwards_settles_it(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version)
    caseload.report(version, 0, pain=1)
    assert reason(caseload, version) == Reason.AS_PLANNED


@pytest.mark.parametrize("later", [1, 3])
def test_what_was_put_off_comes_back_on_its_day(caseload: Caseload, later: int) -> None:
    version = caseload.runner(began=9)
    caseload.report(version, 8)
    handle(caseload, version, later=later, note="on holiday")
    assert reason(caseload, version, later - 1) == Reason.PUT_OFF
    assert reason(caseload, version, later) == Reason.SILENT


def test_what_was_handled_and_has_not_changed_comes_back_in_a_week(caseload: Caseload) -> None:
    version = caseload.runner(began=14)
    caseload.report(version, 0)
    handle(caseload, version)
    assert reason(caseload, version, 4) == Reason.PUT_OFF
    assert reason(caseload, version, 7) == Reason.REVIEW_DUE


def test_a_reason_that_begins_later_is_not_quiet(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version, later=7, note="rests")
    Patient.objects.update(email_refused="code 550")
    assert reason(caseload, version) == Reason.EMAIL_REFUSED


def test_every_reason_that_held_is_quiet_at_once(caseload: Caseload) -> None:
    version = painful(caseload)
    Patient.objects.update(email_refused="code 550")
    handle(caseload, version)
    assert reason(caseload, version) == Reason.PUT_OFF


def test_something_urgent_cannot_be_put_off(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version, later=7, note="rests")
    NewSymptom.objects.create(
        clinic=caseload.world.clinic,
        program=version.program,
        day=caseload.today,
        answers={"between_legs": True},
        is_urgent=True,
        told_at=caseload.world.clinic.created_at,
    )
    refresh(version.program_id)
    assert reason(caseload, version) == Reason.NEW_SYMPTOM
    assert handle(caseload, version) is Refused.URGENT
    page = caseload.page()
    assert "Emergency sign reported" in page
    assert "<title>(1) Caseload" in page
    assert "Handled or later" not in page


def test_what_nobody_has_seen_is_not_put_off(caseload: Caseload) -> None:
    version = painful(caseload)
    reason(caseload, version)
    seen = mark_of(Standing.objects.get())
    caseload.report(version, 0, pain=8)
    answer = handle_case(by=caseload.world.clinician, program=version.program, today=caseload.today, seen=seen)
    assert answer is Refused.CHANGED
    assert not CaseHandling.objects.exists()


def test_taking_back_brings_it_back_and_keeps_the_line(caseload: Caseload) -> None:
    version = painful(caseload)
    handling = handle(caseload, version)
    assert isinstance(handling, CaseHandling)
    assert take_back(by=caseload.world.clinician, handling=handling)
    assert not take_back(by=caseload.world.clinician, handling=handling)
    assert reason(caseload, version) == Reason.PAIN_ABOVE_CEILING
    assert CaseHandling.objects.get().taken_back_at


def test_taking_an_older_one_back_leaves_the_newer(caseload: Caseload) -> None:
    version = painful(caseload)
    first = handle(caseload, version)
    caseload.report(version, 0, pain=8)
    handle(caseload, version)
    assert isinstance(first, CaseHandling)
    take_back(by=caseload.world.clinician, handling=first)
    assert reason(caseload, version) == Reason.PUT_OFF


def post(caseload: Caseload, version: ProgramVersion, role: str = "clinician", **sent: str) -> tuple[int, str]:
    client = Client()
    client.force_login(getattr(caseload.world, role))
    reason(caseload, version)
    values = {"seen": mark_of(Standing.objects.get(program=version.program_id)), "show": "attention"} | sent
    answer = client.post(f"/caseload/{version.program_id}/handled/", values, follow=True)
    return answer.status_code, answer.text


def test_the_page_offers_undo_right_away_and_the_list_of_those_put_off_says_who_and_why(caseload: Caseload) -> None:
    version = painful(caseload)
    _status, page = post(caseload, version, later="3", note="on holiday")
    assert "Ana Example: put off until" in page
    assert "Put off <b>1</b>" in page
    handling = CaseHandling.objects.get()
    undo = f'action="/caseload/handlings/{handling.pk}/back/"'
    assert undo in page
    later = caseload.page("?show=later")
    assert "put off by Ines Halvard until" in later
    assert "on holiday" in later
    assert "Pain above the ceiling" in later
    assert undo in later
    client = Client()
    client.force_login(caseload.world.clinician)
    answer = client.post(f"/caseload/handlings/{handling.pk}/back/", follow=True)
    assert "Taken back: the runner is on the list again." in answer.text
    assert "Needs attention <b>1</b>" in answer.text


@pytest.mark.parametrize("sent", [{"later": "3"}, {"later": "3", "note": "  "}, {"later": "400", "note": "x"}])
def test_putting_off_needs_a_day_of_the_three_and_a_reason(caseload: Caseload, sent: dict[str, str]) -> None:
    _status, page = post(caseload, painful(caseload), **sent)
    assert "Say until when and why" in page
    assert not CaseHandling.objects.exists()


def test_a_page_of_before_puts_nothing_off(caseload: Caseload) -> None:
    _status, page = post(caseload, painful(caseload), seen="old")
    assert "Something was told meanwhile" in page
    assert not CaseHandling.objects.exists()


def test_readers_see_what_is_put_off_and_change_nothing(caseload: Caseload) -> None:
    version = painful(caseload)
    status, _page = post(caseload, version, role="reader")
    assert status == 403
    assert "Handled or later" not in caseload.page(as_role="reader")
    handle(caseload, version, later=1, note="x")
    later = caseload.page("?show=later", as_role="reader")
    assert "put off by Ines Halvard" in later
    assert "Take back" not in later


def test_another_clinic_can_neither_put_off_nor_take_back(db: None) -> None:
    ours, theirs = make_clinic(), make_clinic("Elsewhere")
    with clinic_scope(theirs.clinic.pk, actor="system:tests"):
        version, _link = make_issued(theirs, starts_on=theirs.clinic.created_at.date(), episode=make_episode(theirs))
        handling = CaseHandling.objects.create(
            clinic=theirs.clinic, program=version.program, attention=2, way="handled", by=theirs.clinician
        )
    client = Client()
    client.force_login(ours.clinician)
    assert client.post(f"/caseload/{version.program_id}/handled/").status_code == 404
    assert client.post(f"/caseload/handlings/{handling.pk}/back/").status_code == 404
    assert client.get(f"/?done={handling.pk}").status_code == 200


def test_the_record_keeps_a_line_of_each_that_was_not_taken_back(caseload: Caseload) -> None:
    version = painful(caseload)
    handle(caseload, version, later=3, note="on holiday")
    client = Client()
    client.force_login(caseload.world.clinician)
    record = f"/patients/{version.program.episode.patient_id}/"
    page = client.get(record).text
    assert "Pain above the ceiling: put off until" in page
    assert "by Ines Halvard" in page
    assert "on holiday" in page
    take_back(by=caseload.world.clinician, handling=CaseHandling.objects.get())
    assert "put off until" not in client.get(record).text
