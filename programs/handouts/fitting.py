"""How much of the program goes on one page: an estimate first, so that the real layout seldom has to run twice.

All lengths are millimetres of paper unless a name ends in `_pt`. The style sheet `handouts/fridge.css` uses the same
sizes; `tests/documents` counts real pages for every number of exercises.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from programs.handouts.document import HandoutDocument, HandoutExercise, Paper

MM_PER_POINT: Final = 0.3528
ONE_PAGE_EXERCISES: Final = 4
STANDARD, TIGHT = 4, 5
_WEIGHT: Final = {400: 1.0, 700: 1.09, 800: 1.14}
_SPACE, _LETTER, _CAPITAL = 0.28, 0.55, 0.63
_WIDTHS: Final = {
    **dict.fromkeys("',.:;`j|il!·’", 0.24),
    **dict.fromkeys('frt()[]{}-"/I', 0.34),
    **dict.fromkeys("syvzckxJ71*?", 0.47),
    **dict.fromkeys("mwMW@%&OQ…", 0.8),
}
_LINE: Final = 1.19
_PAD, _SAFETY = 0.8, 5
_TIGHT_DOSE, _LARGE_DOSE = 30, 35
_LEFT_HALVES: Final = (67, 62, 57, 72)
_PAGE_HEIGHT: Final = {"A4": 297 - 18.6, "Letter": 279.4 - 18.6}
_DANGER: Final = {"de": 55.0, "fr": 57.0, "es": 55.0}
_TEXT_WIDTH: Final = {"A4": 190, "Letter": 195.9}


Steps = Literal["list", "run-in", "none"]


@dataclass(frozen=True)
class Layout:
    """What is shown, and how large. `scale` 1 is the roomiest, 4 the standard, 5 the same with dose and
    sentence a little smaller; no word of an exercise is ever below 10.5 points.

    Without a drawing the words stand in two halves, the dose left and the steps right; `left_mm` and
    `cues_under_dose` are chosen so that the rows come out lowest. `is_flowing` lets the sheet run on to further pages; otherwise it has one page and no more.
    `spread` and `spread_grid` are room to spare in mm, given to each exercise and to each line of the grid.
    """

    scale: int
    cues: int = 3
    steps: Steps = "list"
    has_move_up: bool = True
    cues_under_dose: bool = False
    left_mm: int = 67
    is_flowing: bool = False
    spread: float = 0
    spread_grid: float = 0

    @property
    def row_mm(self) -> float:
        """Least height of an exercise inside its frame."""
        return round(_SIZES[self.scale].row_min - 1 + self.spread, 2)

    @property
    def pad_mm(self) -> float:
        """White above and below the words of an exercise."""
        return round(_PAD + self.spread / 2, 2)

    @property
    def grid_mm(self) -> float:
        """Height of a line of the tick grid without its rule."""
        return round(_SIZES[self.scale].grid_row - 0.3 + self.spread_grid, 2)


@dataclass(frozen=True)
class _Size:
    name_pt: float
    sentence_pt: float
    list_pt: float
    row_min: float
    grid_row: float
    tab: float
    dose: float


_SIZES: Final = {
    1: _Size(22, 16, 15, 93, 9.9, 22, 46),
    2: _Size(18, 13.5, 13, 49, 8.4, 16.6, 40),
    3: _Size(16, 12, 11.5, 36, 7.2, 16.6, 32.6),
    STANDARD: _Size(14, 11, 10.5, 26.6, 6.05, 16.6, 32.6),
    TIGHT: _Size(13, 10.5, 10.5, 23.6, 5.6, 16.6, 30),
}
_THINNER: Final[tuple[tuple[int, Steps, int], ...]] = (
    (2, "list", STANDARD),
    (1, "list", STANDARD),
    (2, "run-in", STANDARD),
    (1, "run-in", STANDARD),
    (2, "run-in", TIGHT),
    (1, "run-in", TIGHT),
    (3, "none", STANDARD),
    (2, "none", STANDARD),
    (2, "none", TIGHT),
    (1, "none", TIGHT),
)


def layouts(document: HandoutDocument, paper: Paper) -> Iterator[Layout]:
    """Layouts worth trying, fullest first, beginning with the first that should fit. The last one always works.

    On one page, in this order: smaller letters down to the standard size; third cue, second cue; steps in one
    paragraph; a tighter dose column; the "move up" line; last the steps, which the patient's page has too, with the
    cues coming back.
    """
    if len(document.exercises) <= ONE_PAGE_EXERCISES:
        *fuller, sparest = _one_page_layouts(document)
        has_begun = False
        for candidate in (*fuller, sparest):
            layout = _balanced(document, candidate, paper)
            spare = _PAGE_HEIGHT[paper] - estimated_height(document, layout, paper)
            if spare < 0 and not has_begun and candidate is not sparest:
                continue
            has_begun = True
            if spare > _SAFETY:
                yield _spread(document, layout, spare - _SAFETY)
            yield layout
    yield _balanced(document, Layout(scale=STANDARD, is_flowing=True), paper)


def _balanced(document: HandoutDocument, layout: Layout, paper: Paper) -> Layout:
    """Halves as wide, and cues where, they save most height, also where the rows' least height hides the saving."""
    others = [replace(layout, cues_under_dose=under, left_mm=left) for left in _LEFT_HALVES for under in (False, True)]
    width = _TEXT_WIDTH[paper]

    def heights(each: Layout) -> tuple[float, float]:
        natural = sum(_words_height(exercise, each, width) for exercise in document.exercises)
        return (estimated_height(document, each, paper), natural)

    return min(others, key=heights)


