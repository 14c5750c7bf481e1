"""Reads of the patient's page. All run inside the clinic's scope."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from programs.models import (
    CalendarFeed,
    CheckResult,
    ExerciseLog,
    ExercisePicture,
    MorningCheck,
    NewSymptom,
    PatientLink,
    Program,
    ProgramVersion,
    RunLog,
)
from programs.portal.plan import plan_of
from programs.progression.plan import PlannedSession

DAYS_TO_CORRECT = 7


def answers_on(program_id: UUID, day: date) -> QuerySet[ExerciseLog]:
    """What was reported about one day, under whichever version; the newest version's answers come last."""
    return (
        ExerciseLog.objects.filter(version__program=program_id, day=day)
        .select_related("version")
        .order_by("version__number")
    )


def replaced_version(program_id: UUID, session: PlannedSession, *, before: int) -> ProgramVersion | None:
    """An older version than number `before` that planned this very session: the runner may still have its page open."""
    older = ProgramVersion.objects.filter(program=program_id, number__lt=before).order_by("-number")
    return next((one for one in older if session in {planned.session for planned in plan_of(one, session.day)}), None)


def days_to_correct(program_id: UUID, today: date) -> list[date]:
    """The last week's days inside any plan, newest first, without today. One query."""
    spans = list(ProgramVersion.objects.filter(program=program_id).values_list("starts_on", "ends_on"))
    days = (today - timedelta(days=back) for back in range(1, DAYS_TO_CORRECT + 1))
    return [day for day in days if any(start <= day <= end for start, end in spans)]


def picture_in(program_id: UUID, picture_id: UUID) -> ExercisePicture | None:
    """A picture that a version of this program was issued with. Two queries."""
    shown = ProgramVersion.objects.filter(
        program=program_id, content__lines__contains=[{"picture": {"id": str(picture_id)}}]
    )
    return ExercisePicture.objects.filter(pk=picture_id).first() if shown.exists() else None


def open_links(patient_id: UUID) -> QuerySet[PatientLink]:
    """The links that open a running program of this runner."""
    running = PatientLink.objects.filter(program__state=Program.State.ISSUED, revoked_at=None)
    return running.filter(program__episode__patient=patient_id).select_related("program")


def versions_of(program_id: UUID) -> QuerySet[ProgramVersion]:
    """Every issued version, oldest first."""
    return ProgramVersion.objects.filter(program=program_id).order_by("number")


def logs_since(program_id: UUID, since: date, until: date) -> QuerySet[ExerciseLog]:
    """The exercises' answers of these days, under whichever version."""
    return ExerciseLog.objects.filter(version__program=program_id, day__range=(since, until)).order_by(
        "day", "version__number", "line", "occasion"
    )


def mornings_since(program_id: UUID, since: date, until: date) -> QuerySet[MorningCheck]:
    return MorningCheck.objects.filter(program=program_id, day__range=(since, until)).order_by("day")


def runs_since(program_id: UUID, since: date, until: date) -> QuerySet[RunLog]:
    """Newest first; what the runner took back is left out."""
    runs = RunLog.objects.filter(program=program_id, day__range=(since, until), is_removed=False)
    return runs.order_by("-day", "-number")


def checks_of(program_id: UUID) -> QuerySet[CheckResult]:
    """Measured checks, by the runner or by staff, oldest first."""
    return CheckResult.objects.filter(program=program_id).order_by("day", "told_at")


def new_symptoms_of(program_id: UUID) -> QuerySet[NewSymptom]:
    return NewSymptom.objects.filter(program=program_id).order_by("told_at")


def calendar_feed_of(program_id: UUID) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(program=program_id).first()
