"""What the clinician makes of a proposal, and of something new the runner told. Every answer is kept with who and when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.models import User
from programs.actions.applying import apply_change
from programs.actions.undo import ChangedMeanwhileError, locked
from programs.caseload.standing import refresh
from programs.decisions.answers import answer_to
from programs.decisions.gather import Gathered, gathered
from programs.decisions.keeping import reconsider
from programs.decisions.loads import last_tolerated
from programs.models import NewSymptom, Program, ProgramDecision
from programs.progression.proposal_types import Decision, Part, decision_to_json

Outcome = ProgramDecision.Outcome


@dataclass(frozen=True)
class Settlement:
    """What was kept, and whether the draft was changed by it."""

    row: ProgramDecision
    decision: Decision
    is_applied: bool


@transaction.atomic
def answer_proposal(
    *, by: User, program: Program, outcome: str, seen: str, today: date, reason: str = ""
) -> Settlement:
    """Accept, change or dismiss what is proposed today; `seen` is the signature of the proposal on the clinician's page.

    Accepting puts its one change into the draft as one undo step; the runner gets nothing until a version is issued.
    Changing and dismissing need a reason. ChangedMeanwhileError when it was answered already or is no longer proposed:
    then nothing was done. ValidationError for a missing reason, an ended program, or nothing issued.
    """
    held = locked(program)
    held.episode = program.episode
    found = gathered(held, today)
    if found is None:
        raise ValidationError(_("Nothing is issued yet, so nothing is proposed."))
    decision = found.decide()
    _check(held, found, decision, seen)
    if outcome != Outcome.ACCEPTED and not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with the proposal."))
    is_applied = False
    if outcome == Outcome.ACCEPTED and decision.change:
        tolerated = last_tolerated(found) if decision.change.part is Part.LOAD else {}
        is_applied = apply_change(by=by, held=held, change=decision.change, tolerated=tolerated)
    row = ProgramDecision.objects.create(
        clinic_id=held.clinic_id,
        program=held,
        day=today,
        verdict=decision.verdict.value,
        signature=decision.signature,
        proposal=decision_to_json(decision),
        outcome=outcome,
        reason=reason.strip(),
        by=by,
    )
    reconsider(held.pk, today)
    return Settlement(row, decision, is_applied)


def _check(held: Program, found: Gathered, decision: Decision, seen: str) -> None:
    """Refuse a proposal that somebody answered or that is another one by now."""
    rows = ProgramDecision.objects.filter(program=held).select_related("by")
    first = next((row for row in rows if row.signature == seen), None)
    again = answer_to(decision, rows, found.issued) if decision.signature == seen else first
    if again is not None:
        words = _("%(name)s already answered this proposal on %(day)s: %(outcome)s. Nothing was done.")
        when = date_format(timezone.localtime(again.created_at), "j M, H:i")
        values = {"name": again.by.name, "day": when, "outcome": again.get_outcome_display().lower()}
        raise ChangedMeanwhileError(words % values)
    if decision.signature != seen:
        raise ChangedMeanwhileError(
            _(
                "The proposal changed meanwhile: something new was told or issued. Nothing was done; look at it as it is now."
            )
        )


@transaction.atomic
def handle_new_symptom(*, by: User, program: Program, note: str, until: datetime, today: date) -> int:
    """Everything new that had arrived by `until` is dealt with, with a note what was done; gives how many answers.

    What arrived later stays open. Raises ValidationError without a note, ChangedMeanwhileError when nothing was open.
    """
    if not note.strip():
        raise ValidationError(_("Say what was done: it is kept with the answers."))
    held = Program.objects.select_for_update().get(pk=program.pk)
    open_ones = NewSymptom.objects.filter(program=held, handled_at=None, created_at__lte=until)
    number = open_ones.update(handled_at=timezone.now(), handled_by=by, handled_note=note.strip())
    if not number:
        raise ChangedMeanwhileError(_("Somebody dealt with this meanwhile. The program is shown as it is now."))
    refresh(held.pk)
    reconsider(held.pk, today)
    return number
