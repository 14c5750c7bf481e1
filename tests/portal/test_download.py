"""Taking one's data away: everything the runner told and was given, no name, and none of the clinic's notes."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.models import CheckResult, MorningCheck, NewSymptom, RunLog
from tests.portal.conftest import Runner
from tests.support.queries import at_most


def files(runner: Runner) -> dict[str, str]:
    answer = runner.client.get(f"{runner.url}more/data/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def told(runner: Runner) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(runner)["my-program.json"])
    return found


def rows(runner: Runner) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files(runner)["my-reports.csv"].removeprefix("\ufeff"))))


@pytest.fixture
def reported(runner: Runner) -> Runner:
    """One of everything a runner can tell, one check by staff, and a note of the clinic on something new."""
    runner.report(pain="2", sets="1")
    runner.report(1, ago=1, status="skipped", reason="pain")
    now = timezone.now()
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        own = {"clinic": runner.world.clinic, "program": runner.version.program, "told_at": now, "day": runner.day(0)}
        MorningCheck.objects.create(**own, change="better", pain=1)
        RunLog.objects.create(**own, minutes=20, metres=3000, surface="up", pain=3)
        RunLog.objects.create(**own, number=2, minutes=99, is_removed=True)
        CheckResult.objects.create(**own, key="bridge_one_leg", left=20, right=31)
        CheckResult.objects.create(**own, key="bridge_two_leg", value=77.5, by=runner.world.clinician)
        NewSymptom.objects.create(
            **own,
            answers={"numb": True, "night": None},
            note="=HYPERLINK(1)",
            is_urgent=True,
            handled_at=now,
            handled_by=runner.world.clinician,
            handled_note="Seen at the clinic",
        )
    return runner


def test_everything_the_runner_told_is_in_it(reported: Runner) -> None:
    held = told(reported)
    assert {(log["exercise"], log["status"], log["pain"]) for log in held["exercises"]} == {
        ("One-leg bridge", "done", 2),
        ("Two-leg bridge hold", "skipped", None),
    }
    assert held["mornings"][0]["change"] == "better"
    assert [run["minutes"] for run in held["runs"]] == [20]
    assert [(check["left"], check["right"]) for check in held["checks"]] == [(20, 31)]
    assert held["something_new"][0]["answers"] == {"numb": True, "night": None}
    assert held["program"][0]["exercises"][0]["steps"] == ["Lie on your back.", "Lift your hips.", "Lower slowly."]
    assert held["choices"]["reminder_hour"] == 18


def test_neither_names_nor_the_clinics_own_notes_are_in_it(reported: Runner) -> None:
    answer = reported.client.get(f"{reported.url}more/data/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-program.zip"'
    for name, text in files(reported).items():
        for private in ("Ferreira", "Ana", "ana@", "1992", "Seen at the clinic", "Ines", "77.5", "pht", "staff"):
            assert private not in text, f"{private} in {name}"


def test_the_table_has_one_row_for_each_report_and_works_nothing_out(reported: Runner) -> None:
    table = rows(reported)
    assert table[0] == ["Day", "What", "Answer", "Pain, 0 to 10", "More"]
    assert len(table) == 1 + 6
    assert [reported.day(1).isoformat(), "Two-leg bridge hold", "Skipped", "", "It hurt too much"] in table
    assert [reported.day(0).isoformat(), "Next morning", "Better", "1", ""] in table
    assert "'=HYPERLINK(1)" in table[-1] + table[-2] + table[-3] + table[-4] + table[-5]


def test_the_page_to_read_stands_alone(reported: Runner) -> None:
    page = files(reported)["my-program.html"]
    assert "<h1>My program</h1>" in page
    assert "One-leg bridge" in page
    for outside in ("<script", "<link", "http", "src="):
        assert outside not in page


def test_somebody_who_told_nothing_gets_the_program(runner: Runner) -> None:
    assert told(runner)["exercises"] == []
    assert "Nothing yet." in files(runner)["my-program.html"]
    assert len(rows(runner)) == 1


def test_versions_before_the_one_of_today_are_in_it_too(reported: Runner) -> None:
    reported.new_version()
    held = told(reported)
    assert [version["number"] for version in held["program"]] == [1, 2]
    assert all(log["exercise"] for log in held["exercises"])


def test_a_closed_link_gives_nothing_away(reported: Runner) -> None:
    reported.close()
    assert reported.client.get(f"{reported.url}more/data/").status_code == 410


def test_it_costs_a_known_number_of_queries(reported: Runner) -> None:
    with at_most(11):
        files(reported)