def _spread(document: HandoutDocument, layout: Layout, spare: float) -> Layout:
    """Room left over goes to the exercises first and to the lines of the grid, so that a short sheet looks whole."""
    exercises = len(document.exercises)
    spread = min(spare * 0.6 / exercises, 14)
    return replace(layout, spread=spread, spread_grid=min((spare - spread * exercises) / _grid_rows(document), 3))


def _one_page_layouts(document: HandoutDocument) -> Iterator[Layout]:
    for scale in range(len(document.exercises), STANDARD + 1):
        yield Layout(scale=scale)
    has_move_up = bool(document.running and document.running.move_up)
    for cues, steps, scale in _THINNER:
        yield Layout(scale=scale, cues=cues, steps=steps)
        if cues == 1 and scale == TIGHT and has_move_up:
            yield Layout(scale=scale, cues=cues, steps=steps, has_move_up=False)


def estimated_height(document: HandoutDocument, layout: Layout, paper: Paper) -> float:
    """Height of a one-page sheet in mm, a little on the generous side (within about 4 mm of the real one)."""
    size = _SIZES[layout.scale]
    width = _TEXT_WIDTH[paper]
    rows = sum(max(size.row_min, _words_height(each, layout, width)) + 1.2 for each in document.exercises)
    grid = 6.4 + 7.6 + _grid_rows(document) * size.grid_row
    return _header(document) + rows + 27.2 + grid + _foot(document, layout)


def _grid_rows(document: HandoutDocument) -> int:
    return 2 + len(document.exercises) + (document.running is not None)


def _header(document: HandoutDocument) -> float:
    title_pt = title_size(document.first_name)
    logo = 25 if document.clinic.logo else 0
    title = _lines(document.first_name + " exercises", 128 - logo, title_pt, 800) * title_pt * MM_PER_POINT * 1.12
    small = _lines(document.clinic.name, 120 - logo, 10.5, 700) * 4.7 + _lines(document.body_part, 60, 11.5) * 5.1
    return max(22, title + small) + (2.4 if document.clinic.colour else 1.2)


def title_size(first_name: str) -> float:
    """Points of the title: smaller only for names that would fill the header."""
    if len(first_name) <= 16:
        return 25
    return 18 if len(first_name) <= 40 else 12


