"""Who wants the letter, and writing down whose week has come."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from clinic.models import Clinic, Membership
from programs.models import Digest


@transaction.atomic
def choose_digest(*, by: Membership, wanted: bool) -> None:
    """Somebody's own choice, for this clinic; doing it twice changes nothing."""
    Membership.objects.filter(pk=by.pk).exclude(weekly_digest=wanted).update(weekly_digest=wanted)


@transaction.atomic
def plan_digests(*, clinic: Clinic, week: date) -> list[UUID]:
    """One row for each who wants it; the week's unique key makes a second planner harmless. Ids to ring for. Three queries."""
    wanting = Membership.objects.filter(clinic=clinic, weekly_digest=True, ended_at=None, user__is_active=True)
    have = set(Digest.objects.filter(clinic=clinic, week=week).values_list("membership", flat=True))
    rows = [
        Digest(id=uuid4(), clinic=clinic, membership_id=place, week=week)
        for place in wanting.values_list("pk", flat=True)
        if place not in have
    ]
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.pk for row in rows]
