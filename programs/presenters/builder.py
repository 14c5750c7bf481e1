"""The builder: the program as the runner will meet it, phase by phase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.course import habitual, library_dose, phases_of, stage_of_phase, with_side
from programs.forms import DoseForm, PhaseForm, ShorthandForm
from programs.mapping import Suitability, allows_sides, dose_mark, dose_of, sentence_of
from programs.models import Program, ProgramLine
from programs.presenters.words import side_tag
from programs.progression.dose import Dose, from_json, to_json
from programs.progression.dose_words import Limb, patient_sentence, staff_text

USUAL_MOST = 4
# Patients interviewed about an exercise app named two to four as what they manage; the trial's home program began so.
SOURCE_OF_MOST = "https://pmc.ncbi.nlm.nih.gov/articles/PMC7783996/table/Tab2"

Habits = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Heard:
    """A dose that is being typed, as it is understood: for staff and for the runner, or what to mend."""

    staff: str
    sentence: str
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """One exercise of the draft. `warning` says why it is unsuitable; `refused` is the form that was just refused.

    `other_dose` is the dose one click away: the library's where this one is the clinician's usual, and the other way.
    """

    line: ProgramLine
    warning: str
    is_first: bool
    is_last: bool
    is_usual: bool = False
    other_dose: str = ""
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
    def seen(self) -> str:
        return dose_mark(self.line)

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


def heard(line: ProgramLine, form: forms.Form) -> Heard:
    """What `form` says about the dose of this line."""
    if not form.is_valid():
        return Heard("", "", [str(problem) for problems in form.errors.values() for problem in problems])
    dose: Dose = form.cleaned_data["dose"]
    content = line.exercise.whole
    sentence = patient_sentence(dose, limb=Limb(content["limb"]), rep_word=content["rep_word"])
    return Heard(staff_text(dose, _), sentence)


@dataclass(frozen=True)
class PhaseView:
    """One phase of the draft with its exercises. Criteria are those to move on to the next one."""

    number: int
    stage: int | None
    title: str
    criteria: Sequence[str]
    rows: Sequence[Row]
    is_current: bool
    is_open: bool
    form: PhaseForm
    is_edited: bool

    @property
    def facts(self) -> str:
        """How many exercises, and about how long one round of them takes."""
        count = len(self.rows)
        if not count:
            return _("no exercise yet")
        words = ngettext("%(count)s exercise", "%(count)s exercises", count) % {"count": count}
        seconds = sum(dose_of(row.line).about.total_seconds() for row in self.rows)
        return words + ", " + _("about %(minutes)s minutes") % {"minutes": max(round(seconds / 60), 1)}

    @property
    def too_many(self) -> str:
        return count_words(len(self.rows))


def count_words(count: int) -> str:
    """How many exercises, and beyond four what that does to doing them."""
    if count <= USUAL_MOST:
        return ""
    words = _(
        "%(count)s exercises. Patients who were asked manage two to four, and a trial began with as many: "
        "with more, less gets done. Is there one to leave out?"
    )
    return words % {"count": count}


@dataclass(frozen=True)
class Shown:
    """What a page shows besides the draft itself: what was refused, and what is unfolded."""

    refused_line: ProgramLine | None = None
    refused: forms.Form | None = None
    refused_phase: tuple[int, PhaseForm] | None = None
    open_phase: int | None = None

    def is_open(self, number: int, lines: Sequence[ProgramLine]) -> bool:
        refused = self.refused_line.pk if self.refused_line else None
        return number == self.open_phase or any(line.pk == refused for line in lines)


def phase_views(
    program: Program, lines: Sequence[ProgramLine], suitability: Suitability, habits: Habits, shown: Shown
) -> list[PhaseView]:
    """Every phase in order, each exercise judged for the stage its phase stands for."""
    views = []
    for number, phase in enumerate(phases_of(program), start=1):
        inside = [line for line in lines if line.phase == number]
        refused = shown.refused_phase[1] if shown.refused_phase and shown.refused_phase[0] == number else None
        judged = suitability.at(stage_of_phase(program, number))
        is_current = number == program.phase
        views.append(
            PhaseView(
                number=number,
                stage=phase["stage"],
                title=phase["title"],
                criteria=phase["criteria"],
                rows=_rows(program, inside, judged, habits, shown),
                is_current=is_current,
                is_open=is_current or shown.is_open(number, inside),
                form=refused or PhaseForm(initial=PhaseForm.initial_of(phase), prefix=f"phase-{number}"),
                is_edited=refused is not None,
            )
        )
    return views


def _rows(
    program: Program, lines: Sequence[ProgramLine], suitability: Suitability, habits: Habits, shown: Shown
) -> list[Row]:
    last = len(lines) - 1
    rows = []
    for number, line in enumerate(lines):
        is_refused = shown.refused_line is not None and shown.refused_line.pk == line.pk
        row = Row(
            line=line,
            warning=suitability.reasons(line.exercise),
            is_first=number == 0,
            is_last=number == last,
            refused=shown.refused if is_refused else None,
        )
        usual = habits.get(line.exercise.key)
        rows.append(_with_habit(row, program, usual, suitability) if usual else row)
    return rows


def _with_habit(row: Row, program: Program, usual: Mapping[str, Any], suitability: Suitability) -> Row:
    line = row.line
    proposed = library_dose(program, line.exercise, line.phase, irritability=suitability.irritability)[0]
    now, library = habitual(line.dose), habitual(to_json(proposed))
    is_usual = now == usual and usual != library
    other = library if is_usual else usual
    if other == now:
        return row
    words = staff_text(from_json(with_side(other, line.dose["side"])), _)
    return replace(row, is_usual=is_usual, other_dose=words)
