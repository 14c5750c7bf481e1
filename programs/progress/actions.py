"""Typing a ticked sheet back."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from programs.caseload.standing import refresh
from programs.models import ExerciseLog, Program, ProgramVersion
from programs.progress.grid import Changes, changes_of
from programs.progress.sheet import sheet_of
from programs.progression.plan import PlannedSession


@transaction.atomic
def write_sheet(
    *,
    by: User,
    program: Program,
    version: ProgramVersion,
    given: Mapping[PlannedSession, str],
    pain: Mapping[date, int],
    today: date,
) -> Changes:
    """Write the boxes as typed, marked as from paper, and give what was really written.

    What the runner told himself stays, also when it was told after the page was opened; so do closed days. A box typed before
    and blank now is taken back (the audit keeps it). The pain is the day's worst and goes with every box typed that day. Five
    queries and the standing's, however many boxes.
    """
    Program.objects.select_for_update(no_key=True).values_list("pk").get(pk=program.pk)
    sheet = sheet_of(program, version, list(ProgramVersion.objects.filter(program=program)), today)
    changes = changes_of(given, pain, sheet.sessions, sheet.held)
    if not changes:
        return changes
    now = timezone.now()
    rows = {
        PlannedSession(row.day, row.line, row.occasion): row
        for row in ExerciseLog.objects.filter(
            version__program=program, source=ExerciseLog.Source.PAPER, day__in=sheet.open_days
        )
    }
    ExerciseLog.objects.filter(pk__in=[rows[session].pk for session in changes.removed]).delete()
    corrected = [rows[entry.session] for entry in changes.changed]
    for row, entry in zip(corrected, changes.changed, strict=True):
        row.status, row.pain, row.typed_by, row.told_at, row.reported_at = entry.status, entry.pain, by, now, now
    ExerciseLog.objects.bulk_update(corrected, ["status", "pain", "typed_by", "told_at", "reported_at"])
    ExerciseLog.objects.bulk_create(
        ExerciseLog(
            clinic_id=program.clinic_id,
            version=version,
            day=entry.session.day,
            line=entry.session.line,
            occasion=entry.session.number,
            status=entry.status,
            pain=entry.pain,
            source=ExerciseLog.Source.PAPER,
            typed_by=by,
            is_ticked=True,
            told_at=now,
        )
        for entry in changes.added
    )
    refresh(program.pk)
    return changes
