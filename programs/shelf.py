"""Reads of the library as one clinic has it. All run inside the clinic's scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from programs.library.stages import keys_of_stage
from programs.models import ClinicFigure, Exercise, ExercisePicture
from programs.searching import holding, spelled, words_in

MOST_RESULTS = 60
OURS: Final = "ours"
CLINICS: Final = "clinic"
RETIRED: Final = "retired"
NO_EQUIPMENT: Final = "none"
Chosen = Collection[str]


def drawn_here(clinic_id: UUID, key: str = "key") -> Subquery:
    """What a clinic drew itself for the exercise whose key is at `key`, as a column: no query of its own."""
    own = ClinicFigure.objects.filter(clinic=clinic_id, exercise_key=OuterRef(key))
    return Subquery(own.values("data")[:1])


def pictured_here(clinic_id: UUID, exercise: str = "pk") -> Subquery:
    """The newest picture a clinic keeps of the exercise whose id is at `exercise`: id, words, width, height, or None."""
    told = JSONObject(id="id", words="words", width="width", height="height")
    kept = ExercisePicture.objects.filter(clinic=clinic_id, exercise=OuterRef(exercise), removed_at=None)
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
    adapted = Exercise.objects.filter(clinic=clinic_id, adapts__isnull=False, retired_at=None).values("adapts")
    ours = Q(clinic=None) & ~Q(pk__in=adapted)
    return as_shown(Exercise.objects.filter(ours | Q(clinic=clinic_id), retired_at=None), clinic_id)


def given_up(clinic_id: UUID) -> QuerySet[Exercise]:
    """What this clinic retired, to be looked at and offered again. One query."""
    return as_shown(Exercise.objects.filter(clinic=clinic_id).exclude(retired_at=None), clinic_id)


def exercises(
    clinic_id: UUID,
    *,
    text: str = "",
    kind: str = "",
    target: Chosen = (),
    equipment: Chosen = (),
    position: Chosen = (),
    stage: Chosen = (),
    whose: str = "",
    not_keys: Collection[str] = (),
) -> QuerySet[Exercise]:
    """The library of this clinic, as found: what is searched for first, by name where nothing is. Slice or page it.

    Every word of `text` must be found; where that finds nothing, the words known here that come closest are taken instead.
    Of `target`, `equipment` (NO_EQUIPMENT: none needed), `position` and `stage` ("pht_2") one of those chosen is enough.
    `whose` is OURS, CLINICS, or RETIRED: what the clinic gave up. `not_keys` leaves out ours and what adapts them, for a guard that speaks by key.
    One query, one more where there is text, two more where nothing holds it.
    """
    found = given_up(clinic_id) if whose == RETIRED else usable(clinic_id)
    if kind:
        found = found.filter(kind=kind)
    if whose in (OURS, CLINICS):
        found = found.filter(clinic=clinic_id if whose == CLINICS else None)
    if target:
        found = found.filter(_says("targets", target))
    if equipment:
        found = found.filter(_says("equipment", equipment))
    if position:
        found = found.filter(_whole("position", Q(content__position__in=list(position))))
    if stage:
        found = found.filter(key__in={key for each in stage for key in keys_of_stage(each)})
    if not_keys:
        found = found.exclude(Q(clinic=None) | ~Q(adapts=None), key__in=not_keys)
    words = words_in(text)
    if not words:
        return found.order_by("name", "pk")
    held = holding(found, [[word] for word in words])
    if held.exists():
        return held
    spellings = spelled(clinic_id, words)
    return holding(found, spellings) if all(spellings) else found.none()


def _whole(name: str, condition: Q) -> Q:
    """A condition on `content`, for an adaptation on ours where the clinic says nothing else at `name`."""
    ours = Exercise.objects.filter(condition, clinic=None)
    return condition | (Q(adapts__in=ours.values("pk")) & ~Q(content__has_key=name))


def _says(name: str, chosen: Chosen) -> Q:
    """The list at `name` holds one of these; NO_EQUIPMENT stands for an empty list."""
    said = Q()
    for value in chosen:
        said |= Q(**{f"content__{name}": []}) if value == NO_EQUIPMENT else Q(**{f"content__{name}__contains": [value]})
    return _whole(name, said)


def ids_of(found: QuerySet[Exercise]) -> list[UUID]:
    """All that was found, in its order, as ids alone: with thousands of exercises a quarter of the time. One query."""
    return list(found.select_related(None).values_list("pk", flat=True))


def rows_of(ids: Sequence[UUID], clinic_id: UUID) -> list[Exercise]:
    """The exercises of one page, in the order of their ids. One query."""
    place = {pk: number for number, pk in enumerate(ids)}
    return sorted(as_shown(Exercise.objects.filter(pk__in=place), clinic_id), key=lambda row: place[row.pk])


@dataclass(frozen=True)
class Neighbours:
    """What comes before an exercise, what it leads to, and the clinic's adaptation that stands in its place."""

    easier: list[Exercise]
    harder: list[Exercise]
    instead: Exercise | None


def neighbours(exercise: Exercise, clinic_id: UUID) -> Neighbours:
    """The library says what leads where at both ends, so the exercise itself tells. One query."""
    before, after = exercise.whole["regressions"], exercise.whole["progressions"]
    rows = by_key([*before, *after, exercise.key], clinic_id)
    here = rows.get(exercise.key, exercise)
    return Neighbours(
        easier=[rows[key] for key in before if key in rows],
        harder=[rows[key] for key in after if key in rows],
        instead=here if here.pk != exercise.pk and here.adapts_id else None,
    )


def by_key(keys: Sequence[str], clinic_id: UUID) -> dict[str, Exercise]:
    """Exercises by their key as this clinic has them, its adaptation in the place of ours; retired ones left out. One query."""
    return {row.key: row for row in usable(clinic_id).filter(key__in=keys)}
