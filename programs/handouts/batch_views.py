"""Print again for all running programs: ask, watch, cancel, try again, take the files."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from clinic.forms.questions import Questions
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires
from programs import actions
from programs.actions.prints import newest_running
from programs.handouts.access import get_batch
from programs.handouts.batch import as_zip, finished, progress
from programs.models import Handout, HandoutBatch

EARLIER = 10


class BatchForm(Questions):
    kind = forms.ChoiceField(label=gettext_lazy("Which print?"), choices=Handout.Kind.choices, widget=forms.RadioSelect)
    paper = forms.ChoiceField(
        label=gettext_lazy("On which paper?"), choices=[("A4", "A4"), ("Letter", "Letter")], widget=forms.RadioSelect
    )


@requires(Permission.PRESCRIBE)
def batches(request: ClinicRequest) -> HttpResponse:
    """The question, and the batches asked for last."""
    initial = {"kind": Handout.Kind.FRIDGE, "paper": request.clinic.paper}
    form = BatchForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.order_batch(by=request.user, clinic=request.clinic, **form.cleaned_data)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return redirect("programs:batches")
        return redirect("programs:batch", made.pk)
    earlier = HandoutBatch.objects.filter(clinic=request.clinic).select_related("by")[:EARLIER]
    running = len(newest_running(request.clinic.pk))
    context = {"section": "caseload", "form": form, "running": running, "earlier": earlier}
    status = 422 if request.method == "POST" else 200
    return page_or_partial(request, "programs/batches.html", context, status=status)


@require_safe
@requires(Permission.PRESCRIBE)
def batch(request: ClinicRequest, batch_id: UUID) -> HttpResponse:
    """How far it is. htmx asks every two seconds until it is over; without script one reloads."""
    found = get_batch(request, batch_id)
    context = {"section": "caseload", "batch": found, "progress": progress(found)}
    return page_or_partial(request, "programs/batch.html", context, partial="progress")


@require_POST
@requires(Permission.PRESCRIBE)
def cancel(request: ClinicRequest, batch_id: UUID) -> HttpResponse:
    found = get_batch(request, batch_id)
    number = actions.cancel_batch(by=request.user, batch=found)
    messages.info(request, _("{number} handouts are not made any more.").format(number=number))
    return redirect("programs:batch", found.pk)


@require_POST
@requires(Permission.PRESCRIBE)
def retry(request: ClinicRequest, batch_id: UUID) -> HttpResponse:
    found = get_batch(request, batch_id)
    actions.retry_batch(by=request.user, batch=found)
    return redirect("programs:batch", found.pk)


@require_safe
@requires(Permission.PRESCRIBE)
def file(request: ClinicRequest, batch_id: UUID) -> StreamingHttpResponse:
    """All that is done, as one file that nothing on the way keeps and that is named after nobody."""
    files = finished(get_batch(request, batch_id), by=request.user)
    headers = {
        "Content-Disposition": 'attachment; filename="handouts.zip"',
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
    }
    archive = as_zip(files, clinic_id=request.clinic.pk, by=request.user)
    return StreamingHttpResponse(archive, content_type="application/zip", headers=headers)
