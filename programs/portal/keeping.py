"""What lets a phone keep the page: the worker that opens it without connection, and the manifest that installs it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

ICONS = [("img/app-192.png", "192x192"), ("img/app-512.png", "512x512"), ("img/app.svg", "any")]


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The same few bytes for every link; each link's page starts it for its own address alone. No query.

    They name the script by its content, so that a phone takes a new release's worker the next time it asks, which is at
    every visit.
    """
    answer = HttpResponse(f'importScripts("{static("js/portal-worker.js")}");\n', content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    answer["Service-Worker-Allowed"] = "/my/"
    return answer


@login_not_required
@require_safe
def manifest(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """The page on the phone's first screen, under the product's name: nothing of the clinic, the runner or the program.

    It only says the address back that was asked with, so it neither looks the link up nor tells whether there is one.
    """
    start = reverse("programs:today", args=[token])
    kinds = {"png": "image/png", "svg": "image/svg+xml"}
    told = {
        "id": start,
        "name": "Strideback",
        "short_name": "Strideback",
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#f7f6f3",
        "theme_color": "#f7f6f3",
        "icons": [
            {"src": static(path), "sizes": sizes, "type": kinds[path[-3:]], "purpose": purpose}
            for path, sizes in ICONS
            for purpose in ("any", "maskable")
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json")
