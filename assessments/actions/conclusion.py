"""What the clinician concludes; kept as a draft until it is signed."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.errors import Refused
from assessments.models import Assessment, Conclusion
from clinic.models import User
from clinic.vocabulary.diagnoses import WorkingDiagnosis


@transaction.atomic
def save_conclusion(
    *,
    by: User,
    assessment: Assessment,
    diagnosis: str,
    side: str,
    stage: int | None = None,
    irritability: str = "",
    severity: str = "",
    wording: str = "",
    unexamined_reason: str = "",
    unscreened_reason: str = "",
) -> Conclusion:
    """Write the conclusion of a draft. A stage must be one the diagnosis has; what signing needs is checked by `sign`."""
    draft = locked_draft(assessment)
    stages = WorkingDiagnosis(diagnosis).stages
    if stage is not None and stage not in stages:
        raise Refused(
            _("Choose a stage from 1 to %(last)s.") % {"last": stages[-1]}
            if stages
            else _("This conclusion has no stages.")
        )
    conclusion, _created = Conclusion.objects.update_or_create(
        clinic_id=draft.clinic_id,
        assessment=draft,
        defaults={
            "diagnosis": diagnosis,
            "side": side,
            "stage": stage,
            "irritability": irritability,
            "severity": severity,
            "wording": wording,
            "unexamined_reason": unexamined_reason,
            "unscreened_reason": unscreened_reason,
            "by": by,
        },
    )
    return conclusion
