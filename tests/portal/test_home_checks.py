"""Short checks at home: what each asks, when it is due, and what is kept of it."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.tenancy import clinic_scope
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from programs.models import CheckResult, Program
from programs.progression.dose import Dose
from programs.progression.home_check_words import HOW, LIBRARY_TESTS, TITLES
from programs.progression.home_checks import HOME_CHECKS, checks_for
from tests.library.reading_grade import grade, longest_sentence
from tests.portal.conftest import Runner, make_runner
from tests.portal.test_late_reports import send
from tests.support.programs import content_line
from tests.support.queries import at_most


@pytest.fixture
def runner(db: None, client: Client) -> Runner:
    """Tendon pain, stage 1, training the one-leg bridge."""
    line = content_line("One-leg bridge", Dose(sets=3, hold_s=30), exercise="bridge_one_leg")
    return make_runner(client, lines=[line])


def url_of(runner: Runner, key: str, ago: int = 0) -> str:
    return f"{runner.url}{runner.day(ago).isoformat()}/checks/{key}/"


def check(runner: Runner, key: str, ago: int = 0, **data: str) -> Any:
    return runner.client.post(url_of(runner, key, ago), data, follow=True)


def results(runner: Runner) -> list[CheckResult]:
    return runner.all(CheckResult)


def test_every_home_check_has_plain_words() -> None:
    assert set(HOME_CHECKS) == {*TITLES, *LIBRARY_TESTS}
    assert set(TITLES) == set(HOW)
    for key in HOW:
        text = HOW[key].replace("?", ".")
        assert grade(text) <= 8, key
        assert longest_sentence(text) <= 25, key


def test_a_program_asks_for_its_stage_and_the_self_tests_up_to_the_one_it_trains() -> None:
    keys = [
        each.key
        for each in checks_for(WorkingDiagnosis.PHT, 1, run_level=None, self_test=None, exercises={"double_pull"})
    ]
    assert keys == ["daily_load", "slow_lifting", "bridge_two_leg", "bridge_one_leg", "double_pull"]


def test_a_program_that_builds_on_the_self_tests_asks_for_the_next_one() -> None:
    keys = [each.key for each in checks_for(WorkingDiagnosis.SIJ, 1, run_level=0, self_test=1, exercises=())]
    assert keys == ["bridge_two_leg", "bridge_one_leg"]


def test_hops_before_a_first_run_are_not_asked_in_the_first_stage() -> None:
    asked = [
        {
            each.key
            for each in checks_for(WorkingDiagnosis.HAMSTRING_STRAIN, stage, run_level=0, self_test=None, exercises=())
        }
        for stage in (1, 2)
    ]
    assert "hop_10" not in asked[0]
    assert "hop_10" in asked[1]


def test_due_checks_stand_folded_on_today_and_go_for_a_week_once_done(runner: Runner) -> None:
    assert "4 short checks due" in runner.page()
    check(runner, "daily_load", pain="2")
    assert "3 short checks due" in runner.page()
    runner.set(CheckResult, day=runner.day(6))
    assert "3 short checks due" in runner.page()
    runner.set(CheckResult, day=runner.day(7))
    assert "4 short checks due" in runner.page()


def test_what_staff_measured_this_week_is_not_asked_again(runner: Runner) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        CheckResult.objects.create(
            clinic=runner.world.clinic, program=runner.version.program, key="daily_load", day=runner.day(1), pain=2,
            by=runner.world.clinician, told_at=timezone.now(),
        )  # fmt: skip
    assert "3 short checks due" in runner.page()


def test_a_worse_morning_asks_for_no_check(runner: Runner) -> None:
    runner.client.post(f"{runner.url}morning/", {"change": "worse"})
    page = runner.page()
    assert "short checks due" not in page
    assert "Short checks" in page


def test_a_self_test_asks_each_side_cramp_hips_and_pain_and_leads_on(runner: Runner) -> None:
    page = runner.client.get(url_of(runner, "bridge_one_leg")).text
    assert "One-leg bridge check" in page
    assert "/figures/" in page
    assert " checked" not in page
    answer = check(runner, "bridge_one_leg", left="31", right="24", has_cramp="no", hip_drops="yes", pain="2")
    assert "/checks/" in answer.redirect_chain[-1][0]
    (result,) = results(runner)
    assert (result.left, result.right, result.value, result.passed) == (31, 24, None, None)
    assert (result.has_cramp, result.hip_drops, result.pain, result.by_id) == (False, True, 2, None)
    assert "left 31 s · right 24 s · a hip dropped · pain 2" in runner.client.get(f"{runner.url}checks/").text


def test_a_yes_or_no_and_minutes_are_kept(runner: Runner) -> None:
    check(runner, "steady_on_one_leg", passed="no")
    check(runner, "settles_min", value="45")
    assert [(result.passed, result.value) for result in results(runner)] == [(False, None), (None, 45)]


def test_telling_a_check_again_corrects_that_day(runner: Runner) -> None:
    check(runner, "daily_load", ago=1, pain="6")
    check(runner, "daily_load", ago=1, pain="2")
    check(runner, "daily_load", pain="3")
    assert sorted((result.day, result.pain) for result in results(runner)) == [(runner.day(1), 2), (runner.day(0), 3)]
    assert "Daily load check" in runner.page(1)
    assert 'value="2" id="check-pain-2" checked' in runner.client.get(url_of(runner, "daily_load", 1)).text


@pytest.mark.parametrize(
    ("key", "data"),
    [("bridge_one_leg", {}), ("bridge_one_leg", {"left": "x"}), ("bridge_one_leg", {"left": "9999"}),
     ("bridge_one_leg", {"value": "30"}), ("steady_on_one_leg", {"passed": "unsure"}), ("daily_load", {"pain": "11"})],
    ids=["empty", "word", "too-long", "another-field", "unsure", "pain"],
)  # fmt: skip
def test_a_check_that_says_nothing_is_refused(runner: Runner, key: str, data: dict[str, str]) -> None:
    page = check(runner, key, **data)
    assert page.status_code == 422
    assert "Short check" in page.text
    assert results(runner) == []


@pytest.mark.parametrize("key", ["palpation", "runs_30_min", "nonsense"])
def test_what_nobody_can_check_at_home_is_not_there(runner: Runner, key: str) -> None:
    assert runner.client.get(url_of(runner, key)).status_code == 404


TOLD = [({"left": "10", "right": "9"}, 60), ({"left": "20", "right": "19"}, 40), ({"left": "30", "right": "29"}, 20)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_what_was_told_last_about_a_check_stands(runner: Runner, order: tuple[int, ...]) -> None:
    for place in order:
        data, ago = TOLD[place]
        send(runner, url_of(runner, "bridge_one_leg"), data, ago=timedelta(minutes=ago))
    (result,) = results(runner)
    assert (result.left, result.right) == (30, 29)


def test_a_doubled_check_counts_once(runner: Runner) -> None:
    key = uuid.uuid4()
    send(runner, url_of(runner, "daily_load"), {"pain": "2"}, key=key)
    send(runner, url_of(runner, "daily_load"), {"pain": "5"})
    send(runner, url_of(runner, "daily_load"), {"pain": "2"}, key=key)
    assert [result.pain for result in results(runner)] == [5]


def test_a_program_without_checks_says_nothing_of_them(client: Client, db: None) -> None:
    runner = make_runner(client)
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        Program.objects.update(self_test=None)
    assert 'id="checks"' in runner.page()
    late = make_runner(client, began=20)
    assert 'id="checks"' not in late.page()


def test_a_check_costs_a_constant_number_of_queries(runner: Runner) -> None:
    check(runner, "daily_load", pain="1")
    with at_most(7):
        runner.client.get(url_of(runner, "bridge_one_leg"))
    with at_most(16):
        runner.client.post(url_of(runner, "bridge_one_leg"), {"left": "30", "right": "30"})
