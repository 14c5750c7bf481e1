"""Acting on a red flag, or releasing it: a named clinician, a reason, kept for good."""

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.errors import Refused
from assessments.models import Assessment, RedFlagDecision
from assessments.queries import reading_of
from clinic.models import User


@transaction.atomic
def decide_red_flag(*, by: User, assessment: Assessment, flag: str, kind: str, reason: str) -> RedFlagDecision:
    """Remember what was done about a raised flag (acted), or why it does not hold here (released).

    Holds until a finding behind the flag is answered anew. Refused without a reason or for a flag that is not raised.
    """
    locked_draft(assessment)
    reason = reason.strip()
    if kind not in RedFlagDecision.Kind.values:
        raise Refused(_("Choose whether you acted on the red flag or release it."))
    if not reason:
        raise Refused(_("Write what was done, or why the flag does not hold here: the reason stays with the record."))
    if flag not in {item.id for item in reading_of(assessment).flags}:
        raise Refused(_("This red flag is no longer raised: the answers behind it have changed."))
    return RedFlagDecision.objects.create(
        clinic_id=assessment.clinic_id, assessment=assessment, flag=flag, kind=kind, reason=reason[:500], by=by
    )
