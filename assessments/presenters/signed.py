"""A signed assessment as it was: the frozen words of the screen, every answer, and what an amendment changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.answers import sides_of
from assessments.models import Answer, Assessment
from assessments.presenters.intake import asked
from assessments.reasoning import FINDINGS, SECTIONS
from assessments.wording.labels import SIDES, label_of, value_words

NONE = "–"


@dataclass(frozen=True)
class Line:
    """One examined finding: its answer, or its answers on both sides."""

    label: str
    left: str
    right: str
    single: str


@dataclass(frozen=True)
class SectionLines:
    """What was recorded in one section, and how many of its findings were not assessed."""

    title: str
    lines: tuple[Line, ...]
    not_assessed: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """One answer an amendment changed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class SignedPage:
    """Everything the page shows beside the record's own fields."""

    panel: dict[str, Any]
    sections: tuple[SectionLines, ...]
    changes: tuple[Change, ...]
    conclusion_changes: tuple[Change, ...]


def signed_page(assessment: Assessment, answers: Iterable[Answer], original: Iterable[Answer] | None) -> SignedPage:
    """`original` holds the answers of the version this one amends, or is None."""
    stored = _known(answers)
    return SignedPage(
        panel=(assessment.shown or {}).get("panel", {}),
        sections=tuple(_section(section.key, section.title, stored) for section in SECTIONS),
        changes=() if original is None else tuple(_changes(_known(original), stored)),
        conclusion_changes=tuple(_conclusion_changes(assessment)),
    )


def _known(answers: Iterable[Answer]) -> dict[tuple[str, str], str]:
    return {(row.key, row.side): row.value for row in answers if row.value != "not_assessed"}


def _said(key: str, side: str, stored: dict[tuple[str, str], str]) -> str:
    value = stored.get((key, side), "")
    return value_words(FINDINGS[key], value) if value else NONE


def _section(key: str, title: str, stored: dict[tuple[str, str], str]) -> SectionLines:
    lines, missing = [], []
    for finding in asked(key):
        said = {side: _said(finding.key, side, stored) for side in sides_of(finding)}
        if all(words == NONE for words in said.values()):
            missing.append(label_of(finding.key))
        else:
            lines.append(Line(label_of(finding.key), said.get("left", ""), said.get("right", ""), said.get("", "")))
    return SectionLines(title, tuple(lines), tuple(missing))


def _changes(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> Iterable[Change]:
    order = {key: number for number, key in enumerate(FINDINGS)}
    places = sorted((p for p in before.keys() | after.keys() if p[0] in order), key=lambda p: (order[p[0]], p[1]))
    for key, side in places:
        was, now = _said(key, side, before), _said(key, side, after)
        if was != now:
            label = f"{label_of(key)}, {SIDES[side]}" if side else label_of(key)
            yield Change(label, was, now)


def _conclusion_changes(assessment: Assessment) -> Iterable[Change]:
    mine = getattr(assessment, "conclusion", None)
    theirs = getattr(assessment.amends, "conclusion", None) if assessment.amends else None
    if mine is None or theirs is None:
        return
    for label, was, now in (
        (_("Working diagnosis"), theirs.get_diagnosis_display(), mine.get_diagnosis_display()),
        (_("Side"), theirs.get_side_display(), mine.get_side_display()),
        (_("Stage"), str(theirs.stage or NONE), str(mine.stage or NONE)),
        (_("Irritability"), theirs.get_irritability_display() or NONE, mine.get_irritability_display() or NONE),
        (_("Severity"), theirs.get_severity_display() or NONE, mine.get_severity_display() or NONE),
        (_("In the clinician's words"), theirs.wording or NONE, mine.wording or NONE),
    ):
        if was != now:
            yield Change(label, was, now)
