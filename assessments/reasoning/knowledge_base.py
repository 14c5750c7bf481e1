"""The whole knowledge as one value: what is asked, what it means, what stops, and with which weights.

knowledge/*.toml is what authors write and what the reasoning uses today (CURRENT). knowledge/released/<version>/ keeps
every state of it that assessments were signed with, whole and for good, so that each of them can be replayed. Those
folders are never edited: their name holds the fingerprint of their content, and one that does not fit is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from clinic.vocabulary.diagnoses import Hypothesis

from .contributors import Contributor, load_contributors
from .criteria import Criterion, load_criteria
from .entries import CURRENT_FILES, FOLDER, KnowledgeError, KnowledgeFiles
from .findings import FINDINGS, Finding, Section, load_findings, load_sections
from .red_flags import RedFlag, load_red_flags
from .weights import Weights, load_weights

RELEASED_FOLDER = FOLDER / "released"


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


def _assemble(files: KnowledgeFiles, findings: Mapping[str, Finding]) -> Knowledge:
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
    return _assemble(files, load_findings(files))


CURRENT = _assemble(CURRENT_FILES, FINDINGS)
KNOWLEDGE_VERSION = CURRENT.version
SECTIONS = CURRENT.sections
RED_FLAGS = CURRENT.red_flags
CRITERIA = CURRENT.criteria
CONTRIBUTORS = CURRENT.contributors
GROUPS = CURRENT.weights.groups
MANDATORY: tuple[str, ...] = tuple(finding.key for finding in CURRENT.screening)


@lru_cache(maxsize=1)
def released_versions() -> tuple[str, ...]:
    """Every version that is kept, oldest first. What was signed with one of these can be replayed."""
    return tuple(sorted(path.name for path in RELEASED_FOLDER.iterdir() if path.is_dir()))


@lru_cache(maxsize=16)
def of_version(version: str) -> Knowledge:
    """The knowledge of that version: today's, or a released one (some 30 ms when it is first asked for).

    KeyError when it is not kept. KnowledgeError when a released folder was edited.
    """
    if version == CURRENT.version:
        return CURRENT
    if version not in released_versions():
        raise KeyError(version)
    found = load(RELEASED_FOLDER / version)
    if found.version != version:
        raise KnowledgeError(f"released/{version}: was changed, its content is now {found.version}; restore it")
    return found
