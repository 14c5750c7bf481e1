"""The runner's own pages beside the exercises: progress, choices, calendar, data, and stopping it all."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.portal.access import Visit, patient_page
from programs.portal.actions.choices import (
    Choices,
    change_choices,
    renew_own_calendar,
    stop_everything,
    stop_own_calendar,
)
from programs.portal.answers import LINK_HEADER, closed
from programs.portal.choice_forms import ChoicesForm
from programs.portal.export import archive
from programs.portal.my_progress import progress_of
from programs.portal.presenters import course_of
from programs.portal.queries import calendar_feed_of
from programs.push.phones import push_of
from programs.reminders.feed_links import feed_url


def _live(answer: HttpResponse) -> HttpResponse:
    """Not kept on the phone: it would show choices that no longer stand."""
    answer[LINK_HEADER] = "live"
    return answer


@require_safe
@patient_page
def progress(request: HttpRequest, visit: Visit) -> HttpResponse:
    course = course_of(visit.version.content)
    context = {"visit": visit, "clinic": visit.clinic, "page": "progress", "own": progress_of(visit), "course": course}
    return render(request, "portal/progress.html", context)


def _settings(request: HttpRequest, visit: Visit, form: ChoicesForm) -> HttpResponse:
    address = feed_url(calendar_feed_of(visit.program.pk))
    context = {
        "visit": visit,
        "clinic": visit.clinic,
        "page": "more",
        "form": form,
        "is_other_language": visit.version.content["language"] != visit.patient.language,
        "calendar": address,
        "push": push_of(visit.link),
        "webcal": f"webcal://{address.partition('://')[2]}" if address else "",
    }
    return _live(render(request, "portal/settings.html", context, status=422 if form.is_bound else 200))


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What the runner chose, and changing it. The answer speaks the language just chosen."""
    form = ChoicesForm(request.POST if request.method == "POST" else None, patient=visit.patient, clinic=visit.clinic)
    if not form.is_bound or not form.is_valid():
        return _settings(request, visit, form)
    change_choices(patient=visit.patient, choices=Choices(**form.cleaned_data))
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Your choices are saved."))
    return redirect("programs:patient_settings", visit.token)


@require_POST
@patient_page
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A first or another address, or none any more."""
    if request.POST.get("off"):
        stop_own_calendar(program=visit.program)
        messages.success(request, _("The calendar address is switched off."))
    else:
        renew_own_calendar(program=visit.program)
        messages.success(request, _("This is your calendar address. One you had before no longer works."))
    return redirect(f"{reverse('programs:patient_settings', args=[visit.token])}#calendar")


@require_safe
@patient_page
def data(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001
    """The file: no name in it nor on it."""
    headers = {"Content-Disposition": 'attachment; filename="my-program.zip"'}
    return _live(HttpResponse(archive(visit), content_type="application/zip", headers=headers))


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def stop(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Asks first; then nothing more comes, and this link opens nothing."""
    if request.method != "POST":
        context = {"visit": visit, "clinic": visit.clinic, "page": "more"}
        return _live(render(request, "portal/stop.html", context))
    stop_everything(program=visit.program)
    return closed(request, visit.clinic, status=200, why="stopped")
