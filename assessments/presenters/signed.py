"""A signed assessment as it was: the frozen words of the screen, every answer, its versions, and who signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from assessments.answers import Place, sides_of
from assessments.models import Answer, Assessment
from assessments.presenters.intake import asked
from assessments.reasoning import FINDINGS, SECTIONS, AnswerKind
from assessments.wording.labels import label_of, value_words

NONE = "–"


@dataclass(frozen=True)
class Cell:
    """One answer in words. `tone` is present, absent, value (a number or a choice) or none."""

    words: str = NONE
    tone: str = "none"


@dataclass(frozen=True)
class Line:
    """One examined finding: its answer, or its answers on both sides."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def is_sided(self) -> bool:
        return len(self.cells) > 1


@dataclass(frozen=True)
class SectionLines:
    """What was recorded in one section, and the findings of it that were not assessed."""

    title: str
    lines: tuple[Line, ...]
    not_assessed: tuple[str, ...]

    @property
    def has_sides(self) -> bool:
        return any(line.is_sided for line in self.lines)


@dataclass(frozen=True)
class SignedPage:
    """Everything the page shows beside the record's own fields. `painful` names the sides that hurt."""

    panel: dict[str, Any]
    sections: tuple[SectionLines, ...]
    painful: tuple[str, ...]


@dataclass(frozen=True)
class VersionLine:
    """One version of the visit: its number, and whether it is the one on the page and the one that holds."""

    number: int
    assessment: Assessment
    is_this: bool
    holds: bool


def signed_page(assessment: Assessment, answers: Iterable[Answer]) -> SignedPage:
    shown = assessment.shown or {}
    stored = {(row.key, row.side): row.value for row in answers if row.value != "not_assessed"}
    side = shown.get("painful_side", "")
    return SignedPage(
        panel=shown.get("panel", {}),
        sections=tuple(_section(section.key, section.title, stored) for section in SECTIONS),
        painful=("left", "right") if side == "both" else (side,),
    )


def version_lines(versions: Iterable[Assessment], this: Assessment) -> tuple[VersionLine, ...]:
    """Oldest first. The newest signed version holds; a draft has a number and holds nothing yet."""
    ordered = list(versions)
    signed = [version.pk for version in ordered if version.is_signed]
    return tuple(
        VersionLine(number, version, version.pk == this.pk, bool(signed) and version.pk == signed[-1])
        for number, version in enumerate(ordered, start=1)
    )


def _section(key: str, title: str, stored: dict[Place, str]) -> SectionLines:
    lines, missing = [], []
    for finding in asked(key):
        cells = tuple(_cell(finding.key, side, stored) for side in sides_of(finding))
        if all(cell.tone == "none" for cell in cells):
            missing.append(label_of(finding.key))
        else:
            lines.append(Line(label_of(finding.key), cells))
    return SectionLines(title, tuple(lines), tuple(missing))


def _cell(key: str, side: str, stored: dict[Place, str]) -> Cell:
    value = stored.get((key, side), "")
    if not value:
        return Cell()
    finding = FINDINGS[key]
    return Cell(value_words(finding, value), value if finding.kind is AnswerKind.PRESENCE else "value")
