"""The drawings themselves. They hold no patient's data and no clinic's: open to everybody, kept by browsers for a year."""

import gzip
import json
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from programs.drawings.addresses import AS_DRAWN, MIRRORED, PARTS, edition, picture, side_in
from programs.figures import motion_for

KEPT = "public, max-age=31536000, immutable"
KEPT_SHORTLY = "public, max-age=60"
"""For an address of another edition: a page loaded before a new version came, or after, while both run."""


@require_safe
@login_not_required
def figure(request: HttpRequest, digest: str, key: str, turned: str, part: str) -> HttpResponse:
    """One picture. No query."""
    body = _picture(key, turned, part) if turned in (AS_DRAWN, MIRRORED) and part in PARTS else None
    return _answer(request, body, "image/svg+xml", digest)


@require_safe
@login_not_required
def figure_motion(request: HttpRequest, digest: str, key: str, turned: str) -> HttpResponse:
    """One movement, as programs.figures tells it. No query."""
    body = _motion(key, turned) if turned in (AS_DRAWN, MIRRORED) else None
    return _answer(request, body, "application/json", digest)


@lru_cache(maxsize=512)
def _picture(key: str, side: str, part: str) -> bytes | None:
    """Packed, 5 to 15 KB each."""
    svg = picture(key, side_in(side), part)
    return None if svg is None else gzip.compress(svg.encode(), mtime=0)


@lru_cache(maxsize=128)
def _motion(key: str, side: str) -> bytes | None:
    """Packed, 10 to 40 KB each."""
    told = motion_for(key, side_in(side))
    return None if told is None else gzip.compress(json.dumps(told, separators=(",", ":")).encode(), mtime=0)


def _answer(request: HttpRequest, body: bytes | None, kind: str, digest: str) -> HttpResponse:
    if body is None:
        raise Http404
    takes_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(body if takes_packed else gzip.decompress(body), content_type=kind)
    if takes_packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["Cache-Control"] = KEPT if digest == edition() else KEPT_SHORTLY
    return response
