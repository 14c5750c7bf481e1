"""Who needs attention and why, counted and paged from indexes: the same few queries for ten runners or twenty thousand."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet

from assessments.models import Assessment
from clinic.models import Clinic, User
from programs.caseload.reasons import ATTENTION, PLANNED, Reason
from programs.caseload.settling import settle
from programs.models import CaseHandling, NewSymptom, Standing

# One statement, because composing it anew for every request costs more than running it.
COUNTED = """
SELECT attention, count(*) FROM programs_standing WHERE clinic_id = %(clinic)s AND attention > 0 GROUP BY attention
UNION ALL SELECT -1, count(*) FROM programs_standing
    WHERE clinic_id = %(clinic)s AND attention > 0 AND handover_missing > 0
UNION ALL SELECT -2, count(*) FROM programs_standing WHERE clinic_id = %(clinic)s AND attention_until <= %(today)s
"""


@dataclass(frozen=True)
class Counts:
    """How many running programs stand under each reason; `handover`: those not handed over, whatever else they are."""

    of: dict[int, int] = field(default_factory=dict)
    handover: int = 0

    def sum(self, reasons: Collection[int]) -> int:
        return sum(self.of.get(reason, 0) for reason in reasons)

    @property
    def attention(self) -> int:
        return self.sum(ATTENTION)

    @property
    def planned(self) -> int:
        return self.sum(PLANNED)

    @property
    def put_off(self) -> int:
        return self.of.get(Reason.PUT_OFF, 0)

    @property
    def running(self) -> int:
        return sum(self.of.values())


def counts(clinic: Clinic, today: date) -> Counts:
    """Every running program of runners who are not archived, under its one worst reason. One query while nothing changed,
    four after something did.
    """
    found, changed = _counted(clinic, today)
    if changed and settle(clinic, today):
        found, _left = _counted(clinic, today)
    return found


def _counted(clinic: Clinic, today: date) -> tuple[Counts, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"clinic": clinic.pk, "today": today})
        rows = dict(cursor.fetchall())
    return Counts(handover=rows.pop(-1), of={k: n for k, n in rows.items() if k > 0}), rows.get(-2, 0)


PEOPLE = "program__episode__patient"
LONGEST_SILENT_FIRST = (F("last_report_on").asc(nulls_first=True), "pk")
SHOWN = [
    *("attention", "facts", "starts_on", "review_on", "ceiling", "last_report_on", "last_pain", "last_pain_on"),
    *("worse_mornings", "last_morning_on", "last_morning_pain", "reminders_ignored", "verdict", "proposal"),
    *("is_answered", "new_symptom_at", "quiet_attention", "quiet_until", "handover_missing"),
    *("program__diagnosis", "program__side", "program__stage"),
    *(f"{PEOPLE}__{name}" for name in ("first_name", "last_name", "email_refused", "reminders")),
]


def listed(clinic: Clinic, reasons: Collection[Reason]) -> QuerySet[Standing]:
    """Running programs under these reasons, which follow one another, worst first, within one reason the longest silent
    first. Call `counts` before: it settles what changed.
    """
    between = (min(reasons), max(reasons))  # an index answers a range in its order
    found = Standing.objects.filter(clinic=clinic, attention__gt=0, attention__range=between)
    return found.order_by("attention", *LONGEST_SILENT_FIRST)


def not_handed_over(clinic: Clinic) -> QuerySet[Standing]:
    """The same for those whose newest version was not shown, demonstrated and taken."""
    found = Standing.objects.filter(clinic=clinic, attention__gt=0, handover_missing__gt=0)
    return found.order_by(*LONGEST_SILENT_FIRST)


def with_people(found: QuerySet[Standing], start: int, number: int) -> list[Standing]:
    """A slice of one of these lists with what a row shows. Two queries: the slice is cut first, so that whatever the database
    knows of its tables it joins the people of twenty and never those of twenty thousand.
    """
    ids = list(found.values_list("pk", flat=True)[start : start + number])
    rows = {row.pk: row for row in Standing.objects.filter(pk__in=ids).select_related(PEOPLE).only(*SHOWN)}
    return [rows[pk] for pk in ids if pk in rows]


def finished(clinic: Clinic) -> QuerySet[Standing]:
    """Ended programs with their people, the newest first, without those of archived runners."""
    ended = Standing.objects.filter(clinic=clinic, is_running=False, program__episode__patient__archived_at=None)
    return ended.select_related(PEOPLE).order_by("-program__ended_at", "pk")


def news_of(programs: Collection[UUID]) -> dict[UUID, NewSymptom]:
    """The oldest urgent answer about something new of each program that nobody has dealt with. One query."""
    found = NewSymptom.objects.filter(program__in=programs, is_urgent=True, handled_at=None).order_by("-created_at")
    return {row.program_id: row for row in found}


def handlings_of(programs: Collection[UUID]) -> dict[UUID, CaseHandling]:
    """The newest handling of each program that was not taken back, with whose it was. One query."""
    found = CaseHandling.objects.filter(program__in=programs, taken_back_at=None).select_related("by")
    return {row.program_id: row for row in found.order_by("created_at")}


def handling_of(clinic: Clinic, handling_id: str) -> CaseHandling | None:
    """The one that was just made, for the way back; None for anything else. One query."""
    try:
        wanted = UUID(handling_id)
    except ValueError:
        return None
    found = CaseHandling.objects.filter(clinic=clinic, pk=wanted, taken_back_at=None)
    return found.select_related(PEOPLE).first()


def unsigned_by(clinic: Clinic, user: User) -> QuerySet[Assessment]:
    """This clinician's assessments that were begun and not signed, the oldest first."""
    drafts = Assessment.objects.filter(
        clinic=clinic, clinician=user, state=Assessment.State.DRAFT, episode__patient__archived_at=None
    )
    return drafts.select_related("episode__patient").order_by("examined_on", "created_at")
