"""What became of the last letter, and whose address was opened."""

from uuid import UUID

from clinic.models import Membership
from programs.models import Digest


def last_digest(place: Membership) -> Digest | None:
    """One query."""
    return Digest.objects.filter(membership=place).order_by("-week").first()


def open_place(membership_id: UUID) -> Membership | None:
    """A membership that has not ended, with its clinic. Inside that clinic's scope. One query."""
    return Membership.objects.select_related("clinic").filter(pk=membership_id, ended_at=None).first()
