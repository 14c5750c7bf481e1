"""A clinic's own drawing of an exercise: kept, replaced, or given up for ours.

`by` names who acts; the audit learns it from the clinic's scope.
"""

from typing import Any
from uuid import UUID

from django.db import transaction

from clinic.models import User
from programs.figures.adjusting import drawable
from programs.models import ClinicFigure


@transaction.atomic
def keep_figure(*, by: User, clinic_id: UUID, exercise_key: str, data: dict[str, Any]) -> ClinicFigure:
    """From now on this clinic sees this drawing; what was issued keeps the one it was issued with.

    Raises FigureError, in words, for a pose that cannot be drawn: nothing is kept then.
    """
    drawable(exercise_key, data)
    figure, _created = ClinicFigure.objects.update_or_create(
        clinic_id=clinic_id, exercise_key=exercise_key, defaults={"data": data, "by": by}
    )
    return figure


@transaction.atomic
def reset_figure(*, by: User, clinic_id: UUID, exercise_key: str) -> None:  # noqa: ARG001
    """Back to our drawing; an exercise we never drew has none again."""
    ClinicFigure.objects.filter(clinic_id=clinic_id, exercise_key=exercise_key).delete()
