"""Requests with a known user and clinic, and the few ways a view answers."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.middleware import HtmxDetails

from clinic.models import Clinic, Membership, User


class ClinicRequest(HttpRequest):
    """What a view may rely on once the middleware let the request through."""

    user: User
    clinic: Clinic
    membership: Membership
    htmx: HtmxDetails

    @property
    def actor(self) -> str: ...


def page_or_partial(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """The whole page, or for htmx only the named partial of the same template. Permission is decided before this."""
    wants_part = bool(partial) and bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, f"{template}#{partial}" if wants_part else template, context, status=status)


def announce(response: HttpResponse, *events: str, said: str = "") -> HttpResponse:
    """Name the events that fragments listen for; `said` is spoken by the page's live region."""
    payload: dict[str, Any] = dict.fromkeys(events, True)
    if said:
        payload["announce"] = {"text": said}
    response["HX-Trigger"] = json.dumps(payload)
    return response


def go_to(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """A redirect that also works when htmx asked: the browser goes there, nothing is swapped into the page."""
    response = redirect(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response
