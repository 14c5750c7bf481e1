"""Login by default, session limits, the current clinic, and the headers Django does not set by itself."""

import json
import time
import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clinic import team
from clinic.models import Membership
from clinic.tenancy import clinic_scope, lookup_scope

Handler = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Permissions-Policy, and no caching of pages with patients' data by anything between us and the reader."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cache-Control", "no-store, private")
        return response


UNASKED = "Strideback-Unasked"  # header of requests a page makes by itself, which are no sign that somebody is there


class SessionLimits:
    """Signs out after SESSION_IDLE_MINUTES without a request by a person and after SESSION_LIMIT_HOURS in any case."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            started = request.session.setdefault("started_at", now)
            seen = request.session.get("seen_at", now)
            too_long = now - started > settings.SESSION_LIMIT_HOURS * 3600
            if too_long or now - seen > settings.SESSION_IDLE_MINUTES * 60:
                logout(request)
                messages.info(request, _("You were signed out to keep patients' data safe. Sign in to go on."))
            elif "seen_at" not in request.session or (now - seen >= 60 and UNASKED not in request.headers):
                request.session["seen_at"] = now
        return self.get_response(request)


class LoginRequired(LoginRequiredMiddleware):
    """Every address needs a login unless its view is marked `login_not_required`.

    A request made by script is answered with 401 and, as the event "signed-out", with what happened and where to log in: the
    page stays as it is, with everything on it, and says so. After the login the person is back on it.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        if getattr(request, "htmx", False):
            back_to = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
            login = f"{reverse(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: back_to})}"
            words = _("You were signed out to keep patients' data safe. Log in again to go on.")
            event = json.dumps({"signed-out": {"text": words, "login": login}})
            return HttpResponse(words, status=401, content_type="text/plain", headers={"HX-Trigger": event})
        return super().handle_no_permission(request, view_func)


class CurrentClinic:
    """Runs every signed-in view inside its clinic's scope, in one transaction: two queries and the savepoints Django adds.

    A person with several clinics works in the one chosen last (session key `clinic_id`); the choice is checked again on every
    request, so ending a membership takes effect at once.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        membership = self.membership(request)
        if membership is None:
            view_name = (request.resolver_match and request.resolver_match.view_name) or ""
            if view_name.startswith("account_"):
                return None
            return render(request, "clinic/no_clinic.html", status=403)
        request.membership = membership  # type: ignore[attr-defined]
        request.clinic = membership.clinic  # type: ignore[attr-defined]
        request.actor = f"user:{request.user.pk}"  # type: ignore[attr-defined]
        timezone.activate(zoneinfo.ZoneInfo(membership.clinic.time_zone))
        with clinic_scope(membership.clinic_id, actor=request.actor):  # type: ignore[attr-defined]
            if membership.invited_as:
                team.join(place=membership)
            return view(request, *args, **kwargs)

    @staticmethod
    def membership(request: HttpRequest) -> Membership | None:
        wanted = request.session.get("clinic_id")
        with lookup_scope(f"user:{request.user.pk}"):
            mine = list(
                Membership.objects.filter(user=request.user, ended_at=None)
                .select_related("clinic")
                .order_by("created_at")
            )
        request.memberships = mine  # type: ignore[attr-defined]
        return next((m for m in mine if str(m.clinic_id) == wanted), mine[0] if mine else None)
