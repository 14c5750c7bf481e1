"""One finding as the page shows it: one cell a side, rendered once for every state it can be in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import CHOICE_WORDS, Place, sides_of
from assessments.reasoning import FINDINGS, AnswerKind, Finding
from assessments.wording.evidence import evidence_of
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide

Stored = Mapping[Place, str]

SCREENING = "screening"
SIDE_WORDS = {"left": lazy("Left"), "right": lazy("Right")}
PRESENCE = ((Answer.PRESENT, lazy("Present"), "P"), (Answer.ABSENT, lazy("Absent"), "A"))
MINUS = "−"
SAVE_URL = "{save_url}"
"""Stands in a cached row for the one thing in it that belongs to an assessment."""
CACHED_ROWS = 4096
"""About 3 KB each: 120 findings in the states that occur, for each painful side. Holds no patient's data."""


@dataclass(frozen=True)
class Typed:
    """What was sent and could not be saved, to be shown again with the reason."""

    value: str
    error: str


@dataclass(frozen=True)
class Option:
    """One radio button."""

    value: str
    words: str
    id: str
    checked: bool
    key: str = ""


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
    error: str

    @property
    def has_delta(self) -> bool:
        return self.kind == "measure" and self.side != ""


@dataclass(frozen=True)
class Row:
    """One finding."""

    key: str
    label: str
    note: str
    about: SafeString
    is_sided: bool
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
) -> SafeString:
    """One finding as HTML. A row without a refused value looks the same for every patient in the same state."""
    values = tuple(stored.get((finding.key, side), "") for side in sides_of(finding))
    if any((finding.key, side) in typed for side in sides_of(finding)):
        html = _render(row_of(finding, stored, painful, typed), manner)
    else:
        html = _cached_row(finding.key, values, painful, manner, get_language() or "")
    return SafeString(html.replace(SAVE_URL, save_url))


@lru_cache(maxsize=CACHED_ROWS)
def _cached_row(key: str, values: tuple[str, ...], painful: PainfulSide, manner: Manner, language: str) -> str:  # noqa: ARG001
    finding = FINDINGS[key]
    stored = {(key, side): value for side, value in zip(sides_of(finding), values, strict=True)}
    return _render(row_of(finding, stored, painful, {}), manner)


def _render(row: Row, manner: Manner) -> str:
    context = {"row": row, "can_write": manner.can_write, "plain": manner.plain, "save_url": SAVE_URL}
    return render_to_string("assessments/row.html", context)


def row_of(finding: Finding, stored: Stored, painful: PainfulSide, typed: Mapping[Place, Typed]) -> Row:
    cells = tuple(cell_of(finding, side, stored, painful, typed.get((finding.key, side))) for side in sides_of(finding))
    return Row(finding.key, finding.label, note_of(finding), about(finding.key), finding.sided, cells)


def note_of(finding: Finding) -> str:
    """The mark to reach where one is known, and which screening questions are asked only of some."""
    if finding.section == SCREENING and not finding.mandatory:
        return _("When something points to it")
    unit = f" {finding.unit}" if finding.unit not in ("", "°", "%") else finding.unit
    if finding.pass_at_least is not None:
        return _("Enough: %(value)s or more") % {"value": f"{finding.pass_at_least:g}{unit}"}
    if finding.pass_at_most is not None:
        return _("Enough: %(value)s or less") % {"value": f"{finding.pass_at_most:g}{unit}"}
    return ""


def kind_of(finding: Finding) -> str:
    """parts (present, absent, –), choice (words), scale (0 to 10) or measure (a number)."""
    if finding.kind is AnswerKind.PRESENCE:
        return "parts"
    if finding.kind is AnswerKind.CHOICE:
        return "choice"
    return "scale" if finding.kind is AnswerKind.SCALE else "measure"


def cell_of(finding: Finding, side: str, stored: Stored, painful: PainfulSide, typed: Typed | None = None) -> Cell:
    place = f"{finding.key}-{side}" if side else finding.key
    seen = stored.get((finding.key, side), "")
    value = typed.value if typed else seen
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
        options=_options(finding, place, value),
        unit=finding.unit,
        delta=delta_of(finding, side, stored, painful),
        error=typed.error if typed else "",
    )


def _options(finding: Finding, place: str, value: str) -> tuple[Option, ...]:
    kind = kind_of(finding)
    if kind == "measure":
        return ()
    if kind == "parts":
        words = [(answer.value, str(label), key) for answer, label, key in PRESENCE]
    elif kind == "choice":
        words = [(choice, str(CHOICE_WORDS.get(choice, choice)), "") for choice in finding.choices]
    else:
        words = [(str(number), str(number), "") for number in range(int(finding.highest or 0) + 1)]
    words.append((Answer.NOT_ASSESSED.value, "–", "N" if kind == "parts" else ""))
    return tuple(Option(option, label, f"{place}-{option}", option == value, key) for option, label, key in words)


def delta_of(finding: Finding, side: str, stored: Stored, painful: PainfulSide) -> str:
    """How the painful side differs from the other, beside the painful side: "−8°". Nothing when both sides hurt."""
    if not finding.kind.is_measured or painful is PainfulSide.BOTH or side not in painful.sides:
        return ""
    here = stored.get((finding.key, side), "")
    there = stored.get((finding.key, painful.sound_sides[0].value), "")
    try:
        difference = float(here) - float(there)
    except ValueError:
        return ""
    sign = "+" if difference > 0 else MINUS if difference < 0 else "±"
    unit = finding.unit if finding.unit in ("°", "%") else f" {finding.unit}" if finding.unit else ""
    return f"{sign}{abs(difference):g}{unit}"


def about(key: str) -> SafeString:
    """How to do it and what is known about it."""
    context = {"finding": FINDINGS[key], "evidence": evidence_of(FINDINGS[key])}
    return render_to_string("assessments/about_finding.html", context)
