"""What was found and what it may mean. Pure: standard library and clinic.vocabulary only.

`Case.from_json(obj)` takes a case (CaseError names every problem), `reason(case)` answers with a Reasoning that explains
itself, `Reasoning.to_json()` is what `manage.py reason` prints. The knowledge behind it is data in knowledge/*.toml,
every entry with a source and a review date; KNOWLEDGE_VERSION says which state of it was used.

In order: red flags (always first, on any side), criteria, bounded support, the picture. Contributors and proposals stand
apart and move nothing.
"""

from .case import Case, CaseError
from .contributors import CONTRIBUTORS, Contributor, FoundContributor
from .criteria import CRITERIA, Criterion, CriterionResult, CriterionStatus, PartState
from .differential import Band, Limit, Picture
from .entries import KNOWLEDGE_VERSION, KnowledgeError
from .finding_set import FindingError, FindingSet, PainfulView, Value, clean_value
from .findings import FINDINGS, MANDATORY, SECTIONS, Accuracy, AnswerKind, Finding, Section
from .next_findings import NextFinding, Why
from .proposals import Proposals, ProposedIrritability, ProposedSeverity, ProposedStage
from .reasoning import Hidden, HypothesisView, Reasoning, reason
from .red_flags import RED_FLAGS, Action, RaisedFlag, RedFlag, Tier

__all__ = [
    "CONTRIBUTORS",
    "CRITERIA",
    "FINDINGS",
    "KNOWLEDGE_VERSION",
    "MANDATORY",
    "RED_FLAGS",
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
    "Finding",
    "FindingError",
    "FindingSet",
    "FoundContributor",
    "Hidden",
    "HypothesisView",
    "KnowledgeError",
    "Limit",
    "NextFinding",
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
    "Section",
    "Tier",
    "Value",
    "Why",
    "clean_value",
    "reason",
]
