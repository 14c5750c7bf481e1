"""Episodes of care: one injury from the first visit to discharge."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic import access, actions, queries
from clinic.forms.patients import CloseEpisodeForm, EpisodeForm
from clinic.http import ClinicRequest, page_or_partial
from clinic.models import Episode, Patient, User
from clinic.permissions import Permission, requires


def _clinicians(request: ClinicRequest, episode: Episode | None = None) -> dict[UUID, User]:
    """Whoever may treat an episode, with the one who does so far even if they have left."""
    found = {place.user_id: place.user for place in queries.treating(request.clinic)}
    return found if episode is None else {episode.clinician_id: episode.clinician} | found


def _to_record(patient: Patient, episode: Episode) -> HttpResponse:
    return redirect(f"{reverse('clinic:patient', args=[patient.pk])}#episode-{episode.pk}")


def _form(request: ClinicRequest, clinicians: dict[UUID, User], initial: dict[str, object]) -> EpisodeForm:
    choices = [(user.pk, user.name) for user in clinicians.values()]
    return EpisodeForm(request.POST or None, initial=initial, today=timezone.localdate(), clinicians=choices)


@requires(Permission.EDIT_PATIENTS)
def episode_new(request: ClinicRequest, patient_id: UUID) -> HttpResponse:
    patient = access.get_patient(request, patient_id)
    clinicians = _clinicians(request)
    form = _form(request, clinicians, {"clinician": request.user.pk})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        episode = actions.open_episode(
            by=request.membership,
            patient=patient,
            painful_side=answers["painful_side"],
            began_on=answers["began_on"],
            note=answers["note"],
            clinician=clinicians[answers["clinician"]],
        )
        messages.success(request, _("The episode is open."))
        return _to_record(patient, episode)
    context = {"section": "patients", "patient": patient, "form": form}
    return page_or_partial(
        request, "clinic/episode_form.html", context, status=422 if request.method == "POST" else 200
    )


@requires(Permission.EDIT_PATIENTS)
def episode_edit(request: ClinicRequest, episode_id: UUID) -> HttpResponse:
    episode = access.get_episode(request, episode_id)
    clinicians = _clinicians(request, episode)
    initial = {
        "painful_side": episode.painful_side,
        "began_on": episode.began_on,
        "note": episode.note,
        "clinician": episode.clinician_id,
    }
    form = _form(request, clinicians, initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        actions.change_episode(
            by=request.membership,
            episode=episode,
            painful_side=answers["painful_side"],
            began_on=answers["began_on"],
            note=answers["note"],
            clinician=clinicians[answers["clinician"]],
        )
        messages.success(request, _("The episode is saved."))
        return _to_record(episode.patient, episode)
    context = {"section": "patients", "patient": episode.patient, "episode": episode, "form": form}
    return page_or_partial(
        request, "clinic/episode_form.html", context, status=422 if request.method == "POST" else 200
    )


@requires(Permission.EDIT_PATIENTS)
def episode_close(request: ClinicRequest, episode_id: UUID) -> HttpResponse:
    """Asks first, with the reason."""
    episode = access.get_episode(request, episode_id)
    form = CloseEpisodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_episode(
            by=request.membership, episode=episode, on=timezone.localdate(), reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("The episode is closed. It can be opened again from here."))
        return _to_record(episode.patient, episode)
    context = {"section": "patients", "patient": episode.patient, "episode": episode, "form": form}
    return page_or_partial(
        request, "clinic/episode_close.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
@requires(Permission.EDIT_PATIENTS)
def episode_reopen(request: ClinicRequest, episode_id: UUID) -> HttpResponse:
    episode = access.get_episode(request, episode_id)
    actions.reopen_episode(by=request.membership, episode=episode)
    messages.success(request, _("The episode is open again."))
    return _to_record(episode.patient, episode)
