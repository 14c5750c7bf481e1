"""Reads worth a name. All run inside the clinic's scope."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from assessments.models import Assessment
from programs.models import Exercise, Handout, PatientLink, Program, ProgramLine, ProgramVersion
from programs.models.exercise import as_searched

MOST_RESULTS = 60


def exercises(clinic_id: UUID, *, text: str = "", kind: str = "") -> QuerySet[Exercise]:
    """The library of this clinic, by name: every word must be found; retired entries are left out. One query."""
    found = Exercise.objects.filter(Q(clinic=None) | Q(clinic=clinic_id), retired_at=None)
    if kind:
        found = found.filter(kind=kind)
    for word in as_searched(text).split()[:8]:
        found = found.filter(search_text__contains=word)
    return found.order_by("name")[:MOST_RESULTS]


def lines_of(program: Program) -> Sequence[ProgramLine]:
    """The draft in its order, each with its exercise. One query."""
    return list(ProgramLine.objects.filter(program=program).select_related("exercise"))


def latest_version(program: Program) -> ProgramVersion | None:
    """What the runner sees now. One query."""
    return ProgramVersion.objects.filter(program=program).order_by("-number").first()


def versions_of(program: Program) -> Sequence[ProgramVersion]:
    """All that was issued, newest first, each with its handouts (without the PDF). Two queries."""
    versions = list(ProgramVersion.objects.filter(program=program).select_related("issued_by").order_by("-number"))
    by_version: dict[object, list[Handout]] = {}
    for handout in Handout.objects.filter(version__program=program).defer("pdf"):
        by_version.setdefault(handout.version_id, []).append(handout)
    for version in versions:
        version.papers = by_version.get(version.pk, [])  # type: ignore[attr-defined]
    return versions


def live_link(program: Program) -> PatientLink | None:
    """The runner's way in, or None when it was revoked. One query."""
    return PatientLink.objects.filter(program=program, revoked_at=None).order_by("-created_at").first()


def by_key(keys: Sequence[str]) -> dict[str, Exercise]:
    """Exercises of the shared library by their key, retired ones left out. One query."""
    return {row.key: row for row in Exercise.objects.filter(clinic=None, key__in=keys, retired_at=None)}


def programs_of_patient(clinic_id: UUID, patient_id: UUID) -> list[Program]:
    """Every program of every episode, newest first. One query."""
    return list(Program.objects.filter(clinic=clinic_id, episode__patient=patient_id))


def versions_of_patient(clinic_id: UUID, patient_id: UUID) -> list[ProgramVersion]:
    """Everything ever issued to this patient, newest first, without its content. One query."""
    issued = ProgramVersion.objects.filter(clinic=clinic_id, program__episode__patient=patient_id)
    return list(issued.select_related("program").defer("content").order_by("-issued_at"))


def concluded_of_patient(clinic_id: UUID, patient_id: UUID) -> list[Assessment]:
    """Signed assessments that no later one corrects, newest first, with episode and conclusion. One query."""
    signed = Assessment.objects.filter(clinic=clinic_id, episode__patient=patient_id, state=Assessment.State.SIGNED)
    return list(
        signed.exclude(amendments__state=Assessment.State.SIGNED)
        .select_related("episode", "conclusion")
        .defer("shown")
        .order_by("-visit", "-signed_at")
    )
