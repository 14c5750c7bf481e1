"""Dealing with a case, or putting it off: gone from the list until something worse, something newer, or its day."""

import hashlib
import json
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from clinic.models import User
from programs.caseload.reasons import ATTENTION, HANDLED_FOR, Reason
from programs.caseload.settling import settle
from programs.models import CaseHandling, Program, Standing


class Refused(StrEnum):
    """Why nothing was written."""

    CHANGED = "changed"  # not what the page showed: something was told meanwhile
    URGENT = "urgent"  # something new is dealt with on the program's page, with a note
    GONE = "gone"  # it needs nobody any more


def mark_of(standing: Standing) -> str:
    """A short mark of the facts a case rests on, so that nobody puts off what they have not seen."""
    known = json.dumps(standing.facts or {}, sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:16]


@transaction.atomic
def handle_case(
    *, by: User, program: Program, today: date, seen: str, until: date | None = None, note: str = ""
) -> CaseHandling | Refused:
    """Dealt with (`until` empty: it comes back in a week if nothing has changed) or put off until that day. Every reason
    that holds now is quiet until its day; one that begins later, or rests on something newer, is not.
    """
    settle(program.clinic, today)
    standing = Standing.objects.select_for_update().get(program=program)
    if standing.attention == Reason.NEW_SYMPTOM:
        return Refused.URGENT
    if standing.attention not in ATTENTION:
        return Refused.GONE
    if mark_of(standing) != seen:
        return Refused.CHANGED
    way = CaseHandling.Way.SNOOZED if until else CaseHandling.Way.HANDLED
    handling = CaseHandling.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        attention=standing.attention,
        way=way,
        until=until or today + HANDLED_FOR,
        note=note,
        by=by,
    )
    Standing.objects.filter(pk=standing.pk).update(
        quiet_attention=handling.attention,
        quiet_since=handling.created_at,
        quiet_until=handling.until,
        quiet_facts=standing.facts,
    )
    return handling


@transaction.atomic
def take_back(*, by: User, handling: CaseHandling) -> bool:  # noqa: ARG001 - the scope names the actor
    """It was not dealt with after all; the line stays in the record, marked. False when it was taken back already."""
    mine = CaseHandling.objects.filter(pk=handling.pk, taken_back_at=None)
    if not mine.update(taken_back_at=timezone.now()):
        return False
    Standing.objects.filter(program=handling.program_id, quiet_since=handling.created_at).update(
        quiet_attention=None, quiet_since=None, quiet_until=None, quiet_facts=None
    )
    return True
