"""Everything that writes an assessment. Keyword-only, atomic, `by` is who acts; refusals are in assessments.errors."""

from assessments.actions.body_chart import ChartOutcome, mark_chart
from assessments.actions.carrying import carry_over, confirm_carried, drop_carried
from assessments.actions.conclusion import save_conclusion
from assessments.actions.cosigning import ask_cosignature, cosign, decline_cosignature, withdraw_cosignature
from assessments.actions.discarding import discard_draft
from assessments.actions.examination import amend, start_assessment
from assessments.actions.findings import Outcome, record_finding, record_findings
from assessments.actions.outcomes import Told, record_outcomes
from assessments.actions.red_flags import decide_red_flag
from assessments.actions.sections import Filled, all_absent, take_back
from assessments.actions.signing import sign
from assessments.actions.streams import taken_before, was_taken

__all__ = [
    "ChartOutcome",
    "Filled",
    "Outcome",
    "Told",
    "all_absent",
    "amend",
    "ask_cosignature",
    "carry_over",
    "confirm_carried",
    "cosign",
    "decide_red_flag",
    "decline_cosignature",
    "discard_draft",
    "drop_carried",
    "mark_chart",
    "record_finding",
    "record_findings",
    "record_outcomes",
    "save_conclusion",
    "sign",
    "start_assessment",
    "take_back",
    "taken_before",
    "was_taken",
    "withdraw_cosignature",
]
