"""Throwing away a draft that was started by mistake. The audit keeps every row that goes."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.errors import Refused
from assessments.models import Answer, Assessment, Conclusion, RedFlagDecision
from clinic.models import Membership, Role, User


@dataclass(frozen=True)
class Contents:
    """What a draft holds that would go with it. Decisions count only when they were made in this draft itself."""

    answers: int
    has_conclusion: bool
    decisions: int


def contents_of(draft: Assessment) -> Contents:
    """Three queries; one more for an amendment, whose copied decisions stay with the original."""
    own = {"clinic_id": draft.clinic_id, "assessment": draft}
    copied = (
        RedFlagDecision.objects.filter(clinic_id=draft.clinic_id, assessment_id=draft.amends_id).count()
        if draft.amends_id
        else 0
    )
    return Contents(
        answers=Answer.objects.filter(**own).count(),
        has_conclusion=Conclusion.objects.filter(**own).exists(),
        decisions=RedFlagDecision.objects.filter(**own).count() - copied,
    )


def why_not(draft: Assessment, contents: Contents, by: User) -> str:
    """Why this person may not discard this draft; "" when they may. At most one query.

    Whoever started it may, and an administrator. Once somebody acted on a red flag in it or released one, only an
    administrator may: such a decision does not vanish by one click of its author.
    """
    is_starter = draft.clinician_id == by.pk
    if is_starter and not contents.decisions:
        return ""
    mine = Membership.objects.filter(clinic_id=draft.clinic_id, user=by, role=Role.ADMINISTRATOR, ended_at=None)
    if mine.exists():
        return ""
    if is_starter:
        return _(
            "A decision about a red flag was made in this assessment. Sign it, or ask an administrator to discard it."
        )
    return _("%(name)s started this assessment. Only they or an administrator can discard it.") % {
        "name": draft.clinician.name
    }


@transaction.atomic
def discard_draft(*, by: User, assessment: Assessment, answers: int) -> None:
    """Delete an unsigned assessment with all its parts. `answers` is the number the person was told would go.

    Refused when the number has changed meanwhile (a colleague may be writing), and for whoever may not.
    """
    draft = locked_draft(assessment)
    contents = contents_of(draft)
    refusal = why_not(draft, contents, by)
    if refusal:
        raise Refused(refusal)
    if contents.answers != answers:
        raise Refused(
            _("Answers were recorded or cleared meanwhile: it now holds %(count)s. Look again before you discard it.")
            % {"count": contents.answers}
        )
    draft.delete()
