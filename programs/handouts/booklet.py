"""The full handout and the large print: everything there is to say about each exercise, over as many pages as it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from programs.handouts import sheet
from programs.handouts.document import HandoutDocument, HandoutExercise, Kind, Paper
from programs.handouts.drawing import Shown, drawn, photographed
from programs.handouts.fitting import STANDARD, Layout, height_of

LONG_NAME, LONG_DOSE, SHORT_DOSE = 48, 14, 60
LARGE_MARGIN_CHARACTERS: Final = 22
SHORT_NAME: Final = {"full": 60, "large": 90}
WEEK: Final = 7
EVERYTHING, AS_IT_IS, NO_EXTRAS, ESSENTIAL, SMALL_PICTURES, NO_PICTURES, SPLIT = range(7)
"""How much of an exercise is printed, so that it fits one page: everything; without easier and harder; without purpose and
breathing too; without faults; smaller pictures; none; last, only for words that fill a page by themselves, it may be
split. Name, side, dose, sentence, note, steps and cues are always there."""


@dataclass(frozen=True)
class Shot:
    """One picture of an exercise: a drawing or a photograph, and what stands under it."""

    shown: Shown
    caption: str = ""


@dataclass(frozen=True)
class Block:
    """One exercise as printed here. `sentence` is cut in three so that the side word can be told apart."""

    number: int
    name: str
    short_name: str
    side: str
    words: sheet.SideWords
    sentence: tuple[str, str, str]
    note: str
    headline: str
    unit: str
    how_often: str
    steps: tuple[str, ...]
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    purpose: str
    breathing: str
    easier: str
    harder: str
    pictures: tuple[Shot, ...]
    thinness: int

    @property
    def is_long_name(self) -> bool:
        return len(self.name) > LONG_NAME

    @property
    def is_long_dose(self) -> bool:
        return len(self.headline) > LONG_DOSE

    @property
    def short_dose(self) -> str:
        return sheet.shortened(f"{self.headline} {self.unit}", SHORT_DOSE)

    @property
    def short_often(self) -> str:
        return sheet.shortened(self.how_often, SHORT_DOSE)

    @property
    def has_small_pictures(self) -> bool:
        return self.thinness >= SMALL_PICTURES

    @property
    def may_split(self) -> bool:
        return self.thinness >= SPLIT


@dataclass(frozen=True)
class Week:
    """Seven days to tick on a page of their own."""

    is_first: bool
    days: tuple[date, ...]
    lines: tuple[sheet.GridRow, ...]
    running: tuple[int | None, ...]


_RUNGS: Final = (NO_EXTRAS, ESSENTIAL, NO_PICTURES, SPLIT)
_VIEW_BOX: Final = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
_WIDTH: Final = {"A4": 180.0, "Letter": 185.9}
_PAGE_HEIGHT: Final = {"A4": 297 - 38.0, "Letter": 279.4 - 38.0}
_LARGE_BODY_PT: Final = 19  # of 18 points, with the lines further apart than `height_of` takes them to be
_LARGE_PICTURE_MM, _SMALL_PICTURE_MM, _HIGHEST_PICTURE_MM = 84.0, 39.0, 64.0
_CAPTION_MM: Final = 12.0


def first_guess(document: HandoutDocument, kind: Kind, paper: Paper) -> dict[int, int]:
    """How much of each exercise to leave out at first. On the full handout nothing: what is split is found afterwards.

    Large print is estimated, so that the layout seldom runs twice.
    """
    if kind != "large":
        return {each.number: EVERYTHING for each in document.exercises}
    return {each.number: _fullest_that_fits(each, paper) for each in document.exercises}


def thinner(thinness: int) -> int:
    """What to try next for an exercise that was split: in few steps, since each costs a layout."""
    return next((rung for rung in _RUNGS if rung > thinness), SPLIT)


def _fullest_that_fits(exercise: HandoutExercise, paper: Paper) -> int:
    for thinness in range(EVERYTHING, NO_PICTURES):
        if _large_height(exercise, thinness, _WIDTH[paper]) <= _PAGE_HEIGHT[paper]:
            return thinness
    return NO_PICTURES


def _large_height(exercise: HandoutExercise, thinness: int, width: float) -> float:
    """Height of one exercise in large print, in mm, a little on the generous side."""
    name = height_of(
        [f"{exercise.number}. {exercise.name}"], width - 70, 18 if len(exercise.name) > LONG_NAME else 26, 800
    )
    height = max(25.0, name + 3) + 18 + height_of([exercise.sentence, exercise.note], width, 19.5, 700)
    if thinness < NO_PICTURES and exercise.is_shown:
        height += _CAPTION_MM + (_SMALL_PICTURE_MM if thinness == SMALL_PICTURES else _picture_height(exercise))
    listed = [(exercise.steps, True), (exercise.cues, True), (exercise.faults, thinness < ESSENTIAL)]
    for texts, is_printed in listed:
        if texts and is_printed:
            height += 10 + height_of(texts, width - 10, _LARGE_BODY_PT) + len(texts) * 0.6
    if thinness < NO_EXTRAS:
        height += height_of([exercise.purpose, exercise.breathing], width, _LARGE_BODY_PT) + 10
    if thinness < AS_IT_IS:
        height += sum(
            10 + height_of([each], width, _LARGE_BODY_PT) for each in (exercise.easier, exercise.harder) if each
        )
    return height


def _picture_height(exercise: HandoutExercise) -> float:
    """Of the drawings or the photograph in large print, in mm."""
    if picture := exercise.picture:
        shape = picture.height / picture.width
    else:
        box = _VIEW_BOX.search(exercise.figure_svg or "")
        shape = float(box[2]) / float(box[1]) if box else 0.7
    return min(_LARGE_PICTURE_MM * shape, _HIGHEST_PICTURE_MM)


def context(document: HandoutDocument, kind: Kind, thinness: Mapping[int, int]) -> dict[str, Any]:
    """Everything the templates need. Call it with the document's language active. `thinness` by exercise number."""
    layout = Layout(scale=STANDARD, is_flowing=True)
    common = sheet.context(document, layout, with_rows=False)
    blocks = [_block(each, kind, thinness.get(each.number, EVERYTHING)) for each in document.exercises]
    return common | {
        "blocks": blocks,
        "is_large": kind == "large",
        "short_name": sheet.shortened(common["short_name"], LARGE_MARGIN_CHARACTERS)
        if kind == "large"
        else common["short_name"],
        "weeks": _weeks(document) if kind == "large" else (),
        "phases": document.phases,
        "criteria": [sheet.plain(each) for each in document.criteria],
        "avoid": [sheet.plain(each) for each in document.avoid],
    }


