"""From a signed conclusion to a draft program."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Assessment, Conclusion
from assessments.queries import reading_of
from clinic.models import Episode, User
from clinic.vocabulary.diagnoses import WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.library.proposal import ProposedLine, ProposedProgram, propose
from programs.mapping import contributors_in, irritability_of, present_in, running_advice
from programs.models import Program, ProgramLine
from programs.progression.dose import to_json
from programs.queries import by_key


class RefusedError(ValidationError):
    """No program may be proposed from this assessment; the message says why and what to do."""


class RunningError(ValidationError):
    """The episode already has a program that has not ended: ask before its draft is replaced."""

    def __init__(self, program: Program) -> None:
        self.program = program
        super().__init__(_("This runner already has a program."))


@transaction.atomic
def propose_program(*, by: User, assessment: Assessment, replace: bool = False) -> Program:
    """A draft with the exercises, doses, pain ceiling and running advice of diagnosis and stage.

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
    findings = reading.case.findings
    proposal = propose(
        WorkingDiagnosis(conclusion.diagnosis),
        conclusion.stage,
        irritability_of(conclusion),
        PainfulSide(conclusion.side),
        contributors_in(findings),
        findings=present_in(findings),
    )
    if not proposal.lines:
        raise RefusedError(_("For this conclusion the library proposes no program."))
    episode = Episode.objects.select_for_update().get(pk=assessment.episode_id)
    program = Program.objects.filter(episode=episode).exclude(state=Program.State.ENDED).first()
    if program and not replace:
        raise RunningError(program)
    program = program or Program(clinic_id=assessment.clinic_id, episode=episode)
    program.assessment, program.clinician = assessment, by
    program.diagnosis, program.stage, program.side = conclusion.diagnosis, conclusion.stage, conclusion.side
    program.pain_ceiling, program.running_advice = proposal.pain_ceiling, running_advice(proposal.running)
    program.save()
    _arrange(program, proposal)
    return program


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


def _arrange(program: Program, proposal: ProposedProgram) -> None:
    """The proposal's exercises in its order; what is already there keeps its line, the rest goes."""
    exercises = by_key([line.exercise for line in proposal.lines], program.clinic_id)
    there = {line.exercise.key: line for line in ProgramLine.objects.filter(program=program).select_related("exercise")}
    kept = []
    for position, proposed in enumerate(proposal.lines, start=1):
        line = there.get(proposed.exercise) or ProgramLine(
            clinic_id=program.clinic_id, program=program, exercise=exercises[proposed.exercise]
        )
        _fill(line, proposed, position)
        kept.append(line.pk)
    ProgramLine.objects.filter(program=program).exclude(pk__in=kept).delete()


def _fill(line: ProgramLine, proposed: ProposedLine, position: int) -> None:
    line.position, line.dose, line.override_reason = position, to_json(proposed.dose), ""
    line.save()
