"""Runs: added, corrected, taken back and put back; each report counts once, in whatever order it arrives."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.tenancy import clinic_scope
from programs.models import MorningCheck, ProgramVersion, RunLog
from programs.portal.forms import MetresField
from tests.portal.conftest import Runner, make_runner
from tests.portal.test_late_reports import send
from tests.support.queries import at_most


def runs_url(runner: Runner, ago: int = 0) -> str:
    return f"{runner.url}{runner.day(ago).isoformat()}/runs/"


def add(runner: Runner, ago: int = 0, **data: str) -> Any:
    data = {"run": str(uuid.uuid4()), "minutes": "30", "level": "0"} | data
    return runner.client.post(runs_url(runner, ago), data, follow=True)


def runs(runner: Runner) -> list[RunLog]:
    return sorted(runner.all(RunLog), key=lambda run: (run.day, run.number))


def test_a_run_is_written_down_and_shown_on_today(runner: Runner) -> None:
    page = add(runner, km="5.2", surface="up", pain="2").text
    (run,) = runs(runner)
    assert (run.day, run.number, run.minutes, run.metres) == (runner.day(0), 1, 30, 5200)
    assert (run.surface, run.pain, run.level, run.is_removed) == ("up", 2, 0, False)
    assert "30 min · 5.2 km · Uphill · pain 2" in page


def test_the_form_knows_the_step_of_the_ladder_and_nothing_else_beforehand(runner: Runner) -> None:
    page = runner.client.get(runs_url(runner)).text
    assert '<option value="0" selected>30 min brisk walk</option>' in page
    assert page.count(" selected") == 1
    assert " checked" not in page
    assert 'name="minutes" inputmode="numeric" autocomplete="off" maxlength="4" value=""' in page


def test_a_program_without_the_ladder_asks_for_no_step(client: Client, db: None) -> None:
    runner = make_runner(client)
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        content = runner.version.content | {"running": {}}
        ProgramVersion.objects.create(
            clinic=runner.world.clinic, program=runner.version.program, number=2, issued_by=runner.world.clinician,
            starts_on=runner.version.starts_on, ends_on=runner.version.ends_on, content=content,
        )  # fmt: skip
    assert "Which run was it?" not in runner.client.get(runs_url(runner)).text


def test_several_runs_of_one_day_stand_beside_each_other(runner: Runner) -> None:
    add(runner, minutes="30")
    page = add(runner, minutes="12").text
    assert [(run.number, run.minutes) for run in runs(runner)] == [(1, 30), (2, 12)]
    assert "30 min" in page
    assert "12 min" in page


def test_the_same_form_sent_twice_is_one_run(runner: Runner) -> None:
    said = str(uuid.uuid4())
    add(runner, run=said)
    add(runner, run=said)
    assert len(runs(runner)) == 1


def test_two_runners_with_the_same_random_number_have_a_run_each(client: Client, db: None) -> None:
    said = str(uuid.uuid4())
    first, second = make_runner(client), make_runner(client)
    add(first, run=said)
    add(second, run=said)
    assert runs(first)[0].pk != runs(second)[0].pk


def test_a_run_is_corrected_taken_back_and_put_back(runner: Runner) -> None:
    add(runner, minutes="30")
    url = f"{runs_url(runner)}{runs(runner)[0].pk}/"
    assert 'value="30"' in runner.client.get(url).text
    runner.client.post(url, {"minutes": "25", "pain": "1"})
    assert [(run.minutes, run.pain, run.number) for run in runs(runner)] == [(25, 1, 1)]
    page = runner.client.post(url, {"minutes": "25", "pain": "1", "take_back": "1"}, follow=True).text
    assert "taken back · 25 min" in page
    assert runs(runner)[0].is_removed
    runner.client.post(url, {"minutes": "25", "pain": "1"})
    assert not runs(runner)[0].is_removed
    assert len(runs(runner)) == 1


STORY = [
    ({"minutes": "30", "pain": "4"}, 60),
    ({"minutes": "20", "pain": "2"}, 40),
    ({"minutes": "20", "pain": "2", "take_back": "1"}, 20),
]
"""A run, its correction, and that it did not happen: minutes ago."""


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_what_was_told_last_about_a_run_stands_in_whatever_order_it_arrives(
    runner: Runner, order: tuple[int, ...]
) -> None:
    said = uuid.uuid4().hex
    for place in order:
        data, ago = STORY[place]
        send(runner, runs_url(runner), data | {"run": said}, ago=timedelta(minutes=ago))
    (run,) = runs(runner)
    assert (run.minutes, run.pain, run.is_removed) == (20, 2, True)


def test_a_doubled_report_changes_nothing_also_after_a_correction(runner: Runner) -> None:
    key, said = uuid.uuid4(), uuid.uuid4().hex
    send(runner, runs_url(runner), {"run": said, "minutes": "30"}, key=key)
    send(runner, runs_url(runner), {"run": said, "minutes": "35"})
    send(runner, runs_url(runner), {"run": said, "minutes": "30"}, key=key)
    assert [run.minutes for run in runs(runner)] == [35]


def test_an_earlier_day_of_the_week_takes_runs_too(runner: Runner) -> None:
    answer = add(runner, ago=2, minutes="20")
    assert answer.redirect_chain[-1][0] == runner.day_url(2)
    assert runs(runner)[0].day == runner.day(2)
    assert "20 min" in runner.page(2)
    assert "20 min" not in runner.page()


def test_a_run_after_the_last_planned_day_counts_and_one_before_the_first_or_tomorrow_does_not(
    client: Client, db: None
) -> None:
    runner = make_runner(client, began=20)
    add(runner)
    add(runner, ago=2)
    assert len(runs(runner)) == 2
    for ago in (21, -1):
        assert add(runner, ago=ago).status_code == 404


def test_a_run_of_yesterday_makes_the_morning_worth_asking(client: Client, db: None) -> None:
    runner = make_runner(client, began=1, lines=[])
    asked = "How is it compared with yesterday morning"
    assert asked not in runner.page()
    add(runner, ago=1)
    assert asked in runner.page()
    runner.set(RunLog, is_removed=True)
    assert asked not in runner.page()
    assert runner.all(MorningCheck) == []


@pytest.mark.parametrize(
    "data",
    [{"minutes": ""}, {"minutes": "-5"}, {"minutes": "9999"}, {"minutes": "x"}, {"km": "far"}, {"pain": "11"},
     {"level": "8"}, {"surface": "sand"}, {"run": "not-random"}, {"km": "1e3"}],
    ids=["nothing", "negative", "too-long", "word", "distance", "pain", "level", "surface", "run", "power"],
)  # fmt: skip
def test_a_run_that_cannot_be_is_refused_with_the_page_still_there(runner: Runner, data: dict[str, str]) -> None:
    page = add(runner, **data)
    assert page.status_code == 422
    assert "Add a run" in page.text
    assert runs(runner) == []


def test_pain_above_the_limit_while_running_is_answered(runner: Runner) -> None:
    assert "Pain 6 is above your limit of 3. No more running today." in add(runner, pain="6").text


def test_somebody_elses_run_is_not_there(client: Client, db: None) -> None:
    first, second = make_runner(client), make_runner(client)
    add(first)
    pk = runs(first)[0].pk
    assert client.post(f"{runs_url(second)}{pk}/", {"minutes": "1"}).status_code == 404
    assert runs(first)[0].minutes == 30


@pytest.mark.parametrize(
    ("said", "metres"),
    [("5", 5000), ("5.2", 5200), ("5,25", 5250), ("0.4 km", 400), ("10,1234", 10123), ("", None)],
    ids=["whole", "point", "comma", "unit", "fine", "open"],
)
def test_kilometres_are_read_as_runners_write_them(said: str, metres: int | None) -> None:
    assert MetresField(required=False).clean(said) == metres


def test_adding_a_run_costs_a_constant_number_of_queries(runner: Runner) -> None:
    for _more in range(3):
        add(runner)
    with at_most(7):
        runner.client.get(runs_url(runner))
    with at_most(16):
        runner.client.post(runs_url(runner), {"run": str(uuid.uuid4()), "minutes": "30", "pain": "1"})


def test_a_run_kept_on_the_phone_is_not_thanked_for_later(runner: Runner) -> None:
    send(runner, runs_url(runner), {"run": uuid.uuid4().hex, "minutes": "30"}, ago=timedelta(minutes=30))
    assert "Your run is saved." not in runner.page()
    send(runner, runs_url(runner), {"run": uuid.uuid4().hex, "minutes": "30"})
    assert "Your run is saved." in runner.page()
