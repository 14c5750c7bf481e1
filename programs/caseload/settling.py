"""Work out the one reason of each program whose facts or day changed since. Everybody who reads reasons calls it first.

The result stands in the standing until a fact changes, which the database notices by itself (migration 0022), or until the
day it may change by itself. So a page that is opened again has nothing to work out.
"""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from clinic.models import Clinic
from programs.caseload.reasons import COUNTS_FOR, SILENT_DAYS, Reason

# A report that is being written at this moment keeps its row; the next reader finds it.
STALE = """
SELECT id FROM programs_standing WHERE clinic_id = %(clinic)s AND attention_until <= %(today)s
ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""

# `facts`: every reason that holds, and what it rests on; the same words later mean that nothing newer was told. A proposal to
# move on rests on what it would change, not on the days that spoke for it: else each good day would bring it back.
SETTLE = """
WITH told AS (
    SELECT s.id, s.is_running AND r.archived_at IS NULL AS is_listed,
        (o.id IS NOT NULL)::int * ((o.shown_at IS NULL)::int + 2 * (o.demonstrated_at IS NULL)::int
            + 4 * (o.taken_at IS NULL)::int) AS handover_missing,
        jsonb_strip_nulls(jsonb_build_object(
            %(new)s, s.new_symptom_at,
            %(pain)s, CASE WHEN s.last_pain > s.ceiling AND s.last_pain_on >= %(lately)s
                THEN s.last_pain_on || ' ' || s.last_pain END,
            %(mornings)s, CASE WHEN s.worse_mornings >= 2 AND s.last_morning_on >= %(lately)s THEN s.last_morning_on END,
            %(step_back)s, CASE WHEN s.verdict = 'step_back' AND NOT s.is_answered THEN s.proposal ->> 'signature' END,
            %(review)s, CASE WHEN s.verdict = 'review' AND NOT s.is_answered
                AND s.proposal -> 'reasons' -> 0 ->> 'key' IS DISTINCT FROM 'review_due' THEN s.proposal ->> 'signature' END,
            %(stopped)s, stopped.at,
            %(email)s, CASE WHEN r.email_refused <> '' THEN r.email END,
            %(handout)s, (SELECT min(h.id::text) FROM programs_handout h WHERE h.version_id = v.id AND h.state = 'failed'),
            %(due)s, CASE WHEN s.review_on <= %(today)s THEN s.review_on END,
            %(silent)s, CASE WHEN stopped.at IS NULL AND s.starts_on <= %(quiet)s AND coalesce(s.last_report_on <= %(quiet)s, true)
                AND NOT coalesce(s.begun_on > %(quiet)s AND s.begun_on <= %(today)s, false)
                THEN coalesce(s.last_report_on, s.starts_on) END,
            %(ready)s, CASE WHEN s.verdict = 'progress' AND NOT s.is_answered THEN s.proposal ->> 'change' END
        )) AS facts
    FROM programs_standing s
    JOIN programs_program p ON p.id = s.program_id
    JOIN clinic_episode e ON e.id = p.episode_id
    JOIN clinic_patient r ON r.id = e.patient_id
    LEFT JOIN LATERAL (
        SELECT id FROM programs_programversion WHERE program_id = s.program_id ORDER BY number DESC LIMIT 1) v ON true
    LEFT JOIN programs_handover o ON o.version_id = v.id
    LEFT JOIN LATERAL (
        SELECT max(revoked_at) AS at FROM programs_patientlink WHERE program_id = s.program_id
        HAVING bool_and(revoked_at IS NOT NULL) AND max(revoked_at) = max(revoked_at) FILTER (WHERE closed_by_runner)
    ) stopped ON true
    WHERE s.id = ANY(%(stale)s)
)
UPDATE programs_standing s SET facts = told.facts, handover_missing = told.handover_missing,
    attention = CASE WHEN NOT told.is_listed THEN 0 ELSE coalesce(
        (SELECT min(key::int) FROM jsonb_each_text(told.facts) AS fact
            WHERE NOT coalesce(s.quiet_until > %(today)s AND s.quiet_facts ->> fact.key = fact.value, false)),
        CASE WHEN told.facts <> '{}' THEN %(put_off)s WHEN s.starts_on > %(today)s THEN %(later)s ELSE %(planned)s END) END,
    attention_until = coalesce((SELECT min(day) FROM unnest(ARRAY[s.last_pain_on + %(lasts)s, s.last_morning_on + %(lasts)s,
        s.review_on, s.starts_on, s.starts_on + %(silence)s, s.last_report_on + %(silence)s, s.begun_on,
        s.begun_on + %(silence)s, s.quiet_until]) AS day WHERE day > %(today)s AND s.is_running), '9999-12-31')
FROM told WHERE told.id = s.id
"""

NAMES = {
    "new": Reason.NEW_SYMPTOM,
    "pain": Reason.PAIN_ABOVE_CEILING,
    "mornings": Reason.WORSE_MORNINGS,
    "step_back": Reason.STEP_BACK,
    "review": Reason.REVIEW_PROPOSED,
    "stopped": Reason.STOPPED,
    "email": Reason.EMAIL_REFUSED,
    "handout": Reason.HANDOUT_FAILED,
    "due": Reason.REVIEW_DUE,
    "silent": Reason.SILENT,
    "ready": Reason.READY,
}


@transaction.atomic
def settle(clinic: Clinic, today: date) -> int:
    """How many were worked out anew. Two queries, one when nothing changed; its rows are held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(STALE, {"clinic": clinic.pk, "today": today})
        stale = [row[0] for row in cursor.fetchall()]
        if stale:
            cursor.execute(SETTLE, _values(today) | {"stale": stale})
    return len(stale)


def _values(today: date) -> dict[str, Any]:
    return {name: str(reason.value) for name, reason in NAMES.items()} | {
        "today": today,
        "lately": today - COUNTS_FOR,
        "lasts": COUNTS_FOR.days + 1,
        "quiet": today - timedelta(days=SILENT_DAYS),
        "silence": SILENT_DAYS,
        "planned": Reason.AS_PLANNED.value,
        "later": Reason.STARTS_LATER.value,
        "put_off": Reason.PUT_OFF.value,
    }
