"""The library beside the program: what may be added, and what speaks against it today."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from programs.course import with_side
from programs.mapping import Suitability, default_dose
from programs.models import Exercise, Program
from programs.presenters.words import KINDS, TARGETS
from programs.progression.dose import from_json
from programs.progression.dose_words import staff_text

OFFERED_UNASKED = 12  # the rest of the library is found by typing


@dataclass(frozen=True)
class Offer:
    """One exercise of the library as the search shows it, with the dose it would be added with."""

    exercise: Exercise
    dose: str
    is_usual: bool
    warning: str
    is_in: bool
    facts: str


def offers(
    found: Iterable[Exercise],
    program: Program,
    suitability: Suitability,
    inside: Collection[str],
    habits: Mapping[str, Mapping[str, Any]],
) -> list[Offer]:
    """Suitable ones first, each group by name; `inside` are the keys of exercises that are in the phase."""
    made = [_offer(exercise, program, suitability, inside, habits) for exercise in found]
    return sorted(made, key=lambda offer: bool(offer.warning))


def _offer(
    exercise: Exercise,
    program: Program,
    suitability: Suitability,
    inside: Collection[str],
    habits: Mapping[str, Mapping[str, Any]],
) -> Offer:
    dose, usual = default_dose(exercise, program.side, suitability.sides), habits.get(exercise.key)
    return Offer(
        exercise=exercise,
        dose=staff_text(from_json(with_side(usual, dose.side.value)) if usual else dose, _),
        is_usual=usual is not None,
        warning=suitability.reasons(exercise),
        is_in=exercise.key in inside,
        facts=facts_of(exercise),
    )


def facts_of(exercise: Exercise) -> str:
    """Kind and targets in one line: "Drill · hamstring, buttock"."""
    targets = ", ".join(str(TARGETS.get(target, target)) for target in exercise.whole["targets"])
    return f"{KINDS.get(exercise.kind, exercise.kind)} · {targets}"


def suggested(keys: Sequence[str], made: Iterable[Offer]) -> list[Offer]:
    """What the library would add at this stage, best first: suitable, not yet in the phase."""
    by_key = {offer.exercise.key: offer for offer in made if not offer.warning and not offer.is_in}
    return [by_key[key] for key in keys if key in by_key]
