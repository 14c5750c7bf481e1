"""The next morning: one tap, and more for who wants to say more; for today or an earlier day of the week."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from clinic.tenancy import clinic_scope
from programs.models import MorningCheck, ProgramVersion
from tests.portal.conftest import Runner, make_runner
from tests.portal.test_late_reports import send


def answer(runner: Runner, ago: int = 0, **data: str) -> Any:
    url = f"{runner.day_url(ago)}morning/"
    return runner.client.post(url, data, follow=True)


def mornings(runner: Runner) -> list[MorningCheck]:
    return runner.all(MorningCheck)


def with_diagnosis(runner: Runner, diagnosis: str) -> None:
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        ProgramVersion.objects.create(
            clinic=runner.world.clinic, program=runner.version.program, number=2, issued_by=runner.world.clinician,
            starts_on=runner.version.starts_on, ends_on=runner.version.ends_on,
            content=runner.version.content | {"diagnosis": diagnosis},
        )  # fmt: skip


def test_one_tap_is_an_answer_and_the_rest_is_offered_then(runner: Runner) -> None:
    page = answer(runner, change="worse").text
    (check,) = mornings(runner)
    assert (check.change, check.pain, check.has_limp, check.is_settled, check.leg) == ("worse", None, None, None, "")
    assert '<details class="sheet" id="morning" open>' in page
    assert '<details class="more" open><summary>More about this morning' in page
    assert 'name="change" value="worse" aria-pressed="true"' in page
    assert " checked" not in page.partition('id="morning-form"')[2].partition("</form>")[0]


def test_an_answered_morning_folds_away(runner: Runner) -> None:
    answer(runner, change="same", pain="2")
    page = runner.page()
    assert "This morning: The same, pain 2" in page
    assert '<details class="sheet" id="morning">' in page


def test_limp_and_settling_are_kept_and_what_is_open_stays_open(runner: Runner) -> None:
    answer(runner, change="worse", pain="4", limp="no", settled="no")
    (check,) = mornings(runner)
    assert (check.has_limp, check.is_settled, check.leg) == (False, False, "")
    page = runner.page()
    for name in ("limp", "settled"):
        assert f'name="{name}" value="no" checked' in page


@pytest.mark.parametrize(("diagnosis", "asked"), [("nerve", True), ("mixed", True), ("pht", False)])
def test_leg_symptoms_are_asked_where_the_rules_need_them(runner: Runner, diagnosis: str, asked: bool) -> None:
    with_diagnosis(runner, diagnosis)
    assert ("They moved further down the leg" in runner.page()) is asked


def test_a_leg_answer_is_kept(runner: Runner) -> None:
    with_diagnosis(runner, "nerve")
    answer(runner, change="same", leg="spread")
    assert mornings(runner)[0].leg == "spread"
    assert 'name="leg" value="spread" checked' in runner.page()


def test_an_earlier_morning_of_the_week_can_be_given_and_corrected(runner: Runner) -> None:
    assert "How was it compared with the morning before?" in runner.page(1)
    page = answer(runner, ago=1, change="worse", pain="5")
    assert page.redirect_chain[-1][0] == runner.day_url(1)
    answer(runner, ago=1, change="same", pain="1")
    (check,) = mornings(runner)
    assert (check.day, check.change, check.pain) == (runner.day(1), "same", 1)


def test_days_outside_the_plan_and_tomorrow_have_no_morning(runner: Runner) -> None:
    for ago in (-1, 4):
        url = f"{runner.url}{runner.day(ago).isoformat()}/morning/"
        assert runner.client.post(url, {"change": "same"}).status_code == 404
    assert mornings(runner) == []


def test_a_mistake_about_an_earlier_morning_stays_on_its_page(runner: Runner) -> None:
    page = answer(runner, ago=1, pain="4")
    assert page.status_code == 422
    assert "Choose better, the same or worse." in page.text
    assert f"{runner.day(1).isoformat()}/morning/" in page.text


TOLD = [({"change": "worse"}, 60), ({"change": "worse", "limp": "yes"}, 40), ({"change": "same", "settled": "yes"}, 20)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_what_was_told_last_about_a_morning_stands(runner: Runner, order: tuple[int, ...]) -> None:
    for place in order:
        data, ago = TOLD[place]
        send(runner, f"{runner.day_url(1)}morning/", data, ago=timedelta(minutes=ago))
    (check,) = mornings(runner)
    assert (check.change, check.has_limp, check.is_settled) == ("same", None, True)


def test_the_same_morning_report_twice_counts_once(runner: Runner) -> None:
    key, url = uuid.uuid4(), f"{runner.day_url(1)}morning/"
    send(runner, url, {"change": "worse"}, key=key)
    send(runner, url, {"change": "same"})
    send(runner, url, {"change": "worse"}, key=key)
    assert [check.change for check in mornings(runner)] == ["same"]


def test_no_morning_is_asked_before_the_first_day(client: Client, db: None) -> None:
    assert "morning-form" not in make_runner(client, began=-3).page()
