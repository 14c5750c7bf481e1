"""Short checks the runner measures at home: one result per check and day, the one told last."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.caseload.standing import refresh
from programs.models import CheckResult, Program
from programs.portal.actions.once import check_has_come, is_new, told_at
from programs.portal.sending import Told
from programs.progression.home_checks import HOME_CHECKS


@dataclass(frozen=True)
class Measured:
    """Seconds, times or minutes as the check says; pain 0 to 10; None is not said."""

    left: float | None = None
    right: float | None = None
    value: float | None = None
    passed: bool | None = None
    pain: int | None = None
    has_cramp: bool | None = None
    hip_drops: bool | None = None


@transaction.atomic
def log_check(
    *, program: Program, key: str, day: date, measured: Measured, today: date, told: Told | None = None
) -> CheckResult:
    """Keep the runner's own result; gives the one that stands. What staff measured is never touched.

    Raises ValidationError, in the runner's words, for a day to come or a check that nobody can do at home.
    """
    check_has_come(day=day, today=today)
    if key not in HOME_CHECKS:
        raise ValidationError(_("This check is not in your program. Open your page again."))
    told = told or Told(timezone.now())
    is_first = is_new(program_id=program.pk, clinic_id=program.clinic_id, told=told)
    held = CheckResult.objects.filter(program=program, key=key, day=day, by=None).first()
    if held and not (is_first and told.at >= told_at(held)):
        return held
    result = held or CheckResult(clinic_id=program.clinic_id, program=program, key=key, day=day)
    result.left, result.right, result.value, result.passed = (
        measured.left,
        measured.right,
        measured.value,
        measured.passed,
    )
    result.pain, result.has_cramp, result.hip_drops = measured.pain, measured.has_cramp, measured.hip_drops
    result.told_at = told.at
    result.save()
    refresh(program.pk)
    return result
