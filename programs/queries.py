"""Reads worth a name. All run inside the clinic's scope."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject

from assessments.models import Assessment
from clinic.models import Clinic, User
from programs.models import (
    CaseHandling,
    ClinicProtocol,
    DoseHabit,
    DraftStep,
    Exercise,
    Handout,
    PatientLink,
    Program,
    ProgramDecision,
    ProgramLine,
    ProgramVersion,
)
from programs.shelf import MOST_RESULTS, as_shown, by_key, drawn_here, exercises, pictured_here, usable

__all__ = ["MOST_RESULTS", "as_shown", "by_key", "drawn_here", "exercises", "pictured_here", "usable"]


def lines_of(program: Program) -> Sequence[ProgramLine]:
    """The draft in its order, phase by phase, each with its exercise, and what the clinic drew and pictured for it. One query."""
    figure = drawn_here(program.clinic_id, "exercise__key")
    picture = pictured_here(program.clinic_id, "exercise_id")
    kept = ProgramLine.objects.filter(program=program).select_related("exercise__adapts")
    kept = kept.annotate(clinic_figure=figure, clinic_picture=picture)
    lines = list(kept.order_by("phase", "position", "created_at"))
    for line in lines:
        line.exercise.clinic_figure = line.clinic_figure  # type: ignore[attr-defined]
        line.exercise.clinic_picture = line.clinic_picture  # type: ignore[attr-defined]
    return lines


def last_step(program: Program) -> DraftStep | None:
    """The change of the draft that would be undone next, and whose it was. One query."""
    return DraftStep.objects.filter(program=program).select_related("by").defer("before").first()


def usual_doses(clinic_id: UUID, clinician_id: UUID) -> dict[str, dict[str, Any]]:
    """What this clinician usually gives, without sides, by the exercise's key. One query."""
    habits = DoseHabit.objects.filter(clinic=clinic_id, clinician=clinician_id)
    return dict(habits.values_list("exercise_key", "dose"))


def latest_version(program: Program) -> ProgramVersion | None:
    """What the runner sees now. One query."""
    return ProgramVersion.objects.filter(program=program).order_by("-number").first()


def contents_of(program: Program) -> Sequence[ProgramVersion]:
    """All that was issued, newest first, with who issued it. One query."""
    return ProgramVersion.objects.filter(program=program).select_related("issued_by").order_by("-number")


PAPER = ("id", "kind", "paper", "language", "state", "error", "created_at", "finished_at", "not_before")
LINK = ("id", "token_hash", "unsubscribe_hash", "last_opened_at", "created_at")


HANDED_OVER = ("handover__shown_by", "handover__demonstrated_by", "handover__taken_by")


def _stopped_at() -> Subquery:
    newest = PatientLink.objects.filter(program=OuterRef("program")).order_by("-created_at")
    return Subquery(newest.values(at=Case(When(closed_by_runner=True, then=F("revoked_at"))))[:1])


def versions_of(program: Program) -> Sequence[ProgramVersion]:
    """All that was issued, newest first, each with its `papers` (without the PDF), the runner's `live_link` and its handover
    with its people. `stopped_at`: when the runner closed the newest link, if that is what closed it. One query.

    They are joined in: the program's page asks for much, and this saves it two questions.
    """
    live = FilteredRelation("program__links", condition=Q(program__links__revoked_at=None))
    papers = {f"paper_{name}": F(f"handouts__{name}") for name in PAPER}
    links = {f"link_{name}": F(f"live__{name}") for name in LINK}
    rows = ProgramVersion.objects.filter(program=program).select_related("issued_by", *HANDED_OVER).annotate(live=live)
    rows = rows.annotate(stopped_at=_stopped_at())
    versions: dict[UUID, ProgramVersion] = {}
    for row in rows.annotate(**papers, **links).order_by("-number", "paper_created_at", "link_created_at"):
        version = versions.setdefault(row.pk, row)
        joined = vars(row)
        if version is row:
            version.papers = {}  # type: ignore[attr-defined]
        if joined["paper_id"]:
            paper = {name: joined[f"paper_{name}"] for name in PAPER}
            version.papers[paper["id"]] = Handout(version=version, clinic_id=version.clinic_id, **paper)  # type: ignore[attr-defined]
        link = {name: joined[f"link_{name}"] for name in LINK}
        version.live_link = PatientLink(program=program, clinic_id=version.clinic_id, **link) if link["id"] else None  # type: ignore[attr-defined]
    for version in versions.values():
        version.papers = list(version.papers.values())  # type: ignore[attr-defined]
    return list(versions.values())


def programs_of_patient(clinic_id: UUID, patient_id: UUID) -> list[Program]:
    """Every program of every episode, newest first, each with its answered proposals as `decided`, what was dealt with or
    put off on the caseload as `handled`, and when the runner stopped everything as `stopped`. One query.
    """
    answers = ProgramDecision.objects.filter(program=OuterRef("pk")).order_by("-created_at")
    decided = answers.values(
        told=JSONObject(at="created_at", verdict="verdict", outcome="outcome", by="by__name", reason="reason")
    )
    programs = Program.objects.filter(clinic=clinic_id, episode__patient=patient_id)
    handlings = CaseHandling.objects.filter(program=OuterRef("pk"), taken_back_at=None).order_by("-created_at")
    handled = handlings.values(
        told=JSONObject(at="created_at", way="way", attention="attention", until="until", by="by__name", note="note")
    )
    closed = PatientLink.objects.filter(program=OuterRef("pk"), closed_by_runner=True).order_by("-revoked_at")
    told = {"decided": decided, "handled": handled, "stopped": closed.values("revoked_at")}
    return list(programs.annotate(**{name: ArraySubquery(rows) for name, rows in told.items()}))


def versions_of_patient(clinic_id: UUID, patient_id: UUID) -> list[ProgramVersion]:
    """Everything ever issued to this patient, newest first, with its handover and without its content. One query."""
    issued = ProgramVersion.objects.filter(clinic=clinic_id, program__episode__patient=patient_id)
    return list(issued.select_related("program", "handover").defer("content").order_by("-issued_at"))


def concluded_of_patient(clinic_id: UUID, patient_id: UUID) -> list[Assessment]:
    """Signed assessments that no later one corrects, newest first, with episode and conclusion. One query."""
    signed = Assessment.objects.filter(clinic=clinic_id, episode__patient=patient_id, state=Assessment.State.SIGNED)
    return list(
        signed.exclude(amendments__state=Assessment.State.SIGNED)
        .select_related("episode", "conclusion")
        .defer("shown")
        .order_by("-visit", "-signed_at")
    )


def visible_protocols(clinic: Clinic, user: User) -> QuerySet[ClinicProtocol]:
    """What this person may look at: their own protocols, and those that are shared."""
    return ClinicProtocol.objects.filter(Q(owner=user) | Q(is_shared=True), clinic=clinic)


def protocols_of(clinic: Clinic, user: User) -> list[ClinicProtocol]:
    """All that this person may look at, by name, retired ones too, with their owners. One query."""
    return list(visible_protocols(clinic, user).select_related("owner").order_by("name", "created_at"))


def names_of_retired(keys: Sequence[str], found: Mapping[str, Exercise], clinic_id: UUID) -> dict[str, str]:
    """What exercises were called that are no longer to be found. A query only when there are some."""
    gone = [key for key in keys if key not in found]
    if not gone:
        return {}
    known = Exercise.objects.filter(Q(clinic=None) | Q(clinic=clinic_id), key__in=gone)
    return dict(known.values_list("key", "name"))
