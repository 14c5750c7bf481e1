"""Twelve-week stories as tables: what is proposed on the days that matter, and why."""

import pytest

from programs.progression.decide import decide
from programs.progression.decision_words import change_words, reason_words, verdict_words
from programs.progression.proposal_types import Part, Verdict, decision_from_json, decision_to_json
from programs.progression.reports import Leg
from tests.progression.stories import (
    DAILY,
    EVERY_2ND,
    OFF,
    Story,
    at,
    day,
    expect,
    keys,
    pain_check,
    sided_check,
    whole_check,
    yes_check,
)

STAGE_1_DONE = tuple(pain_check(5, key, 0) for key in ("normal_walk", "slow_jog", "half_force_heel_dig"))

STORIES = {
    "a strain that goes smoothly": Story(
        diagnosis="hamstring_strain",
        weeks=(DAILY, *[EVERY_2ND] * 11),
        stages={0: (1, None), 7: (2, 1), 13: (2, 2), 30: (3, 3), 63: (4, 7)},
        runs={8: (1, 30, "flat"), 10: (1, 30, "flat"), 15: (0, 32, "flat"), 17: (1, 32, "up")},
        checks={
            5: STAGE_1_DONE,
            27: (
                pain_check(27, "full_force_curl", 0),
                pain_check(27, "half_speed_jog", 0),
                sided_check(27, "bridge_one_leg", 34, 31),
            ),
            55: (yes_check(55, "run_90_percent"),),
            60: (
                yes_check(60, "run_90_percent"),
                pain_check(60, "palpation", 0),
                sided_check(60, "straight_leg_raise", 82, 80),
                sided_check(60, "curl_strength", 100, 93),
            ),
            80: (yes_check(80, "full_training"),),
        },
        expected={
            1: expect("hold", "", "too_early", "criterion_unknown"),
            6: expect("progress", "stage", "tolerated", "criterion_met"),
            8: expect("hold", "", "too_early"),
            12: expect("progress", "run_level", "runs_good"),
            19: expect("progress", "run_level", "runs_good"),
            28: expect("progress", "stage"),
            32: expect("hold", "", "too_early", "run_not_tried"),
            61: expect("progress", "stage"),
            81: expect("progress", "finish"),
        },
    ),
    "a strain torn again by a fast run": Story(
        diagnosis="hamstring_strain",
        weeks=(*[EVERY_2ND] * 5, "1= 1- p . 6? . .", *[EVERY_2ND] * 6),
        stages={0: (2, None), 28: (3, 4)},
        runs={36: (7, 20, "speed")},
        limps=frozenset({36}),
        expected={
            34: expect("hold", "", "criterion_unknown", "run_not_tried"),
            36: expect("step_back", "run_level", "pain_during", "run_too_much"),
            37: expect("step_back", "run_level", "worse_morning", "limp"),
            40: expect("review", "", "flares_again", "skipped_for_pain"),
        },
    ),
    "a tendon that flares after a hill run": Story(
        diagnosis="pht",
        weeks=(*[EVERY_2ND] * 2, "3= = 3= = 3= - 4=", "3= = 3= = 2= = =", *[EVERY_2ND] * 8),
        stages={0: (1, None), 7: (2, None)},
        runs={12: (2, 30, "flat"), 19: (6, 40, "up")},
        checks={33: (pain_check(33, "hip_bend_load", 3),), 55: (pain_check(55, "hip_bend_load", 4),)},
        expected={
            13: expect("hold", "", "criterion_unknown"),
            19: expect("step_back", "load", "pain_during", "surface_not_yet"),
            20: expect("step_back", "load", "worse_morning", "pain_during"),
            21: expect("step_back", "load", "worse_morning"),
            27: expect("hold", "", "criterion_unknown"),
            34: expect("progress", "stage", "tolerated"),
            56: expect("hold", "", "criterion_unmet"),
        },
    ),
    "a nerve that is worse in the morning, twice": Story(
        diagnosis="nerve",
        weeks=(DAILY, "1= 1= 2= 1- 2- 1= 1=", *[DAILY] * 10),
        stages={0: (1, None)},
        legs={11: Leg.LASTED, 40: None, 54: Leg.SPREAD},
        checks={6: (pain_check(6, "rest_pain", 2),), 34: (pain_check(34, "rest_pain", 0), whole_check(34, "settles_min", 20))},
        expected={
            7: expect("hold", "", "criterion_unmet", "criterion_unknown"),
            11: expect("step_back", "load", "worse_morning"),
            12: expect("review", "", "worse_mornings", "leg_lasted", "worse_morning"),
            25: expect("hold", "", "criterion_unknown"),
            35: expect("progress", "stage"),
            41: expect("hold", "", "leg_missing"),
            55: expect("review", "", "leg_lasted", "stage_takes_long"),
        },
    ),
    "a joint that goes steadily": Story(
        diagnosis="sij",
        weeks=("3= 3= 2= 2= 2= 2+ 2=", *[EVERY_2ND] * 11),
        stages={0: (1, None), 14: (2, 1), 42: (3, 2)},
        runs={50: (0, 32, "flat"), 52: (0, 32, "flat"), 54: (0, 32, "up"), 78: (1, 32, "flat")},
        checks={
            8: (yes_check(8, "joint_tests_calmer"),),
            40: (yes_check(40, "steady_on_one_leg"), sided_check(40, "bridge_one_leg", 30, 30)),
        },
        expected={
            6: expect("hold", "", "criterion_met", "criterion_unknown"),
            12: expect("progress", "stage"),
            41: expect("progress", "stage"),
            56: expect("progress", "run_level", "criterion_met", "runs_good"),
            79: expect("progress", "run_level", "criterion_unmet"),
        },
    ),
    "a runner who falls silent": Story(
        diagnosis="hamstring_strain",
        weeks=(EVERY_2ND, "1= = ? . ? . ?", *["? . ? . ? . ?"] * 3, *[EVERY_2ND] * 7),
        stages={0: (1, None)},
        checks={5: STAGE_1_DONE},
        expected={
            7: expect("progress", "stage"),
            10: expect("hold", "", "not_reported"),
            14: expect("hold", "", "silent", "not_reported"),
            22: expect("review", "", "silent", "little_done", "stage_takes_long"),
        },
    ),
    "reports that arrive late and out of order": Story(
        diagnosis="hamstring_strain",
        weeks=(DAILY, *[DAILY] * 11),
        stages={0: (1, None)},
        late={3: 9, 4: 7, 5: 8},
        checks={5: STAGE_1_DONE},
        expected={6: expect("progress", "stage")},
    ),
    "pain above the ceiling, twice": Story(
        diagnosis="hamstring_strain",
        weeks=(EVERY_2ND, "1= = 6= = 2= = 7=", "2= = 2= = 1= = =", *[EVERY_2ND] * 9),
        stages={0: (2, None)},
        expected={
            9: expect("step_back", "load", "pain_during"),
            13: expect("review", "", "flares_again"),
            20: expect("review", "", "flares_again"),
        },
    ),
    "a rung that is repeated": Story(
        diagnosis="sij",
        weeks=(EVERY_2ND,) * 12,
        stages={0: (2, 1), 14: (2, 2)},
        runs={3: (1, 30, "flat"), 5: (3, 30, "flat"), 7: (2, 20, "flat"), 9: (1, 30, "flat"), 11: (2, 30, "flat"),
              16: (1, 32, "flat"), 18: (None, 32, "flat"), 20: (4, 32, "flat")},
        expected={
            6: expect("hold", "", "run_again"),
            8: expect("hold", "", "run_again"),
            10: expect("hold", "", "run_again"),
            12: expect("progress", "run_level", "runs_good"),
            19: expect("hold", "", "pain_missing", "run_unknown"),
            20: expect("step_back", "run_level", "run_too_much"),
        },
    ),
    "one side that lags": Story(
        diagnosis="sij",
        weeks=(EVERY_2ND,) * 12,
        stages={0: (2, None)},
        self_test=1,
        checks={
            3: (whole_check(3, "bridge_two_leg", 45),),
            10: (sided_check(10, "bridge_one_leg", 35, 21), yes_check(10, "steady_on_one_leg"),
                 whole_check(10, "bridge_two_leg", 45)),
            17: (sided_check(17, "bridge_one_leg", 35, 31, clean=False), whole_check(17, "bridge_two_leg", 45)),
            23: (sided_check(23, "bridge_one_leg", 35, 31), yes_check(23, "steady_on_one_leg")),
        },
        expected={
            11: expect("hold", "", "side_lags", "criterion_met"),
            18: expect("hold", "", "criterion_unmet"),
            24: expect("progress", "stage", "self_test_passed"),
            40: expect("hold", "", "criterion_unknown"),
        },
    ),
    "something new": Story(
        diagnosis="pht",
        weeks=(EVERY_2ND,) * 12,
        stages={0: (1, None)},
        news={20: ("saddle_numbness", True), 40: ("leg_swelling", None)},
        expected={
            19: expect("hold", "", "criterion_unknown"),
            20: expect("review", "", "red_flag"),
            60: expect("review", "", "red_flag", "red_flag_open"),
        },
    ),
    "a tendon held between three and five": Story(
        diagnosis="pht",
        weeks=("4= = 5= = 4= = =", *["4= = 4= = 3= = ="] * 11),
        stages={0: (2, None)},
        checks={6: (pain_check(6, "hip_bend_load", 2),)},
        expected={7: expect("hold", "", "pain_during"), 83: expect("hold", "", "pain_during")},
    ),
    "a runner who skips": Story(
        diagnosis="hamstring_strain",
        weeks=("1= s s 1= s s 1=", "1= 1= 1= p s 1= 1=", *[OFF] * 10),
        stages={0: (1, None)},
        checks={5: STAGE_1_DONE},
        expected={
            7: expect("hold", "", "skipped_day", "little_done"),
            12: expect("hold", "", "skipped_for_pain", "little_done"),
        },
    ),
}  # fmt: skip

