"""The clinic itself: its details, and changing from one clinic to another."""

from base64 import b64encode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic import actions, queries
from clinic.forms.people import ClinicForm, PaperForm, clinic_answers
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires


@requires(Permission.MANAGE_CLINIC)
def settings(request: ClinicRequest) -> HttpResponse:
    form = ClinicForm(request.POST or None, initial=clinic_answers(request.clinic))
    if request.method == "POST" and form.is_valid():
        actions.change_clinic(by=request.membership, clinic=request.clinic, details=form.details())
        messages.success(
            request, _("The clinic's details are saved. Papers that are printed already keep the old ones.")
        )
        return redirect("clinic:settings")
    context = {"section": "clinic", "tab": "settings", "form": form}
    return page_or_partial(request, "clinic/settings.html", context, status=422 if request.method == "POST" else 200)


@requires(Permission.MANAGE_CLINIC)
def paper(request: ClinicRequest) -> HttpResponse:
    """Logo and colour of what is printed from now on."""
    form = PaperForm(request.POST or None, request.FILES or None, initial={"colour": request.clinic.colour})
    if request.method == "POST" and form.is_valid():
        actions.change_paper(by=request.membership, clinic=request.clinic, **form.cleaned_data)
        messages.success(request, _("Saved. What is printed from now on looks like this."))
        if form.is_darkened:
            messages.warning(
                request,
                _(
                    "This colour is too light for words on white paper. A darker one of its kind is kept: {colour}."
                ).format(colour=form.cleaned_data["colour"]),
            )
        return redirect("clinic:paper")
    logo = queries.logo_of(request.clinic)
    shown = f"data:image/png;base64,{b64encode(logo.image).decode()}" if logo else ""
    context = {"section": "clinic", "tab": "paper", "form": form, "logo": shown}
    return page_or_partial(request, "clinic/paper.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def switch(request: ClinicRequest) -> HttpResponse:
    """Works from now on in another of the person's own clinics; any other id is as if it did not exist."""
    chosen = next((place for place in request.memberships if str(place.clinic_id) == request.POST.get("clinic")), None)
    if chosen is None:
        raise Http404
    request.session["clinic_id"] = str(chosen.clinic_id)
    messages.info(request, _("You now work in {clinic}.").format(clinic=chosen.clinic.name))
    return redirect("/")
