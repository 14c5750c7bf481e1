"""From a signed conclusion to a draft program."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Assessment, Conclusion
from assessments.queries import reading_of
from clinic.models import Episode, User
from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.actions.undo import LINE_FIELDS, remember
from programs.course import recorded, with_side
from programs.library.phases import Phase, phases_for
from programs.library.proposal import ProposedLine, propose
from programs.mapping import contributors_in, irritability_of, present_in, running_advice
from programs.models import Program, ProgramLine
from programs.progression.dose import to_json
from programs.queries import by_key, usual_doses


class RefusedError(ValidationError):
    """No program may be proposed from this assessment; the message says why and what to do."""


class RunningError(ValidationError):
    """The episode already has a program that has not ended: ask before its draft is replaced."""

    def __init__(self, program: Program) -> None:
        self.program = program
        super().__init__(_("This runner already has a program."))


@transaction.atomic
def propose_program(*, by: User, assessment: Assessment, replace: bool = False) -> Program:
    """A draft with the exercises, doses, pain ceiling and running advice of diagnosis and stage, and the phases ahead.

    Where the clinician has a usual dose for an exercise of the current phase, that is taken, unless the irritability is
    high: then today's caution comes first.

    An episode has one program that runs. With `replace`, its draft is exchanged for the new proposal and the runner keeps
    the version last issued until the next one; exercises that stay keep their line, so reports still belong to them.

    Raises RefusedError for an assessment that is not signed, was corrected by another, still holds a red flag, or
    concludes to refer or outside; RunningError for a program that runs when `replace` is not said.
    """
    conclusion = _conclusion(assessment)
    reading = reading_of(assessment)
    if any(flag.stops and not flag.is_released for flag in reading.flags):
        raise RefusedError(
            _("A red flag stands in this assessment. Exercises wait until a clinician releases it with a reason.")
        )
    diagnosis, side = WorkingDiagnosis(conclusion.diagnosis), PainfulSide(conclusion.side)
    irritability, findings = irritability_of(conclusion), present_in(reading.case.findings)
    contributors = contributors_in(reading.case.findings)
    proposal = propose(diagnosis, conclusion.stage, irritability, side, contributors, findings=findings)
    if not proposal.lines:
        raise RefusedError(_("For this conclusion the library proposes no program."))
    episode = Episode.objects.select_for_update().get(pk=assessment.episode_id)
    program = Program.objects.filter(episode=episode).exclude(state=Program.State.ENDED).first()
    if program and not replace:
        raise RunningError(program)
    program = program or Program(clinic_id=assessment.clinic_id, episode=episode)
    if not program._state.adding:
        remember(by=by, program=program, what=_("Proposed anew"))
    phases = [
        phase
        for phase in phases_for(diagnosis, conclusion.stage, side, findings=findings)
        if _is_ahead(phase, conclusion)
    ]
    was_in, program.assessment, program.clinician = program.phase, assessment, by
    program.diagnosis, program.stage, program.side = conclusion.diagnosis, conclusion.stage, conclusion.side
    program.pain_ceiling, program.running_advice = proposal.pain_ceiling, running_advice(proposal.running)
    program.phases, program.phase = [recorded(phase) for phase in phases], 1
    program.save()
    habits = {} if irritability is Irritability.HIGH else usual_doses(program.clinic_id, by.pk)
    _arrange(program, [proposal.lines, *(phase.lines for phase in phases[1:])], habits, was_in)
    return program


def _is_ahead(phase: Phase, conclusion: Conclusion) -> bool:
    """The current phase and those after it: what is behind the runner is not proposed again."""
    return phase.is_current or phase.stage > (conclusion.stage or 0)


def _conclusion(assessment: Assessment) -> Conclusion:
    """The signed conclusion a program may stand on."""
    if not assessment.is_signed:
        raise RefusedError(_("Sign the conclusion first: a program stands on a signed assessment."))
    if assessment.episode.closed_on:
        raise RefusedError(_("This episode is closed. Reopen it before you propose a program."))
    if assessment.amendments.filter(state=Assessment.State.SIGNED).exists():
        raise RefusedError(_("This assessment was corrected. Propose the program from the newer one."))
    conclusion: Conclusion = assessment.conclusion
    if conclusion.diagnosis == WorkingDiagnosis.REFER:
        raise RefusedError(_("The conclusion is to refer: exercises wait for the answer."))
    if conclusion.diagnosis == WorkingDiagnosis.OUTSIDE:
        raise RefusedError(_("The conclusion is none of the four causes: the library has no program for it."))
    return conclusion


def _arrange(
    program: Program, phases: Sequence[Sequence[ProposedLine]], habits: Mapping[str, Mapping[str, Any]], was_in: int
) -> None:
    """The proposal's exercises in its order, phase by phase; what is already there keeps its line, the rest goes.

    `was_in`: the phase the runner is in until now; the runner's own reports belong to its lines.
    """
    exercises = by_key([line.exercise for lines in phases for line in lines], program.clinic_id)
    there: dict[str, list[ProgramLine]] = {}
    lines_there = ProgramLine.objects.filter(program=program).select_related("exercise")
    for line in sorted(lines_there, key=lambda line: line.phase != was_in):
        there.setdefault(line.exercise.key, []).append(line)
    kept = []
    for number, lines in enumerate(phases, start=1):
        for position, proposed in enumerate(lines, start=1):
            waiting = there.get(proposed.exercise)
            line = waiting.pop(0) if waiting else ProgramLine(clinic_id=program.clinic_id, program=program)
            line.exercise = exercises[proposed.exercise]
            line.phase, line.position, line.override_reason = number, position, ""
            line.dose = to_json(proposed.dose)
            if number == 1 and proposed.exercise in habits:
                line.dose = with_side(habits[proposed.exercise], proposed.dose.side.value)
            kept.append(line)
    ProgramLine.objects.filter(program=program).exclude(pk__in=[line.pk for line in kept]).delete()
    ProgramLine.objects.bulk_create(kept, update_conflicts=True, unique_fields=["id"], update_fields=LINE_FIELDS)
