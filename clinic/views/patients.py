"""Patients: the list, the record, the form, and putting away."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clinic import access, actions, presenters, queries, timeline
from clinic.forms.patients import PatientForm, as_answers, blank_answers
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, can, requires

ROWS = 50


@require_GET
@requires(Permission.VIEW_PATIENTS)
def patients(request: ClinicRequest) -> HttpResponse:
    access.remember_reading(request, None)
    text, archived = request.GET.get("q", "").strip(), request.GET.get("show") == "archived"
    found = queries.patients_matching(request.clinic, text, archived=archived)
    counts = queries.patient_counts(request.clinic, text, archived=archived)
    pages = Paginator(found, ROWS)
    pages.count = counts["found"]  # already counted together with the others
    kept = {"show": "archived"} if archived else {}
    context = {
        "section": "patients",
        "text": text,
        "archived": archived,
        "counts": counts,
        "page": pages.get_page(request.GET.get("page")),
        "keep": urlencode(kept | ({"q": text} if text else {})) + "&" if kept or text else "",
        "may_edit": can(request.membership, Permission.EDIT_PATIENTS),
    }
    return page_or_partial(request, "clinic/patients.html", context, partial="results")


@require_GET
@requires(Permission.VIEW_PATIENTS)
def patient(request: ClinicRequest, patient_id: UUID) -> HttpResponse:
    record = access.get_patient(request, patient_id)
    told = timeline.stories(request.clinic.pk, record.pk, lambda permission: can(request.membership, permission))
    today = timezone.localdate()
    episodes = queries.episodes_of(record)
    cards = [presenters.episode_card(each, timeline.news_of(each.pk, told), today) for each in episodes]
    context = {
        "section": "patients",
        "patient": record,
        "running": presenters.running_facts(record, today),
        "language_name": presenters.language_name(record.language),
        "cards": cards,
        "open_cards": [card for card in cards if card.episode.closed_on is None],
        "entries": timeline.entries(told, *presenters.own_entries(record, episodes)),
        "may_edit": can(request.membership, Permission.EDIT_PATIENTS),
        "may_audit": can(request.membership, Permission.VIEW_AUDIT),
    }
    return page_or_partial(request, "clinic/patient.html", context)


def _form(request: ClinicRequest, initial: dict[str, object]) -> PatientForm:
    quiet = (request.clinic.quiet_from, request.clinic.quiet_until)
    return PatientForm(request.POST or None, initial=initial, today=timezone.localdate(), quiet=quiet)


@requires(Permission.EDIT_PATIENTS)
def patient_new(request: ClinicRequest) -> HttpResponse:
    form = _form(request, blank_answers(time_zone=request.clinic.time_zone, language=request.clinic.language))
    namesakes = []
    if request.method == "POST" and form.is_valid():
        try:
            record = actions.register_patient(
                by=request.membership,
                clinic=request.clinic,
                details=form.details(),
                another_person=form.cleaned_data["another_person"],
            )
        except actions.NamesakeFound as found:
            namesakes = found.patients
        else:
            messages.success(request, _("The runner is registered. Next: which injury is it?"))
            return redirect("clinic:episode_new", record.pk)
    context = {"section": "patients", "form": form, "namesakes": namesakes}
    return page_or_partial(
        request, "clinic/patient_form.html", context, status=422 if request.method == "POST" else 200
    )


@requires(Permission.EDIT_PATIENTS)
def patient_edit(request: ClinicRequest, patient_id: UUID) -> HttpResponse:
    record = access.get_patient(request, patient_id)
    form = _form(request, as_answers(record))
    namesakes = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_patient(
                by=request.membership,
                patient=record,
                details=form.details(),
                another_person=form.cleaned_data["another_person"],
            )
        except actions.NamesakeFound as found:
            namesakes = found.patients
        else:
            messages.success(request, _("The details are saved."))
            return redirect("clinic:patient", record.pk)
    context = {"section": "patients", "patient": record, "form": form, "namesakes": namesakes}
    return page_or_partial(
        request, "clinic/patient_form.html", context, status=422 if request.method == "POST" else 200
    )


@requires(Permission.EDIT_PATIENTS)
def patient_archive(request: ClinicRequest, patient_id: UUID) -> HttpResponse:
    """Asks first; what it does can be taken back from the record."""
    record = access.get_patient(request, patient_id)
    if request.method == "POST":
        actions.archive_patient(by=request.membership, patient=record, at=timezone.now())
        return redirect("clinic:patient", record.pk)
    return page_or_partial(request, "clinic/patient_archive.html", {"section": "patients", "patient": record})


@require_POST
@requires(Permission.EDIT_PATIENTS)
def patient_restore(request: ClinicRequest, patient_id: UUID) -> HttpResponse:
    record = access.get_patient(request, patient_id)
    actions.restore_patient(by=request.membership, patient=record)
    messages.success(request, _("Back in the list of patients."))
    return redirect("clinic:patient", record.pk)
