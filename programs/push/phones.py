"""A runner's phones: which take reminders, taking one up, ending one."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.models import PatientLink, PushSubscription
from programs.push.endpoints import checked
from programs.push.keys import decoded, public_key

MOST_PHONES = 5  # of one link; a sixth takes the place of the oldest
PUBLIC_BYTES, AUTH_BYTES = 65, 16


class NotAPhoneError(ValueError):
    """What a browser sent is no subscription that could be called."""


@dataclass(frozen=True)
class PushChoice:
    """For the settings page: the key to subscribe with, how many phones take reminders now, and by what each knows itself."""

    key: str
    phones: int
    hashes: str


def push_of(link: PatientLink) -> PushChoice | None:
    """None where push is not offered. One query."""
    key = public_key()
    if not key:
        return None
    hashes = list(_live(link.pk).values_list("endpoint_hash", flat=True))
    return PushChoice(key, len(hashes), " ".join(hashes))


def live_phones(program_id: UUID) -> list[PushSubscription]:
    """The phones of the program's open link, newest first. One query."""
    phones = PushSubscription.objects.filter(link__program=program_id, link__revoked_at=None, ended_at=None)
    return list(phones.order_by("-created_at")[:MOST_PHONES])


def _live(link_id: UUID) -> QuerySet[PushSubscription]:
    return PushSubscription.objects.filter(link=link_id, ended_at=None)


@transaction.atomic
def subscribe(*, link: PatientLink, endpoint: str, p256dh: str, auth: str) -> PushSubscription:
    """This browser takes reminders from now on. Twice changes nothing more. Raises NotAPhoneError."""
    try:
        checked(endpoint)
        sizes = (len(decoded(p256dh)), len(decoded(auth)))
    except ValueError as error:
        raise NotAPhoneError(str(error)) from error
    if sizes != (PUBLIC_BYTES, AUTH_BYTES):
        raise NotAPhoneError("Keys of another size.")
    PatientLink.objects.select_for_update().get(pk=link.pk)
    phone, _made = PushSubscription.objects.update_or_create(
        link=link,
        endpoint_hash=hash_of(endpoint),
        defaults={
            "clinic_id": link.clinic_id,
            "endpoint": endpoint,
            "p256dh": p256dh,
            "auth": auth,
            "ended_at": None,
            "ended_why": "",
        },
    )
    newest = _live(link.pk).exclude(pk=phone.pk).order_by("-created_at").values_list("pk", flat=True)
    end_phones(ids=list(newest[MOST_PHONES - 1 :]), why=_("Another phone took its place."), at=timezone.now())
    return phone


@transaction.atomic
def unsubscribe(*, link: PatientLink, endpoint: str = "") -> int:
    """One browser, or all of this link's when none is named, take no more. Answers how many did until now."""
    phones = _live(link.pk)
    if endpoint:
        phones = phones.filter(endpoint_hash=hash_of(endpoint))
    ids = list(phones.values_list("pk", flat=True))
    end_phones(ids=ids, why=_("Switched off by the runner."), at=timezone.now())
    return len(ids)


def end_phones(*, ids: Collection[UUID], why: str, at: datetime) -> None:
    """These take nothing more; their address and keys go, since nobody will call them again."""
    PushSubscription.objects.filter(pk__in=ids, ended_at=None).update(
        ended_at=at, ended_why=why, endpoint="", p256dh="", auth=""
    )


def hash_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()
