"""Who wrote and who opened what, for the administrator."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from clinic import access, audit, presenters, queries
from clinic.forms.people import AuditForm
from clinic.http import ClinicRequest, page_or_partial
from clinic.models import AccessEntry
from clinic.permissions import Permission, requires


def _start(day: date | None, *, days_later: int = 0) -> datetime | None:
    """Midnight in the clinic's zone."""
    return day and timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time()))


@require_GET
@requires(Permission.VIEW_AUDIT)
def audit_page(request: ClinicRequest) -> HttpResponse:
    access.remember_reading(request, None)
    people = [(place.user_id, place.shown_name) for place in queries.team(request.clinic)]
    form = AuditForm(request.GET or None, people=people)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = audit.Wanted(
        user_id=asked.get("person"),
        patient_id=asked.get("patient"),
        since=_start(asked.get("since")),
        until=_start(asked.get("until"), days_later=1),
        before=asked.get("before"),
        writes=asked.get("kind") != "readings",
        readings=asked.get("kind") != "writes",
    )
    page = audit.page_of(request.clinic, wanted)
    rows, patient = _rows(request, page, dict(people), wanted.patient_id)
    kept = {name: value for name, value in request.GET.items() if value and name in form.fields and name != "before"}
    older = page.older and urlencode(kept | {"before": page.older.isoformat()})
    context = {
        "section": "clinic",
        "tab": "audit",
        "form": form,
        "rows": rows,
        "older": older,
        "newest": wanted.before and urlencode(kept),
        "patient": patient,
        "patient_id": wanted.patient_id,
        "without_patient": urlencode({name: value for name, value in kept.items() if name != "patient"}),
    }
    return page_or_partial(request, "clinic/audit.html", context)


def _rows(
    request: ClinicRequest, page: audit.Page, people: dict[UUID, str], asked_for: UUID | None
) -> tuple[list[presenters.AuditRow], str]:
    """The lines in words, and the name of the patient the page is narrowed to. Two queries for the whole page."""
    owners = audit.patients_of(page.entries)
    ids = set(owners.values()) | {entry.patient_id for entry in page.entries if isinstance(entry, AccessEntry)}
    patients = audit.patient_names(request.clinic, {each for each in (*ids, asked_for) if each})
    rows = [
        presenters.audit_row(entry, today=timezone.localdate(), names=people, owners=owners, patients=patients)
        for entry in page.entries
    ]
    return rows, patients.get(asked_for, "") if asked_for else ""
