"""One tap of the handover, or the undo of one."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.http import ClinicRequest, announce
from clinic.permissions import Permission, requires
from programs import access, actions
from programs.forms.handover import TickForm
from programs.models import Program
from programs.prescribing.views.builder import words_of
from programs.presenters.handover import handover_view


@require_POST
@requires(Permission.PRESCRIBE)
def handover(request: ClinicRequest, program_id: UUID) -> HttpResponse:
    """`step` of version number `version` is done, or with `undo` taken back. Without script: the program's page again."""
    program = access.get_program(request, program_id)
    form = TickForm(request.POST)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    version = access.get_version(program, data["version"])
    act = actions.untick_handover if data["undo"] else actions.tick_handover
    try:
        version.handover = act(by=request.user, version=version, step=data["step"])
    except ValidationError as error:
        messages.warning(request, words_of(error))
        return _page(request, program)
    if not request.htmx:
        return _page(request, program)
    context = {"program": program, "handover": handover_view(version), "may_change": True, "focus": True}
    answer = render(request, "programs/handover.html", context)
    return announce(answer, said=_("Taken back.") if data["undo"] else _("Saved."))


def _page(request: ClinicRequest, program: Program) -> HttpResponse:
    address = reverse("programs:program", args=[program.pk])
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(f"{address}#handover")
