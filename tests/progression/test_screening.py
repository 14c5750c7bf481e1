"""The questions of "something new": all asked, plain, and never a diagnosis."""

import re
from pathlib import Path

import pytest

from assessments.reasoning.findings import FINDINGS
from assessments.reasoning.knowledge_base import RED_FLAGS
from programs.library.reading import LibraryError
from programs.progression.rules import HERE
from programs.progression.screening import QUESTIONS, Question, Urgency, load_questions, question, urgency_of
from tests.library.reading_grade import grade, longest_sentence

ASKED = {"bladder_change", "bowel_change", "saddle_numbness", "sexual_change", "bilateral_leg_symptoms", "leg_swelling"}
ASKED |= {"progressive_weakness", "unable_to_walk", "breathless_chest_pain", "fever_unwell", "night_pain", "mass"}
MEDICAL = re.compile(r"cauda|thrombo|clot|tumou?r|cancer|fracture|avuls|syndrome|infection|embol|rupture|nerve", re.I)
each = pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: one.key)


@each
def test_a_question_is_plain_short_and_names_no_diagnosis(asked: Question) -> None:
    text = asked.words().replace("?", ".")
    assert grade(text) <= 8
    assert longest_sentence(text) <= 25
    assert not MEDICAL.search(text)


@each
def test_a_question_stands_for_findings_that_raise_its_red_flags(asked: Question) -> None:
    for flag in asked.flags:
        rules = RED_FLAGS[flag].rules
        keys = {atom.key for rule in rules for each in (*rule.all_of, *rule.any_of) for atom in each.atoms}
        assert keys & set(asked.findings), flag
    assert asked.sources


def test_everything_screening_asks_of_everyone_that_can_be_new_is_asked_at_home() -> None:
    found = {key for asked in QUESTIONS for key in asked.findings}
    always = {key for key, finding in FINDINGS.items() if finding.mandatory}
    assert found >= ASKED
    assert always - found <= {"age_years", "cancer_history"}  # known from the first visit


def test_the_gravest_yes_counts_and_an_open_question_is_no_answer() -> None:
    assert urgency_of({}) is None
    assert urgency_of({"pee_poo": None, "swollen_leg": False}) is None
    assert urgency_of({"pee_poo": None, "swollen_leg": True}) is Urgency.SAME_DAY
    assert urgency_of({"swollen_leg": True, "chest_breath": True}) is Urgency.EMERGENCY
    assert urgency_of({"asked_by_a_later_version": True}) is None


def test_a_question_of_a_later_version_is_not_known() -> None:
    assert question("asked_by_a_later_version") is None
    assert question("pee_poo") == QUESTIONS[0]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"bowel_change"', '"bowels"'),
        ('flags = ["RF06"]', 'flags = ["RF99"]'),
        ('key = "unwell"', 'key = "ill"'),
        ('urgency = "same_day"', 'urgency = "soon"'),
    ],
    ids=["finding", "flag", "words", "urgency"],
)
def test_a_slip_in_the_file_is_named(tmp_path: Path, was: str, now: str) -> None:
    path = tmp_path / "screening.toml"
    path.write_text((HERE / "screening.toml").read_text().replace(was, now, 1))
    with pytest.raises(LibraryError, match=r"screening\.toml"):
        load_questions(path)
