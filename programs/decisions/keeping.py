"""What is proposed, kept with the program's standing, so that the caseload reads thousands without working them out."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clinic.models import Patient
from programs.decisions.answers import answer_to
from programs.decisions.gather import gathered
from programs.models import Program, ProgramDecision, Standing
from programs.progression.proposal_types import decision_to_json
from programs.reminders.schedule import local_day

MOST_AT_ONCE = 500  # programs one sweep rings for a clinic; the next sweep takes the rest
NOTHING_PROPOSED = {"verdict": "", "proposal": None, "proposed_on": None, "is_answered": False}


@transaction.atomic
def reconsider(program_id: UUID, today: date) -> bool:
    """Work out what is proposed on this day of the runner's and keep it; False when nothing runs. Five queries.

    The standing is held meanwhile: a report that arrives during it waits, and empties what was written from older ones.
    """
    held = Standing.objects.select_for_update().filter(program=program_id, is_running=True).values_list("pk").first()
    if held is None:
        return False
    program = Program.objects.select_related("episode__patient__running").get(pk=program_id)
    found = gathered(program, today)
    if found is None:
        return False
    decision = found.decide()
    rows = ProgramDecision.objects.filter(program=program_id, signature=decision.signature)
    Standing.objects.filter(program=program_id).update(
        verdict=decision.verdict.value,
        proposal=decision_to_json(decision),
        proposed_on=today,
        is_answered=answer_to(decision, rows, found.issued) is not None,
    )
    return True


def to_reconsider(now: datetime) -> list[UUID]:
    """Running programs whose proposal was emptied, or is of an earlier day of the runner's; emptied ones first. Two queries."""
    zones = Patient.objects.filter(archived_at=None).values_list("time_zone", flat=True).distinct().order_by()
    due = Q(proposed_on=None)
    for zone in zones:
        due |= Q(proposed_on__lt=local_day(now, zone), program__episode__patient__time_zone=zone)
    open_ones = Standing.objects.filter(due, is_running=True, program__episode__patient__archived_at=None)
    return list(open_ones.order_by("proposed_on", "pk").values_list("program", flat=True)[:MOST_AT_ONCE])


def is_due(program_id: UUID, today: date) -> bool:
    """Whether nothing is kept for this day yet. One query."""
    kept = Q(proposed_on__gte=today)
    return Standing.objects.filter(program=program_id, is_running=True).exclude(kept).exists()
