"""Handing one message to the push service of one phone. In the worker only: it loads the libraries that encrypt and sign."""

import json
import os
import time
from dataclasses import dataclass
from email.utils import parseaddr
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult

from django.conf import settings

from programs.models import PushSubscription
from programs.push.endpoints import EndpointError, checked
from programs.push.keys import decoded, private_key

TIMEOUT_S = 10
SIGNED_FOR_S = 12 * 3600  # RFC 8292 2: at most a day
MOST_OF_AN_ANSWER = 2_000
OK = range(200, 300)
GONE = (404, 410)  # RFC 8030 7.3: the subscription has ended
LATER = 429


class Said(StrEnum):
    TAKEN = "taken"
    GONE = "gone"
    LATER = "later"  # took nothing, and may later
    REFUSED = "refused"  # takes nothing of ours
    UNKNOWN = "unknown"  # the line broke while it was leaving


@dataclass(frozen=True)
class Answer:
    said: Said
    code: int | None = None


@dataclass(frozen=True)
class Message:
    """What is shown, for how long it may still be shown, and the name under which a newer one takes its place."""

    told: dict[str, str]
    seconds: int
    topic: str


@dataclass
class Call:
    """An open line to one phone's push service. Redirects are not followed: only the checked address is called."""

    phone: PushSubscription
    parts: SplitResult
    line: HTTPConnection

    def hand_over(self, message: Message) -> Answer:
        """One message, encrypted so that only this phone reads it."""
        try:
            headers = _signed(self.parts) | {
                "Content-Encoding": "aes128gcm",
                "Content-Type": "application/octet-stream",
                "TTL": str(message.seconds),
                "Urgency": "normal",
                "Topic": message.topic,
            }
            body = _encrypted(self.phone, message)
        except ValueError:
            self.line.close()
            return Answer(Said.GONE, GONE[0])  # keys that are no keys: nothing can be sent to this phone
        target = self.parts.path + (f"?{self.parts.query}" if self.parts.query else "")
        try:
            self.line.request("POST", target or "/", body=body, headers=headers)
            answer = self.line.getresponse()
            code = answer.status
            answer.read(MOST_OF_AN_ANSWER)
        except (OSError, HTTPException):
            return Answer(Said.UNKNOWN)
        finally:
            self.line.close()
        return Answer(_meaning(code), code)


def call(phone: PushSubscription) -> Call | None:
    """A line to the phone's service that stands, before anything is promised; None when none can be had."""
    try:
        parts = checked(phone.endpoint)
    except EndpointError:
        return None
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_S)
    try:
        line.connect()
    except OSError:
        line.close()
        return None
    return Call(phone, parts, line)


def _meaning(code: int) -> Said:
    if code in OK:
        return Said.TAKEN
    if code in GONE:
        return Said.GONE
    return Said.LATER if code == LATER or code >= 500 else Said.REFUSED


def _signed(parts: SplitResult) -> dict[str, str]:
    from py_vapid import Vapid02  # type: ignore[import-untyped]

    claims = {
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNED_FOR_S,
    }
    signed: dict[str, str] = Vapid02.from_raw(private_key().encode()).sign(claims)
    return signed


def _encrypted(phone: PushSubscription, message: Message) -> bytes:
    import http_ece  # type: ignore[import-untyped]
    from cryptography.hazmat.primitives.asymmetric import ec

    once = ec.generate_private_key(ec.SECP256R1())
    body: bytes = http_ece.encrypt(
        json.dumps(message.told, ensure_ascii=False).encode(),
        salt=os.urandom(16),
        private_key=once,
        dh=decoded(phone.p256dh),
        auth_secret=decoded(phone.auth),
        version="aes128gcm",
    )
    return body
