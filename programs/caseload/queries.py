"""Who needs attention and why, decided in the database: the same few queries for ten runners or two thousand."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models import PositiveSmallIntegerField as SmallNumber

from assessments.models import Assessment
from clinic.models import Clinic, User
from programs.models import Handout, Program, Standing

SILENT_DAYS = 5
PAIN_COUNTS_FOR = timedelta(days=3)  # an old high value is history, not a reason to call today


class Reason:
    """Why a runner needs the clinician, worst first. The number is the order of the list."""

    PAIN_ABOVE_CEILING = 1
    WORSE_MORNINGS = 2
    HANDOUT_FAILED = 3
    SILENT = 4
    REVIEW_DUE = 5
    AS_PLANNED = 9


ATTENTION = Q(reason__lt=Reason.AS_PLANNED)


def running_cases(clinic: Clinic, today: date) -> QuerySet[Standing]:
    """Every running program of the clinic with its one worst reason, worst first."""
    failed = Handout.objects.filter(clinic=clinic, state=Handout.State.FAILED, version__program=OuterRef("program"))
    quiet_since = today - timedelta(days=SILENT_DAYS)
    silent = Q(last_report_on=None, starts_on__lte=quiet_since) | Q(last_report_on__lte=quiet_since)
    above = Q(last_pain__gt=F("ceiling"), last_pain_on__gte=today - PAIN_COUNTS_FOR)
    reason = Case(
        When(above, then=Value(Reason.PAIN_ABOVE_CEILING)),
        When(worse_mornings__gte=2, then=Value(Reason.WORSE_MORNINGS)),
        When(Exists(failed), then=Value(Reason.HANDOUT_FAILED)),
        When(Q(review_on__lte=today), then=Value(Reason.REVIEW_DUE)),
        When(silent & Q(starts_on__lte=today), then=Value(Reason.SILENT)),
        default=Value(Reason.AS_PLANNED),
        output_field=SmallNumber(),
    )
    running = Standing.objects.filter(clinic=clinic, program__state=Program.State.ISSUED)
    return running.annotate(reason=reason).order_by("reason", F("last_report_on").asc(nulls_first=True), "pk")


def counts(clinic: Clinic, today: date) -> dict[str, int]:
    """How many need attention and how many go as planned. One query."""
    found: dict[str, Any] = running_cases(clinic, today).aggregate(
        attention=Count("pk", filter=ATTENTION), all=Count("pk")
    )
    return found | {"planned": found["all"] - found["attention"]}


def with_people(cases: QuerySet[Standing]) -> QuerySet[Standing]:
    return cases.select_related("program__episode__patient")


def finished(clinic: Clinic) -> QuerySet[Standing]:
    """Ended programs, the newest first, without a reason to act."""
    ended = Standing.objects.filter(clinic=clinic, program__state=Program.State.ENDED)
    return ended.annotate(reason=Value(Reason.AS_PLANNED, output_field=SmallNumber())).order_by("-program__ended_at")


def ids_of(cases: list[Standing]) -> list[UUID]:
    return [case.program_id for case in cases]


def unsigned_by(clinic: Clinic, user: User) -> QuerySet[Assessment]:
    """This clinician's assessments that were begun and not signed, the oldest first."""
    drafts = Assessment.objects.filter(clinic=clinic, clinician=user, state=Assessment.State.DRAFT)
    return drafts.select_related("episode__patient").order_by("examined_on")
