"""Opening an examination: a new visit, or a new version of a signed one."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.errors import Refused
from assessments.models import Answer, Assessment, Conclusion, OutcomeScore, PainArea, RedFlagDecision
from clinic.models import Episode, User

Part = TypeVar("Part", Answer, PainArea, OutcomeScore)


@transaction.atomic
def start_assessment(*, by: User, episode: Episode, on: date) -> Assessment:
    """The open assessment of the episode; a new and empty one when there is none. Nothing is carried over silently.

    Refused for a closed episode.
    """
    episode = Episode.objects.select_for_update(of=("self",)).get(clinic_id=episode.clinic_id, pk=episode.pk)
    if episode.closed_on is not None:
        raise Refused(_("This episode is closed. Reopen it to examine the runner again."))
    mine = Assessment.objects.filter(clinic_id=episode.clinic_id, episode=episode)
    draft = mine.filter(state=Assessment.State.DRAFT).first()
    if draft is not None:
        return draft
    last = mine.aggregate(last=Max("visit"))["last"] or 0
    return Assessment.objects.create(
        clinic_id=episode.clinic_id, episode=episode, visit=last + 1, examined_on=on, clinician=by
    )


@transaction.atomic
def amend(*, by: User, assessment: Assessment, reason: str) -> Assessment:
    """A new draft with the same answers, decisions and conclusion, pointing back at the signed original, which is kept.

    Refused without a reason, for a draft, while another assessment of the episode is open, and for a version that was
    already amended (the newest version is the one to amend).
    """
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say what has to be corrected and why: the reason stays with the record."))
    original = Assessment.objects.select_for_update(of=("self",)).get(clinic_id=assessment.clinic_id, pk=assessment.pk)
    if not original.is_signed:
        raise Refused(_("This assessment is not signed yet: change it directly."))
    if original.amendments.exists():
        raise Refused(_("This version was amended before. Open the newest version and amend that."))
    if Assessment.objects.filter(
        clinic_id=original.clinic_id, episode_id=original.episode_id, state=Assessment.State.DRAFT
    ).exists():
        raise Refused(_("Another assessment of this episode is open. Sign it first, then amend this one."))
    copy = Assessment.objects.create(
        clinic_id=original.clinic_id,
        episode_id=original.episode_id,
        visit=original.visit,
        examined_on=original.examined_on,
        clinician=by,
        amends=original,
        amendment_reason=reason[:300],
    )
    _copy_parts(original, copy)
    return copy


def _copy_parts(original: Assessment, copy: Assessment) -> None:
    """Everything but who was asked to co-sign. Answers first, then the decisions: a decision made after the answers it rests on stays valid in the copy."""
    clinic_id = original.clinic_id
    Answer.objects.bulk_create(_copied(Answer.objects.filter(clinic_id=clinic_id, assessment=original), copy))
    PainArea.objects.bulk_create(_copied(PainArea.objects.filter(clinic_id=clinic_id, assessment=original), copy))
    scores = OutcomeScore.objects.filter(clinic_id=clinic_id, assessment=original)
    OutcomeScore.objects.bulk_create(_copied(scores, copy))
    decisions = RedFlagDecision.objects.filter(clinic_id=clinic_id, assessment=original).order_by("created_at")
    for decision in decisions:
        RedFlagDecision.objects.create(
            clinic_id=clinic_id,
            assessment=copy,
            flag=decision.flag,
            kind=decision.kind,
            reason=decision.reason,
            by_id=decision.by_id,
        )
    old = Conclusion.objects.filter(clinic_id=clinic_id, assessment=original).first()
    if old is not None:
        old.pk, old.assessment = None, copy
        old._state.adding = True
        old.save(force_insert=True)


def _copied(rows: Iterable[Part], copy: Assessment) -> list[Part]:
    """The same rows as parts of the copy, with who recorded them and where they were carried from."""
    copies = list(rows)
    for row in copies:
        row.pk, row.assessment = uuid4(), copy
    return copies
