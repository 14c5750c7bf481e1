"""The clinic's pictures in a runner's program: those its issued versions show, and no others."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programs.drawings.pictures import picture_answer
from programs.portal.access import Visit, patient_page
from programs.portal.queries import picture_in


@require_safe
@patient_page
def picture(request: HttpRequest, visit: Visit, picture_id: UUID) -> HttpResponse:  # noqa: ARG001
    """404 for a picture that no version of this program shows. Two queries."""
    found = picture_in(visit.program.pk, picture_id)
    if found is None:
        raise Http404
    return picture_answer(found)