def _words_height(exercise: HandoutExercise, layout: Layout, width: float) -> float:
    """Height of one exercise as its words need it, frame and white included."""
    size = _SIZES[layout.scale]
    text = width - 1 - size.tab - size.dose
    cues = exercise.cues[: layout.cues]
    steps = () if layout.steps == "none" or exercise.is_shown else exercise.steps
    title = f"{exercise.number}. {exercise.name}"
    says = [exercise.sentence, exercise.note]
    if exercise.is_shown or not (steps or (cues and not layout.cues_under_dose)):
        inner = text - 4.6 - (36.2 if exercise.is_shown else 0)
        body = height_of([title], inner, size.name_pt, 800) + height_of(says, inner, size.sentence_pt)
        body += height_of(cues, inner - 4.4, size.list_pt)
    else:
        name_pt = min(size.name_pt, 13) if layout.scale >= STANDARD else size.name_pt
        left = layout.left_mm - 6
        body = height_of([title], left, name_pt, 800) + height_of(says, left, size.sentence_pt)
        right = text - layout.left_mm - 1.6
        if layout.steps == "run-in":
            listed = height_of([" ".join(f"0){step}" for step in steps)], right, size.list_pt)
        else:
            listed = height_of(steps, right - 5, size.list_pt)
        if layout.cues_under_dose:
            body += height_of(cues, left - 4.4, size.list_pt) + 0.6
        else:
            listed += height_of(cues, right - 4.4, size.list_pt)
        body = max(body, listed + 0.6)
    return max(body + 2.6, _dose_height(exercise, size))


def _dose_height(exercise: HandoutExercise, size: _Size) -> float:
    """Height of the dose column, which sets the row where unit and frequency take several lines."""
    if size.dose > _LARGE_DOSE:
        return 0
    width = size.dose - 2.4
    units = [exercise.unit, "on each side" if exercise.side == "alternate" else ""]
    big_pt, often_pt = (27, 11.5) if size.dose > _TIGHT_DOSE else (24, 10.5)
    big = max(big_pt * 1.08 * MM_PER_POINT, height_of([exercise.headline], width, 14, 800))
    return big + height_of(units, width, 10.5, 700) + height_of([exercise.how_often], width, often_pt, 800) + 5.6


def _foot(document: HandoutDocument, layout: Layout) -> float:
    left = 6.8
    if running := document.running:
        left += 6 + height_of([running.headline], 79.6, 13, 800) + height_of([running.text], 79.6, 10.5)
        left += height_of([running.move_up], 79.6, 10.5) if layout.has_move_up else 0
    left += height_of(["Next visit: " + (document.next_visit or "")], 74, 10.5)
    return max(_DANGER.get(document.language, 46.0), left) + 1.6


def height_of(texts: Sequence[str], width: float, size_pt: float, weight: int = 400) -> float:
    return sum(_lines(text, width, size_pt, weight) for text in texts if text) * size_pt * _LINE * MM_PER_POINT


def _lines(text: str, width: float, size_pt: float, weight: int = 400) -> int:
    """Lines of a paragraph set ragged right; a word too long for a line is broken."""
    em = size_pt * MM_PER_POINT * _WEIGHT[weight]
    lines, used = 1, 0.0
    for word in text.split():
        length = _word_width(word) * em
        if used and used + _SPACE * em + length > width:
            lines, used = lines + 1, 0.0
        used += (_SPACE * em if used else 0.0) + length
        while used > width:
            lines, used = lines + 1, used - width
    return lines


def text_width(text: str, weight: int = 400) -> float:
    """Width of one unbroken line in ems."""
    return (sum(_word_width(word) for word in text.split()) + _SPACE * (len(text.split()) - 1)) * _WEIGHT[weight]


def _word_width(word: str) -> float:
    """Width in ems at weight 400, from five widths of letters of the font."""
    return sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _LETTER) for letter in word)
