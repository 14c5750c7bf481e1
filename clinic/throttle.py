"""A small counter per minute in the shared cache, for doors that need no login."""

from django.core.cache import cache


def too_many(kind: str, who: str, *, per_minute: int) -> bool:
    """Count one try and say whether `who` has gone over the limit. Two cache calls; a lost cache lets people in."""
    key = f"throttle:{kind}:{who}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > per_minute
    except ValueError:  # the minute ended between the two calls
        return False