def _block(exercise: HandoutExercise, kind: Kind, thinness: int) -> Block:
    words = sheet.side_words(exercise.side, exercise.limb)
    has_ways, has_extras, has_faults = thinness < AS_IT_IS, thinness < NO_EXTRAS, thinness < ESSENTIAL
    return Block(
        number=exercise.number,
        name=sheet.plain(exercise.name),
        short_name=sheet.shortened(sheet.plain(exercise.name), SHORT_NAME[kind]),
        side=exercise.side,
        words=words,
        sentence=sheet.around(sheet.plain(exercise.sentence), words.in_sentence),
        note=sheet.plain(exercise.note),
        headline=sheet.plain(exercise.headline),
        unit=sheet.plain(exercise.unit),
        how_often=sheet.plain(exercise.how_often),
        steps=tuple(map(sheet.plain, exercise.steps)),
        cues=tuple(map(sheet.plain, exercise.cues)),
        faults=tuple(map(sheet.plain, exercise.faults)) if has_faults else (),
        purpose=sheet.plain(exercise.purpose) if has_extras else "",
        breathing=sheet.plain(exercise.breathing) if has_extras else "",
        easier=sheet.plain(exercise.easier) if has_ways else "",
        harder=sheet.plain(exercise.harder) if has_ways else "",
        pictures=_shots(exercise) if thinness < NO_PICTURES else (),
        thinness=thinness,
    )


def _shots(exercise: HandoutExercise) -> tuple[Shot, ...]:
    """The clinic's picture alone, or start and end of the movement; nothing where nobody drew it."""
    if picture := exercise.picture:
        return (Shot(photographed(picture, name=sheet.plain(exercise.name))),)
    if exercise.figure_svg is None:
        return ()
    end = drawn(exercise.figure_svg)
    if exercise.start_svg is None:
        return (Shot(end),)
    return (Shot(drawn(exercise.start_svg), _("A. Start")), Shot(end, _("B. Finish")))


def _weeks(document: HandoutDocument) -> tuple[Week, ...]:
    found = []
    for first in range(0, len(document.days), WEEK):
        days = document.days[first : first + WEEK]
        running = document.running
        found.append(
            Week(
                is_first=first == 0,
                days=days,
                lines=tuple(sheet.grid_row(each, days) for each in document.exercises),
                running=sheet.cells(running.due_days, 1, days) if running else (),
            )
        )
    return tuple(found)
