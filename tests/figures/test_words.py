"""What a drawing shows, in words: the right side of the body, the position, and nothing that is not there."""

import pytest

from clinic.vocabulary.sides import DoseSide
from programs.figures import figures, words_for
from programs.figures.words import LANGUAGES, phrases


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", figures())
def test_every_figure_is_told_in_every_language(key: str, language: str) -> None:
    words = words_for(key, DoseSide.RIGHT, language=language)
    assert words.startswith(phrases()["start"][language])
    assert len(words) > 25


def test_every_phrase_has_all_languages() -> None:
    assert {key: tuple(texts) for key, texts in phrases().items()} == dict.fromkeys(phrases(), LANGUAGES)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("bridge_one_leg", "hips lifted, right leg bent, left leg straight and raised"),
        ("chair_bridge", "both legs bent and heel on the chair"),
        ("step_up", "Start: standing, right leg bent and foot on the step, left leg slightly bent"),
        ("split_squat", "End: in a long lunge, both legs bent"),
        ("single_leg_deadlift", "standing on one leg, trunk folded forward, right leg straight"),
        ("bird_dog", "right leg straight and raised, left leg bent, left arm stretched forward"),
        ("banded_hip_twist", "standing on one leg, right leg straight, left leg bent and raised"),
        ("clam", "both legs bent, right leg: knee lifted"),
        ("side_plank", "propped on one elbow, hips lifted"),
        ("plank_turn", "on hands and toes, body in one line, trunk turned open"),
        ("front_thigh_roller", "face down on the elbows"),
        ("calf_raise", "right leg straight and on tiptoe"),
        ("side_leg_lift", "lying on the side, right leg straight and raised, left leg bent"),
        ("side_plank_long", "hips lifted, both legs straight"),
        ("grapevine", "standing, feet crossed"),
        ("sciatic_slider", "looking up, right leg slightly bent and raised"),
        ("forward_lean", "the whole body leaning forward in one line"),
    ],
)
def test_the_words_say_what_a_clinician_sees(key: str, says: str) -> None:
    assert says in words_for(key, DoseSide.RIGHT)


@pytest.mark.parametrize("key", ["bridge_one_leg", "banded_hip_twist", "clam"])
def test_the_other_side_is_the_same_sentence_with_left_and_right_changed(key: str) -> None:
    right, left = words_for(key, DoseSide.RIGHT), words_for(key, DoseSide.LEFT)
    assert right != left
    assert right.replace("right", "#").replace("left", "right").replace("#", "left") == left
