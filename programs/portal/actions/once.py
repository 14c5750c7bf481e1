"""Each report counts once, and what was told last stands, in whatever order reports arrive."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.models import CheckResult, ExerciseLog, MorningCheck, Program, RunLog, TakenReport
from programs.portal.sending import Told


def is_new(*, program_id: UUID, clinic_id: UUID, told: Told) -> bool:
    """Take the reports of one program one after the other, and each key once. One query; three with a key."""
    Program.objects.select_for_update(no_key=True).values_list("pk").get(pk=program_id)
    if told.key is None:
        return True
    taken = TakenReport(clinic_id=clinic_id, program_id=program_id, key=told.key)
    TakenReport.objects.bulk_create([taken], ignore_conflicts=True)
    return TakenReport.objects.filter(pk=taken.pk).exists()


def told_at(held: ExerciseLog | MorningCheck | RunLog | CheckResult) -> datetime:
    """When the answer that stands was told; in rows from before phones told it, when it arrived."""
    return held.told_at or held.reported_at


def check_has_come(*, day: date, today: date) -> None:
    """Raises ValidationError, in the runner's words, for a day to come."""
    if day > today:
        raise ValidationError(_("This day has not come yet."))
