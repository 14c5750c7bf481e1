"""The dose a clinician gives an exercise again and again: kept when it is issued, offered the next time."""

from collections.abc import Sequence

from django.utils import timezone

from clinic.models import User
from programs.course import own_doses
from programs.models import DoseHabit, Program, ProgramLine


def keep_habits(*, by: User, program: Program, lines: Sequence[ProgramLine]) -> None:
    """Doses that differ from what the library proposes become this clinician's usual ones, without their side.

    A dose issued as the library has it ends the habit. Two queries, however many exercises.
    """
    own = own_doses(program, lines)
    habits = DoseHabit.objects.filter(clinic=program.clinic_id, clinician=by)
    habits.filter(exercise_key__in=[line.exercise.key for line in lines if line.pk not in own]).delete()
    now = timezone.now()
    DoseHabit.objects.bulk_create(
        [
            DoseHabit(
                clinic_id=program.clinic_id,
                clinician=by,
                exercise_key=line.exercise.key,
                dose=own[line.pk],
                changed_at=now,
            )
            for line in lines
            if line.pk in own
        ],
        update_conflicts=True,
        unique_fields=["clinic", "clinician", "exercise_key"],
        update_fields=["dose", "changed_at"],
    )
