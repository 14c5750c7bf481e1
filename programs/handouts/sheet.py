"""From the values of a handout to what its template prints: words for sides, days, boxes. No layout, no looking up."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programs.handouts.document import ClinicHead, HandoutDocument, HandoutExercise
from programs.handouts.drawing import Shown, drawn, photographed
from programs.handouts.fitting import Layout, text_width, title_size
from programs.handouts.images import data_uri

_MOST_BOXES: Final = 3
_LABEL_CHARACTERS: Final = 24
_MARGIN_CHARACTERS: Final = 34
_PHONE_CHARACTERS: Final = 24
INK: Final = "#111111"
NO_BREAK: Final = "\u00a0"
_BIG_DOSE_EMS, _MIDDLE_DOSE_EMS = 3.1, 4.35


@dataclass(frozen=True)
class SideWords:
    """A side on paper: the word in capitals, what it is a side of, and the word as it stands inside a sentence."""

    capitals: str
    caption: str
    in_sentence: str


@dataclass(frozen=True)
class Row:
    """One exercise as printed. `sentence` is cut in three so that the side word can be bold."""

    number: int
    name: str
    side: str
    words: SideWords
    sentence: tuple[str, str, str]
    note: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    shown: Shown | None
    headline: str
    unit: str
    how_often: str
    layout: Layout

    @property
    def has_list(self) -> bool:
        """Whether the words stand in two halves: dose at the left, how to do it at the right."""
        return bool(self.steps or (self.cues and not self.layout.cues_under_dose))

    @property
    def run_in(self) -> str:
        """Steps as one paragraph. Plain text: WeasyPrint breaks lines early beside bold numbers."""
        return " ".join(f"{number}){NO_BREAK}{step}" for number, step in enumerate(self.steps, start=1))

    @property
    def dose_class(self) -> str:
        """How large the headline may be: long ones ("3–4 × 45 s") get smaller letters, never a broken line."""
        width = text_width(self.headline, 800)
        if width <= _BIG_DOSE_EMS:
            return "dose-big"
        return "dose-middle" if width <= _MIDDLE_DOSE_EMS else "dose-small"


@dataclass(frozen=True)
class GridRow:
    """One line to tick: a label, a side, and for each day the number of boxes (None: left open to write in)."""

    number: int | None
    label: str
    side: str
    cells: tuple[int | None, ...]
    times_per_day: int = 1

    @property
    def counts_by_hand(self) -> bool:
        """Too many times a day for boxes: one wider box takes a number."""
        return self.times_per_day > _MOST_BOXES


def context(document: HandoutDocument, layout: Layout, *, with_rows: bool = True) -> dict[str, Any]:
    """Everything the fridge sheet's template needs; without rows, what the other prints share with it.

    Call it with the document's language active.
    """
    document_zones = document.zones
    running = document.running
    return {
        "layout": layout,
        "clinic": document.clinic,
        "first_name": plain(document.first_name),
        "title_pt": title_size(document.first_name),
        "short_name": shortened(plain(document.first_name), _MARGIN_CHARACTERS),
        "short_clinic": shortened(plain(document.clinic.name), _MARGIN_CHARACTERS),
        "short_phone": shortened(plain(document.clinic.phone), _PHONE_CHARACTERS),
        "body_part": plain(document.body_part),
        "starts_on": document.starts_on,
        "ends_on": document.ends_on,
        "version": document.version,
        "generated_on": document.generated_on,
        "limit": document.pain_ceiling,
        "zones": document_zones,
        "brand": document.clinic.colour or INK,
        "logo": _logo(document.clinic),
        "rows": [_row(each, layout) for each in document.exercises] if with_rows else [],
        "days": document.days,
        "week_ends": [n for n, day in enumerate(document.days, start=1) if n % 7 == 0 and n < len(document.days)],
        "grid": [grid_row(each, document.days) for each in document.exercises],
        "running": running,
        "running_cells": cells(running.due_days, 1, document.days) if running else (),
        "next_visit": plain(document.next_visit or "").rstrip(". "),
    }


def _logo(clinic: ClinicHead) -> dict[str, str] | None:
    """The clinic's logo and what is read out in its place."""
    if clinic.logo is None:
        return None
    words = _("Logo of %(clinic)s") % {"clinic": plain(clinic.name)}
    return {"src": data_uri("image/png", clinic.logo.png), "words": words}