CHECKPOINTS = [(name, number) for name, story in STORIES.items() for number in story.expected]


@pytest.mark.parametrize(("name", "number"), CHECKPOINTS)
def test_the_story_is_read_as_a_clinician_would(name: str, number: int) -> None:
    story = STORIES[name]
    expected = story.expected[number]
    decision = decide(story.course(), story.plan(number), day(number))
    told = [(reason.key, reason.params) for reason in decision.reasons]
    assert decision.verdict is expected.verdict, told
    assert (decision.change.part if decision.change else None) is expected.part, told
    assert set(expected.reasons) <= keys(decision), told


@pytest.mark.parametrize(("name", "number"), CHECKPOINTS)
def test_every_decision_can_be_said_and_kept(name: str, number: int) -> None:
    story = STORIES[name]
    decision = decide(story.course(), story.plan(number), day(number))
    assert decision.reasons
    assert verdict_words(decision.verdict)
    for change in (decision.change, *decision.waiting):
        assert change is None or "{" not in change_words(change)
    for reason in decision.reasons:
        assert "{" not in reason_words(reason)
    assert decision_from_json(decision_to_json(decision)) == decision


@pytest.mark.parametrize("name", STORIES)
def test_no_day_of_a_story_gives_two_changes_or_a_change_without_its_reason(name: str) -> None:
    story = STORIES[name]
    course = story.course()
    for number in range(0, 84, 3):
        decision = decide(course, story.plan(number), day(number))
        assert (decision.change is not None) is (decision.verdict in (Verdict.PROGRESS, Verdict.STEP_BACK))
        if decision.verdict is Verdict.PROGRESS:
            assert "tolerated" in keys(decision)
            assert decision.change not in decision.waiting


