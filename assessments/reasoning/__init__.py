"""What was found and what it may mean. Pure: standard library and clinic.vocabulary only.

`Case.from_json(obj)` takes a case (CaseError names every problem), `reason(case)` answers with a Reasoning that explains
itself, `Reasoning.to_json()` is what `manage.py reason` prints. The knowledge behind it is data in knowledge/*.toml,
every entry with a source and a review date, read into one immutable value: CURRENT is today's, `of_version` gives the
one an assessment was signed with, and `reason(case, knowledge=…)` reasons with either.

In order: red flags (always first, on any side), criteria, bounded support, the picture. Contributors and proposals stand
apart and move nothing.
"""

from .case import Case, CaseError
from .contributors import Contributor, FoundContributor
from .criteria import Criterion, CriterionResult, CriterionStatus, PartState
from .differential import Band, Limit, Picture
from .entries import KnowledgeError
from .finding_set import FindingError, FindingSet, PainfulView, Value, clean_value
from .findings import FINDINGS, Accuracy, AnswerKind, Finding, Section
from .knowledge_base import (
    CONTRIBUTORS,
    CRITERIA,
    CURRENT,
    GROUPS,
    KNOWLEDGE_VERSION,
    MANDATORY,
    RED_FLAGS,
    SECTIONS,
    Knowledge,
)
from .next_findings import NextFinding, Why
from .proposals import Proposals, ProposedIrritability, ProposedSeverity, ProposedStage
from .reasoning import Hidden, HypothesisView, Reasoning, next_findings_beside, reason
from .red_flags import Action, RaisedFlag, RedFlag, Tier
from .releases import RELEASES, Release, is_kept, of_version
from .replay import Difference, Outcome, Replay, Today, replay, reread

__all__ = [
    "CONTRIBUTORS",
    "CRITERIA",
    "CURRENT",
    "FINDINGS",
    "GROUPS",
    "KNOWLEDGE_VERSION",
    "MANDATORY",
    "RED_FLAGS",
    "RELEASES",
    "SECTIONS",
    "Accuracy",
    "Action",
    "AnswerKind",
    "Band",
    "Case",
    "CaseError",
    "Contributor",
    "Criterion",
    "CriterionResult",
    "CriterionStatus",
    "Difference",
    "Finding",
    "FindingError",
    "FindingSet",
    "FoundContributor",
    "Hidden",
    "HypothesisView",
    "Knowledge",
    "KnowledgeError",
    "Limit",
    "NextFinding",
    "Outcome",
    "PainfulView",
    "PartState",
    "Picture",
    "Proposals",
    "ProposedIrritability",
    "ProposedSeverity",
    "ProposedStage",
    "RaisedFlag",
    "Reasoning",
    "RedFlag",
    "Release",
    "Replay",
    "Section",
    "Tier",
    "Today",
    "Value",
    "Why",
    "clean_value",
    "is_kept",
    "next_findings_beside",
    "of_version",
    "reason",
    "replay",
    "reread",
]
