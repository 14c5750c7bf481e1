"""The next morning's answer: one a morning, the one told last."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from programs.caseload.standing import refresh
from programs.models import MorningCheck, Program
from programs.portal.actions.once import check_has_come, is_new, told_at
from programs.portal.sending import Told


@dataclass(frozen=True)
class More:
    """What else the rules ask about a morning; None and "" are not answered."""

    has_limp: bool | None = None
    is_settled: bool | None = None
    leg: str = ""


@transaction.atomic
def answer_morning(
    *,
    program: Program,
    day: date,
    change: str,
    pain: int | None,
    today: date,
    more: More = More(),
    told: Told | None = None,
) -> MorningCheck:
    """How it was the next morning; gives the answer that stands, the one told last. Raises ValidationError for a day to come.

    `day` is the morning's own day; `change` is better, same or worse; pain 0 to 10.
    """
    check_has_come(day=day, today=today)
    told = told or Told(timezone.now())
    is_first = is_new(program_id=program.pk, clinic_id=program.clinic_id, told=told)
    held = MorningCheck.objects.filter(program=program, day=day).first()
    if held and not (is_first and told.at >= told_at(held)):
        return held
    check = held or MorningCheck(clinic_id=program.clinic_id, program=program, day=day)
    check.change, check.pain, check.told_at = change, pain, told.at
    check.has_limp, check.is_settled, check.leg = more.has_limp, more.is_settled, more.leg
    check.save()
    refresh(program.pk)
    return check
