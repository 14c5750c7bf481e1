"""Who needs attention and why, decided in the database: the same few queries for ten runners or two thousand."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from assessments.models import Assessment
from clinic.models import Clinic, User
from programs.models import Standing

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


# Beside its one reason, a running program may still have to be handed over. What is missing is told by these bits.
HANDOVER_OPEN, HANDOVER_STEPS = 64, {"shown": 1, "demonstrated": 2, "taken": 4}


# One statement, because composing it anew for every request costs more than running it. A version that began meanwhile
# starts the count of silent days anew; of papers and handovers only the newest version's matters.
RUNNING = """
SELECT reason, array_agg(program_id ORDER BY last_report_on NULLS FIRST, id) FROM (
    SELECT s.id, s.program_id, s.last_report_on, CASE
        WHEN s.last_pain > s.ceiling AND s.last_pain_on >= %(lately)s THEN %(pain)s
        WHEN s.worse_mornings >= 2 AND s.last_morning_on >= %(lately)s THEN %(mornings)s
        WHEN s.program_id IN (
            SELECT v.program_id FROM programs_handout h JOIN programs_programversion v ON v.id = h.version_id
            WHERE h.clinic_id = %(clinic)s AND h.state = 'failed' AND NOT EXISTS (
                SELECT 1 FROM programs_programversion n WHERE n.program_id = v.program_id AND n.number > v.number)
            ) THEN %(handout)s
        WHEN s.review_on <= %(today)s THEN %(review)s
        WHEN s.starts_on <= %(quiet)s AND (s.last_report_on IS NULL OR s.last_report_on <= %(quiet)s)
            AND NOT coalesce(s.begun_on > %(quiet)s AND s.begun_on <= %(today)s, false) THEN %(silent)s
        WHEN s.starts_on > %(today)s THEN %(later)s
        ELSE %(planned)s END AS reason
    FROM programs_standing s
    WHERE s.clinic_id = %(clinic)s AND s.is_running AND s.program_id NOT IN (
        SELECT p.id FROM programs_program p JOIN clinic_episode e ON e.id = p.episode_id
        JOIN clinic_patient r ON r.id = e.patient_id
        WHERE p.clinic_id = %(clinic)s AND r.archived_at IS NOT NULL)
    UNION ALL
    SELECT s.id, s.program_id, s.last_report_on, %(handover)s
        + (h.shown_at IS NULL)::int + 2 * (h.demonstrated_at IS NULL)::int + 4 * (h.taken_at IS NULL)::int
    FROM programs_handover h JOIN programs_programversion v ON v.id = h.version_id
    JOIN programs_standing s ON s.program_id = v.program_id
    JOIN programs_program p ON p.id = v.program_id JOIN clinic_episode e ON e.id = p.episode_id
    JOIN clinic_patient r ON r.id = e.patient_id
    WHERE h.clinic_id = %(clinic)s AND (h.shown_at IS NULL OR h.demonstrated_at IS NULL OR h.taken_at IS NULL)
        AND s.is_running AND r.archived_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM programs_programversion n WHERE n.program_id = v.program_id AND n.number > v.number)
) AS cases GROUP BY reason ORDER BY reason
"""

Groups = dict[int, list[UUID]]


def running(clinic: Clinic, today: date) -> Groups:
    """Every running program under its one worst reason, worst first; within one reason the longest silent first. Archived
    runners are left out. Programs that are not handed over come a second time, under HANDOVER_OPEN and what is missing. One
    query that answers with a list of ids for each reason.
    """
    values = {
        "clinic": clinic.pk,
        "today": today,
        "lately": today - COUNTS_FOR,
        "quiet": today - timedelta(days=SILENT_DAYS),
        "pain": Reason.PAIN_ABOVE_CEILING,
        "mornings": Reason.WORSE_MORNINGS,
        "handout": Reason.HANDOUT_FAILED,
        "handover": HANDOVER_OPEN,
        "review": Reason.REVIEW_DUE,
        "silent": Reason.SILENT,
        "later": Reason.STARTS_LATER,
        "planned": Reason.AS_PLANNED,
    }
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, values)
        return dict(cursor.fetchall())


def missing_in(reason: int) -> list[str]:
    """The steps of the handover that a group above HANDOVER_OPEN still lacks."""
    return [name for name, bit in HANDOVER_STEPS.items() if reason >= HANDOVER_OPEN and reason & bit]


PEOPLE = "program__episode__patient"
SHOWN = [
    *("starts_on", "review_on", "ceiling", "last_report_on", "last_pain", "last_pain_on", "worse_mornings"),
    *("last_morning_on", "last_morning_pain", "reminders_ignored", "program__diagnosis", "program__side"),
    *("program__stage", "program__episode__patient__first_name", "program__episode__patient__last_name"),
    "program__episode__patient__email_refused",
]


def rows_of(programs: Sequence[UUID]) -> list[Standing]:
    """Standings with their people, in this order. One query."""
    found = Standing.objects.filter(program__in=programs).select_related(PEOPLE).only(*SHOWN)
    by_program = {row.program_id: row for row in found}
    return [by_program[program] for program in programs if program in by_program]


def finished(clinic: Clinic) -> QuerySet[Standing]:
    """Ended programs with their people, the newest first, without those of archived runners."""
    ended = Standing.objects.filter(clinic=clinic, is_running=False, program__episode__patient__archived_at=None)
    return ended.select_related(PEOPLE).order_by("-program__ended_at", "pk")


def unsigned_by(clinic: Clinic, user: User) -> QuerySet[Assessment]:
    """This clinician's assessments that were begun and not signed, the oldest first."""
    drafts = Assessment.objects.filter(
        clinic=clinic, clinician=user, state=Assessment.State.DRAFT, episode__patient__archived_at=None
    )
    return drafts.select_related("episode__patient").order_by("examined_on", "created_at")
