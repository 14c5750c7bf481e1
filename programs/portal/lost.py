"""A lost link: it is sent to the address the clinic has noted, and the answer never tells whether there is one."""

import hashlib
import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from clinic.tenancy import clinic_scope, runners_at
from clinic.throttle import HOUR, QUARTER, Limit, client_address
from programs.models import LinkMail
from programs.portal.answers import in_asked_language, wait
from programs.portal.links import LinkLostError, token_of
from programs.portal.queries import open_links
from programs.reminders.link_mail import send_link

FROM_ONE_ADDRESS = Limit("lost-link-address", settings.LOST_LINK_TRIES_FROM_ONE_ADDRESS, QUARTER)
FOR_ONE_EMAIL = Limit("lost-link", settings.LOST_LINK_TRIES_FOR_ONE_EMAIL, HOUR)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """GET asks for the address; POST gives the same answer after the same time, whoever is known."""
    if request.method != "POST":
        return in_asked_language(request, "portal/lost.html", {})
    begun = time.monotonic()
    email = request.POST.get("email", "").strip()[:254]
    try:
        validate_email(email)
    except ValidationError:
        return in_asked_language(request, "portal/lost.html", {"is_wrong": True, "email": email}, 422)
    hashed = hashlib.sha256(email.lower().encode()).hexdigest()
    if not (FROM_ONE_ADDRESS.takes(client_address(request)) and FOR_ONE_EMAIL.takes(hashed)):
        return wait(request, "portal/wait_lost.html", seconds=HOUR)
    send_links_to(email)
    answer = in_asked_language(request, "portal/lost.html", {"is_asked": True})
    time.sleep(max(0.0, settings.LOST_LINK_ANSWER_SECONDS - (time.monotonic() - begun)))
    return answer


def send_links_to(email: str) -> int:
    """One mail for every running program of every runner with this address; how many were ordered.

    A link that was closed stays closed, by staff or by the runner; one that this server can no longer make is left to the
    clinic. One query, and for each runner found a scope and one more.
    """
    ordered = 0
    for clinic_id, patient_id in runners_at(email):
        with clinic_scope(clinic_id, actor="system:lost link"):
            for link in open_links(patient_id):
                try:
                    token_of(link)
                except LinkLostError:
                    continue
                send_link(program=link.program, kind=LinkMail.Kind.LOST)
                ordered += 1
    return ordered
