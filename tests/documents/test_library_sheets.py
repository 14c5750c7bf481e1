"""The real exercises of the library on paper, four at a time."""

from dataclasses import replace

import pytest

from clinic.vocabulary.sides import DoseSide
from programs.handouts.document import HandoutDocument, HandoutExercise
from programs.handouts.fitting import layouts
from programs.handouts.pdf import render_pdf
from programs.library.catalogue import LIBRARY
from programs.library.exercise import Exercise, Kind
from programs.progression.dose_words import big_line, patient_sentence
from programs.progression.plan import planned_days
from tests.documents import examples
from tests.documents.reading import page_count

EXERCISES = [each for each in LIBRARY.values() if each.kind is not Kind.SELF_TEST]
SIDES = (DoseSide.LEFT, DoseSide.RIGHT, DoseSide.ALTERNATE)


def printed(number: int, exercise: Exercise) -> HandoutExercise:
    side = exercise.dose.side if exercise.dose.side is DoseSide.BOTH else SIDES[number % 3]
    dose = replace(exercise.dose, side=side)
    big = big_line(dose, rep_word=exercise.rep_word)
    return HandoutExercise(
        number=number,
        name=exercise.name,
        side=side,
        headline=big.headline,
        unit=big.unit,
        how_often=big.how_often,
        sentence=patient_sentence(dose, limb=exercise.limb, rep_word=exercise.rep_word),
        cues=exercise.cues,
        steps=(exercise.start, *exercise.steps),
        due_days=planned_days(dose, examples.STARTS_ON, examples.ENDS_ON),
        times_per_day=dose.times_per_day,
    )


def sheets_of_four() -> list[HandoutDocument]:
    """Neighbours of the library together: the worst case, since the wordy ones stand side by side."""
    groups = [EXERCISES[first : first + 4] for first in range(0, len(EXERCISES) - 3, 4)]
    return [
        examples.strain(exercises=tuple(printed(number, each) for number, each in enumerate(group, start=1)))
        for group in groups
    ]


@pytest.mark.slow
@pytest.mark.parametrize("document", sheets_of_four()[::3], ids=lambda each: each.exercises[0].name)
def test_four_exercises_of_the_library_fit_one_page(document: HandoutDocument) -> None:
    assert page_count(render_pdf(document)) == 1


def test_nearly_every_sheet_of_four_has_room_for_all_the_steps() -> None:
    """Without a drawing the steps are what shows how to do it; they are the last thing to go."""
    chosen = [next(layouts(document, "A4")) for document in sheets_of_four()]
    assert not any(layout.is_flowing for layout in chosen)
    assert sum(layout.steps == "none" for layout in chosen) <= len(chosen) // 6
