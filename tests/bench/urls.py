"""The product's addresses and the floor: the smallest view doing one indexed SELECT."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import include, path

from clinic.http import ClinicRequest
from clinic.models import Patient


def floor(request: ClinicRequest, patient_id: UUID) -> HttpResponse:
    return HttpResponse(
        Patient.objects.filter(clinic=request.clinic).values_list("sort_key", flat=True).get(pk=patient_id)
    )


urlpatterns = [path("floor/<uuid:patient_id>/", floor), path("", include("config.urls"))]
