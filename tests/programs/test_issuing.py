"""Issuing: an immutable version with everything in it, the link, the paper's job, all or nothing and only once."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from clinic.models import AuditEntry, User
from programs.actions import add_line, change_line, end_program, give_reason, issue_program, renew_link, revoke_link
from programs.actions.issue import IssuedMeanwhileError
from programs.freezing import has_unissued_changes
from programs.handouts.gather import gather
from programs.mapping import running_words
from programs.models import Exercise, Handout, PatientLink, Program, ProgramVersion, Standing
from programs.portal.links import find_link, hash_of, token_of, unsubscribe_token_of, url_for
from programs.progression.dose import from_json
from programs.queries import lines_of
from tests.programs.test_builder import ISSUED, plan_of, url
from tests.support.factories import World
from tests.support.queries import at_most

TODAY = date(2026, 11, 22)


@pytest.fixture
def version(clinic: World, program: Program) -> ProgramVersion:
    return issue_program(by=clinic.clinician, program=program, today=TODAY)


def test_a_version_holds_all_that_paper_and_page_need_and_no_name(version: ProgramVersion, program: Program) -> None:
    content = version.content
    assert (version.number, version.starts_on, version.ends_on) == (1, TODAY, TODAY + timedelta(days=13))
    assert content["schema"] == 1
    assert (content["diagnosis"], content["stage"], content["side"], content["pain_ceiling"]) == ("pht", 1, "right", 5)
    first = content["lines"][0]
    assert first["name"] == "Lying curl hold"
    assert first["staff_text"] == "5 × 45 s hold, rest 2 min, right, 2×/day"
    assert first["sentence"].startswith("Hold for 45 seconds with your right leg.")
    assert first["big"] == {"headline": "5 × 45\u00a0s", "unit": "holds", "how_often": "2 times a day"}
    assert set(first) >= {"line", "exercise", "kind", "side", "dose", "purpose", "steps", "cues", "faults", "note"}
    assert content["doses"] == {line["line"]: line["dose"] for line in content["lines"]}
    assert content["criteria"]
    assert content["avoid"]
    assert content["clinic"]["emergency_number"] == "999"
    assert "Ferreira" not in str(content)
    assert "Ana" not in str(content)


def test_issuing_makes_link_paper_and_standing_with_it(version: ProgramVersion, program: Program) -> None:
    program.refresh_from_db()
    assert program.state == "issued"
    assert Handout.objects.get(version=version).state == "queued"
    assert PatientLink.objects.get(program=program).revoked_at is None
    assert Standing.objects.get(program=program).starts_on == TODAY


def test_the_worker_is_rung_after_the_commit_with_ids_only(
    clinic: World, program: Program, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable
) -> None:
    rung: list[tuple[str, str]] = []
    monkeypatch.setattr("programs.handouts.tasks.render.apply_async", lambda args, **_: rung.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        issue_program(by=clinic.clinician, program=program, today=TODAY)
        assert not rung
    assert rung == [(str(clinic.clinic.pk), str(Handout.objects.get().pk))]


def test_a_broker_that_is_down_does_not_stop_issuing(
    clinic: World, program: Program, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable
) -> None:
    def down(*_args: object, **_more: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr("programs.handouts.tasks.render.apply_async", down)
    with django_capture_on_commit_callbacks(execute=True):
        issue_program(by=clinic.clinician, program=program, today=TODAY)
    assert Handout.objects.get().state == "queued"


def test_an_issued_version_cannot_be_changed_or_deleted_by_anybody(version: ProgramVersion) -> None:
    for change in (lambda: ProgramVersion.objects.update(number=9), lambda: ProgramVersion.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_next_version_supersedes_with_the_same_link_and_the_same_lines(
    clinic: World, version: ProgramVersion, program: Program
) -> None:
    line = lines_of(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json({**line.dose, "sets": 3}))
    assert has_unissued_changes(program, lines_of(program), version)
    second = issue_program(by=clinic.clinician, program=program, today=TODAY + timedelta(days=7), after=1)
    assert (second.number, second.starts_on) == (2, TODAY + timedelta(days=7))
    assert [line["line"] for line in second.content["lines"]] == [line["line"] for line in version.content["lines"]]
    assert (version.content["lines"][0]["dose"]["sets"], second.content["lines"][0]["dose"]["sets"]) == (5, 3)
    assert PatientLink.objects.filter(program=program).count() == 1
    program.refresh_from_db()
    assert not has_unissued_changes(program, lines_of(program), second)


def test_a_form_sent_twice_issues_once(clinic: World, version: ProgramVersion, program: Program) -> None:
    with pytest.raises(IssuedMeanwhileError):
        issue_program(by=clinic.clinician, program=program, today=TODAY, after=0)
    assert ProgramVersion.objects.count() == 1


def test_an_empty_program_is_not_issued(clinic: World, program: Program) -> None:
    program.lines.all().delete()
    with pytest.raises(ValidationError, match="at least one exercise"):
        issue_program(by=clinic.clinician, program=program, today=TODAY)


def test_an_unsuitable_exercise_is_issued_only_with_a_reason(
    clinic: World, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    line = add_line(by=clinic.clinician, program=program, exercise=exercise("supine_strap_stretch"))
    with pytest.raises(ValidationError, match="unsuitable today"):
        issue_program(by=clinic.clinician, program=program, today=TODAY)
    assert not ProgramVersion.objects.exists()
    give_reason(by=clinic.clinician, line=line, reason="Quiet for a year.")
    version = issue_program(by=clinic.clinician, program=program, today=TODAY)
    assert version.content["lines"][-1]["override_reason"] == "Quiet for a year."


def test_the_reason_for_an_unsuitable_exercise_is_kept_for_staff_and_audited_and_never_shown_to_the_runner(
    clinic: World, browser: Client, program: Program, exercise: Callable[[str], Exercise]
) -> None:
    reason = "Quiet for a year."
    add_line(by=clinic.clinician, program=program, exercise=exercise("supine_strap_stretch"), reason=reason)
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    assert reason in browser.get(url("program", program)).content.decode()
    assert reason in str(list(AuditEntry.objects.filter(table_name="programs_programline").values_list("after")))
    runner = Client().get(f"/my/{token_of(PatientLink.objects.get())}/")
    assert runner.status_code == 200
    assert reason not in runner.content.decode()


def test_a_first_day_that_has_passed_becomes_today(clinic: World, program: Program) -> None:
    program.starts_on = TODAY - timedelta(days=3)
    program.save()
    assert issue_program(by=clinic.clinician, program=program, today=TODAY).starts_on == TODAY


def test_the_paper_says_what_was_issued(version: ProgramVersion, program: Program) -> None:
    document, paper = gather(Handout.objects.get(version=version))
    assert paper == "A4"
    assert (document.first_name, document.body_part, document.version) == ("Ana", "Right thigh", 1)
    assert document.exercises[0].headline == "5 × 45\u00a0s"
    assert len(document.exercises[0].due_days) == 14
    assert document.link_url == url_for(PatientLink.objects.get(program=program), version=1)
    assert document.link_url.endswith("/?v=1")


def test_the_paper_says_how_to_move_up_the_ladder(clinic: World, program: Program) -> None:
    program.running_advice = running_words(1, "Every second day.")
    program.save()
    issue_program(by=clinic.clinician, program=program, today=TODAY)
    running = gather(Handout.objects.get())[0].running
    assert running
    assert running.headline == "10 × (run 1 min, walk 2 min)"
    assert running.move_up.startswith("Move up to “8 × (run 2 min, walk 2 min)” after 2 good runs")


def test_a_link_is_found_by_its_token_and_stored_only_as_a_hash(version: ProgramVersion, program: Program) -> None:
    link = PatientLink.objects.get(program=program)
    token = token_of(link)
    assert len(token) == 32
    assert link.token_hash == hash_of(token) != token
    found = find_link(token)
    assert found
    assert (found.link_id, found.program_id) == (link.pk, program.pk)
    assert find_link("a" * 32) is None
    assert find_link(unsubscribe_token_of(link)) is None
    assert find_link(token, unsubscribe=True) is None
    assert token not in str(list(AuditEntry.objects.values_list("before", "after")))


def test_an_old_link_can_still_be_printed_after_a_change_of_secret(
    version: ProgramVersion, program: Program, settings: object
) -> None:
    link = PatientLink.objects.get(program=program)
    token = token_of(link)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret" * 5
    assert token_of(link) == token


def test_a_renewed_link_replaces_the_old_one_and_the_paper_is_made_again(
    clinic: World, version: ProgramVersion, program: Program
) -> None:
    old = PatientLink.objects.get(program=program)
    Handout.objects.update(state="done", pdf=b"%PDF", attempts=1)
    new = renew_link(by=clinic.clinician, program=program)
    old.refresh_from_db()
    assert old.revoked_at
    assert token_of(old) != token_of(new)
    assert find_link(token_of(old)).is_revoked
    handout = Handout.objects.get()
    assert (handout.state, handout.pdf, handout.attempts) == ("queued", None, 0)


def test_a_revoked_link_leaves_the_paper_without_a_code(
    clinic: World, version: ProgramVersion, program: Program
) -> None:
    revoke_link(by=clinic.clinician, program=program)
    assert gather(Handout.objects.get())[0].link_url is None
    assert revoke_link(by=clinic.clinician, program=program) == 0


def test_a_draft_or_ended_program_gets_no_link(clinic: World, program: Program) -> None:
    with pytest.raises(ValidationError, match="Issue it first"):
        renew_link(by=clinic.clinician, program=program)
    end_program(by=clinic.clinician, program=program)
    with pytest.raises(ValidationError, match="Issue it first"):
        renew_link(by=clinic.clinician, program=program)


def test_one_click_saves_the_plan_and_issues(browser: Client, program: Program) -> None:
    answer = browser.post(url("issue", program), plan_of(program, next_visit="Mon 7 Dec"))
    assert answer["Location"] == url("program", program)
    assert ProgramVersion.objects.get().content["next_visit"] == "Mon 7 Dec"
    again = browser.post(url("issue", program), plan_of(program))
    assert again["Location"] == url("program", program)
    assert ProgramVersion.objects.count() == 1


def test_the_programs_page_shows_versions_paper_and_the_way_in(
    clinic: World, browser: Client, program: Program, assessment: Assessment
) -> None:
    assert "Nothing issued yet" in browser.get(url("program", program)).content.decode()
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    with at_most(ISSUED):
        page = browser.get(url("program", program)).content.decode()
    assert url_for(PatientLink.objects.get()) in page
    assert 'hx-trigger="every 1s"' in page
    for number in range(2, 6):
        issue_program(by=clinic.clinician, program=program, today=timezone.localdate(), after=number - 1)
    with at_most(ISSUED):
        page = browser.get(url("program", program)).content.decode()
    assert "Version 5" in page


def test_the_way_in_is_not_shown_to_a_reader(
    clinic: World, version: ProgramVersion, program: Program, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(clinic.reader).get(url("program", program)).content.decode()
    assert "Lying curl hold" in page
    assert token_of(PatientLink.objects.get()) not in page
    assert "/my/" not in page


def test_ending_asks_first(browser: Client, version: ProgramVersion, program: Program) -> None:
    assert "End this program?" in browser.get(url("end", program)).content.decode()
    browser.post(url("end", program))
    program.refresh_from_db()
    assert program.state == "ended"
    assert browser.get(reverse("programs:builder", args=[program.pk])).status_code == 200
