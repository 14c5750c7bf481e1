"""Choosing the week's letter, and stopping it without a login. Opening the address changes nothing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.http import ClinicRequest
from clinic.permissions import Permission, requires
from clinic.tenancy import clinic_scope
from programs.digest import queries
from programs.digest.actions import choose_digest
from programs.digest.links import place_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_PATIENTS)
def choose(request: ClinicRequest) -> HttpResponse:
    """One's own checkbox, with what became of the last letter."""
    if request.method == "POST":
        wanted = request.POST.get("wanted") == "1"
        choose_digest(by=request.membership, wanted=wanted)
        messages.success(request, _("The letter comes on Mondays.") if wanted else _("No letter on Mondays."))
        return redirect("programs:digest")
    context = {"section": "", "last": queries.last_digest(request.membership)}
    return render(request, "digest/choose.html", context)


@csrf_exempt  # RFC 8058: the mail provider posts without cookies; the signature is the permission
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST stops (or takes up again with resume=1). One click from the mail program posts here."""
    found = place_of(token)
    if found is None:
        raise Http404
    with clinic_scope(found.clinic_id, actor="system:programs.digest.stop"):
        place = queries.open_place(found.membership_id)
        if place is None:
            raise Http404
        if request.method == "POST":
            choose_digest(by=place, wanted=request.POST.get("resume") == "1")
            place.refresh_from_db(fields=["weekly_digest"])
        context = {"place": place, "changed": request.method == "POST"}
        return render(request, "digest/stop.html", context)
