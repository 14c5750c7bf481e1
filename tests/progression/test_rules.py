"""Thresholds and criteria: each with its source and standing, and how a single criterion or rung is answered."""

from pathlib import Path

import pytest

from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.provenance import Standing
from clinic.vocabulary.sides import PainfulSide
from programs.library.catalogue import PROTOCOLS
from programs.library.reading import LibraryError
from programs.progression.adherence import Adherence
from programs.progression.criteria import CRITERIA, SELF_TESTS, load_criteria, stage_of
from programs.progression.decide import decide
from programs.progression.decision_words import CHECKS, REASONS, UNITS, window_words
from programs.progression.meeting import Standing as Stands
from programs.progression.meeting import answer, self_test_rung
from programs.progression.plan import PlannedSession
from programs.progression.proposal_types import Verdict
from programs.progression.reports import Course, MorningReport
from programs.progression.reports_json import course_from_json, plan_from_json
from programs.progression.rules import RULES, RULES_REVIEWED, ceiling_of, limit, load_rules, weeks_in_stage
from programs.progression.settled import settled
from programs.progression.stand import Plan
from tests.progression.stories import at, day, sided_check, whole_check

TODAY = day(20)
RIGHT = PainfulSide.RIGHT
ALL = [
    *(criterion for stage in CRITERIA.stages.values() for criterion in stage.criteria),
    *SELF_TESTS,
    *(criterion for criteria in CRITERIA.first_run.values() for criterion in criteria),
]


@pytest.mark.parametrize(
    ("diagnosis", "ceiling"),
    [("hamstring_strain", 3), ("pht", 5), ("sij", 3), ("nerve", 2), ("mixed", 2), ("outside", 2)],
)
def test_the_ceiling_is_the_diagnosis_own(diagnosis: str, ceiling: int) -> None:
    assert ceiling_of(WorkingDiagnosis(diagnosis)) == ceiling


def test_rules_and_protocols_agree_about_ceilings_and_first_rungs() -> None:
    for (diagnosis, stage), protocol in PROTOCOLS.items():
        assert protocol.pain_ceiling == ceiling_of(diagnosis)
        rules = stage_of(diagnosis, stage)
        assert rules is not None
        assert (protocol.running.level or 0) <= rules.run_cap


def test_every_number_says_where_it_comes_from_and_our_own_proposals_say_so() -> None:
    assert RULES_REVIEWED.review_due > RULES_REVIEWED.reviewed_on
    assert CRITERIA.reviewed.review_due > CRITERIA.reviewed.reviewed_on
    for rule in RULES.values():
        assert rule.sources
        assert rule.note
        assert rule.sources != ("proposal",) or rule.standing is Standing.PROPOSED
    for criterion in ALL:
        assert criterion.sources
        assert criterion.sources != ("proposal",) or criterion.standing is Standing.PROPOSED


def test_every_check_and_unit_has_words() -> None:
    assert {criterion.check for criterion in ALL} == set(CHECKS)
    assert {criterion.unit for criterion in ALL} <= {"", *UNITS}
    assert all(words.endswith(".") for words in REASONS.values())


def test_the_self_tests_stand_in_their_order() -> None:
    assert [(each.check, each.limit, each.each_side) for each in SELF_TESTS] == [
        ("bridge_two_leg", 30, False),
        ("bridge_one_leg", 30, True),
        ("double_pull", 12, False),
        ("single_pull", 12, True),
    ]


@pytest.mark.parametrize(
    ("two_leg", "left", "right", "clean", "pulls", "passed"),
    [
        (29, 40, 40, True, 12, 0),
        (30, 30, 29, True, 12, 1),
        (30, 30, 30, False, 12, 1),
        (30, 30, None, True, 12, 1),
        (30, 30, 30, True, 11, 2),
        (30, 30, 30, True, 12, 3),
        (None, 30, 30, True, 12, 0),
    ],
)
def test_a_later_self_test_counts_only_after_the_earlier_ones(
    two_leg: float | None, left: float, right: float | None, clean: bool, pulls: float, passed: int
) -> None:
    checks = (
        whole_check(19, "bridge_two_leg", two_leg),
        sided_check(19, "bridge_one_leg", left, right, clean=clean),
        whole_check(19, "double_pull", pulls),
    )
    assert self_test_rung(settled(Course(checks=checks), TODAY), RIGHT)[0] == passed


def test_a_cramp_that_was_not_asked_about_is_not_known_to_be_absent() -> None:
    told = settled(Course(checks=(whole_check(19, "bridge_two_leg", 40, has_cramp=None),)), TODAY)
    assert answer(SELF_TESTS[0], told, (), RIGHT).standing is Stands.UNKNOWN


