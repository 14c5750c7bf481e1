"""Staff read shorthand, patients read sentences, paper shows one big line."""

import pytest

from clinic.vocabulary.sides import DoseSide
from programs.progression.dose import Dose, DoseError
from programs.progression.dose_shorthand import parse_shorthand
from programs.progression.dose_words import BigLine, Limb, big_line, patient_sentence, spoken_time, staff_text

MWF = frozenset({0, 2, 4})
FULL = Dose(3, 10, hold_s=5, side=DoseSide.ALTERNATE, times_per_day=2, weekdays=MWF)


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (FULL, "3 × 10, hold 5 s, each side, 2×/day, Mon Wed Fri"),
        (Dose(3, 12, rest_s=60, side=DoseSide.LEFT, times_per_day=2), "3 × 12, rest 60 s, left, 2×/day"),
        (Dose(3, 8, 12, load="green band", tempo="3-1-3"), "3 × 8–12, green band, tempo 3-1-3, daily"),
        (Dose(5, hold_s=45, rest_s=120, times_per_day=2), "5 × 45 s hold, rest 2 min, 2×/day"),
        (Dose(hold_s=180, side=DoseSide.RIGHT, every_n_days=7), "3 min hold, right, weekly"),
        (Dose(4, work_s=15), "4 × 15 s, daily"),
        (Dose(work_s=1800, every_n_days=2), "30 min, every 2 days"),
    ],
)
def test_staff_read_shorthand(dose: Dose, text: str) -> None:
    assert staff_text(dose) == text


@pytest.mark.parametrize(
    ("dose", "limb", "rep_word", "text"),
    [
        (FULL, Limb.LEG, "", "Do 10 with each leg. Hold each one for 5 seconds. Then take a short rest. "
         "Do this 3 times in all. Do it twice a day, on Monday, Wednesday and Friday."),
        (Dose(3, 12, rest_s=60, side=DoseSide.LEFT, times_per_day=2), Limb.LEG, "slow kicks",
         "Do 12 slow kicks with your left leg. Then rest for 1 minute. Do this 3 times in all. "
         "Do it twice a day."),
        (Dose(hold_s=180, side=DoseSide.RIGHT, every_n_days=7), Limb.SIDE, "",
         "Hold for 3 minutes on your right side. Do it once a week."),
        (Dose(2, 6, 8, side=DoseSide.BOTH, every_n_days=2), Limb.LEG, "slow pulls",
         "Do 6 to 8 slow pulls with both legs. Then take a short rest. Do this twice in all. "
         "Do it every second day."),
        (Dose(work_s=1800), Limb.NONE, "", "Keep going for 30 minutes. Do it once a day."),
        (Dose(1, 5, tempo="3-1-3", load="8 kg", weekdays=frozenset({1})), Limb.SIDE, "",
         "Do 5. Count 3 to go down, 1 to wait and 3 to come up. Use: 8 kg. Do it on Tuesday."),
    ],
)  # fmt: skip
def test_patients_read_sentences(dose: Dose, limb: Limb, rep_word: str, text: str) -> None:
    assert patient_sentence(dose, limb=limb, rep_word=rep_word) == text


@pytest.mark.parametrize(
    ("dose", "rep_word", "line"),
    [
        (Dose(3, 12, times_per_day=2), "slow kicks", BigLine("3 × 12", "slow kicks", "2 times a day")),
        (Dose(3, 6, every_n_days=2), "slow dives", BigLine("3 × 6", "slow dives", "every 2nd day")),
        (Dose(2, 10, hold_s=5), "lifts", BigLine("2 × 10", "hold 5 seconds", "once a day")),
        (Dose(hold_s=180, every_n_days=7), "", BigLine("3\u00a0min", "one long hold", "once a week")),
        (Dose(1, 1, hold_s=180), "", BigLine("3\u00a0min", "one long hold", "once a day")),
        (Dose(5, hold_s=45, weekdays=MWF), "", BigLine("5 × 45\u00a0s", "holds", "Mon Wed Fri")),
        (Dose(4, work_s=15), "", BigLine("4 × 15\u00a0s", "keep going", "once a day")),
        (Dose(3, 10, times_per_day=2, weekdays=MWF), "", BigLine("3 × 10", "times", "2 times a day, Mon Wed Fri")),
    ],
)  # fmt: skip
def test_paper_shows_one_big_line(dose: Dose, rep_word: str, line: BigLine) -> None:
    assert big_line(dose, rep_word=rep_word) == line


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (45, "45 seconds"), (60, "1 minute"), (90, "1 minute 30 seconds"), (180, "3 minutes")],
)
def test_patients_read_times_in_words(seconds: int, words: str) -> None:
    assert spoken_time(seconds) == words


@pytest.mark.parametrize(
    ("typed", "dose"),
    [
        ("3x10 h5 r60 2/d MWF each", Dose(3, 10, hold_s=5, rest_s=60, times_per_day=2, weekdays=MWF, side=DoseSide.ALTERNATE)),
        ("each MWF 2x/day r60s hold5 3×10", Dose(3, 10, hold_s=5, rest_s=60, times_per_day=2, weekdays=MWF, side=DoseSide.ALTERNATE)),
        ("3x8-12 8kg L", Dose(3, 8, 12, load="8 kg", side=DoseSide.LEFT)),
        ("3x8 green-band", Dose(3, 8, load="green band")),
        ('3x8 @"ankle cuff"', Dose(3, 8, load="ankle cuff")),
        ('3X10 @"green band" R', Dose(3, 10, load="green band", side=DoseSide.RIGHT)),
        ("5x45s r2m", Dose(5, hold_s=45, rest_s=120)),
        ("h3m weekly right", Dose(hold_s=180, every_n_days=7, side=DoseSide.RIGHT)),
        ("4xgo15s", Dose(4, work_s=15)),
        ("go30min eod", Dose(work_s=1800, every_n_days=2)),
        ("10 t3-1-3 e3d", Dose(1, 10, tempo="3-1-3", every_n_days=3)),
        ("2x5 TuTh", Dose(2, 5, weekdays=frozenset({1, 3}))),
        ("2x5 Mon,Wed,Sa", Dose(2, 5, weekdays=frozenset({0, 2, 5}))),
        ("2x5 MTWThFSaSu", Dose(2, 5)),
    ],
)  # fmt: skip
def test_a_dose_can_be_typed(typed: str, dose: Dose) -> None:
    assert parse_shorthand(typed) == dose


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("", "Write a dose, for example 3x10 h5 2/d."),
        ("3x10 wibble", "“wibble” is not understood. Write it like 3x10 h5 r60 2/d MWF each."),
        ("3x10 3/wk", "“3/wk”: say which days, for example MWF."),
        ("3x10 MWS", "“MWS”: write Sa for Saturday or Su for Sunday."),
        ("3x10 4x8", "“4x8” says again what another word says; keep one."),
        ("2/d MWF", "Say how much: repetitions, a hold, or a time to keep going."),
        ("99x10", "Give the number of sets as a whole number from 1 to 20."),
        ("MWF e2d 3x10", "Choose either weekdays or every so many days, not both."),
        ("3x10 " + "9" * 5000, "is too long for one word of a dose."),
    ],
)
def test_a_typing_slip_is_answered_with_what_to_write(typed: str, advice: str) -> None:
    with pytest.raises(DoseError) as caught:
        parse_shorthand(typed)
    assert advice in str(caught.value)
