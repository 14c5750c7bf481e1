"""Answers of the patient's page before anything of a program is shown: closed, wait, and the language they are in."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from clinic.models import Clinic
from clinic.throttle import MINUTE

LINK_HEADER = "X-Patient-Link"


def closed(request: HttpRequest, clinic: Clinic | None, *, status: int, why: str = "") -> HttpResponse:
    """A kind page with the clinic's number where we know the clinic; it tells nothing about the runner, so it is in the
    language the browser asks for. `why`: "ended", "stopped" by the runner, or "closed".
    """
    answer = in_asked_language(request, "portal/closed.html", {"clinic": clinic, "why": why}, status)
    answer[LINK_HEADER] = "closed"  # what a phone has kept of this link goes
    return answer


def wait(
    request: HttpRequest, template: str = "portal/wait.html", *, clinic: Clinic | None = None, seconds: int = MINUTE
) -> HttpResponse:
    """Too many tries: in plain words, with the clinic's number where we know the clinic."""
    answer = in_asked_language(request, template, {"clinic": clinic, "is_long": seconds > 60 * MINUTE}, 429)
    answer["Retry-After"] = str(seconds)
    return answer


def asked_language(request: HttpRequest) -> str:
    """The first of our languages the browser prefers; English where it names none of them."""
    ours = dict(settings.PATIENT_LANGUAGES)
    asked = re.findall(r"([A-Za-z]{2})[\w-]*(?:;q=([01](?:\.\d+)?))?", request.headers.get("Accept-Language", "")[:200])
    ranked = sorted(asked, key=lambda one: -float(one[1] or 1))
    return next((code.lower() for code, _weight in ranked if code.lower() in ours), "en")


def in_asked_language(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = asked_language(request)
    with translation.override(language):
        answer = render(request, template, context, status=status)
    answer["Content-Language"] = language
    return answer
