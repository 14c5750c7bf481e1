"""The intake as the page shows it: its sections with their progress, and the findings in each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as lazy

from assessments.actions.sections import CLAIMS
from assessments.answers import FROM_THE_RECORD, Place, sides_of
from assessments.presenters.rows import NOTHING, SCREENING, Manner, Stored, Typed, row_html, side_words
from assessments.reasoning import FINDINGS, SECTIONS, Finding
from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide

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


@dataclass(frozen=True)
class Run:
    """Findings in a row that all have sides, under one heading of the sides, or that all have none."""

    is_sided: bool
    rows: tuple[SafeString, ...]


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

    @property
    def claim(self) -> str:
        """What "all absent in this section" says; empty where findings are answered one by one."""
        return str(CLAIMS.get(self.key, ""))


@dataclass(frozen=True)
class RailEntry:
    """One line of the rail that is no section of findings: the body chart, the measures. `after` names a section, "" stands first."""

    key: str
    title: str
    state: str
    count: str
    after: str


@dataclass(frozen=True)
class FilledNow:
    """A section that was just filled: how many answers, and the places to take back, as the form sends them."""

    section: str
    places: tuple[Place, ...]

    @property
    def number(self) -> int:
        return len(self.places)

    @property
    def fields(self) -> str:
        return " ".join("-".join(part for part in place if part) for place in self.places)


@dataclass
class IntakePage:
    """What the template needs, and nothing it has to work out."""

    sections: list[SectionView]
    sides: list[tuple[str, bool]] = field(default_factory=list)

    def rail(self, *others: RailEntry) -> list[RailEntry]:
        """All places of the page in their order, each with how far it has come."""
        lines = [entry for entry in others if not entry.after]
        for section in self.sections:
            lines.append(
                RailEntry(section.key, section.title, section.state, f"{section.done}/{section.total}", section.key)
            )
            lines += [entry for entry in others if entry.after == section.key]
        return lines


def asked(section: str) -> list[Finding]:
    """The findings of a section in the order they are met; in the screening what is asked of everyone comes first."""
    findings = [item for item in FINDINGS.values() if item.section == section and item.key not in FROM_THE_RECORD]
    return sorted(findings, key=lambda item: (not item.mandatory, item.sided)) if section == SCREENING else findings


def is_known(stored: Stored, finding: Finding) -> bool:
    return any(stored.get((finding.key, side), "") not in ("", Answer.NOT_ASSESSED.value) for side in sides_of(finding))


def progress_of(key: str, stored: Stored) -> SectionView:
    """One section's line in the rail, without its findings."""
    section = next(item for item in SECTIONS if item.key == key)
    findings = asked(key)
    counted = [finding for finding in findings if finding.mandatory] or findings
    done = sum(is_known(stored, finding) for finding in counted)
    return SectionView(key, section.title, str(SECTION_NOTES.get(key, "")), done, len(counted))


def intake_page(
    stored: Stored,
    painful: PainfulSide,
    *,
    manner: Manner,
    save_url: str,
    typed: Mapping[Place, Typed] | None = None,
    only: tuple[str, ...] = (),
    carried: Stored = NOTHING,
    before: Mapping[str, str] | None = None,
    elsewhere: Collection[str] = (),
) -> IntakePage:
    """All sections with all findings; `only` limits it to these findings (the stop page shows what raised the flag).

    `before` holds the line of what was found before today, by finding; `carried` what waits to be confirmed.
    Findings answered `elsewhere` on the page (the retest card) are pointed to.
    """

    def row(finding: Finding) -> SafeString:
        if finding.key in elsewhere:
            return render_to_string("assessments/retest_pointer.html", {"finding": finding})
        return row_html(
            finding,
            stored,
            painful,
            typed or {},
            manner=manner,
            save_url=save_url,
            carried=carried,
            before=(before or {}).get(finding.key, ""),
        )

    sections = []
    for section in SECTIONS:
        findings = [item for item in asked(section.key) if not only or item.key in only]
        if not findings:
            continue
        head = progress_of(section.key, stored)
        runs = tuple(
            Run(sided, tuple(row(item) for item in run))
            for sided, run in groupby(findings, key=lambda finding: finding.sided)
        )
        sections.append(SectionView(head.key, head.title, head.note, head.done, head.total, runs))
    return IntakePage(sections, [(side_words(side, painful), side in painful.sides) for side in ("left", "right")])
