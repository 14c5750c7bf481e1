"""Something new: plain questions, advice at once, and an alert to the clinic. Nothing is said about what it may be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programs.portal.access import Visit, patient_page
from programs.portal.actions import tell_something_new
from programs.portal.forms import SomethingNew
from programs.portal.presenters import Day
from programs.portal.presenters_new import asked_questions
from programs.portal.queries_reported import newest_symptom
from programs.portal.sending import onward, told_in
from programs.portal.views.frame import frame
from programs.progression.screening import urgency_of


@require_http_methods(["GET", "HEAD", "POST"])
@patient_page
def new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The questions, none of them answered beforehand. The advice stands in the page, so that it needs no connection."""
    form = SomethingNew(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        told = told_in(request, timezone.now())
        day = min(timezone.localdate(told.at), visit.today)
        tell_something_new(
            program=visit.program, day=day, answers=form.answers, note=form.cleaned_data["note"], told=told
        )
        return onward(request, reverse("programs:patient_new_told", args=[visit.token]))
    context = frame(request, visit, Day(visit.today, [])) | {
        "questions": asked_questions(form),
        "note": form.data.get("note", "") if form else "",
        "errors": [errors[0] for errors in form.errors.values()] if form else [],
    }
    return render(request, "portal/new.html", context, status=422 if form else 200)


@require_safe
@patient_page
def told(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What to do now, after what was told last; only the server says that the clinic can see it."""
    newest = newest_symptom(visit.program.pk)
    if newest is None:
        return redirect("programs:patient_new", visit.token)
    context = frame(request, visit, Day(visit.today, [])) | {"new": newest, "urgency": urgency_of(newest.answers)}
    return render(request, "portal/new_told.html", context)
