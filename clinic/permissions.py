"""Who may do what: one table, and for each permission a guard that raises with a reason a person can read.

`can(membership, …)` answers; `check_can(membership, …)` raises PermissionDenied; `requires(…)` puts the check before a view.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from clinic.http import ClinicRequest
from clinic.models import Membership, Role


class Permission(StrEnum):
    VIEW_PATIENTS = "view_patients"
    EDIT_PATIENTS = "edit_patients"
    ASSESS = "assess"
    SIGN = "sign"
    PRESCRIBE = "prescribe"
    MANAGE_CLINIC = "manage_clinic"
    VIEW_AUDIT = "view_audit"


_READER = {Permission.VIEW_PATIENTS}
_CLINICIAN = _READER | {Permission.EDIT_PATIENTS, Permission.ASSESS, Permission.SIGN, Permission.PRESCRIBE}
_ADMINISTRATOR = _CLINICIAN | {Permission.MANAGE_CLINIC, Permission.VIEW_AUDIT}

ROLE_PERMISSIONS: dict[str, set[Permission]] = {
    Role.READER: _READER,
    Role.CLINICIAN: _CLINICIAN,
    Role.ADMINISTRATOR: _ADMINISTRATOR,  # in a small practice the owner treats patients too
}

REASONS = {
    Permission.VIEW_PATIENTS: _("Your role does not open patients' records."),
    Permission.EDIT_PATIENTS: _("Readers may look at records but not change them. Ask a clinician."),
    Permission.ASSESS: _("Only a clinician records findings. Ask a clinician of your clinic."),
    Permission.SIGN: _("Only a clinician signs a conclusion. Ask a clinician of your clinic."),
    Permission.PRESCRIBE: _("Only a clinician prescribes a program. Ask a clinician of your clinic."),
    Permission.MANAGE_CLINIC: _("Only an administrator changes the clinic and its team."),
    Permission.VIEW_AUDIT: _("Only an administrator opens the audit."),
}


def can(membership: Membership, permission: Permission) -> bool:
    return permission in ROLE_PERMISSIONS.get(membership.role, set())


def check_can(membership: Membership, permission: Permission) -> None:
    """Raises PermissionDenied with the reason the page shows."""
    if not can(membership, permission):
        raise PermissionDenied(REASONS[permission])


View = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[View], View]:
    """Before anything is loaded or rendered: this view needs this permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ClinicRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check_can(request.membership, permission)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
