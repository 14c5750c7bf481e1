"""Keep a program's standing true: called inside the transaction of every write that changes it."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Max

from programs.models import ExerciseLog, MorningCheck, Program, ProgramVersion, Reminder, Standing


def refresh(program_id: UUID) -> None:
    """Work the standing out again from versions and reports. Six queries, whatever the length of the history.

    Nothing issued yet: no standing. An ended program keeps its last one; the caseload shows running programs only.
    """
    version = ProgramVersion.objects.filter(program=program_id).order_by("-number").first()
    if version is None:
        return
    logs = ExerciseLog.objects.filter(version__program=program_id)
    last_log = logs.aggregate(day=Max("day"))["day"]
    pain = logs.exclude(pain=None).order_by("-day", "-pain").values_list("pain", "day").first()
    mornings = list(MorningCheck.objects.filter(program=program_id).order_by("-day").values_list("day", "change")[:7])
    worse = 0
    for _day, change in mornings:
        if change != MorningCheck.Change.WORSE:
            break
        worse += 1
    last = max((day for day in (last_log, mornings[0][0] if mornings else None) if day), default=None)
    since = {"local_day__gt": last} if last else {}
    ignored = Reminder.objects.filter(program=program_id, state=Reminder.State.DONE, **since).count()
    Standing.objects.update_or_create(
        program_id=program_id,
        defaults={
            "clinic_id": version.clinic_id,
            "starts_on": version.starts_on,
            "review_on": version.ends_on + timedelta(days=1),
            "ceiling": Program.objects.values_list("pain_ceiling", flat=True).get(pk=program_id),
            "last_report_on": last,
            "last_pain": pain[0] if pain else None,
            "last_pain_on": pain[1] if pain else None,
            "worse_mornings": worse,
            "reminders_ignored": ignored,
        },
    )
