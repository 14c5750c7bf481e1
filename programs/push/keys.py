"""This installation's key for push services. Without one, push is not offered. cryptography is loaded on first use only."""

import base64
import binascii
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def private_key() -> str:
    """As the libraries read it: base64 for addresses, without padding. Empty: push is not offered."""
    return _readable(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """What a browser subscribes with; it may be known to everybody. Empty: push is not offered."""
    return _public_of(private_key())


def decoded(text: str) -> bytes:
    """Base64 of either alphabet, padded or not. Raises ValueError."""
    plain = text.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@lru_cache(maxsize=4)
def _readable(text: str) -> str:
    try:
        key = decoded(text)
    except ValueError as error:
        raise ImproperlyConfigured("VAPID_PRIVATE_KEY is not base64: use 32 random bytes in base64") from error
    if key and len(key) != KEY_BYTES:
        raise ImproperlyConfigured("VAPID_PRIVATE_KEY has another length than 32 bytes: use 32 random bytes in base64")
    return encoded(key)


@lru_cache(maxsize=4)
def _public_of(private: str) -> str:
    if not private:
        return ""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = ec.derive_private_key(int.from_bytes(decoded(private), "big"), ec.SECP256R1())
    return encoded(key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
