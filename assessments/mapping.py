"""Between records and reasoning: the only file that knows both. Reads rows, builds a Case, writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assessments.models import Answer, Assessment, RedFlagDecision
from assessments.reasoning import FINDINGS, RED_FLAGS, Case, FindingSet, RaisedFlag, Reasoning, Tier, reason
from assessments.reasoning.finding_set import from_stored
from assessments.reasoning.red_flags import raised_flags
from clinic.models import Patient
from clinic.vocabulary.runners import RunningType, Sex
from clinic.vocabulary.sides import PainfulSide

Answers = dict[tuple[str, str], Answer]


@dataclass(frozen=True)
class Flag:
    """A raised red flag beside the decision that holds for it, if a clinician made one."""

    raised: RaisedFlag
    decision: RedFlagDecision | None

    @property
    def id(self) -> str:
        return self.raised.id

    @property
    def stops(self) -> bool:
        """R1 and R2: nothing goes on while they are open."""
        return self.raised.tier.stops

    @property
    def is_released(self) -> bool:
        return self.decision is not None and self.decision.kind == RedFlagDecision.Kind.RELEASED

    @property
    def is_open(self) -> bool:
        """Stops, and nobody has acted on it or released it."""
        return self.stops and self.decision is None


@dataclass(frozen=True)
class Reading:
    """One assessment as it stands: answers, what they mean, and what was decided about its red flags."""

    answers: Answers
    case: Case
    reasoning: Reasoning
    flags: tuple[Flag, ...]
    decisions: tuple[RedFlagDecision, ...] = ()
    """Every decision about a red flag, newest first; also those that no longer hold."""

    @property
    def emergency(self) -> tuple[Flag, ...]:
        """R1 flags nobody has dealt with: the page shows nothing else."""
        return tuple(flag for flag in self.flags if flag.is_open and flag.raised.tier is Tier.R1)

    @property
    def open_flags(self) -> tuple[Flag, ...]:
        return tuple(flag for flag in self.flags if flag.is_open)

    @property
    def acted_flags(self) -> tuple[Flag, ...]:
        """Stopping flags somebody acted on without releasing them: only a referral can be signed."""
        return tuple(flag for flag in self.flags if flag.stops and flag.decision and not flag.is_released)


def case_of(assessment: Assessment, answers: Iterable[Answer]) -> Case:
    """The case as the reasoning takes it. Needs episode, patient and running profile loaded; asks for nothing else.

    An answer carried over from an earlier visit says nothing about today until it is confirmed, and is left out.
    """
    patient: Patient = assessment.episode.patient
    running = getattr(patient, "running", None)
    rows = [
        (answer.key, answer.side or None, from_stored(FINDINGS[answer.key], answer.value))
        for answer in answers
        if answer.key in FINDINGS and answer.carried_from_id is None
    ]
    return Case(
        painful_side=PainfulSide(assessment.episode.painful_side),
        findings=FindingSet.of(rows),
        age=patient.age_on(assessment.examined_on),
        sex=Sex(patient.sex) if patient.sex else None,
        running_type=RunningType(running.running_type) if running else None,
    )


def by_place(answers: Iterable[Answer]) -> Answers:
    return {(answer.key, answer.side): answer for answer in answers}


def read(assessment: Assessment, answers: Iterable[Answer], decisions: Iterable[RedFlagDecision]) -> Reading:
    """Everything the rows say. No query: hand in the rows. `decisions` newest first."""
    placed = by_place(answers)
    case = case_of(assessment, placed.values())
    decisions = list(decisions)
    flags = tuple(
        Flag(raised, _holding(raised, decisions, placed)) for raised in raised_flags(case.findings, case.age, RED_FLAGS)
    )
    released = {flag.id for flag in flags if flag.is_released}
    return Reading(placed, case, reason(case, released=released), flags, tuple(decisions))


def _holding(raised: RaisedFlag, decisions: list[RedFlagDecision], answers: Answers) -> RedFlagDecision | None:
    """The newest decision about this flag, unless a finding behind the flag was answered anew after it was made."""
    latest = next((decision for decision in decisions if decision.flag == raised.id), None)
    if latest is None:
        return None
    evidence: list[datetime] = [answer.answered_at for (key, _side), answer in answers.items() if key in raised.why]
    return latest if all(at <= latest.created_at for at in evidence) else None
