"""Everything that writes an assessment. Keyword-only, atomic, `by` is who acts; refusals are in assessments.errors."""

from assessments.actions.conclusion import save_conclusion
from assessments.actions.examination import amend, start_assessment
from assessments.actions.findings import Outcome, record_finding, record_findings
from assessments.actions.red_flags import decide_red_flag
from assessments.actions.signing import sign

__all__ = [
    "Outcome",
    "amend",
    "decide_red_flag",
    "record_finding",
    "record_findings",
    "save_conclusion",
    "sign",
    "start_assessment",
]
