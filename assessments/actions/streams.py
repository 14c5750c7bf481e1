"""Answers counted by the browser that sends them, so that one sent again after a lost connection counts once."""

from django.db.models import QuerySet

from assessments.models import AnswerStream, Assessment
from assessments.sending import Sent


def taken_before(*, assessment: Assessment, sent: Sent) -> bool:
    """Whether this message was answered already; if not, it counts as answered once this transaction is committed.

    For any action that writes what a browser may send twice: call it with the draft locked, and write nothing when it is
    true. One query; two when sent again, three for a browser's first message.
    """
    if _stream(assessment, sent).filter(last__lt=sent.number).update(last=sent.number):
        return False
    if _stream(assessment, sent).exists():
        return True
    AnswerStream.objects.create(
        clinic_id=assessment.clinic_id, assessment=assessment, device=sent.device, last=sent.number
    )
    return False


def was_taken(*, assessment: Assessment, sent: Sent) -> bool:
    """Whether this message was answered already, without counting it. One query."""
    return _stream(assessment, sent).filter(last__gte=sent.number).exists()


def _stream(assessment: Assessment, sent: Sent) -> QuerySet[AnswerStream]:
    return AnswerStream.objects.filter(clinic_id=assessment.clinic_id, assessment=assessment, device=sent.device)
