"""Measured checks that staff write down, and the list of criteria that they answer."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from programs.decisions.gather import gathered
from programs.models import CheckResult
from programs.presenters.decision_checks import CriterionView, asked_words, criteria_groups
from programs.progression.criteria import CRITERIA, SELF_TESTS
from tests.decisions.cases import A_DAY, Case
from tests.support.factories import World


def address(case: Case, key: str) -> str:
    return reverse("programs:check", args=[case.program.pk, key])


def criteria(case: Case, today: date) -> dict[str, CriterionView]:
    found = gathered(case.program, today)
    assert found
    return {each.key: each for group in criteria_groups(found) for each in group.criteria}


def test_each_criterion_says_how_it_stands_on_which_value_and_day(ready: Case, browser: Client, today: date) -> None:
    CheckResult.objects.filter(key="slow_lifting").delete()
    stands = criteria(ready, today)
    assert stands["daily_load"].stands == "met"
    assert (stands["daily_load"].points[0].value, stands["daily_load"].points[0].day) == ("pain 2", today - A_DAY)
    assert stands["slow_lifting"].stands == "unknown"
    page = browser.get(reverse("programs:program", args=[ready.program.pk])).text
    assert "To go on to stage 2" in page
    assert "1 of 2 met" in page
    assert address(ready, "slow_lifting") in page


def test_a_check_is_written_down_with_who_and_the_proposal_follows(ready: Case, browser: Client, today: date) -> None:
    CheckResult.objects.filter(key="slow_lifting").delete()
    answered = browser.post(address(ready, "slow_lifting"), {"day": today.isoformat(), "pain": "3"})
    assert answered.status_code == 302
    check = CheckResult.objects.get(key="slow_lifting")
    assert (check.pain, check.by, check.day) == (3, ready.world.clinician, today)
    assert criteria(ready, today)["slow_lifting"].stands == "met"


def test_a_correction_is_one_more_row_and_the_runners_own_stays(ready: Case, browser: Client, today: date) -> None:
    browser.post(address(ready, "daily_load"), {"day": (today - A_DAY).isoformat(), "pain": "7"})
    assert [each.pain for each in CheckResult.objects.filter(key="daily_load").order_by("created_at")] == [2, 7]
    assert criteria(ready, today)["daily_load"].stands == "unmet"


def test_sides_cramp_and_hip_drop_are_asked_where_they_count(clinic: World, browser: Client, today: date) -> None:
    case = Case.of(clinic, "hamstring_strain", 2)
    case.issue(today)
    page = unescape(browser.get(address(case, "bridge_one_leg")).text)
    assert "at least 30 s, each side, without hip drop or cramp" in page
    values = {"day": today.isoformat(), "left": "31", "right": "22.5", "has_cramp": "no", "hip_drops": "no"}
    assert browser.post(address(case, "bridge_one_leg"), values).status_code == 302
    stands = criteria(case, today)["bridge_one_leg"]
    assert stands.stands == "unmet"
    assert [point.value for point in stands.points] == ["31 s", "22.5 s"]
    browser.post(address(case, "bridge_one_leg"), {**values, "right": "30", "hip_drops": "yes"})
    assert criteria(case, today)["bridge_one_leg"].stands == "unmet"
    browser.post(address(case, "bridge_one_leg"), {**values, "right": "30"})
    assert criteria(case, today)["bridge_one_leg"].stands == "met"


def test_yes_or_no_and_not_looked_at(clinic: World, browser: Client, today: date) -> None:
    case = Case.of(clinic, "sij", 1)
    case.issue(today)
    answered = browser.post(address(case, "joint_tests_calmer"), {"day": today.isoformat(), "passed": ""})
    assert answered.status_code == 422
    assert "Nothing was filled in." in answered.text
    browser.post(address(case, "joint_tests_calmer"), {"day": today.isoformat(), "passed": "yes"})
    assert criteria(case, today)["joint_tests_calmer"].stands == "met"


@pytest.mark.parametrize(
    ("values", "words"),
    [({"pain": "11"}, "valid choice"), ({"pain": "3", "day": "2099-01-01"}, "has not come yet")],
    ids=["pain off the scale", "a day to come"],
)
def test_what_cannot_be_is_refused(
    ready: Case, browser: Client, today: date, values: dict[str, str], words: str
) -> None:
    answered = browser.post(address(ready, "daily_load"), {"day": today.isoformat(), **values})
    assert answered.status_code == 422
    assert words in answered.text


def test_a_check_nobody_knows_is_not_found(ready: Case, browser: Client) -> None:
    assert browser.get(address(ready, "nothing")).status_code == 404


def test_runs_and_recent_pain_tell_themselves(clinic: World, browser: Client, today: date) -> None:
    case = Case.of(clinic, "sij", 1)
    case.issue(today)
    page = browser.get(reverse("programs:program", args=[case.program.pk])).text
    assert "recent pain" in page
    assert address(case, "recent_pain") not in page


def test_every_criterion_has_words_for_what_it_asks() -> None:
    stages = [each for stage in CRITERIA.stages.values() for each in stage.criteria]
    for criterion in (*stages, *SELF_TESTS, *(each for of in CRITERIA.first_run.values() for each in of)):
        assert asked_words(criterion)
        assert "%(" not in asked_words(criterion)
