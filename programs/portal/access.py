"""The patient's way in: a link and nothing else. What it opens is one program, and only through this file."""

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from clinic.models import Clinic, Patient
from clinic.tenancy import clinic_scope
from clinic.throttle import client_address, count_try, is_over
from programs.models import Handover, PatientLink, Program, ProgramVersion
from programs.portal import door
from programs.portal.answers import closed, wait
from programs.portal.links import FoundLink, find_link
from programs.portal.plan import version_on

OPENED_AGAIN_AFTER = timedelta(hours=12)
DOOR = "patient-link"


@dataclass(frozen=True)
class Visit:
    """One runner at the door: what the link opens and the runner's own today.

    `version` holds today; before the first day of the program it is the one to come, after the last day the last one.
    `coming` is a version that was issued already and begins later.
    """

    token: str
    link: PatientLink
    program: Program
    version: ProgramVersion
    coming: ProgramVersion | None
    patient: Patient
    clinic: Clinic
    today: date

    @property
    def language(self) -> str:
        """The runner's choice; the version's where we do not speak it."""
        known = self.patient.language in dict(settings.PATIENT_LANGUAGES)
        return self.patient.language if known else str(self.version.content["language"])

    def version_for(self, day: date) -> ProgramVersion | None:
        """The version that held on this day. A query only for days before today's version began."""
        return self.version if self.version.starts_on <= day else version_on(self.program.pk, day)


Closed = Literal["ended", "stopped", "closed"]


def visit_behind(found: FoundLink, token: str) -> Visit | Closed:
    """What the link opens now, inside the clinic's scope, or why it opens nothing. Queries as _load."""
    if found.is_revoked:
        return "stopped" if found.is_stopped else "closed"
    visit = _load(found, token)
    return visit if visit and visit.program.state != Program.State.ENDED else "ended"


def clinic_of_closed(found: FoundLink) -> Clinic:
    """Whose number a closed link shows. One query."""
    return Clinic.objects.get(pk=found.clinic_id)


def _load(found: FoundLink, token: str) -> Visit | None:
    """What the link's program says today, or None while nothing is issued. Two queries; three when a version waits."""
    link = PatientLink.objects.select_related("clinic", "program__episode__patient").get(pk=found.link_id)
    newest = ProgramVersion.objects.filter(program=found.program_id).order_by("-number").first()
    if newest is None:
        return None
    patient = link.program.episode.patient
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo(patient.time_zone))
    holds = newest if newest.starts_on <= today else version_on(found.program_id, today)
    version, coming = holds or newest, newest if holds and holds != newest else None
    return Visit(token, link, link.program, version, coming, patient, link.clinic, today)


def remember_opening(visit: Visit) -> None:
    """So that the clinic sees that the link works, and that this version was opened: that step of its handover is then
    done. At most twice a day, and once more for every new version; two writes then, and none otherwise.
    """
    now, newest = timezone.now(), visit.coming or visit.version
    since = max(now - OPENED_AGAIN_AFTER, newest.issued_at)
    if visit.link.last_opened_at is None or visit.link.last_opened_at < since:
        not_since = Q(last_opened_at=None) | Q(last_opened_at__lt=since)
        PatientLink.objects.filter(not_since, pk=visit.link.pk).update(last_opened_at=now)
        Handover.objects.filter(version=newest, taken_at=None).update(way=Handover.Way.LINK, taken_at=now)


def knock(request: HttpRequest, token: str, *, unsubscribe: bool = False) -> FoundLink | HttpResponse:
    """The link of this token, or the answer to give: 404 for an unknown one, counted per address, and 429 after too many."""
    address = client_address(request)
    if is_over(DOOR, address, per_minute=settings.PATIENT_LINK_TRIES_PER_MINUTE):
        return wait(request)
    found = find_link(token, unsubscribe=unsubscribe)
    if found is None:
        count_try(DOOR, address)
        return closed(request, None, status=404)
    return found


PatientView = Callable[..., HttpResponse]


def patient_page(view: PatientView) -> PatientView:
    """Find the link, open its clinic's scope as this patient, and hand the view a Visit. Five queries before the view.

    The page speaks the runner's own language; what was issued in another one stays as it is and is marked.

    Unknown token: 404, counted per address. Revoked or ended: 410 with the clinic's number. Too many tries: 429. A device
    that has to name the year of birth first: 401 with the question. What the view does not find is answered with a page
    that leads back to today.
    """

    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        found = knock(request, token)
        if isinstance(found, HttpResponse):
            return found
        with clinic_scope(found.clinic_id, actor=f"patient:{found.link_id}"):
            visit = visit_behind(found, token)
            if isinstance(visit, str):
                return closed(request, clinic_of_closed(found), status=410, why=visit)
            if door.is_shut(request, visit.clinic, found.link_id):
                return door.ask(request, token, visit.clinic)
            language = visit.language
            with (
                translation.override(language),
                timezone.override(zoneinfo.ZoneInfo(visit.patient.time_zone)),
            ):
                remember_opening(visit)
                try:
                    answer = view(request, visit, **kwargs)
                except Http404:
                    context = {"visit": visit, "clinic": visit.clinic}
                    answer = render(request, "portal/missing.html", context, status=404)
            answer["Content-Language"] = language
            return answer

    return opened


def patient_behind(found: FoundLink) -> tuple[Patient, Clinic]:
    """Whose link it is, inside the clinic's scope. One query."""
    link = PatientLink.objects.select_related("clinic", "program__episode__patient").get(pk=found.link_id)
    return link.program.episode.patient, link.clinic
