"""Which proposals were answered already, and what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from programs.decisions.history import Issued
from programs.models import NewSymptom, Program, ProgramDecision
from programs.progression.proposal_types import Decision, decision_from_json


@dataclass(frozen=True)
class Answered:
    """A proposal as it was made, with what the clinician answered."""

    row: ProgramDecision
    proposal: Decision


def answered(program: Program) -> list[Answered]:
    """Every proposal that was answered, newest first, with who did. One query."""
    rows = ProgramDecision.objects.filter(program=program).select_related("by").order_by("-created_at")
    return [Answered(row, decision_from_json(row.proposal)) for row in rows]


def answer_to(decision: Decision, rows: Iterable[ProgramDecision], issued: Sequence[Issued]) -> ProgramDecision | None:
    """The answer to this very proposal, if it has one.

    A proposal that rests on days is another one with other days. One that names none (a review that is due) may come again
    word for word after a new version: then only answers since that version count.
    """
    rests_on_days = any(reason.points for reason in decision.reasons)
    return next(
        (
            row
            for row in rows
            if row.signature == decision.signature and (rests_on_days or row.created_at >= issued[-1].issued_at)
        ),
        None,
    )


def waiting_to_be_issued(
    decision: Decision, rows: Iterable[ProgramDecision], issued: Sequence[Issued]
) -> ProgramDecision | None:
    """The same change, accepted after the newest version was issued: the draft has it, the runner does not."""
    wanted = decision.change
    if wanted is None:
        return None
    since = [row for row in rows if row.created_at >= issued[-1].issued_at]
    accepted = (row for row in since if row.outcome == ProgramDecision.Outcome.ACCEPTED)
    return next((row for row in accepted if decision_from_json(row.proposal).change == wanted), None)


def open_symptoms(program: Program) -> list[NewSymptom]:
    """What the runner told that is new and nobody has dealt with, oldest first. One query."""
    return list(NewSymptom.objects.filter(program=program, handled_at=None).order_by("created_at"))
