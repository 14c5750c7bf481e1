"""The team of a clinic: who works here, in which role."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clinic import access, queries
from clinic import team as team_actions
from clinic.forms.people import InviteForm, RoleForm
from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, requires


def _tell(request: ClinicRequest, email: str, failed: str) -> Callable[[bool], None]:
    """What the next page says, once the mail server has answered."""

    def then(accepted: bool) -> None:  # noqa: FBT001
        if accepted:
            messages.success(request, _("The invitation is on its way to {email}.").format(email=email))
        else:
            messages.error(request, failed.format(email=email))

    return then


@require_GET
@requires(Permission.MANAGE_CLINIC)
def team(request: ClinicRequest) -> HttpResponse:
    places = queries.team(request.clinic)
    rows = [
        (place, RoleForm(initial={"role": place.role}, auto_id=f"role-{place.pk}"))
        for place in places
        if place.ended_at is None
    ]
    context = {"section": "clinic", "tab": "team", "rows": rows, "former": [p for p in places if p.ended_at]}
    return page_or_partial(request, "clinic/team.html", context)


@requires(Permission.MANAGE_CLINIC)
def invite(request: ClinicRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        failed = _(
            "The mail server did not accept the message to {email}. Nobody was invited; check the address or try later."
        )
        try:
            team_actions.invite(by=request.membership, **answers, then=_tell(request, answers["email"], failed))
        except ValidationError as refused:
            form.add_error("email", refused)
        else:
            return redirect("clinic:team")
    context = {"section": "clinic", "tab": "team", "form": form}
    return page_or_partial(request, "clinic/invite.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@requires(Permission.MANAGE_CLINIC)
def invite_again(request: ClinicRequest, membership_id: UUID) -> HttpResponse:
    place = access.get_membership(request, membership_id)
    failed = _("The mail server did not accept the message to {email}. The invitation stays in the list; try later.")
    try:
        team_actions.invite_again(by=request.membership, place=place, then=_tell(request, place.user.email, failed))
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("clinic:team")


@require_POST
@requires(Permission.MANAGE_CLINIC)
def member_role(request: ClinicRequest, membership_id: UUID) -> HttpResponse:
    place = access.get_membership(request, membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the three roles."))
        return redirect("clinic:team")
    try:
        team_actions.change_role(by=request.membership, place=place, role=form.cleaned_data["role"])
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, _("The role is changed. It counts from the next page this person opens."))
    return redirect("clinic:team")


@requires(Permission.MANAGE_CLINIC)
def member_end(request: ClinicRequest, membership_id: UUID) -> HttpResponse:
    """Asks first; inviting the person again takes it back."""
    place = access.get_membership(request, membership_id)
    if request.method == "POST":
        try:
            team_actions.end_membership(by=request.membership, place=place, at=timezone.now())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("This person no longer has a place in your clinic."))
        return redirect("clinic:team")
    return page_or_partial(request, "clinic/member_end.html", {"section": "clinic", "tab": "team", "place": place})
