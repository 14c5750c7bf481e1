"""Reads of what the runner told beside the exercises. All run inside the clinic's scope."""

from datetime import date, timedelta
from uuid import UUID

from programs.models import CheckResult, NewSymptom, RunLog


def runs_around(program_id: UUID, day: date) -> list[RunLog]:
    """The runs of a day and of the day before, those taken back too, in their order. One query."""
    days = (day - timedelta(days=1), day)
    return list(RunLog.objects.filter(program=program_id, day__in=days).order_by("day", "number"))


def run_on(program_id: UUID, day: date, run_id: UUID) -> RunLog | None:
    """This very run of this very day. One query."""
    return RunLog.objects.filter(program=program_id, day=day, pk=run_id).first()


def checks_since(program_id: UUID, since: date) -> list[CheckResult]:
    """What was measured after this day, by the runner or by staff, the newest last. One query."""
    return list(CheckResult.objects.filter(program=program_id, day__gt=since).order_by("day", "told_at"))


def own_check(program_id: UUID, key: str, day: date) -> CheckResult | None:
    """What the runner measured on a day. One query."""
    return CheckResult.objects.filter(program=program_id, key=key, day=day, by=None).first()


def newest_symptom(program_id: UUID) -> NewSymptom | None:
    """What the runner told last about something new. One query."""
    return NewSymptom.objects.filter(program=program_id).order_by("-created_at").first()
