"""The library in the database: rows that can be searched and that clinics' own exercises stand beside."""

from dataclasses import asdict
from hashlib import sha256
from json import dumps
from typing import Any

from django.utils import timezone

from clinic.tenancy import all_clinic_ids, clinic_scope
from programs.library.catalogue import LIBRARY, SOURCES
from programs.library.exercise import Exercise as LibraryExercise
from programs.models import Exercise
from programs.progression.dose import to_json
from programs.searching import search_text_of


def exercise_content(exercise: LibraryExercise) -> dict[str, Any]:
    """Everything of one library entry in JSON types: dates as text, the dose by its own rule, sources spelled out."""
    content: dict[str, Any] = asdict(exercise)
    content["dose"] = to_json(exercise.dose)
    content["sources"] = [{"code": code, **asdict(SOURCES[code])} for code in exercise.sources]
    reviewed = exercise.reviewed
    content["reviewed"] = {
        "author": reviewed.author,
        "reviewed_on": reviewed.reviewed_on.isoformat(),
        "review_due": reviewed.review_due.isoformat(),
    }
    return content


def content_hash(content: dict[str, Any]) -> str:
    return sha256(dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def load_library() -> tuple[int, int, int]:
    """Bring the shared library into the database: added, changed, retired. As often as you like, same result.

    Runs as the owner role, the only one that may write rows without a clinic. An entry that left the library is retired,
    not deleted: programs that use it keep it. One query, one for each row that changed, and when any did, two for each
    clinic: what a clinic adapted follows ours where the clinic changed nothing.
    """
    rows = {row.key: row for row in Exercise.objects.filter(clinic=None)}
    added = changed = 0
    for key, exercise in LIBRARY.items():
        content = exercise_content(exercise)
        digest, row = content_hash(content), rows.get(key)
        search_text = search_text_of(key, content)
        if row and (row.content_hash, row.search_text, row.retired_at) == (digest, search_text, None):
            continue
        fields = {"kind": exercise.kind.value, "name": exercise.name, "search_text": search_text, "content": content}
        Exercise.objects.update_or_create(
            clinic=None, key=key, defaults={**fields, "content_hash": digest, "retired_at": None}
        )
        added, changed = added + (row is None), changed + (row is not None)
    gone = [row.pk for key, row in rows.items() if key not in LIBRARY and row.retired_at is None]
    retired = Exercise.objects.filter(pk__in=gone).update(retired_at=timezone.now()) if gone else 0
    if changed:
        for clinic_id in all_clinic_ids():
            with clinic_scope(clinic_id, actor="system:library"):
                follow_ours(clinic_id)
    return added, changed, retired


def follow_ours(clinic_id: Any) -> None:
    """Name, kind and words to search of what this clinic adapted, as they are with ours of today below its changes."""
    for row in Exercise.objects.filter(clinic=clinic_id).exclude(adapts=None).select_related("adapts"):
        settle(row)
        row.save(update_fields=["name", "kind", "search_text"])


def settle(exercise: Exercise) -> None:
    """Fill the columns that repeat what the content says: name, kind, words to search. Saves nothing."""
    whole = exercise.whole
    exercise.name, exercise.kind = whole["name"], whole["kind"]
    exercise.search_text = search_text_of(exercise.key, whole)
