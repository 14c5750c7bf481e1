"""A lost link: sent to the address the clinic has noted; the answer tells nobody whether there is one."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from clinic.models import Patient
from clinic.tenancy import clinic_scope
from programs.models import LinkMail, PatientLink, Program
from tests.portal.conftest import Runner, make_runner
from tests.support.factories import make_patient
from tests.support.queries import at_most

LOST = "/my/lost/"
ANA = "ana.lost@runner.test"
"""Nobody else's: a look-up goes over all clinics, and other tests leave theirs behind."""


def noted(runner: Runner) -> Runner:
    runner.set(Patient, email=ANA)
    return runner


@pytest.fixture
def runner(runner: Runner) -> Runner:
    return noted(runner)


def ask(email: str, client: Client | None = None) -> object:
    return (client or Client()).post(LOST, {"email": email})


def mails(*runners: Runner) -> list[tuple[object, str]]:
    return [(mail.program_id, mail.kind) for runner in runners for mail in runner.all(LinkMail)]


def plain(page: str) -> str:
    """A page without what is random in every page."""
    return re.sub(r'value="[\w-]{20,}"|nonce-[\w=/+-]+', "", page)


def test_a_known_address_gets_its_link_and_nothing_is_said_about_it(runner: Runner) -> None:
    answer = ask(ANA)
    assert answer.status_code == 200
    assert "If a clinic has noted this address" in answer.text
    assert ANA not in answer.text
    assert mails(runner) == [(runner.version.program_id, "lost")]


def test_the_answer_is_the_same_for_everybody(runner: Runner) -> None:
    known, unknown = ask(ANA), ask("nobody@runner.test")
    assert known.status_code == unknown.status_code
    assert plain(known.text) == plain(unknown.text)
    assert dict(known.headers).keys() == dict(unknown.headers).keys()
    assert len(mails(runner)) == 1


def test_every_answer_takes_the_same_time(runner: Runner, monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    settings.LOST_LINK_ANSWER_SECONDS = 30  # type: ignore[attr-defined]
    waited: list[float] = []
    monkeypatch.setattr("programs.portal.lost.time.sleep", waited.append)
    for email in (ANA, "nobody@runner.test"):
        ask(email)
    assert all(20 < seconds <= 30 for seconds in waited)
    assert len(waited) == 2


def test_every_clinic_that_knows_the_address_sends_its_own_link(runner: Runner) -> None:
    other = noted(make_runner(Client()))
    ask(" Ana.Lost@Runner.TEST ")
    assert len(mails(runner)) == len(mails(other)) == 1
    assert mails(runner) != mails(other)


@pytest.mark.parametrize("state", ["draft", "ended"])
def test_only_a_running_program_is_sent(runner: Runner, state: str) -> None:
    runner.set(Program, state=state, ended_at=timezone.now() if state == "ended" else None)
    ask(ANA)
    assert mails(runner) == []


@pytest.mark.parametrize("by_runner", [True, False])
def test_a_link_that_was_closed_on_purpose_is_not_opened_again(runner: Runner, by_runner: bool) -> None:
    runner.set(PatientLink, revoked_at=timezone.now(), closed_by_runner=by_runner)
    ask(ANA)
    assert mails(runner) == []
    assert len(runner.all(PatientLink)) == 1


def test_a_link_this_server_cannot_make_any_more_is_left_to_the_clinic(runner: Runner) -> None:
    runner.set(PatientLink, token_hash="0" * 64)
    assert ask(ANA).status_code == 200
    assert mails(runner) == []


@pytest.mark.parametrize(
    "fields", [{"archived_at": "2026-01-01T00:00Z"}, {"email_refused": "550 no such user"}], ids=str
)
def test_archived_runners_and_refused_addresses_get_nothing(runner: Runner, fields: dict[str, str]) -> None:
    runner.set(Patient, **fields)
    assert "If a clinic has noted this address" in ask(ANA).text
    assert mails(runner) == []


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "a b@c.de", "%@%"])
def test_what_is_no_address_is_explained(runner: Runner, typed: str) -> None:
    answer = ask(typed)
    assert answer.status_code == 422
    assert "Type a whole e-mail address" in answer.text


def test_one_address_is_asked_for_so_often_and_no_more(runner: Runner) -> None:
    for number in range(settings.LOST_LINK_TRIES_FOR_ONE_EMAIL):
        assert ask(ANA, Client(REMOTE_ADDR=f"192.0.2.{number}")).status_code == 200
    for email in (ANA, "ANA.lost@runner.test"):
        stopped = ask(email, Client(REMOTE_ADDR="192.0.2.99"))
        assert stopped.status_code == 429
        assert "Try again in an hour" in stopped.text


def test_the_limit_of_one_address_tells_nothing_either(runner: Runner) -> None:
    for _ in range(settings.LOST_LINK_TRIES_FOR_ONE_EMAIL):
        ask("nobody@runner.test")
    assert ask("nobody@runner.test").status_code == 429


def test_one_network_may_ask_for_so_many(runner: Runner) -> None:
    for number in range(settings.LOST_LINK_TRIES_FROM_ONE_ADDRESS):
        assert ask(f"runner{number}@runner.test").status_code == 200
    assert ask(ANA).status_code == 429
    assert ask(ANA, Client(REMOTE_ADDR="192.0.2.7")).status_code == 200


def test_a_second_program_of_the_same_runner_is_sent_too_and_others_are_not(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        make_patient(runner.world.clinic, first_name="Ben", email="ben@runner.test")
    ask("ben@runner.test")
    assert mails(runner) == []


def test_opening_the_page_sends_nothing(runner: Runner) -> None:
    page = Client().get(LOST, {"email": ANA})
    assert page.status_code == 200
    assert "Lost your link?" in page.text
    assert ANA not in page.text
    assert mails(runner) == []


def test_it_needs_the_token_of_its_own_form(runner: Runner) -> None:
    assert Client(enforce_csrf_checks=True).post(LOST, {"email": ANA}).status_code == 403
    assert mails(runner) == []


def test_closed_and_unknown_links_and_the_login_lead_there(runner: Runner) -> None:
    assert f'href="{LOST}"' in Client().get("/my/" + "x" * 32 + "/").text
    runner.set(PatientLink, revoked_at=timezone.now() - timedelta(days=1))
    assert f'href="{LOST}"' in runner.client.get(runner.url).text
    assert f'href="{LOST}"' in Client().get("/account/login/").text


def test_it_speaks_the_browsers_language(runner: Runner) -> None:
    page = Client().get(LOST, headers={"Accept-Language": "fr"})
    assert '<html lang="fr">' in page.text
    assert "Lien perdu" in page.text


def test_looking_up_costs_the_same_for_known_and_unknown_but_for_the_mail(runner: Runner) -> None:
    with at_most(1):
        ask("nobody@runner.test")
    with at_most(8):
        ask(ANA)
