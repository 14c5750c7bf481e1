"""Addresses of calendars: derived like patients' links, from a secret of their own purpose, and looked up by hash."""

import base64
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from clinic.tenancy import lookup_scope
from programs.models import CalendarFeed
from programs.portal.links import hash_of


@dataclass(frozen=True)
class FoundFeed:
    """Where a token leads: ids only, nothing else is readable before the clinic's scope is open."""

    feed_id: UUID
    clinic_id: UUID
    program_id: UUID


def feed_token(key: UUID, secret: str = "") -> str:
    """192 bits in 32 characters."""
    digest = salted_hmac("strideback.calendar", str(key), secret=secret or settings.SECRET_KEY, algorithm="sha256")
    return base64.urlsafe_b64encode(digest.digest()[: settings.PATIENT_LINK_BYTES]).decode()


def feed_url(feed: CalendarFeed | None) -> str:
    """The address, or empty when there is none, it is switched off, or this server's secret no longer makes it."""
    if feed is None or feed.revoked_at:
        return ""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = feed_token(feed.key, secret)
        if constant_time_compare(hash_of(token), feed.token_hash):
            address: str = settings.SITE_URL + reverse("programs:calendar", args=[token])
            return address
    return ""


def find_feed(token: str) -> FoundFeed | None:
    """The calendar of this very token, before any clinic is known. Two queries."""
    wanted = hash_of(token)
    with lookup_scope(f"calendar:{wanted}"):
        row = (
            CalendarFeed.objects.filter(token_hash=wanted, revoked_at=None)
            .values_list("pk", "clinic_id", "program_id")
            .first()
        )
    return FoundFeed(*row) if row else None
