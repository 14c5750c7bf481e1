"""What lets a phone keep the page: the worker that opens it without connection."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe


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
