"""The only road to a record of the clinic. A stranger gets 404, and every reading of a patient is remembered."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from clinic.http import ClinicRequest
from clinic.models import AccessEntry, Episode, Membership, Patient


def remember_reading(request: ClinicRequest, patient: Patient | None) -> None:
    """Write down who opened what. Costs one insert; posts are left out, since the audit of writes holds them."""
    if request.method not in ("GET", "HEAD"):
        return
    what = request.resolver_match.view_name if request.resolver_match else ""
    AccessEntry.objects.create(clinic=request.clinic, user=request.user, patient=patient, what=what[:80])


def get_patient(request: ClinicRequest, patient_id: UUID) -> Patient:
    """The patient of this clinic with the running profile, or 404. Two queries."""
    patients = Patient.objects.filter(clinic=request.clinic).select_related("running")
    patient = get_object_or_404(patients, pk=patient_id)
    remember_reading(request, patient)
    return patient


def get_episode(request: ClinicRequest, episode_id: UUID) -> Episode:
    """The episode with its patient, or 404. Two queries."""
    episodes = Episode.objects.filter(clinic=request.clinic).select_related("patient__running", "clinician")
    episode = get_object_or_404(episodes, pk=episode_id)
    remember_reading(request, episode.patient)
    return episode


def get_membership(request: ClinicRequest, membership_id: UUID) -> Membership:
    """A colleague's membership in this clinic, or 404."""
    try:
        return Membership.objects.select_related("user").get(clinic=request.clinic, pk=membership_id)
    except Membership.DoesNotExist as error:
        raise Http404 from error