@pytest.mark.parametrize(
    ("side", "left", "right", "stands"),
    [
        ("right", 100, 90, Stands.MET),
        ("right", 100, 89, Stands.UNMET),
        ("right", 80, 100, Stands.MET),
        ("left", 80, 100, Stands.UNMET),
        ("both", 80, 100, Stands.UNMET),
        ("right", 100, None, Stands.UNKNOWN),
        ("right", 0, 0, Stands.UNKNOWN),
    ],
)
def test_the_painful_side_is_held_against_the_other(
    side: str, left: float, right: float | None, stands: Stands
) -> None:
    strength = next(each for each in ALL if each.check == "curl_strength")
    told = settled(Course(checks=(sided_check(19, "curl_strength", left, right),)), TODAY)
    assert answer(strength, told, (), PainfulSide(side)).standing is stands


def test_a_check_speaks_for_two_weeks() -> None:
    for number, stands in ((7, Stands.MET), (6, Stands.UNKNOWN), (21, Stands.UNKNOWN)):
        told = settled(Course(checks=(whole_check(number, "bridge_two_leg", 30),)), TODAY)
        assert answer(SELF_TESTS[0], told, (), RIGHT).standing is stands


@pytest.mark.parametrize(
    ("diagnosis", "verdict", "key"), [("refer", Verdict.REVIEW, "refer_first"), ("outside", Verdict.HOLD, "no_rules")]
)
def test_outside_the_rules_nothing_progresses(diagnosis: str, verdict: Verdict, key: str) -> None:
    decision = decide(Course(), Plan.of(WorkingDiagnosis(diagnosis), None, RIGHT, day(0)), day(3))
    assert decision.verdict is verdict
    assert key in {reason.key for reason in decision.reasons}


def test_an_empty_course_holds() -> None:
    decision = decide(Course(), Plan.of(WorkingDiagnosis.SIJ, 1, RIGHT, day(0)), day(3))
    assert decision.verdict is Verdict.HOLD
    assert decision.change is None


def test_a_correction_told_later_counts_whenever_it_arrives() -> None:
    first = MorningReport(day=day(3), told_at=at(3, 7), arrived_at=at(9), pain=7)
    second = MorningReport(day=day(3), told_at=at(3, 9), arrived_at=at(3, 9), pain=2)
    for order in ((first, second), (second, first)):
        assert settled(Course(mornings=order), TODAY).mornings[day(3)].pain == 2


def test_adherence_is_said_with_its_window() -> None:
    counts = Adherence(planned=12, done=9, skipped=2, not_reported=1, not_yet=0, extra=0)
    assert window_words(counts, 14) == "9 of 12 planned done, 2 skipped, 1 not reported, last 14 days"


def test_only_the_last_fourteen_days_count() -> None:
    planned = tuple(PlannedSession(day(number), "one") for number in range(0, 30))
    counts = settled(Course(planned=planned), TODAY).adherence(limit("window_days"))
    assert (counts.planned, counts.not_reported, counts.not_yet) == (13, 13, 1)


@pytest.mark.parametrize(
    "told",
    [
        {"mornings": [{"day": "2026-08-04", "told_at": "2026-08-04T07:00", "arrived_at": "2026-08-04T07:00"}]},
        {
            "mornings": [
                {"day": "2026-08-04", "told_at": "2026-08-04T07:00Z", "arrived_at": "2026-08-04T07:00Z", "pain": 11}
            ]
        },
        {
            "mornings": [
                {"day": "2026-08-04", "told_at": "2026-08-04T07:00Z", "arrived_at": "2026-08-04T07:00Z", "mood": 1}
            ]
        },
        {"runs": [{"day": "2026-08-04"}]},
    ],
)
def test_a_report_that_is_none_is_refused(told: dict[str, list[dict[str, object]]]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        course_from_json(told)
    with pytest.raises(ValueError, match="guess"):
        plan_from_json({"diagnosis": "guess"})


def test_slips_in_the_files_are_refused_with_their_place(tmp_path: Path) -> None:
    head = 'author = "a"\nreviewed_on = 2026-11-22\nreview_due = 2027-11-22\n'
    rules = tmp_path / "rules.toml"
    rules.write_text(
        head + '[thresholds.x]\nvalue = 1\nunit = "d"\nstanding = "proposed"\nsources = ["hearsay"]\nnote = "n"\n'
    )
    with pytest.raises(LibraryError, match="hearsay"):
        load_rules(rules, {"proposal"})
    criteria = tmp_path / "criteria.toml"
    criteria.write_text(head + "self_tests = []\nstages = []\n")
    with pytest.raises(LibraryError, match="hamstring_strain 1"):
        load_criteria(criteria, {"proposal"})


def test_only_conclusions_with_a_course_have_a_time_limit() -> None:
    assert weeks_in_stage(WorkingDiagnosis.PHT) == 12
    assert weeks_in_stage(WorkingDiagnosis.OUTSIDE) is None
