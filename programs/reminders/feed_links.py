"""Addresses of calendars: derived like patients' links, from a secret of their own purpose, and looked up by hash."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from clinic.tenancy import lookup_scope
from programs.models import CalendarFeed
from programs.portal.links import LinkLostError, derived, derived_again, hash_of

PURPOSE = "calendar"


@dataclass(frozen=True)
class FoundFeed:
    """Where a token leads: ids only, nothing else is readable before the clinic's scope is open."""

    feed_id: UUID
    clinic_id: UUID
    program_id: UUID


def feed_token(key: UUID) -> str:
    """192 bits in 32 characters."""
    return derived(PURPOSE, key)


def feed_url(feed: CalendarFeed | None) -> str:
    """The address, or empty when there is none, it is switched off, or this server's secret no longer makes it."""
    if feed is None or feed.revoked_at:
        return ""
    try:
        token = derived_again(PURPOSE, feed.key, feed.token_hash)
    except LinkLostError:
        return ""
    address: str = settings.SITE_URL + reverse("programs:calendar", args=[token])
    return address


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
