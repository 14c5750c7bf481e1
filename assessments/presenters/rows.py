"""One finding as the page shows it: one cell a side, rendered once for every state it can be in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.actions.sections import may_be_absent_together
from assessments.answers import CHOICE_WORDS, Place, sides_of, with_unit
from assessments.errors import AnswerAsked, Refused
from assessments.reasoning import FINDINGS, AnswerKind, Finding
from assessments.wording.differences import meaning_of
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide

Stored = Mapping[Place, str]
NOTHING: Stored = {}

SCREENING = "screening"
SIDE_WORDS = {"left": lazy("Left"), "right": lazy("Right")}
PRESENCE = ((Answer.PRESENT, lazy("Present"), "P"), (Answer.ABSENT, lazy("Absent"), "A"))
MINUS = "−"
SAVE_URL, BEFORE = "{save_url}", "{before}"
"""Stand in a cached row for what in it belongs to an assessment: where it saves, and what was found before today."""
CARRIED = "~"
"""Before a value in the key of a cached row: it is carried over and not confirmed."""
CACHED_ROWS = 4096
"""About 3 KB each: 120 findings in the states that occur, for each painful side. Holds no patient's data."""


@dataclass(frozen=True)
class Typed:
    """What was sent and could not be saved, to be shown again with the reason.

    `keep`: it was asked about, and this is what the button says that keeps it.
    """

    value: str
    error: str
    keep: str = ""

    @classmethod
    def refused(cls, value: str, error: Refused) -> "Typed":
        return cls(value, error.words, error.keep if isinstance(error, AnswerAsked) else "")


@dataclass(frozen=True)
class Option:
    """One radio button."""

    value: str
    words: str
    id: str
    checked: bool
    key: str = ""
    is_carried: bool = False


@dataclass(frozen=True)
class Cell:
    """One answer: a finding on one side. `name` is the field; `seen` what is stored now."""

    id: str
    name: str
    label: str
    side: str
    side_words: str
    is_painful: bool
    kind: str
    seen: str
    value: str
    options: tuple[Option, ...]
    unit: str
    delta: str
    meaning: str
    error: str
    keep: str = ""
    is_carried: bool = False

    @property
    def has_delta(self) -> bool:
        return self.kind == "measure" and self.side != ""


@dataclass(frozen=True)
class Row:
    """One finding."""

    key: str
    label: str
    note: str
    how: str
    is_sided: bool
    is_optional: bool
    is_together: bool
    cells: tuple[Cell, ...]


def side_words(side: str, painful: PainfulSide) -> str:
    """ "Right · painful", "Left"."""
    words = str(SIDE_WORDS[side])
    return _("%(side)s · painful") % {"side": words} if side in painful.sides else words


@dataclass(frozen=True)
class Manner:
    """How rows are shown: `can_write` with working controls; `plain` without saving each answer by itself."""

    can_write: bool
    plain: bool = False


def row_html(
    finding: Finding,
    stored: Stored,
    painful: PainfulSide,
    typed: Mapping[Place, Typed],
    *,
    manner: Manner,
    save_url: str,
    carried: Stored = NOTHING,
    before: str = "",
) -> SafeString:
    """One finding as HTML. A row without a refused value looks the same for every patient in the same state.

    `carried` are earlier answers that wait to be confirmed; `before` is the line of what was found before today.
    """
    places = [(finding.key, side) for side in sides_of(finding)]
    if any(place in typed for place in places):
        html = _render(row_of(finding, stored, painful, typed, carried), manner)
    else:
        values = tuple(stored.get(at) or (CARRIED + carried[at] if at in carried else "") for at in places)
        html = _cached_row(finding.key, values, painful, manner, get_language() or "")
    return SafeString(html.replace(SAVE_URL, save_url).replace(BEFORE, before))


@lru_cache(maxsize=CACHED_ROWS)
def _cached_row(key: str, values: tuple[str, ...], painful: PainfulSide, manner: Manner, language: str) -> str:  # noqa: ARG001
    finding = FINDINGS[key]
    placed = {(key, side): value for side, value in zip(sides_of(finding), values, strict=True)}
    stored = {place: value for place, value in placed.items() if not value.startswith(CARRIED)}
    carried = {place: value.removeprefix(CARRIED) for place, value in placed.items() if place not in stored}
    return _render(row_of(finding, stored, painful, {}, carried), manner)


