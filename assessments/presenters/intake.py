"""The intake as the page shows it: sections with their progress, findings with one cell a side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import CHOICE_WORDS, FROM_THE_RECORD, Place, sides_of
from assessments.reasoning import FINDINGS, SECTIONS, AnswerKind, Finding
from assessments.wording.evidence import evidence_of
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide

Stored = Mapping[Place, str]

SECTION_NOTES = {
    "screening": lazy("at every visit, before any order is shown"),
    "history": lazy("as the runner tells it"),
    "range": lazy("both sides"),
    "palpation": lazy("absent means searched and not found"),
    "hamstring": lazy("familiar pain reproduced?"),
    "neural": lazy("familiar symptom reproduced?"),
    "sacroiliac": lazy("familiar pain reproduced?"),
    "loading": lazy("measured where it can be"),
    "contributors": lazy("lead to exercises, never change the order"),
}
SCREENING = "screening"
SIDE_WORDS = {"left": lazy("Left"), "right": lazy("Right")}
PRESENCE = ((Answer.PRESENT, lazy("Present"), "P"), (Answer.ABSENT, lazy("Absent"), "A"))
MINUS = "−"


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


@dataclass(frozen=True)
class Run:
    """Findings in a row that all have sides, under one heading of the sides, or that all have none."""

    is_sided: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class SectionView:
    """One section with how far it has come. A finding counts as done once any side of it is known.

    Screening counts what is asked of everyone; what is asked only when something points to it does not hold it open.
    """

    key: str
    title: str
    note: str
    done: int
    total: int
    runs: tuple[Run, ...] = ()

    @property
    def state(self) -> str:
        if self.done == 0:
            return "empty"
        return "full" if self.done == self.total else "half"


@dataclass
class IntakePage:
    """What the template needs, and nothing it has to work out."""

    sections: list[SectionView]
    sides: list[tuple[str, bool]] = field(default_factory=list)


def asked(section: str) -> list[Finding]:
    """The findings of a section in the order they are met; in the screening what is asked of everyone comes first."""
    findings = [item for item in FINDINGS.values() if item.section == section and item.key not in FROM_THE_RECORD]
    return sorted(findings, key=lambda item: (not item.mandatory, item.sided)) if section == SCREENING else findings


def is_known(stored: Stored, finding: Finding) -> bool:
    return any(stored.get((finding.key, side), "") not in ("", Answer.NOT_ASSESSED.value) for side in sides_of(finding))


def side_words(side: str, painful: PainfulSide) -> str:
    """ "Right · painful", "Left"."""
    words = str(SIDE_WORDS[side])
    return _("%(side)s · painful") % {"side": words} if side in painful.sides else words


def progress_of(key: str, stored: Stored) -> SectionView:
    """One section's line in the rail, without its findings."""
    section = next(item for item in SECTIONS if item.key == key)
    findings = asked(key)
    counted = [finding for finding in findings if finding.mandatory] or findings
    done = sum(is_known(stored, finding) for finding in counted)
    return SectionView(key, section.title, str(SECTION_NOTES.get(key, "")), done, len(counted))


def intake_page(
    stored: Stored, painful: PainfulSide, typed: Mapping[Place, Typed] | None = None, *, only: tuple[str, ...] = ()
) -> IntakePage:
    """All sections with all findings; `only` limits it to these findings (the stop page shows what raised the flag)."""
    sections = []
    for section in SECTIONS:
        findings = [item for item in asked(section.key) if not only or item.key in only]
        if not findings:
            continue
        head = progress_of(section.key, stored)
        runs = tuple(
            Run(sided, tuple(row_of(finding, stored, painful, typed or {}) for finding in run))
            for sided, run in groupby(findings, key=lambda finding: finding.sided)
        )
        sections.append(SectionView(head.key, head.title, head.note, head.done, head.total, runs))
    return IntakePage(sections, [(side_words(side, painful), side in painful.sides) for side in ("left", "right")])


def row_of(finding: Finding, stored: Stored, painful: PainfulSide, typed: Mapping[Place, Typed]) -> Row:
    cells = tuple(cell_of(finding, side, stored, painful, typed.get((finding.key, side))) for side in sides_of(finding))
    return Row(
        finding.key, finding.label, note_of(finding), about(finding.key, get_language() or ""), finding.sided, cells
    )


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


@lru_cache(maxsize=512)
def about(key: str, language: str) -> SafeString:  # noqa: ARG001 - the language is part of the cache key
    """How to do it and what is known about it: the same for every patient, so it is rendered once."""
    context = {"finding": FINDINGS[key], "evidence": evidence_of(FINDINGS[key])}
    return render_to_string("assessments/about_finding.html", context)
