"""Writes to the people of a clinic: inviting, roles, leaving. A clinic always keeps an administrator who has come in."""

from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clinic.invitations import send_invitation
from clinic.models import Clinic, Membership, Role, User
from clinic.permissions import Permission, check_can
from clinic.tenancy import clinic_scope

Told = Callable[[bool], None]


def _account(email: str, name: str) -> User:
    """The account of this address, or a new one without a password."""
    found = User.objects.filter(email__iexact=email).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(email=email, name=name)
    except IntegrityError:  # invited by another clinic in the same moment
        return User.objects.get(email__iexact=email)


@transaction.atomic
def invite(*, by: Membership, name: str, email: str, role: str, then: Told) -> Membership:
    """A place in the team for an address, whether or not it has an account: nothing shown here tells which.

    The mail goes out after the commit; `then(True)` follows. When the mail server refuses, the place is taken back and
    `then(False)` follows. Raises ValidationError for a person who is in the team already.
    """
    check_can(by, Permission.MANAGE_CLINIC)
    user = _account(email, name)
    place = Membership.objects.select_for_update().filter(clinic_id=by.clinic_id, user=user).first()
    if place and place.ended_at is None:
        raise ValidationError(_("This address is in your team already. To send the mail again, use the list."))
    ended_before = place.ended_at if place else None
    place = place or Membership(clinic_id=by.clinic_id, user=user)
    place.role, place.invited_as, place.ended_at = role, name, None
    place.save()
    _send_after_commit(by=by, place=place, then=then, undo=lambda: _withdraw(by=by, place_id=place.pk, at=ended_before))
    return place


def invite_again(*, by: Membership, place: Membership, then: Told) -> None:
    """The same mail once more, with a new key, for a person who has not come in yet."""
    check_can(by, Permission.MANAGE_CLINIC)
    if not place.invited_as or place.ended_at:
        raise ValidationError(_("This person has already come in."))
    _send_after_commit(by=by, place=place, then=then, undo=lambda: None)


def _send_after_commit(*, by: Membership, place: Membership, then: Told, undo: Callable[[], None]) -> None:
    def deliver() -> None:
        try:
            send_invitation(to=place.user, as_name=place.invited_as, role=place.get_role_display(), inviter=by)
        except (SMTPException, OSError):
            undo()
            then(False)
        else:
            then(True)

    transaction.on_commit(deliver)


def _withdraw(*, by: Membership, place_id: UUID, at: datetime | None) -> None:
    """Back to how it was before the invitation: gone, or ended at the time it had ended.

    An account that was made for it stays: it has no password and no clinic, and another clinic may have invited it since.
    """
    with clinic_scope(by.clinic_id, actor=f"user:{by.user_id}"):
        place = Membership.objects.get(pk=place_id)
        if at:
            Membership.objects.filter(pk=place_id).update(ended_at=at, invited_as="")
            return
        place.delete()


@transaction.atomic
def join(*, place: Membership) -> None:
    """The invited person has come in: from now on the team sees the name of the account. One query."""
    Membership.objects.filter(pk=place.pk).update(invited_as="")
    place.invited_as = ""


@transaction.atomic
def change_role(*, by: Membership, place: Membership, role: str) -> None:
    """Raises ValidationError when the clinic would be left without an administrator."""
    check_can(by, Permission.MANAGE_CLINIC)
    if role != Role.ADMINISTRATOR:
        _keep_an_administrator(place.pk, by.clinic_id)
    Membership.objects.filter(pk=place.pk, clinic_id=by.clinic_id).update(role=role)


@transaction.atomic
def end_membership(*, by: Membership, place: Membership, at: datetime) -> None:
    """Takes effect with the person's next request. What they signed stays theirs; inviting them again brings them back."""
    check_can(by, Permission.MANAGE_CLINIC)
    _keep_an_administrator(place.pk, by.clinic_id)
    Membership.objects.filter(pk=place.pk, clinic_id=by.clinic_id, ended_at=None).update(ended_at=at, invited_as="")


def _keep_an_administrator(place_id: UUID, clinic_id: UUID) -> None:
    """Under a lock on the clinic, so that two administrators cannot remove each other in the same moment."""
    Clinic.objects.select_for_update().get(pk=clinic_id)
    administrators = Membership.objects.filter(
        clinic_id=clinic_id, role=Role.ADMINISTRATOR, ended_at=None, invited_as=""
    )
    if set(administrators.values_list("pk", flat=True)) == {place_id}:
        raise ValidationError(_("The clinic needs an administrator. Give someone else that role first."))
