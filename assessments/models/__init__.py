from assessments.models.assessment import Answer, AnswerStream, Assessment, RedFlagDecision
from assessments.models.complaint import Activity, OutcomeScore, PainArea
from assessments.models.conclusion import Conclusion
from assessments.models.cosignature import CoSignature

__all__ = [
    "Activity",
    "Answer",
    "AnswerStream",
    "Assessment",
    "CoSignature",
    "Conclusion",
    "OutcomeScore",
    "PainArea",
    "RedFlagDecision",
]
