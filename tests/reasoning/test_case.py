"""A case that cannot be taken as given is refused with every problem named."""

import pytest

from assessments.reasoning import Case, CaseError, FindingError, FindingSet
from clinic.vocabulary.sides import PainfulSide, Side


def _problems(raw):
    with pytest.raises(CaseError) as caught:
        Case.from_json(raw)
    return caught.value.problems


def _with(**findings):
    return {"painful_side": "right", "findings": findings}


@pytest.mark.parametrize(
    ("findings", "problem"),
    [
        ({"nope": "present"}, "findings.nope: there is no such finding"),
        ({"a b": "present"}, "findings.'a b': there is no such finding"),
        ({"onset": "quick"}, "findings.onset: 'quick' is no answer; use sudden, gradual or not_assessed"),
        ({"pop": "yes"}, "findings.pop: 'yes' is no answer; use present, absent or not_assessed"),
        ({"pop": True}, "findings.pop: True is no answer; use present, absent or not_assessed"),
        ({"pop": None}, "findings.pop: null is no answer; use present, absent or not_assessed"),
        ({"pop": ["present"]}, "findings.pop: ['present'] is no answer; use present, absent or not_assessed"),
        ({"pop": {"left": "present"}}, "findings.pop: has no sides; give one value"),
        (
            {"palp_ischial": "present"},
            'findings.palp_ischial: needs a side; give {"left": ...}, {"right": ...} or both',
        ),
        ({"palp_ischial": {}}, 'findings.palp_ischial: needs a side; give {"left": ...}, {"right": ...} or both'),
        ({"palp_ischial": {"middle": "present"}}, "findings.palp_ischial.middle: is no side; use left or right"),
        ({"palp_ischial": {"Left": "present"}}, "findings.palp_ischial.Left: is no side; use left or right"),
        (
            {"palp_ischial": {"left": 1}},
            "findings.palp_ischial.left: 1 is no answer; use present, absent or not_assessed",
        ),
        ({"nprs_now": 11}, "findings.nprs_now: 11 is no answer; use a whole number from 0 to 10"),
        ({"nprs_now": 2.5}, "findings.nprs_now: 2.5 is no answer; use a whole number from 0 to 10"),
        ({"nprs_now": "3"}, "findings.nprs_now: '3' is no answer; use a whole number from 0 to 10"),
        ({"nprs_now": True}, "findings.nprs_now: True is no answer; use a whole number from 0 to 10"),
        ({"slr_degrees": {"left": -1}}, "findings.slr_degrees.left: -1 is no answer; use a number from 0 to 140 °"),
        (
            {"slr_degrees": {"left": float("nan")}},
            "findings.slr_degrees.left: nan is no answer; use a number from 0 to 140 °",
        ),
        ({"slr_degrees": 55}, 'findings.slr_degrees: needs a side; give {"left": ...}, {"right": ...} or both'),
        ({"myotome_grade": {"left": 6}}, "findings.myotome_grade.left: 6 is no answer; use a whole number from 0 to 5"),
        ({"settle_minutes": -1}, "findings.settle_minutes: -1 is no answer; use a whole number from 0 to 10080 min"),
    ],
)
def test_a_wrong_finding_is_named(findings, problem):
    assert _problems(_with(**findings)) == [problem]


def test_every_problem_is_named_at_once():
    raw = {
        "patient": {"age": -1, "sex": "f", "running_type": "fast", "height": 180},
        "painful_side": "middle",
        "findings": {"nope": 1, "palp_ischial": {"up": "present", "left": "maybe"}, "nprs_now": 12},
        "notes": "",
    }
    problems = _problems(raw)
    for name in ("notes", "patient.height", "patient.age", "patient.sex", "patient.running_type", "painful_side"):
        assert any(problem.startswith(f"{name}: ") for problem in problems), name
    for name in ("nope", "palp_ischial.up", "palp_ischial.left", "nprs_now"):
        assert any(problem.startswith(f"findings.{name}: ") for problem in problems), name
    assert len(problems) == 10


@pytest.mark.parametrize(
    "raw", [None, 5, "case", [], {"findings": {}}, {"painful_side": None}, {"painful_side": ["left"]}]
)
def test_without_a_painful_side_there_is_no_case(raw):
    assert _problems(raw)


@pytest.mark.parametrize("patient", [5, [], "x", None])
def test_a_patient_is_an_object(patient):
    assert _problems({"painful_side": "left", "patient": patient})


@pytest.mark.parametrize("age", ["31", 31.5, -1, 121, True, [], float("nan"), float("inf")])
def test_an_age_is_whole_years(age):
    assert any(
        problem.startswith("patient.age") for problem in _problems({"painful_side": "left", "patient": {"age": age}})
    )


def test_an_age_given_twice_must_agree():
    raw = {"painful_side": "left", "patient": {"age": 30}, "findings": {"age_years": 31}}
    assert _problems(raw) == ["findings.age_years: 31 is not patient.age 30; give one age"]
    assert Case.from_json(raw | {"patient": {}}).age == 31


def test_what_is_not_known_about_the_patient_may_be_left_out():
    case = Case.from_json({"painful_side": "left", "patient": {"age": None, "sex": None}})
    assert (case.age, case.sex, case.running_type) == (None, None, None)
    assert Case.from_json({"painful_side": "both"}).painful_side is PainfulSide.BOTH


def test_the_case_of_the_issue_is_read():
    case = Case.from_json(
        {
            "patient": {"age": 31, "sex": "female", "running_type": "distance"},
            "painful_side": "right",
            "findings": {
                "onset": "gradual",
                "palp_ischial": {"right": "present", "left": "absent"},
                "slr_degrees": {"right": 55, "left": 75},
            },
        }
    )
    assert case.age == 31
    assert dict(case.findings.recorded("slr_degrees")) == {Side.RIGHT: 55, Side.LEFT: 75}
    assert case.findings.present == {"palp_ischial"}


def test_a_finding_set_is_made_from_rows_and_refuses_wrong_ones():
    rows = [("onset", None, "sudden"), ("palp_ischial", Side.LEFT, "present"), ("pop", None, "not_assessed")]
    findings = FindingSet.of(rows)
    assert findings.answered == {"onset", "palp_ischial"}
    assert findings.mirrored().recorded("palp_ischial") == {Side.RIGHT: "present"}
    for row, message in [
        (("nope", None, 1), "no such finding"),
        (("pop", "left", "present"), "has no sides"),
        (("palp_ischial", None, "present"), "needs a side"),
        (("palp_ischial", "left", "maybe"), "findings.palp_ischial.left"),
    ]:
        with pytest.raises(FindingError, match=message):
            FindingSet.of([row])
    assert findings.with_answer("pop", None, "absent") == FindingSet.of([*rows[:2], ("pop", None, "absent")])
    assert hash(findings) == hash(FindingSet.of(rows))


def test_an_answer_more_is_a_copy_and_not_assessed_takes_one_back():
    empty = FindingSet({})
    one = empty.with_answer("palp_ischial", Side.LEFT, "present")
    assert (empty.answered, one.answered) == (frozenset(), {"palp_ischial"})
    assert one.with_answer("palp_ischial", Side.LEFT, "not_assessed") == empty
    assert empty.with_answer("palp_ischial", Side.LEFT, "not_assessed") == empty
    both = one.with_answer("palp_ischial", Side.RIGHT, "absent")
    assert both.with_answer("palp_ischial", Side.RIGHT, "not_assessed") == one