def _render(row: Row, manner: Manner) -> str:
    context = {
        "row": row,
        "can_write": manner.can_write,
        "plain": manner.plain,
        "save_url": SAVE_URL,
        "before": BEFORE,
    }
    return render_to_string("assessments/row.html", context)


def row_of(
    finding: Finding,
    stored: Stored,
    painful: PainfulSide,
    typed: Mapping[Place, Typed],
    carried: Stored = NOTHING,
) -> Row:
    cells = tuple(
        cell_of(
            finding, side, stored, painful, typed.get((finding.key, side)), carried=carried.get((finding.key, side), "")
        )
        for side in sides_of(finding)
    )
    return Row(
        finding.key,
        finding.label,
        note_of(finding),
        finding.how,
        finding.sided,
        is_optional(finding),
        may_be_absent_together(finding),
        cells,
    )


def is_optional(finding: Finding) -> bool:
    """Screening that is asked only when something points to it."""
    return finding.section == SCREENING and not finding.mandatory


def note_of(finding: Finding) -> str:
    """The mark to reach where one is known, and which screening questions are asked only of some."""
    if is_optional(finding):
        return _("When something points to it")
    if finding.pass_at_least is not None:
        return _("Enough: %(value)s or more") % {"value": with_unit(finding, f"{finding.pass_at_least:g}")}
    if finding.pass_at_most is not None:
        return _("Enough: %(value)s or less") % {"value": with_unit(finding, f"{finding.pass_at_most:g}")}
    return ""


def kind_of(finding: Finding) -> str:
    """parts (present, absent, –), choice (words), scale (0 to 10) or measure (a number)."""
    if finding.kind is AnswerKind.PRESENCE:
        return "parts"
    if finding.kind is AnswerKind.CHOICE:
        return "choice"
    return "scale" if finding.kind is AnswerKind.SCALE else "measure"


def cell_of(
    finding: Finding,
    side: str,
    stored: Stored,
    painful: PainfulSide,
    typed: Typed | None = None,
    *,
    carried: str = "",
) -> Cell:
    place = f"{finding.key}-{side}" if side else finding.key
    seen = stored.get((finding.key, side), "")
    value = typed.value if typed else seen
    difference = difference_of(finding, side, stored, painful)
    return Cell(
        id=place,
        name=f"answer-{place}",
        label=finding.label,
        side=side,
        side_words=side_words(side, painful) if side else "",
        is_painful=side in painful.sides,
        kind=kind_of(finding),
        seen=seen,
        value="" if value == Answer.NOT_ASSESSED.value else value,
        options=_options(finding, place, value, "" if value else carried),
        unit=finding.unit,
        delta=delta_words(finding, difference),
        meaning="" if difference is None else meaning_of(finding, difference),
        error=typed.error if typed else "",
        keep=typed.keep if typed else "",
        is_carried=bool(carried) and not value,
    )


def _options(finding: Finding, place: str, value: str, carried: str) -> tuple[Option, ...]:
    kind = kind_of(finding)
    if kind == "measure":
        return ()
    if kind == "parts":
        words = [(answer.value, str(label), key) for answer, label, key in PRESENCE]
    elif kind == "choice":
        words = [
            (choice, str(CHOICE_WORDS.get(choice, choice)), str(number))
            for number, choice in enumerate(finding.choices, 1)
        ]
    else:
        words = [(str(number), str(number), "") for number in range(int(finding.highest or 0) + 1)]
    words.append((Answer.NOT_ASSESSED.value, "–", "N"))
    return tuple(
        Option(option, label, f"{place}-{option}", option == value, key, option == carried)
        for option, label, key in words
    )


def difference_of(finding: Finding, side: str, stored: Stored, painful: PainfulSide) -> float | None:
    """By how much the painful side differs from the other. Nothing when both sides hurt, or one was not measured."""
    if not finding.kind.is_measured or painful is PainfulSide.BOTH or side not in painful.sides:
        return None
    here = stored.get((finding.key, side), "")
    there = stored.get((finding.key, painful.sound_sides[0].value), "")
    try:
        return round(float(here) - float(there), 2)
    except ValueError:
        return None


def delta_words(finding: Finding, difference: float | None) -> str:
    """ "−8°", "+3 reps", "±0 s"; nothing without a difference."""
    if difference is None:
        return ""
    sign = "+" if difference > 0 else MINUS if difference < 0 else "±"
    return sign + with_unit(finding, f"{abs(difference):g}")
