"""Keep a program's standing true: called inside the transaction of every write that changes it.

What the rules propose is not worked out here, because a runner's report must stay quick: it is emptied, and a worker is rung
once the report is committed (programs.decisions).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from programs.decisions.keeping import NOTHING_PROPOSED
from programs.decisions.tasks import reconsider
from programs.jobs import ring
from programs.models import MorningCheck, Program, ProgramVersion, Reminder, Standing

A_DAY = timedelta(days=1)
MORNINGS_LOOKED_AT = 7

# State, the newest day and moment of what the runner told beside mornings, the worst pain of the newest day that has one, and
# what is new. Checks by staff and runs taken back are no report; taking back is still a word from the runner. One statement,
# because composing it anew for every report costs more than running it.
TOLD = """
SELECT p.state, greatest(l.on_day, r.on_day, c.on_day, n.on_day) AS told_on,
    greatest(p.reminders_resumed_at, l.at, r.at, c.at, n.at) AS last_word, n.unhandled_at, pain.day AS pain_on, pain.pain
FROM programs_program p
CROSS JOIN LATERAL (SELECT max(each.on_day) AS on_day, max(each.at) AS at
    FROM programs_programversion v CROSS JOIN LATERAL (SELECT max(day) AS on_day, max(reported_at) AS at
        FROM programs_exerciselog WHERE version_id = v.id) AS each
    WHERE v.program_id = p.id) AS l
CROSS JOIN LATERAL (SELECT max(day) FILTER (WHERE NOT is_removed) AS on_day, max(reported_at) AS at
    FROM programs_runlog WHERE program_id = p.id) AS r
CROSS JOIN LATERAL (SELECT max(day) AS on_day, max(reported_at) AS at
    FROM programs_checkresult WHERE program_id = p.id AND by_id IS NULL) AS c
CROSS JOIN LATERAL (SELECT max(day) AS on_day, max(created_at) AS at,
    min(created_at) FILTER (WHERE is_urgent AND handled_at IS NULL) AS unhandled_at
    FROM programs_newsymptom WHERE program_id = p.id) AS n
LEFT JOIN LATERAL (
    SELECT each.day, each.pain FROM programs_programversion v CROSS JOIN LATERAL (
        SELECT day, pain FROM programs_exerciselog WHERE version_id = v.id AND pain IS NOT NULL
        ORDER BY day DESC, pain DESC LIMIT 1) AS each
    WHERE v.program_id = p.id
    UNION ALL SELECT day, pain FROM programs_runlog WHERE program_id = p.id AND pain IS NOT NULL AND NOT is_removed
    ORDER BY day DESC, pain DESC LIMIT 1) AS pain ON true
WHERE p.id = %(program)s
"""


def refresh(program_id: UUID) -> None:
    """Work the standing out again from versions and reports. Six queries, whatever the length of the history.

    Nothing issued yet: no standing.
    """
    versions = list(
        ProgramVersion.objects.filter(program=program_id)
        .order_by("-number")
        .values_list("starts_on", "ends_on", "clinic_id", "content__pain_ceiling")
    )
    if not versions:
        return
    begun_on, ends_on, clinic_id, ceiling = versions[0]
    told = _facts(program_id)
    mornings = list(
        MorningCheck.objects.filter(program=program_id)
        .order_by("-day")
        .values_list("day", "change", "pain", "reported_at")[:MORNINGS_LOOKED_AT]
    )
    morning_on, _change, morning_pain, _at = mornings[0] if mornings else (None, "", None, None)
    told_on = _latest(told["told_on"], morning_on)
    last_word = _latest(told["last_word"], *(at for _day, _change, _pain, at in mornings))
    is_running = told["state"] == Program.State.ISSUED
    fields = {
        "is_running": is_running,
        "begun_on": begun_on,
        "starts_on": _planned_since([(start, end) for start, end, *_rest in versions]),
        "review_on": ends_on + A_DAY,
        "ceiling": ceiling,
        "last_report_on": told_on,
        "told_on": told_on,
        "last_pain": told["pain"],
        "last_pain_on": told["pain_on"],
        "last_morning_on": morning_on,
        "last_morning_pain": morning_pain,
        "worse_mornings": _worse_in_a_row([change for _day, change, _pain, _at in mornings]),
        "reminders_ignored": _ignored(program_id, last_word),
        "new_symptom_at": told["unhandled_at"],
        **NOTHING_PROPOSED,
    }
    standings = Standing.objects.filter(program=program_id)
    was = standings.select_for_update().values_list("proposed_on").first()
    if was is None:
        Standing.objects.create(program_id=program_id, clinic_id=clinic_id, **fields)
    else:
        standings.update(**fields)
    if is_running and was != (None,):  # emptied already: a worker was rung for it, and the sweep looks after it
        ring(reconsider, clinic_id, program_id)


def _facts(program_id: UUID) -> dict[str, Any]:
    """What TOLD answers, by the names of its columns. One query."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, {"program": program_id})
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def _planned_since(spans: Sequence[tuple[date, date]]) -> date:
    """The first day the runner has had a plan without a break; `spans` newest first. A version that starts later leaves the
    one before it in force until then.
    """
    begun = spans[0][0]
    for starts_on, ends_on in spans[1:]:
        if ends_on < begun - A_DAY:
            break
        begun = min(begun, starts_on)
    return begun


def _latest(*moments: date | datetime | None) -> date | datetime | None:
    return max((moment for moment in moments if moment is not None), default=None)


def _worse_in_a_row(changes: Sequence[str]) -> int:
    """How many of the newest answers say worse, until one that does not."""
    better = (place for place, change in enumerate(changes) if change != MorningCheck.Change.WORSE)
    return next(better, len(changes))


def _ignored(program_id: UUID, last_word: date | datetime | None) -> int:
    """Reminders sent since the runner last told us anything, also by correcting an older day, or since staff started them
    again.
    """
    sent = Reminder.objects.filter(program=program_id, state=Reminder.State.DONE)
    return (sent.filter(finished_at__gt=last_word) if last_word else sent).count()
