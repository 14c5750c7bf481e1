"""Who needs attention and why, decided in the database: the same few queries for ten runners or two thousand."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models import PositiveSmallIntegerField as SmallNumber

from assessments.models import Assessment
from clinic.models import Clinic, User
from programs.models import Handout, MorningCheck, Program, ProgramVersion, Standing

SILENT_DAYS = 5
COUNTS_FOR = timedelta(days=3)  # an old high value or a bad morning is history, not a reason to call today


class Reason:
    """Why a runner needs the clinician, worst first. The number is the order of the list."""

    PAIN_ABOVE_CEILING = 1
    WORSE_MORNINGS = 2
    HANDOUT_FAILED = 3
    REVIEW_DUE = 4
    SILENT = 5
    AS_PLANNED = 8
    STARTS_LATER = 9


ATTENTION = Q(reason__lt=Reason.AS_PLANNED)
RUNNING = Q(program__state=Program.State.ISSUED)
ENDED = Q(program__state=Program.State.ENDED)


def _in_care(clinic: Clinic) -> QuerySet[Standing]:
    return Standing.objects.filter(clinic=clinic, program__episode__patient__archived_at=None)


def _paper_failed(clinic: Clinic) -> Q:
    """The handout of the version the runner has now could not be made; older papers no longer matter."""
    newer = ProgramVersion.objects.filter(program=OuterRef("version__program"), number__gt=OuterRef("version__number"))
    failed = Handout.objects.filter(~Exists(newer), clinic=clinic, state=Handout.State.FAILED)
    return Q(program__in=failed.values("version__program"))


def _worse_lately(today: date) -> Q:
    worse = MorningCheck.Change.WORSE
    lately = MorningCheck.objects.filter(program=OuterRef("program"), day__gte=today - COUNTS_FOR, change=worse)
    return Q(worse_mornings__gte=2) & Exists(lately)


def _silent(today: date) -> Q:
    """Nothing was reported for days while a plan was running. A version that began meanwhile starts the count anew."""
    since = today - timedelta(days=SILENT_DAYS)
    quiet = Q(starts_on__lte=since) & (Q(last_report_on=None) | Q(last_report_on__lte=since))
    begun = ProgramVersion.objects.filter(program=OuterRef("program"), starts_on__gt=since, starts_on__lte=today)
    return quiet & ~Exists(begun)


def _reason(clinic: Clinic, today: date) -> Case:
    above = Q(last_pain__gt=F("ceiling"), last_pain_on__gte=today - COUNTS_FOR)
    return Case(
        When(above, then=Value(Reason.PAIN_ABOVE_CEILING)),
        When(_worse_lately(today), then=Value(Reason.WORSE_MORNINGS)),
        When(_paper_failed(clinic), then=Value(Reason.HANDOUT_FAILED)),
        When(Q(review_on__lte=today), then=Value(Reason.REVIEW_DUE)),
        When(_silent(today), then=Value(Reason.SILENT)),
        When(Q(starts_on__gt=today), then=Value(Reason.STARTS_LATER)),
        default=Value(Reason.AS_PLANNED),
        output_field=SmallNumber(),
    )


def running_cases(clinic: Clinic, today: date) -> QuerySet[Standing]:
    """Every running program of the clinic with its one worst reason, worst first; within one reason the longest silent.
    Each knows its newest morning answer's day and pain.
    """
    newest = MorningCheck.objects.filter(program=OuterRef("program"), day__lte=today).order_by("-day")
    cases = (
        _in_care(clinic)
        .filter(RUNNING)
        .annotate(
            reason=_reason(clinic, today),
            morning_on=Subquery(newest.values("day")[:1]),
            morning_pain=Subquery(newest.values("pain")[:1]),
        )
    )
    return cases.order_by("reason", F("last_report_on").asc(nulls_first=True), "pk")


def counts(clinic: Clinic, today: date) -> dict[str, int]:
    """How many run, need attention, go as planned, and have ended. One query."""
    cases = _in_care(clinic).annotate(reason=_reason(clinic, today))
    found: dict[str, Any] = cases.aggregate(
        all=Count("pk", filter=RUNNING),
        attention=Count("pk", filter=RUNNING & ATTENTION),
        finished=Count("pk", filter=ENDED),
    )
    return found | {"planned": found["all"] - found["attention"]}


def with_people(cases: QuerySet[Standing]) -> QuerySet[Standing]:
    return cases.select_related("program__episode__patient")


def finished(clinic: Clinic) -> QuerySet[Standing]:
    """Ended programs, the newest first."""
    return _in_care(clinic).filter(ENDED).order_by("-program__ended_at", "pk")


def unsigned_by(clinic: Clinic, user: User) -> QuerySet[Assessment]:
    """This clinician's assessments that were begun and not signed, the oldest first."""
    drafts = Assessment.objects.filter(
        clinic=clinic, clinician=user, state=Assessment.State.DRAFT, episode__patient__archived_at=None
    )
    return drafts.select_related("episode__patient").order_by("examined_on", "created_at")
