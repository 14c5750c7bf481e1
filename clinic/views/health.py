"""Whether this process can do its work: asked every few seconds by the machine that watches it."""

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

SECONDS = 2


def _answers(address: str) -> bool:
    with redis.Redis.from_url(address, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as server:
        return bool(server.ping())


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """200 when database, broker and cache answer, else 503; it never says which."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        well = all(_answers(address) for address in {settings.BROKER_URL, settings.CACHE_URL})
    except (DatabaseError, redis.RedisError, ValueError):
        well = False
    return JsonResponse({"status": "ok" if well else "unavailable"}, status=200 if well else 503)