def side_words(side: str, limb: str = "leg") -> SideWords:
    """The four sides in the active language; alternate means each side in its turn. Nothing for a walk."""
    if limb == "none" and side == "both":
        return SideWords("", "", "")
    is_leg = limb == "leg"
    return {
        "left": SideWords(
            pgettext("side tab", "LEFT"), _("leg only") if is_leg else _("side only"), pgettext("in sentence", "left")
        ),
        "right": SideWords(
            pgettext("side tab", "RIGHT"), _("leg only") if is_leg else _("side only"), pgettext("in sentence", "right")
        ),
        "both": SideWords(
            pgettext("side tab", "BOTH"), _("legs") if is_leg else _("sides"), pgettext("in sentence", "both")
        ),
        "alternate": SideWords(
            pgettext("side tab", "EACH"),
            _("leg") if is_leg else _("side"),
            pgettext("in sentence", "each"),
        ),
    }[side]


def plain(text: str) -> str:
    """The text without control characters, which neither paper nor a screen reader can show."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def _row(exercise: HandoutExercise, layout: Layout) -> Row:
    words = side_words(exercise.side, exercise.limb)
    has_steps = layout.steps != "none" and not exercise.is_shown
    return Row(
        number=exercise.number,
        name=plain(exercise.name),
        side=exercise.side,
        words=words,
        sentence=around(plain(exercise.sentence), words.in_sentence),
        note=plain(exercise.note),
        steps=tuple(plain(step) for step in exercise.steps) if has_steps else (),
        cues=tuple(plain(cue) for cue in exercise.cues[: layout.cues]),
        shown=_shown(exercise),
        headline=plain(exercise.headline),
        unit=plain(exercise.unit),
        how_often=plain(exercise.how_often),
        layout=layout,
    )


def _shown(exercise: HandoutExercise) -> Shown | None:
    """The clinic's picture, or the drawing of the movement's end."""
    if exercise.picture:
        return photographed(exercise.picture, name=plain(exercise.name))
    return drawn(exercise.figure_svg) if exercise.figure_svg else None


def around(sentence: str, word: str) -> tuple[str, str, str]:
    """The sentence before the side word, the word, and the rest; no such word: all of it first."""
    found = re.search(rf"\b{re.escape(word)}\b", sentence) if word else None
    if found is None:
        return (sentence, "", "")
    return (sentence[: found.start()], found.group(), sentence[found.end() :])


def grid_row(exercise: HandoutExercise, days: Sequence[date]) -> GridRow:
    return GridRow(
        number=exercise.number,
        label=shortened(plain(exercise.name), _LABEL_CHARACTERS),
        side=side_words(exercise.side, exercise.limb).capitals,
        cells=cells(exercise.due_days, exercise.times_per_day, days),
        times_per_day=exercise.times_per_day,
    )


def cells(due_days: Sequence[date], times: int, days: Sequence[date]) -> tuple[int | None, ...]:
    if not due_days:
        return (None,) * len(days)
    due = frozenset(due_days)
    boxes = times if times <= _MOST_BOXES else 1
    return tuple(boxes if day in due else 0 for day in days)


def shortened(text: str, most: int) -> str:
    """At most `most` characters, cut after a whole word where one ends in time."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    at_word = cut[: max(cut.rfind(" "), cut.rfind("-"))]
    return (at_word if len(at_word) >= most // 2 else cut).rstrip(" ,.;:-") + "…"
