"""A small counter per minute in the shared cache, for doors that need no login. A lost cache lets people in."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60  # seconds


def client_address(request: HttpRequest) -> str:
    """The network address of who asks, behind as many proxies as the settings trust."""
    return str(get_adapter().get_client_ip(request))


def is_over(kind: str, who: str, *, per_minute: int) -> bool:
    """Whether `who` used up the tries of this minute. One cache call."""
    return int(cache.get(f"throttle:{kind}:{who}") or 0) >= per_minute


def count_try(kind: str, who: str) -> None:
    """Two cache calls; the minute starts with the first try."""
    key = f"throttle:{kind}:{who}"
    cache.add(key, 0, timeout=MINUTE)
    try:
        cache.incr(key)
    except ValueError:  # the minute ended between the two calls
        return
