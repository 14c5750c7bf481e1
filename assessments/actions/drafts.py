"""The lock every write takes first."""

from assessments.errors import AlreadySigned
from assessments.models import Assessment


def locked_draft(assessment: Assessment) -> Assessment:
    """The same row, locked until the transaction ends, or AlreadySigned. One query.

    Two people may write one draft: their writes queue here, and a signature cannot slip in between a check and a write.
    """
    row = Assessment.objects.select_for_update(of=("self",)).get(clinic_id=assessment.clinic_id, pk=assessment.pk)
    if row.is_signed:
        raise AlreadySigned
    return row
