"""Something new: the red-flag questions as the runner answered them. Nothing told is ever changed by the runner: a yes stays
until the clinic has dealt with it.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from programs.caseload.standing import refresh
from programs.models import NewSymptom, Program
from programs.portal.actions.once import is_new
from programs.portal.sending import Told
from programs.progression.screening import QUESTIONS

SENT_TWICE = timedelta(minutes=2)


@transaction.atomic
def tell_something_new(
    *, program: Program, day: date, answers: Mapping[str, bool | None], note: str, told: Told | None = None
) -> NewSymptom | None:
    """Write the answers down and bring the alert to the caseload at once; None for a report that was taken before.

    `answers`: question of programs.progression.screening → yes, no, or None for left open; what is not a question is left
    out. A form without script that is sent twice within two minutes counts once.
    """
    told = told or Told(timezone.now())
    is_first = is_new(program_id=program.pk, clinic_id=program.clinic_id, told=told)
    said = {question.key: answers.get(question.key) for question in QUESTIONS}
    if not is_first or (told.key is None and _was_sent(program=program, said=said, note=note, told=told)):
        return None
    new = NewSymptom.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        day=day,
        answers=said,
        note=note,
        is_urgent=any(said.values()),
        told_at=told.at,
    )
    refresh(program.pk)
    return new


def _was_sent(*, program: Program, said: Mapping[str, bool | None], note: str, told: Told) -> bool:
    lately = NewSymptom.objects.filter(program=program, told_at__gt=told.at - SENT_TWICE)
    return lately.filter(answers=said, note=note).exists()
