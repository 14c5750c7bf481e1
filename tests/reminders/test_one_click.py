"""Unsubscribing in one click as mail programs do it (RFC 8058), from the bytes the mail server was given."""

from email import message_from_bytes
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from clinic.models import Patient
from clinic.tenancy import clinic_scope
from programs.models import PatientLink, Program
from tests.reminders.conftest import EVENING, Post, Runner

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def address_in(post: Post) -> str:
    """The only address of the header, as a mail program takes it: unfolded, between angle brackets, nothing encoded."""
    header = str(message_from_bytes(post.raw[0])["List-Unsubscribe"])
    unfolded = "".join(header.splitlines()).strip()
    assert unfolded.startswith("<http")
    assert unfolded.endswith(">")
    assert " " not in unfolded
    return unfolded[1:-1]


def wants(runner: Runner) -> bool:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        return Patient.objects.get().reminders


@pytest.fixture
def sent(runner: Runner, post: Post) -> str:
    """The path a mail program posts to."""
    runner.plan()
    runner.send()
    return urlsplit(address_in(post)).path


def test_the_header_is_whole_also_at_a_long_address(runner: Runner, post: Post, settings: Any) -> None:
    settings.SITE_URL = "https://reminders-and-programs.of-a-clinic-with-a-rather-long-name.physiotherapy.example.org"
    runner.plan()
    runner.send()
    assert address_in(post) == settings.SITE_URL + runner.unsubscribe_path()


@pytest.mark.parametrize("multipart", [True, False], ids=["multipart", "urlencoded"])
def test_a_mail_programs_post_needs_no_cookie_and_gets_none(sent: str, runner: Runner, multipart: bool) -> None:
    client = Client(enforce_csrf_checks=True)
    kind = {} if multipart else {"content_type": "application/x-www-form-urlencoded"}
    answer = client.post(sent, ONE_CLICK if multipart else "List-Unsubscribe=One-Click", **kind)
    assert answer.status_code == 200, "no redirect: RFC 8058 forbids to rely on one"
    assert not wants(runner)


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_a_link_scanner_changes_nothing_however_it_looks(sent: str, runner: Runner, method: str) -> None:
    for _ in range(3):
        getattr(Client(), method)(sent)
        getattr(Client(), method)(f"{sent}?List-Unsubscribe=One-Click&resume=1")
    assert wants(runner)


def test_posting_twice_stays_unsubscribed(sent: str, runner: Runner) -> None:
    for _ in range(2):
        assert Client().post(sent, ONE_CLICK).status_code == 200
    assert not wants(runner)
    assert runner.plan(EVENING.replace(day=24)) == 0


def test_it_works_after_the_program_ended_and_the_link_was_renewed(sent: str, runner: Runner) -> None:
    runner.set(PatientLink, revoked_at=EVENING)
    runner.set(Program, state="ended")
    assert Client().post(sent, ONE_CLICK).status_code == 200
    assert not wants(runner)


def test_a_wrong_address_stops_nobody(sent: str, runner: Runner) -> None:
    token = sent.strip("/").split("/")[1]
    changed = sent.replace(token, token[:-1] + ("A" if token[-1] != "A" else "B"))
    assert Client().post(changed, ONE_CLICK).status_code == 404
    assert wants(runner)
