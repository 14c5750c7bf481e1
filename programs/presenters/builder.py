"""The builder: the program as the runner will meet it, and the library beside it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.forms import DoseForm, ShorthandForm
from programs.library.protocol import Protocol
from programs.mapping import Suitability, allows_sides, default_dose, dose_of, sentence_of
from programs.models import Exercise, Program, ProgramLine
from programs.presenters.words import KINDS, TARGETS, side_tag
from programs.progression.dose_words import staff_text

USUAL_MOST = 4
OFFERED_UNASKED = 24  # the rest of the library is found by typing


@dataclass(frozen=True)
class Row:
    """One exercise of the draft. `warning` says why it is unsuitable today; `form_with_errors` is what was just refused."""

    line: ProgramLine
    warning: str
    is_first: bool
    is_last: bool
    refused: forms.Form | None = None

    @property
    def name(self) -> str:
        return self.line.exercise.name

    @property
    def side(self) -> str:
        return side_tag(self.line.dose["side"])

    @cached_property
    def staff_text(self) -> str:
        return staff_text(dose_of(self.line), _)

    @cached_property
    def sentence(self) -> str:
        return sentence_of(self.line)

    @property
    def is_open(self) -> bool:
        """The fields stay unfolded while something in them has to be mended."""
        return self.refused is not None

    @cached_property
    def shorthand_form(self) -> forms.Form:
        if isinstance(self.refused, ShorthandForm):
            return self.refused
        return ShorthandForm(initial=ShorthandForm.initial_of(dose_of(self.line)), prefix=self.prefix)

    @cached_property
    def dose_form(self) -> forms.Form:
        if isinstance(self.refused, DoseForm):
            return self.refused
        initial = DoseForm.initial_of(dose_of(self.line), self.line.note)
        return DoseForm(initial=initial, prefix=self.prefix, has_sides=allows_sides(self.line.exercise))

    @property
    def prefix(self) -> str:
        return prefix_of(self.line)


def prefix_of(line: ProgramLine) -> str:
    """Keeps the ids of the fields apart: every row has the same ones."""
    return f"l{line.pk.hex[:8]}"


def rows(
    lines: Sequence[ProgramLine],
    suitability: Suitability,
    *,
    refused_line: ProgramLine | None = None,
    refused: forms.Form | None = None,
) -> list[Row]:
    last = len(lines) - 1
    return [
        Row(
            line=line,
            warning=suitability.reasons(line.exercise),
            is_first=number == 0,
            is_last=number == last,
            refused=refused if refused_line and refused_line.pk == line.pk else None,
        )
        for number, line in enumerate(lines)
    ]


def count_words(count: int) -> str:
    """How many exercises, and beyond four what that does to doing them."""
    if count <= USUAL_MOST:
        return ""
    return ngettext(
        "%(count)s exercise. Most runners keep up two to four: with more, less gets done. Is there one to leave out?",
        "%(count)s exercises. Most runners keep up two to four: with more, less gets done. Is there one to leave out?",
        count,
    ) % {"count": count}


@dataclass(frozen=True)
class Offer:
    """One exercise of the library as the search shows it."""

    exercise: Exercise
    dose: str
    warning: str
    is_in: bool
    facts: str


def offers(
    found: Iterable[Exercise], program: Program, suitability: Suitability, inside: Collection[Any]
) -> list[Offer]:
    """Suitable ones first, each group by name; `inside` are the ids of exercises that are in the program."""
    made = [
        Offer(
            exercise=exercise,
            dose=staff_text(default_dose(exercise, program.side), _),
            warning=suitability.reasons(exercise),
            is_in=exercise.pk in inside,
            facts=facts_of(exercise),
        )
        for exercise in found
    ]
    return sorted(made, key=lambda offer: bool(offer.warning))


def facts_of(exercise: Exercise) -> str:
    """Kind and targets in one line: "Drill · hamstring, buttock"."""
    targets = ", ".join(str(TARGETS.get(target, target)) for target in exercise.whole["targets"])
    return f"{KINDS.get(exercise.kind, exercise.kind)} · {targets}"


def suggested(
    protocol: Protocol | None,
    found: Iterable[Exercise],
    program: Program,
    suitability: Suitability,
    inside: Collection[Any],
) -> list[Offer]:
    """What the library would add at this stage: suitable, not yet in the program, best first."""
    if protocol is None:
        return []
    by_key = {exercise.key: exercise for exercise in found}
    further = [by_key[key] for key in protocol.also if key in by_key and by_key[key].pk not in inside]
    return [offer for offer in offers(further, program, suitability, inside) if not offer.warning]
