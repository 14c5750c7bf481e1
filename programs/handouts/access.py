"""The road to versions that are asked for on paper, and to batches. Neither is a reading of a record: no name is shown."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from clinic.http import ClinicRequest
from programs.models import HandoutBatch, ProgramVersion


def get_version(request: ClinicRequest, version_id: UUID) -> ProgramVersion:
    """An issued version of this clinic with its program, or 404. One query."""
    versions = ProgramVersion.objects.filter(clinic=request.clinic).select_related("program")
    return get_object_or_404(versions, pk=version_id)


def get_batch(request: ClinicRequest, batch_id: UUID) -> HandoutBatch:
    """A batch of handouts of this clinic, or 404. One query."""
    return get_object_or_404(HandoutBatch.objects.filter(clinic=request.clinic).select_related("by"), pk=batch_id)
