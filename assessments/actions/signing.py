"""Signing: the last look at everything, then the record is frozen, by the database too."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments.actions.cosigning import close_requests
from assessments.actions.drafts import locked_draft
from assessments.errors import NotReady
from assessments.mapping import Reading
from assessments.models import Assessment, Conclusion
from assessments.queries import episode_of, reading_of
from assessments.readiness import obstacles
from assessments.wording import panel_of
from clinic.models import User


@transaction.atomic
def sign(*, by: User, assessment: Assessment) -> Assessment:
    """Freeze the assessment with what the screen showed, the knowledge version and the clinician's own wording.

    Everything is checked again under the lock. NotReady names all that is missing at once; AlreadySigned when a
    colleague was first. An amendment also closes what was asked about the version it replaces.
    """
    draft = locked_draft(assessment)
    draft.episode = episode_of(draft)
    reading = reading_of(draft)
    conclusion = Conclusion.objects.filter(clinic_id=draft.clinic_id, assessment=draft).first()
    problems = obstacles(reading, conclusion)
    if problems or conclusion is None:
        raise NotReady(problems)
    draft.shown = shown(reading, conclusion)
    draft.knowledge_version = reading.reasoning.knowledge_version
    draft.state = Assessment.State.SIGNED
    draft.signed_at = timezone.now()
    draft.signed_by = by
    draft.save(update_fields=["shown", "knowledge_version", "state", "signed_at", "signed_by"])
    if draft.amends is not None:
        close_requests(draft.amends)
    return draft


def shown(reading: Reading, conclusion: Conclusion) -> dict[str, Any]:
    """What is kept for good: the case as it was reasoned over, the reasoning, and the words of the screen."""
    case = reading.case
    return {
        "patient": {
            "age": case.age,
            "sex": case.sex.value if case.sex else None,
            "running_type": case.running_type.value if case.running_type else None,
        },
        "painful_side": case.painful_side.value,
        "released_flags": [flag.id for flag in reading.flags if flag.is_released],
        "reasoning": reading.reasoning.to_json(),
        "panel": panel_of(reading).to_json(),
        "wording": conclusion.wording,
        "knowledge_version": reading.reasoning.knowledge_version,
    }
