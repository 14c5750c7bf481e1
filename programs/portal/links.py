"""Patients' links: the secret is derived from the link's random id with the server's own secret, so a worker can print it
again, while the database holds only hashes. After a change of the server's secret, links given out before still open; to
print them again the old secret has to stand in SECRET_KEY_FALLBACKS.
"""

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from clinic.tenancy import lookup_scope
from programs.models import PatientLink

PAPER = "v"  # what a printed code asks: the version on the paper


class LinkLostError(RuntimeError):
    """No secret of this server makes this link's token any more: renew the link to print or mail it."""


@dataclass(frozen=True)
class FoundLink:
    """Where a token leads: ids only, nothing else of the record is readable before the clinic's scope is open."""

    link_id: UUID
    clinic_id: UUID
    program_id: UUID
    is_revoked: bool
    is_stopped: bool = False  # revoked by the runner


def derived(purpose: str, link_id: UUID, secret: str | bytes = "") -> str:
    """The token of one purpose, from this server's secret or another: 192 bits in 32 characters."""
    secret = secret or settings.SECRET_KEY
    digest = salted_hmac(f"strideback.{purpose}", str(link_id), secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[: settings.PATIENT_LINK_BYTES]).decode()


def derived_again(purpose: str, link_id: UUID, stored_hash: str) -> str:
    """The token whose hash is stored, with whichever secret made it. May raise LinkLostError."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        token = derived(purpose, link_id, secret)
        if constant_time_compare(hash_of(token), stored_hash):
            return token
    raise LinkLostError(f"The address of link {link_id} can no longer be made: renew the link.")


def token_of(link: PatientLink) -> str:
    """192 bits in 32 characters that fit a QR code and a line of a letter. May raise LinkLostError."""
    return derived_again("patient-link", link.pk, link.token_hash)


def unsubscribe_token_of(link: PatientLink) -> str:
    """Opens nothing but the stop of reminders. May raise LinkLostError."""
    return derived_again("unsubscribe", link.pk, link.unsubscribe_hash)


def hash_of(token: str) -> str:
    """SHA-256 is enough: the token is random, so there is nothing to guess from a list."""
    return hashlib.sha256(token.encode()).hexdigest()


def unsaved_link(*, program_id: UUID, clinic_id: UUID) -> PatientLink:
    """A link with its hashes, not yet written: for writing many at once."""
    link = PatientLink(program_id=program_id, clinic_id=clinic_id)
    link.token_hash = hash_of(derived("patient-link", link.pk))
    link.unsubscribe_hash = hash_of(derived("unsubscribe", link.pk))
    return link


def new_link(*, program_id: UUID, clinic_id: UUID) -> PatientLink:
    """Written inside the clinic's scope by issuing or renewing."""
    link = unsaved_link(program_id=program_id, clinic_id=clinic_id)
    link.save()
    return link


def url_for(link: PatientLink, *, version: int | None = None) -> str:
    """The runner's page; printed with the version it stands on, so that an old paper is told that it is old."""
    address: str = settings.SITE_URL + reverse("programs:today", args=[token_of(link)])
    return f"{address}?{PAPER}={version}" if version else address


def unsubscribe_url_for(link: PatientLink) -> str:
    return settings.SITE_URL + reverse("programs:unsubscribe", args=[unsubscribe_token_of(link)])


def find_link(token: str, *, unsubscribe: bool = False) -> FoundLink | None:
    """The link of this very token, looked up by its hash before any clinic is known. Two queries."""
    column, wanted = ("unsubscribe_hash" if unsubscribe else "token_hash"), hash_of(token)
    with lookup_scope(f"link:{wanted}"):
        row = (
            PatientLink.objects.filter(**{column: wanted})
            .values_list("pk", "clinic_id", "program_id", "revoked_at", "closed_by_runner")
            .first()
        )
    return FoundLink(*row[:3], is_revoked=row[3] is not None, is_stopped=row[4]) if row else None
