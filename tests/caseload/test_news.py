"""The open page learns of something urgent by itself: nothing while nothing changed, else its head anew."""

import re
import time

from django.test import Client
from django.utils import timezone

from clinic.middleware import UNASKED
from clinic.models import AccessEntry
from programs.caseload.standing import refresh
from programs.models import NewSymptom, ProgramVersion, Standing
from tests.caseload.conftest import Caseload
from tests.support.queries import at_most

ASK = re.compile(r'hx-get="(/caseload/news/[^"]+)" hx-trigger="every (\d+)s"')


def signed_in(caseload: Caseload, role: str = "clinician") -> Client:
    client = Client(headers={"HX-Request": "true", UNASKED: "yes"})
    client.force_login(getattr(caseload.world, role))
    return client


def address(page: str) -> str:
    found = ASK.search(page)
    assert found
    assert int(found[2]) < 60
    return found[1].replace("&amp;", "&")


def new_symptom(caseload: Caseload, version: ProgramVersion) -> NewSymptom:
    told = NewSymptom.objects.create(
        clinic=caseload.world.clinic,
        program=version.program,
        day=caseload.today,
        answers={"weaker_leg": True, "pop_bruise": False},
        is_urgent=True,
        told_at=timezone.now(),
    )
    refresh(version.program_id)
    return told


def test_a_new_symptom_reaches_the_open_page_by_name_and_is_announced(caseload: Caseload) -> None:
    version = caseload.runner("Jonas")
    caseload.report(version, 0)
    ask, client = address(caseload.page("?show=planned")), signed_in(caseload)
    assert client.get(ask).status_code == 204
    new_symptom(caseload, version)
    answer = client.get(ask)
    assert answer.status_code == 200
    assert "1 runner reported something new" in answer.text
    assert "Jonas Example" in answer.text
    assert "Is one leg getting weaker" in answer.text
    assert "<title>(1) Caseload" in answer.text
    assert "Jonas" not in re.findall(r"<title>.*?</title>", answer.text)[0]
    assert "One runner needs you today" in answer.text
    assert f"/programs/{version.program_id}/issued/#new-symptom" in answer.text
    assert "Look at it now" in answer["HX-Trigger"]
    assert "<html" not in answer.text
    assert client.get(address(answer.text)).status_code == 204


def test_it_stands_first_in_the_list_whatever_else_there_is(caseload: Caseload) -> None:
    for name in ("Ana", "Ruth"):
        caseload.report(caseload.runner(name), 0, pain=9)
    version = caseload.runner("Jonas")
    new_symptom(caseload, version)
    page = caseload.page()
    assert page.index("Jonas Example") < page.index("Ana Example")
    assert page.count('data-tone="stop"') == 3
    assert "New sign reported: look at it today" in page


def test_once_dealt_with_it_is_gone(caseload: Caseload) -> None:
    version = caseload.runner("Jonas")
    told = new_symptom(caseload, version)
    told.handled_at, told.handled_by = timezone.now(), caseload.world.clinician
    told.save()
    refresh(version.program_id)
    assert "Nobody needs you today" in caseload.page()


def test_asking_while_nothing_changes_is_cheap_and_no_reading(caseload: Caseload) -> None:
    caseload.report(caseload.runner(), 0, pain=9)
    ask, client = address(caseload.page()), signed_in(caseload)
    client.get(ask)
    before = AccessEntry.objects.count()
    with at_most(7):
        client.get(ask)
    assert AccessEntry.objects.count() == before


def test_asking_by_itself_keeps_nobody_signed_in(caseload: Caseload) -> None:
    ask, client = address(caseload.page()), signed_in(caseload)
    session = client.session
    session["started_at"] = session["seen_at"] = int(time.time()) - 29 * 60
    session.save()
    client.get(ask)
    assert client.session["seen_at"] == session["seen_at"]
    client.get("/", headers={UNASKED: ""})
    session["seen_at"] = int(time.time()) - 31 * 60
    session.save()
    assert client.get(ask).status_code == 401


def test_a_reader_is_told_too(caseload: Caseload) -> None:
    version = caseload.runner("Jonas")
    ask = address(caseload.page(as_role="reader"))
    new_symptom(caseload, version)
    assert "Jonas Example" in signed_in(caseload, "reader").get(ask).text


def propose(version: ProgramVersion, verdict: str, key: str, **more: object) -> None:
    proposal = {
        "today": "2026-11-22",
        "verdict": verdict,
        "change": None,
        "waiting": [],
        "reasons": [{"key": key, "verdict": verdict, "params": {}, "points": []}],
        "adherence": {"planned": 0, "done": 0, "skipped": 0, "not_reported": 0, "not_yet": 0, "extra": 0},
        "signature": f"{verdict}||{key}@",
    } | more
    Standing.objects.filter(program=version.program_id).update(
        verdict=verdict, proposal=proposal, proposed_on=timezone.localdate(), is_answered=False
    )


def test_proposals_stand_on_the_list_with_their_weightiest_reason(caseload: Caseload) -> None:
    back, ready, held = (caseload.runner(name) for name in ("Back", "Ready", "Held"))
    for version in (back, ready, held):
        caseload.report(version, 0)
    propose(back, "step_back", "limp")
    propose(ready, "progress", "nothing_next", change={"part": "stage", "now": 1, "then": 2})
    propose(held, "hold", "nothing_next")
    page = caseload.page()
    assert "There was a limp." in page
    assert "Change from stage 1 to stage 2." in page
    assert page.index("Back Example") < page.index("Ready Example")
    assert "Held Example" not in page
    assert f'href="/programs/{back.program_id}/issued/#decision"' in page
    only = caseload.page("?show=ready")
    assert "Ready to progress <b>1</b>" in only
    assert "Back Example" not in only


def test_an_answered_proposal_and_a_review_that_is_due_anyway_are_no_second_reason(caseload: Caseload) -> None:
    answered, due = caseload.runner("Answered"), caseload.runner("Due", began=14)
    for version in (answered, due):
        caseload.report(version, 0)
    propose(answered, "step_back", "limp")
    propose(due, "review", "review_due")
    Standing.objects.filter(program=answered.program_id).update(is_answered=True)
    page = caseload.page()
    assert "Answered Example" not in page
    assert "Review proposed" not in page
    assert "Review due" in page


def test_a_proposal_of_other_rules_does_not_break_the_page(caseload: Caseload) -> None:
    version = caseload.runner("Old")
    caseload.report(version, 0)
    propose(version, "step_back", "a_reason_of_tomorrow")
    assert "see the program" in caseload.page()
