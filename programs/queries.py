"""Reads worth a name. All run inside the clinic's scope."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from assessments.models import Assessment
from programs.models import (
    ClinicFigure,
    Exercise,
    ExercisePicture,
    Handout,
    PatientLink,
    Program,
    ProgramLine,
    ProgramVersion,
)
from programs.models.exercise import as_searched

MOST_RESULTS = 60


def drawn_here(clinic_id: UUID, key: str = "key") -> Subquery:
    """What a clinic drew itself for the exercise whose key is at `key`, as a column: no query of its own."""
    own = ClinicFigure.objects.filter(clinic=clinic_id, exercise_key=OuterRef(key))
    return Subquery(own.values("data")[:1])


def pictured_here(clinic_id: UUID, exercise: str = "pk") -> Subquery:
    """The newest picture a clinic keeps of the exercise whose id is at `exercise`: id, words, width, height, or None."""
    told = JSONObject(id="id", words="words", width="width", height="height")
    kept = ExercisePicture.objects.filter(clinic=clinic_id, exercise=OuterRef(exercise))
    return Subquery(kept.order_by("-created_at").annotate(told=told).values("told")[:1])


def as_shown(rows: QuerySet[Exercise], clinic_id: UUID) -> QuerySet[Exercise]:
    """Each with what it adapts, what the clinic drew for it (`clinic_figure`) and its picture (`clinic_picture`)."""
    return rows.select_related("adapts").annotate(
        clinic_figure=drawn_here(clinic_id), clinic_picture=pictured_here(clinic_id)
    )


def usable(clinic_id: UUID) -> QuerySet[Exercise]:
    """What this clinic works with: its own exercises, its adaptations of ours, and ours where it adapted none.

    Retired ones are left out. One query.
    """
    adapted = Exercise.objects.filter(clinic=clinic_id, adapts=OuterRef("pk"), retired_at=None)
    ours = Q(clinic=None) & ~Exists(adapted)
    return as_shown(Exercise.objects.filter(ours | Q(clinic=clinic_id), retired_at=None), clinic_id)


def exercises(clinic_id: UUID, *, text: str = "", kind: str = "") -> QuerySet[Exercise]:
    """The library of this clinic, by name: every word must be found; retired entries are left out. One query."""
    found = usable(clinic_id)
    if kind:
        found = found.filter(kind=kind)
    for word in as_searched(text).split()[:8]:
        found = found.filter(search_text__contains=word)
    return found.order_by("name")[:MOST_RESULTS]


def lines_of(program: Program) -> Sequence[ProgramLine]:
    """The draft in its order, each with its exercise, and what the clinic drew and pictured for it. One query."""
    figure = drawn_here(program.clinic_id, "exercise__key")
    picture = pictured_here(program.clinic_id, "exercise_id")
    kept = ProgramLine.objects.filter(program=program).select_related("exercise__adapts")
    lines = list(kept.annotate(clinic_figure=figure, clinic_picture=picture))
    for line in lines:
        line.exercise.clinic_figure = line.clinic_figure  # type: ignore[attr-defined]
        line.exercise.clinic_picture = line.clinic_picture  # type: ignore[attr-defined]
    return lines


def latest_version(program: Program) -> ProgramVersion | None:
    """What the runner sees now. One query."""
    return ProgramVersion.objects.filter(program=program).order_by("-number").first()


PAPER = ("id", "kind", "state", "error", "created_at", "finished_at", "not_before")
LINK = ("id", "token_hash", "unsubscribe_hash", "last_opened_at", "created_at")


HANDED_OVER = ("handover__shown_by", "handover__demonstrated_by", "handover__taken_by")


def versions_of(program: Program) -> Sequence[ProgramVersion]:
    """All that was issued, newest first, each with its `papers` (without the PDF), the runner's `live_link` and its handover
    with its people. One query.

    They are joined in: the program's page asks for much, and this saves it two questions.
    """
    live = FilteredRelation("program__links", condition=Q(program__links__revoked_at=None))
    papers = {f"paper_{name}": F(f"handouts__{name}") for name in PAPER}
    links = {f"link_{name}": F(f"live__{name}") for name in LINK}
    rows = ProgramVersion.objects.filter(program=program).select_related("issued_by", *HANDED_OVER).annotate(live=live)
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


def by_key(keys: Sequence[str], clinic_id: UUID) -> dict[str, Exercise]:
    """Exercises by their key as this clinic has them, its adaptation in the place of ours; retired ones left out. One query."""
    return {row.key: row for row in usable(clinic_id).filter(key__in=keys)}


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
