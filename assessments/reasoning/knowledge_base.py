"""The whole knowledge as one value: what is asked, what it means, what stops, and with which weights.

CURRENT is what the files in knowledge/ say today. Versions that are kept for what was signed with them: releases.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from clinic.vocabulary.diagnoses import Hypothesis

from .contributors import Contributor, load_contributors
from .criteria import Criterion, load_criteria
from .entries import CURRENT_FILES, KnowledgeFiles
from .findings import FINDINGS, Finding, Section, load_findings, load_sections
from .red_flags import RedFlag, load_red_flags
from .weights import Weights, load_weights


@dataclass(frozen=True)
class Knowledge:
    """One state of the knowledge. Nothing in it can be changed; its version says which state it is."""

    version: str
    sections: tuple[Section, ...]
    findings: Mapping[str, Finding]
    red_flags: Mapping[str, RedFlag]
    criteria: Mapping[Hypothesis, Criterion]
    weights: Weights
    contributors: Mapping[str, Contributor]
    screening: tuple[Finding, ...]
    """Asked of everyone: while one of these is unanswered no ranking is shown."""
    flags_asking_age: tuple[str, ...]
    """Red flags with a rule that needs the age."""


def assemble(files: KnowledgeFiles, findings: Mapping[str, Finding]) -> Knowledge:
    """Everything the files say around these findings."""
    red_flags = load_red_flags(files, findings)
    return Knowledge(
        version=files.version,
        sections=load_sections(files),
        findings=findings,
        red_flags=red_flags,
        criteria=load_criteria(files, findings),
        weights=load_weights(files, findings),
        contributors=load_contributors(files, findings),
        screening=tuple(finding for finding in findings.values() if finding.mandatory),
        flags_asking_age=tuple(flag.id for flag in red_flags.values() if flag.asks_age),
    )


def load(folder: Path) -> Knowledge:
    """The knowledge of one folder; KnowledgeError names file, entry and key of the first mistake."""
    files = KnowledgeFiles(folder)
    return assemble(files, load_findings(files))


CURRENT = assemble(CURRENT_FILES, FINDINGS)
KNOWLEDGE_VERSION = CURRENT.version
SECTIONS = CURRENT.sections
RED_FLAGS = CURRENT.red_flags
CRITERIA = CURRENT.criteria
CONTRIBUTORS = CURRENT.contributors
GROUPS = CURRENT.weights.groups
MANDATORY: tuple[str, ...] = tuple(finding.key for finding in CURRENT.screening)
