"""Whoever works in another clinic finds nothing at any of these addresses, and nobody without a login gets in."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.actions import issue_program, propose_program
from programs.models import Handout, Program, ProgramLine
from tests.support.factories import World, make_clinic, make_episode
from tests.support.programs import make_signed

pytestmark = pytest.mark.django_db


def addresses(world: World) -> list[tuple[str, str]]:
    """Every address of a program of this clinic, with the method it takes."""
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        assessment = make_signed(world, make_episode(world))
        program = propose_program(by=world.clinician, assessment=assessment)
        line = ProgramLine.objects.filter(program=program, phase=1).first()
        issue_program(by=world.clinician, program=program, today=timezone.localdate())
        handout = Handout.objects.get()
        Handout.objects.update(state="done", pdf=b"%PDF")
    assert line
    gets = [("builder", program), ("builder_library", program), ("program", program), ("end", program)]
    gets += [("versions", program), ("handout", handout), ("handout_pdf", handout)]
    posts = [("plan", program), ("line_add", program), ("undo", program), ("phase_add", program), ("issue", program)]
    posts += [("end", program), ("handover", program), ("link_renew", program), ("link_revoke", program)]
    posts += [("handout_retry", handout), ("propose", assessment)]
    found = [("get", reverse(f"programs:{name}", args=[row.pk])) for name, row in gets]
    found += [("post", reverse(f"programs:{name}", args=[row.pk])) for name, row in posts]
    of_line = ("line", "line_reason", "line_heard", "line_usual", "line_move", "line_remove")
    return found + [("post", reverse(f"programs:{name}", args=[program.pk, line.pk])) for name in of_line]


def test_a_stranger_finds_nothing_and_changes_nothing() -> None:
    here, there = make_clinic("Here"), make_clinic("There")
    client = Client()
    client.force_login(there.clinician)
    for method, address in addresses(here):
        assert getattr(client, method)(address).status_code == 404, address
    with clinic_scope(here.clinic.pk, actor="system:tests"):
        assert Program.objects.get().state == "issued"
        assert ProgramLine.objects.filter(phase=1).count() == 2


def test_nobody_gets_in_without_a_login() -> None:
    for method, address in addresses(make_clinic("Here")):
        answer = getattr(Client(), method)(address)
        assert answer.status_code == 302, address
        assert "/account/login/" in answer["Location"]
