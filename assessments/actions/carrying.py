"""Carrying over what an earlier visit found, one finding at a time. It means nothing for today until it is confirmed."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.answers import FROM_THE_RECORD, Place
from assessments.errors import Refused
from assessments.models import Answer, Assessment
from assessments.queries import earlier_answers
from assessments.reasoning import FINDINGS
from clinic.models import User

SCREENING = "screening"


def may_be_carried(key: str) -> bool:
    """Screening is asked anew at every visit; the age stands in the record."""
    finding = FINDINGS.get(key)
    return finding is not None and finding.section != SCREENING and key not in FROM_THE_RECORD


@transaction.atomic
def carry_over(*, by: User, assessment: Assessment, key: str) -> list[Place]:
    """Put down what the newest signed visit of this episode found for one finding, marked as carried. Places filled.

    Only where nothing was answered today. Refused for screening and when no earlier visit knows the finding. Four queries.
    """
    if not may_be_carried(key):
        raise Refused(_("This is asked anew at every visit and cannot be carried over."))
    draft = locked_draft(assessment)
    earlier = earlier_answers(draft, keys=[key])
    if not earlier:
        raise Refused(_("No earlier visit of this episode recorded this finding."))
    mine = set(
        Answer.objects.filter(clinic_id=draft.clinic_id, assessment=draft, key=key).values_list("side", flat=True)
    )
    rows = [
        Answer(
            clinic_id=draft.clinic_id,
            assessment=draft,
            key=key,
            side=row.side,
            value=row.value,
            by=by,
            carried_from_id=row.assessment_id,
        )
        for row in earlier
        if row.side not in mine
    ]
    Answer.objects.bulk_create(rows)
    return [(row.key, row.side) for row in rows]


@transaction.atomic
def confirm_carried(*, by: User, assessment: Assessment, keys: Collection[str]) -> list[Place]:
    """The carried answers of these findings are today's answers now, given by who confirms. Places confirmed."""
    draft = locked_draft(assessment)
    rows = list(_carried(draft).filter(key__in=keys))
    for row in rows:
        row.carried_from, row.by, row.answered_at = None, by, timezone.now()
    Answer.objects.bulk_update(rows, ["carried_from", "by", "answered_at"])
    return [(row.key, row.side) for row in rows]


@transaction.atomic
def drop_carried(*, by: User, assessment: Assessment, keys: Collection[str] | None = None) -> list[Place]:  # noqa: ARG001
    """Leave out carried answers nobody confirmed: of these findings, or all. What was answered today stays. Places cleared."""
    draft = locked_draft(assessment)
    rows = _carried(draft) if keys is None else _carried(draft).filter(key__in=keys)
    places = list(rows.values_list("key", "side"))
    rows.delete()
    return places


def _carried(draft: Assessment) -> QuerySet[Answer]:
    return Answer.objects.filter(clinic_id=draft.clinic_id, assessment=draft, carried_from__isnull=False)
