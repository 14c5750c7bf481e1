"""The page of progress over a real request: what it shows in each state, what it costs, what it never does."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion
from programs.progression.dose import Dose
from tests.support.factories import World, make_clinic, make_episode
from tests.support.programs import content_line, make_issued, make_signed, make_version
from tests.support.queries import at_most

PAGE = 16
"""Queries of the page with login and clinic."""


@pytest.fixture
def desk(db: None) -> tuple[World, ProgramVersion, Client]:
    """A clinician logged in, and a runner who began 20 days ago."""
    made = make_clinic()
    with clinic_scope(made.clinic.pk, actor="system:tests"):
        lines = [content_line("Bridge", Dose(sets=3, reps=10))]
        version = make_issued(made, starts_on=timezone.localdate() - timedelta(days=20), lines=lines)[0]
    client = Client()
    client.force_login(made.clinician)
    return made, version, client


def page(desk: tuple[World, ProgramVersion, Client], asked: str = "") -> str:
    _world, version, client = desk
    answer = client.get(reverse("programs:progress", args=[version.program_id]) + asked)
    assert answer.status_code == 200
    return answer.text


def report(desk: tuple[World, ProgramVersion, Client], ago: int, **more: object) -> None:
    world, version, _client = desk
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        day = timezone.localdate() - timedelta(days=ago)
        line = version.content["lines"][0]["line"]
        ExerciseLog.objects.create(
            clinic=world.clinic, version=version, day=day, line=line, **{"status": "done", **more}
        )
        MorningCheck.objects.create(clinic=world.clinic, program=version.program, day=day, change="same", pain=2)


def test_every_chart_has_a_sentence_and_a_table_with_the_same_days(desk: tuple[World, ProgramVersion, Client]) -> None:
    report(desk, 10, pain=6)
    text = page(desk)
    caption = re.findall(r"<figcaption>(.*?)</figcaption>", text)[0]
    assert caption.startswith("1 of 14 planned done, 13 not reported, last 42 days;")
    assert "above the ceiling on 1 day" in caption
    assert text.count('aria-label="' + caption) == 2  # the wide drawing and the narrow one
    assert len(re.findall(r'<tr><th scope="row">', text.split("</table>")[0])) == 14
    assert 'class="plot-during-mark plot-above"' in text


def test_the_range_cuts_chart_and_words_and_an_unknown_one_is_the_usual(
    desk: tuple[World, ProgramVersion, Client],
) -> None:
    report(desk, 20)
    assert "last 14 days" in page(desk, "?range=14")
    assert ", since " in page(desk, "?range=all")
    assert "1 of 14 planned done" in page(desk, "?range=all")
    assert "last 42 days" in page(desk, "?range=1000")


def test_a_course_nobody_told_anything_of_says_so(desk: tuple[World, ProgramVersion, Client]) -> None:
    text = page(desk)
    assert "Nothing was told in these days." in text
    assert "plot-during-mark" not in text.split("plot-label")[0]
    assert "No measures yet" in text


def test_a_program_that_was_never_issued_points_to_its_draft(desk: tuple[World, ProgramVersion, Client]) -> None:
    world, _version, client = desk
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        episode = make_episode(world)
        draft = Program.objects.create(
            clinic=world.clinic,
            episode=episode,
            assessment=make_signed(world, episode),
            clinician=world.clinician,
            diagnosis="pht",
            side="right",
        )
    assert "Nothing issued yet" in client.get(reverse("programs:progress", args=[draft.pk])).text
    assert client.get(reverse("programs:paper_sheet", args=[draft.pk])).status_code == 302


def test_the_page_costs_the_same_for_one_version_and_many(desk: tuple[World, ProgramVersion, Client]) -> None:
    world, version, client = desk
    address = reverse("programs:progress", args=[version.program_id]) + "?range=all"
    client.get(address)
    with at_most(PAGE):
        client.get(address)
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        for number in range(2, 8):
            starts_on = timezone.localdate() - timedelta(days=20 - number)
            make_version(world, version.program, starts_on=starts_on, number=number)
    with at_most(PAGE):
        client.get(address)


def test_a_stranger_finds_nothing(desk: tuple[World, ProgramVersion, Client]) -> None:
    _world, version, _client = desk
    stranger = Client()
    stranger.force_login(make_clinic("Elsewhere").clinician)
    for name in ("progress", "paper_sheet"):
        assert stranger.get(reverse(f"programs:{name}", args=[version.program_id])).status_code == 404
