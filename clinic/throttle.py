"""Small counters in the shared cache, for doors that need no login. A lost cache lets people in."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MINUTE = 60  # seconds
QUARTER, HOUR, DAY = 15 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE


@dataclass(frozen=True)
class Limit:
    """So many tries of one kind in so many seconds."""

    kind: str
    most: int
    seconds: int

    def takes(self, who: str) -> bool:
        """Count this try; False when it is one too many. It is counted first, so that many at once gain nothing.

        Two cache calls; the time starts with the first try, and more of them do not lengthen it.
        """
        key = f"throttle:{self.kind}:{self.seconds}:{who}"
        cache.add(key, 0, timeout=self.seconds)
        try:
            return int(cache.incr(key)) <= self.most
        except ValueError:  # the time ended between the two calls
            return True


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
