"""Measured checks that staff write down: what must be true before the next stage."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import User
from programs.caseload.standing import refresh
from programs.decisions.keeping import reconsider
from programs.models import CheckResult, Program, ProgramVersion

ANSWERS = ("left", "right", "value", "passed", "pain", "has_cramp", "hip_drops")


@transaction.atomic
def write_check(*, by: User, program: Program, key: str, day: date, today: date, **answers: Any) -> CheckResult:
    """One check of one day; what is not given stays unknown. A correction is one more row: the one told last counts.

    Raises ValidationError for a day to come, for no answer at all, and before anything was issued or after the end.
    """
    if day > today:
        raise ValidationError(_("This day has not come yet."))
    given = {name: answers.get(name) for name in ANSWERS}
    if all(value is None for value in given.values()):
        raise ValidationError(_("Nothing was filled in."))
    held = Program.objects.select_for_update().get(pk=program.pk)
    if held.state != Program.State.ISSUED or not ProgramVersion.objects.filter(program=held).exists():
        raise ValidationError(_("Checks belong to a program that runs."))
    check = CheckResult.objects.create(
        clinic_id=held.clinic_id, program=held, key=key, day=day, told_at=timezone.now(), by=by, **given
    )
    refresh(held.pk)
    reconsider(held.pk, today)
    return check
