"""What a patient reads: plain, short, printable, and about them."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from programs.library.catalogue import LIBRARY, PROTOCOLS
from programs.library.exercise import Exercise
from programs.library.protocol import Protocol
from programs.progression.dose_words import big_line, patient_sentence, staff_text
from programs.progression.runladder import RUN_LADDER, drop_sentence, move_up_sentence
from tests.library.reading_grade import grade, longest_sentence, syllables

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts" / "print"
HARDEST_GRADE = 8
LONGEST_SENTENCE = 25
exercises = pytest.mark.parametrize("exercise", LIBRARY.values(), ids=lambda e: e.key)
protocols = pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=lambda p: f"{p.diagnosis}-{p.stage}")


def sentences(exercise: Exercise) -> str:
    """All the patient's texts of an exercise that are whole sentences."""
    texts = (exercise.purpose, exercise.start, *exercise.steps, *exercise.cues, *exercise.faults)
    more = (exercise.breathing, exercise.easier, exercise.harder, exercise.passes, exercise.result)
    return " ".join(text for text in (*texts, *more, patient_sentence(exercise.dose, limb=exercise.limb)) if text)


@pytest.mark.parametrize(("word", "count"), [("hip", 1), ("muscle", 2), ("slide", 1), ("exercise", 3), ("knee", 1)])
def test_the_crude_count_of_syllables_is_about_right(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_crude_grade_tells_a_leaflet_from_a_paper() -> None:
    assert grade("Lie on your back. Lift your hips. Hold, then lower slowly.") < 4
    assert grade("Eccentric musculotendinous rehabilitation facilitates neuromuscular adaptation in athletes.") > 15


@exercises
def test_an_exercise_reads_at_grade_eight_or_below(exercise: Exercise) -> None:
    text = sentences(exercise)
    assert grade(text) <= HARDEST_GRADE
    assert longest_sentence(text) <= LONGEST_SENTENCE


@protocols
def test_a_protocol_reads_at_grade_eight_or_below(protocol: Protocol) -> None:
    text = " ".join(protocol.patient_texts[1:])
    assert grade(text) <= HARDEST_GRADE
    assert longest_sentence(text) <= LONGEST_SENTENCE


def test_the_run_ladder_reads_at_grade_eight_or_below() -> None:
    for rung in RUN_LADDER:
        assert grade(f"{rung.sentence} {move_up_sentence(rung.level)}") <= HARDEST_GRADE
    assert grade(drop_sentence()) <= HARDEST_GRADE


@pytest.fixture(scope="module")
def printable() -> set[int]:
    """The characters that all weights of the handout's font have."""
    fonts = [TTFont(path) for path in sorted(FONTS.glob("*.ttf"))]
    return set.intersection(*(set(font.getBestCmap()) for font in fonts))


def test_every_text_for_paper_can_be_printed_in_our_font(printable: set[int]) -> None:
    texts = [text for exercise in LIBRARY.values() for text in exercise.patient_texts]
    texts += [text for protocol in PROTOCOLS.values() for text in (*protocol.patient_texts, protocol.enter)]
    texts += [text for rung in RUN_LADDER for text in (rung.headline, rung.sentence, move_up_sentence(rung.level))]
    for exercise in LIBRARY.values():
        line = big_line(exercise.dose, rep_word=exercise.rep_word)
        texts += [line.headline, line.unit, line.how_often, staff_text(exercise.dose)]
    missing = {character for text in texts for character in text if ord(character) not in printable}
    assert missing == set()


@exercises
def test_steps_do_not_repeat_the_dose(exercise: Exercise) -> None:
    """The dose is edited per patient; a number of seconds in a step would contradict it."""
    for text in (*exercise.steps, *exercise.cues):
        assert "seconds" not in text.split() or exercise.key.startswith("test_")


@exercises
def test_every_step_is_a_sentence(exercise: Exercise) -> None:
    for text in (*exercise.steps, *exercise.cues, *exercise.faults, exercise.purpose, exercise.start):
        assert text.endswith((".", "!", "?"))
        assert text[0].isupper()


@exercises
def test_cues_fit_one_line_of_the_fridge_sheet(exercise: Exercise) -> None:
    assert all(len(cue) <= 60 for cue in exercise.cues)
    assert len(exercise.name) <= 32
