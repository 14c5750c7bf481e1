"""Patients' links: the secret is derived from the link's random id with the server's own secret, so a worker can print it
again, while the database holds only hashes. Another server secret or a revoked link makes an old address useless.
"""

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from clinic.tenancy import lookup_scope
from programs.models import PatientLink


@dataclass(frozen=True)
class FoundLink:
    """Where a token leads: ids only, nothing else of the record is readable before the clinic's scope is open."""

    link_id: UUID
    clinic_id: UUID
    program_id: UUID
    is_revoked: bool


def _token(purpose: str, link_id: UUID) -> str:
    digest = salted_hmac(f"strideback.{purpose}", str(link_id), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[: settings.PATIENT_LINK_BYTES]).decode()


def token_of(link: PatientLink) -> str:
    """192 bits in 32 characters that fit a QR code and a line of a letter."""
    return _token("patient-link", link.pk)


def unsubscribe_token_of(link: PatientLink) -> str:
    return _token("unsubscribe", link.pk)


def hash_of(token: str) -> str:
    """SHA-256 is enough: the token is random, so there is nothing to guess from a list."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(*, program_id: UUID, clinic_id: UUID) -> PatientLink:
    """Written inside the clinic's scope by issuing or renewing."""
    link = PatientLink(program_id=program_id, clinic_id=clinic_id)
    link.token_hash, link.unsubscribe_hash = hash_of(token_of(link)), hash_of(unsubscribe_token_of(link))
    link.save()
    return link


def url_for(link: PatientLink) -> str:
    return settings.SITE_URL + reverse("programs:today", args=[token_of(link)])


def unsubscribe_url_for(link: PatientLink) -> str:
    return settings.SITE_URL + reverse("programs:unsubscribe", args=[unsubscribe_token_of(link)])


def find_link(token: str, *, unsubscribe: bool = False) -> FoundLink | None:
    """The link of this very token, looked up by its hash before any clinic is known. Two queries."""
    column, wanted = ("unsubscribe_hash" if unsubscribe else "token_hash"), hash_of(token)
    with lookup_scope(f"link:{wanted}"):
        row = PatientLink.objects.filter(**{column: wanted}).values_list("pk", "clinic_id", "program_id", "revoked_at").first()
    return FoundLink(row[0], row[1], row[2], row[3] is not None) if row else None
