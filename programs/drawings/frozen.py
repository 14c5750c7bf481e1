"""The drawing an issued program keeps."""

from typing import Any

from programs.models import Exercise


def own_figure(exercise: Exercise) -> dict[str, Any] | None:
    """What the clinic drew itself, where the query asked for it (queries.drawn_here)."""
    return getattr(exercise, "clinic_figure", None)


def frozen_figure(exercise: Exercise) -> dict[str, Any]:
    """The clinic's own drawing as it is now. Ours is found by the exercise's key: nothing is kept of it."""
    own = own_figure(exercise)
    return {"figure": own} if own is not None else {}
