"""Which addresses we call: a browser hands us one, so only those of known push services are taken, by https."""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings

KNOWN = (
    "fcm.googleapis.com",  # Chrome, Edge on Android, Samsung, Opera
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
MOST_CHARACTERS = 1000
HTTPS = 443


class EndpointError(ValueError):
    """Not an address of a push service we call."""


def checked(endpoint: str) -> SplitResult:
    """The parts of an address that may be called, or EndpointError. Nothing is looked up and nothing is called."""
    if len(endpoint) > MOST_CHARACTERS or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise EndpointError("No address.")
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise EndpointError("No address.") from error
    if parts.username is not None or parts.password is not None or not host:
        raise EndpointError("No address of a push service.")
    if f"{parts.scheme}://{parts.netloc}" in settings.PUSH_HOSTS:
        return parts
    if parts.scheme != "https" or port not in (None, HTTPS):
        raise EndpointError("Push services are called by https only.")
    if not any(host == known or host.endswith(f".{known}") for known in (*KNOWN, *settings.PUSH_HOSTS)):
        raise EndpointError("No push service we know.")
    return parts
