"""Stopping reminders without a login. Opening the address changes nothing, so a link scanner cannot stop them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.tenancy import clinic_scope
from programs.portal.access import knock, patient_behind
from programs.reminders.actions import choose_reminders


@csrf_exempt  # RFC 8058: the mail provider posts without cookies; the token is the permission
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops (or takes up again with resume=1). One click from the mail program posts here.

    It stays open after the program ended or the link was renewed: nobody has to ask us to stop writing.
    """
    found = knock(request, token, unsubscribe=True)
    if isinstance(found, HttpResponse):
        return found
    with clinic_scope(found.clinic_id, actor=f"patient:{found.link_id}"):
        patient, clinic = patient_behind(found)
        if request.method == "POST":
            choose_reminders(patient=patient, wanted=request.POST.get("resume") == "1")
            patient.refresh_from_db(fields=["reminders"])
        with translation.override(patient.language):
            context = {"clinic": clinic, "wanted": patient.reminders, "changed": request.method == "POST"}
            answer = render(request, "reminders/unsubscribe.html", context)
        answer["Content-Language"] = patient.language
        return answer
