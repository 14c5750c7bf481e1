"""The runner's phone takes reminders, or no longer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programs.portal.access import Visit, patient_page
from programs.push.forms import PhoneForm
from programs.push.phones import NotAPhoneError, push_of, subscribe, unsubscribe


def _back(visit: Visit) -> HttpResponse:
    return redirect(f"{reverse('programs:patient_settings', args=[visit.token])}#push")


@require_POST
@patient_page
def push_on(request: HttpRequest, visit: Visit) -> HttpResponse:
    """From portal-push.js: the form carries what the browser was given by its push service."""
    form = PhoneForm(request.POST)
    try:
        if not push_of(visit.link) or not form.is_valid():
            raise NotAPhoneError("Nothing to subscribe.")
        subscribe(link=visit.link, **form.cleaned_data)
    except NotAPhoneError:
        messages.error(request, _("This browser cannot be reached for reminders. They go on by e-mail."))
    else:
        messages.success(request, _("Reminders come on this phone now, and no longer by e-mail."))
    return _back(visit)


@require_POST
@patient_page
def push_off(request: HttpRequest, visit: Visit) -> HttpResponse:
    """This browser, when the form names it; without script every phone of this link."""
    unsubscribe(link=visit.link, endpoint=request.POST.get("endpoint", "")[:1000])
    messages.success(request, _("Reminders no longer come here."))
    return _back(visit)
