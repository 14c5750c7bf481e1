"""A second clinician's signature: asked for, given, refused in words, or taken back. The signed assessment never changes."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.errors import Refused
from assessments.models import Assessment, CoSignature
from assessments.queries import cosigners_of
from clinic.models import User


@transaction.atomic
def ask_cosignature(*, by: User, assessment: Assessment, of: User, question: str = "") -> CoSignature:
    """Ask a colleague who signs in this clinic to read a signed assessment.

    Refused for a draft, for a version a signed amendment has replaced, for oneself and for whoever signed it (nobody
    signs twice), for somebody who may not sign here, and while the same colleague is asked or has co-signed.
    """
    signed = _locked_signed(assessment)
    _check_holds(signed)
    if of.pk == by.pk:
        raise Refused(_("Choose a colleague: your own name is no second pair of eyes."))
    if of.pk == signed.signed_by_id:
        raise Refused(_("%(name)s signed this assessment. Choose somebody else.") % {"name": of.name})
    if of not in cosigners_of(signed, but=by):
        raise Refused(_("%(name)s cannot sign in this clinic. Choose a clinician of your team.") % {"name": of.name})
    open_or_signed = (CoSignature.State.ASKED, CoSignature.State.SIGNED)
    if _requests(signed).filter(asked_of=of, state__in=open_or_signed).exists():
        raise Refused(_("%(name)s was asked already, or has co-signed.") % {"name": of.name})
    return CoSignature.objects.create(
        clinic_id=signed.clinic_id, assessment=signed, asked_by=by, asked_of=of, question=question.strip()[:500]
    )


@transaction.atomic
def cosign(*, by: User, asked: CoSignature, words: str = "") -> CoSignature:
    """The colleague who was asked puts their name under the version they read. Final: the database keeps it."""
    row = _locked_request(asked)
    _check_asked_of(row, by)
    _check_holds(row.assessment)
    return _answer(row, CoSignature.State.SIGNED, words)


@transaction.atomic
def decline_cosignature(*, by: User, asked: CoSignature, words: str) -> CoSignature:
    """The colleague says what they see differently; refused without words, since the signer has to act on them."""
    row = _locked_request(asked)
    _check_asked_of(row, by)
    if not words.strip():
        raise Refused(_("Say what you see differently, or what is missing: your colleague needs it to go on."))
    return _answer(row, CoSignature.State.DECLINED, words)


@transaction.atomic
def withdraw_cosignature(*, by: User, asked: CoSignature) -> CoSignature:
    """Only whoever asked takes the question back, and only while it is open."""
    row = _locked_request(asked)
    if row.asked_by_id != by.pk:
        raise Refused(_("Only %(name)s, who asked, can withdraw this.") % {"name": row.asked_by.name})
    return _answer(row, CoSignature.State.WITHDRAWN, "")


def close_requests(original: Assessment) -> int:
    """Withdraw what is still open on a version that an amendment replaces, and say so. Two queries."""
    _locked_signed(original)
    return (
        _requests(original)
        .filter(state=CoSignature.State.ASKED)
        .update(
            state=CoSignature.State.WITHDRAWN,
            words=_("Withdrawn by itself: this version was amended."),
            answered_at=timezone.now(),
        )
    )


def _requests(assessment: Assessment) -> QuerySet[CoSignature]:
    return CoSignature.objects.filter(clinic_id=assessment.clinic_id, assessment=assessment)


def _locked_signed(assessment: Assessment) -> Assessment:
    """The signed row, locked: asking, answering and amending queue here."""
    row = Assessment.objects.select_for_update(of=("self",)).get(clinic_id=assessment.clinic_id, pk=assessment.pk)
    if not row.is_signed:
        raise Refused(_("Only a signed assessment is co-signed. Sign it first."))
    return row


def _locked_request(asked: CoSignature) -> CoSignature:
    """The assessment's lock first, then the request itself, which must still be open."""
    assessment = _locked_signed(asked.assessment)
    row = (
        CoSignature.objects.select_for_update(of=("self",))
        .select_related("asked_by", "asked_of")
        .get(clinic_id=assessment.clinic_id, pk=asked.pk)
    )
    row.assessment = assessment
    if row.state != CoSignature.State.ASKED:
        state = CoSignature.State(row.state).label.lower()
        raise Refused(_("This request is no longer open: it is %(state)s.") % {"state": state})
    return row


def _check_holds(assessment: Assessment) -> None:
    if assessment.amendments.filter(clinic_id=assessment.clinic_id, state=Assessment.State.SIGNED).exists():
        raise Refused(_("This version was amended. Ask for the newest version to be co-signed."))


def _check_asked_of(row: CoSignature, by: User) -> None:
    if row.asked_of_id != by.pk:
        raise Refused(_("%(name)s was asked, and only they can answer.") % {"name": row.asked_of.name})


def _answer(row: CoSignature, state: CoSignature.State, words: str) -> CoSignature:
    row.state, row.words, row.answered_at = state, words.strip()[:1000], timezone.now()
    row.save(update_fields=["state", "words", "answered_at"])
    return row
