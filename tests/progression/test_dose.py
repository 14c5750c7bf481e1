"""A dose is one value that cannot say something nobody could follow."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import TEMPO_WORDS, Dose, DoseError, from_json, to_json
from programs.progression.dose_shorthand import parse_shorthand, to_shorthand
from programs.progression.dose_words import Limb, big_line, patient_sentence, staff_text

loads = st.sampled_from(["", "8 kg", "8kg", "7,5 lb", "green band", "½ of {it}", "رباط"])
tempos = st.sampled_from(["", *TEMPO_WORDS, "3-1-3"])


@st.composite
def doses(draw: st.DrawFn) -> Dose:
    shape = draw(st.sampled_from(["reps", "range", "held reps", "hold", "work"]))
    reps = draw(st.integers(1, 100)) if shape in ("reps", "range", "held reps") else None
    weekdays = draw(st.frozensets(st.integers(0, 6)))
    return Dose(
        sets=draw(st.integers(1, 20)),
        reps=reps,
        reps_max=(reps or 0) + draw(st.integers(1, 20)) if shape == "range" else None,
        hold_s=draw(st.integers(1, 600)) if shape in ("held reps", "hold") else None,
        work_s=draw(st.integers(1, 3600)) if shape == "work" else None,
        rest_s=draw(st.none() | st.integers(0, 600)),
        load=draw(loads),
        tempo=draw(tempos),
        side=draw(st.sampled_from(DoseSide)),
        times_per_day=draw(st.integers(1, 12)),
        weekdays=weekdays,
        every_n_days=1 if weekdays else draw(st.integers(1, 28)),
    )


@given(doses())
def test_a_dose_survives_json_unchanged(dose: Dose) -> None:
    assert from_json(json.loads(json.dumps(to_json(dose)))) == dose


@given(doses())
def test_a_dose_survives_being_typed_again(dose: Dose) -> None:
    assert parse_shorthand(to_shorthand(dose)) == dose


@given(doses())
def test_every_dose_has_words_without_leftover_gaps(dose: Dose) -> None:
    for limb in Limb:
        text = patient_sentence(dose, limb=limb, rep_word="slow kicks")
        assert text.endswith(".")
        assert "None" not in text
        assert ".." not in text
        assert "  " not in text
    line = big_line(dose)
    assert all((line.headline, line.unit, line.how_often))
    assert "None" not in staff_text(dose)


@given(doses())
def test_no_word_of_a_dose_reaches_the_reader_untranslated(dose: Dose) -> None:
    def shouting(message: str) -> str:
        return "".join(part if part.startswith("{") else part.upper() for part in _split_gaps(message))

    own_words = {dose.load, dose.tempo}
    text = patient_sentence(dose, shouting, limb=Limb.LEG)
    for word in own_words - {""}:
        text = text.replace(word, "")
    assert text == text.upper()


def _split_gaps(message: str) -> list[str]:
    return re.split(r"(\{\w+\})", message)


@given(doses())
def test_staff_and_patient_never_disagree_about_the_side(dose: Dose) -> None:
    staff, patient = staff_text(dose), patient_sentence(dose, limb=Limb.LEG)
    for word in ("left", "right"):
        assert (word in staff.split(", ")) == (f"your {word} leg" in patient)
    assert ("each side" in staff) == ("with each leg" in patient)


@pytest.mark.parametrize(
    ("fields", "field", "advice"),
    [
        ({}, "reps", "Say how much: repetitions, a hold, or a time to keep going."),
        ({"reps": 0}, "reps", "Give the repetitions as a whole number from 1 to 200."),
        ({"reps": 12, "reps_max": 8}, "reps_max", "Write the range from small to large, for example 8 to 12."),
        ({"hold_s": 5, "reps_max": 8}, "reps", "A range needs its smaller number too, for example 8 to 12."),
        ({"reps": 10, "sets": 21}, "sets", "Give the number of sets as a whole number from 1 to 20."),
        ({"reps": 10, "sets": True}, "sets", "Give the number of sets as a whole number from 1 to 20."),
        ({"reps": 10, "work_s": 30}, "work_s", "Use either repetitions and hold, or a time to keep going, not both."),
        ({"reps": 10, "tempo": "jaunty"}, "tempo", "Write the tempo as slow, steady, quick, or as counts such as 3-1-3."),
        ({"reps": 10, "times_per_day": 13}, "times_per_day", "Give the times per day as a whole number from 1 to 12."),
        ({"reps": 10, "weekdays": [7]}, "weekdays", "Give weekdays as numbers, Monday is 0 and Sunday is 6."),
        ({"reps": 10, "weekdays": "MWF"}, "weekdays", "Give weekdays as a list of numbers, Monday is 0 and Sunday is 6."),
        ({"reps": 10, "weekdays": [0], "every_n_days": 2}, "every_n_days", "Choose either weekdays or every so many days, not both."),
        ({"reps": 10, "side": "north"}, "side", "Choose the side: left, right, both or alternate."),
        ({"reps": 10, "colour": "red"}, "colour", "“colour” is not a field of a dose."),
        ({"reps": 10, "load": "two\nlines"}, "load", "Keep the load to one line of at most 40 characters, for example 8 kg or green band."),
    ],
)  # fmt: skip
def test_an_impossible_dose_says_what_to_write_instead(fields: dict[str, object], field: str, advice: str) -> None:
    with pytest.raises(DoseError) as caught:
        from_json(fields)
    assert (field, advice) in [(problem.field, problem.text()) for problem in caught.value.problems]


def test_everything_wrong_with_a_dose_is_said_at_once() -> None:
    with pytest.raises(DoseError) as caught:
        Dose(sets=0, reps=0, times_per_day=0)
    assert {problem.field for problem in caught.value.problems} == {"sets", "reps", "times_per_day"}


def test_all_seven_weekdays_are_every_day() -> None:
    assert Dose(reps=1, weekdays=frozenset(range(7))) == Dose(reps=1)


def test_the_length_of_a_session_counts_both_turns() -> None:
    assert Dose(sets=2, hold_s=30, rest_s=60).about.total_seconds() == 120
    assert Dose(sets=2, hold_s=30, rest_s=60, side=DoseSide.ALTERNATE).about.total_seconds() == 240
