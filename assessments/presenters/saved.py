"""What goes back to the page after an answer: the hidden state, errors, the difference of the sides, progress."""

from collections.abc import Iterable, Mapping
from typing import Any

from assessments.answers import Place
from assessments.presenters.intake import progress_of
from assessments.presenters.rows import Stored, Typed, cell_of
from assessments.reasoning import FINDINGS
from clinic.vocabulary.sides import PainfulSide


def pieces(
    places: Iterable[Place],
    stored: Stored,
    painful: PainfulSide,
    typed: Mapping[Place, Typed],
    overtaken: set[Place],
) -> dict[str, Any]:
    """Context of saved.html. An overtaken answer is replaced whole; any other keeps its place and its focus."""
    known = [(key, side) for key, side in places if key in FINDINGS]
    cells = {(key, side): cell_of(FINDINGS[key], side, stored, painful, typed.get((key, side))) for key, side in known}
    measured = {key for key, _side in known if FINDINGS[key].kind.is_measured and FINDINGS[key].sided}
    return {
        "cells": [cell for place, cell in cells.items() if place not in overtaken],
        "replaced": [cells[place] for place in cells if place in overtaken],
        "deltas": [
            cell_of(FINDINGS[key], side.value, stored, painful)
            for key in sorted(measured)
            for side in painful.sides
            if len(painful.sides) == 1
        ],
        "rail": [progress_of(section, stored) for section in dict.fromkeys(FINDINGS[key].section for key, _s in known)],
    }
