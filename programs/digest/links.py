"""The way out without a login: a signed address that names one membership and can do nothing but this."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from clinic.models import Membership

SALT = "programs.digest.stop"
NAMED, SIGNED = (
    32,
    16,
)  # bytes: two ids and their signature, 64 characters in all, so that the mail's header is one line


class Place(NamedTuple):
    clinic_id: UUID
    membership_id: UUID


def _signature(named: bytes, key: str) -> bytes:
    return salted_hmac(SALT, named, secret=key, algorithm="sha256").digest()[:SIGNED]


def stop_token(place: Membership) -> str:
    named = place.clinic_id.bytes + place.pk.bytes
    return urlsafe_b64encode(named + _signature(named, settings.SECRET_KEY)).decode()


def stop_url(place: Membership) -> str:
    return settings.SITE_URL.rstrip("/") + reverse("programs:digest_stop", args=[stop_token(place)])


def place_of(token: str) -> Place | None:
    """Whose it is, or None for anything we did not sign. It never expires: nobody has to ask us to stop writing."""
    try:
        whole = urlsafe_b64decode(token.encode())
    except (binascii.Error, ValueError):
        return None
    named, signature = whole[:NAMED], whole[NAMED:]
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if len(named) < NAMED or not any(constant_time_compare(signature, _signature(named, key)) for key in keys):
        return None
    return Place(UUID(bytes=named[: NAMED // 2]), UUID(bytes=named[NAMED // 2 :]))