def test_late_reports_are_counted_from_when_they_arrive_and_marked_as_late() -> None:
    story = STORIES["reports that arrive late and out of order"]
    course, plan = story.course(), story.plan(6)
    known = decide(course.known_at(at(6, 22)), plan, day(6))
    assert known.verdict is Verdict.HOLD
    assert "not_reported" in keys(known)
    whole = decide(course, plan, day(6))
    assert whole.verdict is Verdict.PROGRESS
    tolerated = next(reason for reason in whole.reasons if reason.key == "tolerated")
    assert {point.late_h for point in tolerated.points if point.kind == "session"} == {145, 73}


def test_the_flare_names_the_hill_and_the_day() -> None:
    story = STORIES["a tendon that flares after a hill run"]
    decision = decide(story.course(), story.plan(20), day(20))
    worse = next(reason for reason in decision.reasons if reason.key == "worse_morning")
    assert [(point.day, point.kind, point.ref, point.value) for point in worse.points] == [
        (day(19), "run", "up", 6),
        (day(20), "morning", "worse", None),
    ]


def test_the_run_ladder_takes_one_thing_at_a_time() -> None:
    story = STORIES["one side that lags"]
    decision = decide(story.course(), story.plan(24), day(24))
    assert decision.change is not None
    assert decision.change.part is Part.STAGE
    assert [change.part for change in decision.waiting] == [Part.SELF_TEST]
