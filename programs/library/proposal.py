"""A program proposed from diagnosis, stage, irritability and side. The clinician edits and issues it, or not.

`propose` gives the stage the patient is in; `programs.library.phases.phases_for` gives every stage of the diagnosis as
a phase of a course.
"""

import dataclasses
import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from clinic.vocabulary.diagnoses import Irritability, Severity, WorkingDiagnosis
from clinic.vocabulary.sides import DoseSide, PainfulSide
from programs.library.catalogue import CONTRAINDICATIONS, LIBRARY, PROTOCOLS, SUGGESTIONS
from programs.library.contraindications import reasons_against
from programs.library.contributor import Contributor, Expected, Suggestion
from programs.library.exercise import Exercise, SideRule
from programs.library.protocol import MOST_LINES, NO_STAGE, Protocol, ProtocolLine, Running
from programs.progression.dose import Dose

LEAST_LINES = 2
CAUTIOUS_CEILING = 2
NO_RUNNING = Running(level=None, text="", hills="")


@dataclass(frozen=True)
class ProposedLine:
    """One exercise with its dose, side resolved. `contributor`: the finding that brought it, or empty."""

    exercise: str
    dose: Dose
    reason: str
    contributor: str = ""


@dataclass(frozen=True)
class LeftOut:
    """An exercise of the protocol that does not suit this patient today."""

    exercise: str
    reason: str


@dataclass(frozen=True)
class ProposedProgram:
    """A proposal. Without lines where no protocol applies; `note` then says why, for staff.

    `pain_ceiling` is 0 to 10. `also` are further suitable exercises. Texts in title, aim, running, avoid and
    move_on are the patient's; reasons, review, expected (how long it usually takes) and note are for staff.
    """

    diagnosis: WorkingDiagnosis
    stage: int
    title: str
    aim: str
    pain_ceiling: int
    lines: tuple[ProposedLine, ...]
    left_out: tuple[LeftOut, ...]
    also: tuple[str, ...]
    running: Running
    avoid: tuple[str, ...]
    move_on: tuple[str, ...]
    review: str
    expected: str
    note: str
    sources: tuple[str, ...]


def protocol_for(diagnosis: WorkingDiagnosis, stage: int | None) -> Protocol | None:
    """The protocol of this stage; the first stage when none is given; None for outside and refer.

    Raises `ValueError` for a stage the diagnosis does not have.
    """
    if diagnosis is WorkingDiagnosis.MIXED:
        return PROTOCOLS[diagnosis, NO_STAGE]
    if not diagnosis.stages:
        return None
    wanted = diagnosis.stages[0] if stage is None else stage
    if wanted not in diagnosis.stages:
        raise ValueError(f"{diagnosis.value} has stages {diagnosis.stages[0]} to {diagnosis.stages[-1]}, not {wanted}.")
    return PROTOCOLS[diagnosis, wanted]


def why_unsuitable(
    exercise: Exercise,
    diagnosis: WorkingDiagnosis,
    stage: int | None,
    irritability: Irritability | None,
    findings: Collection[str] = (),
) -> str | None:
    """The reason why this exercise does not suit this patient today, or None. `findings`: keys that are
    present.
    """
    reasons = reasons_against(
        exercise, CONTRAINDICATIONS, diagnosis, stage, irritability=irritability, findings=findings
    )
    return " ".join(reasons) or None


def propose(
    diagnosis: WorkingDiagnosis,
    stage: int | None,
    irritability: Irritability | None,
    painful_side: PainfulSide,
    contributors: Iterable[Contributor] = (),
    *,
    findings: Collection[str] = (),
    severity: Severity | None = None,
) -> ProposedProgram:
    """The program to start from: the stage's protocol without what does not suit, two to four exercises.

    At most one exercise is added for a contributor, the first of the list in contributors.toml that suits
    and for which there is room. High irritability halves the sets and starts running one level lower.
    Nothing here is random: the same question, the same answer.
    """
    protocol = protocol_for(diagnosis, stage)
    if protocol is None:
        return _without_protocol(diagnosis)
    case = _Case(protocol, irritability, painful_side, frozenset(findings))
    lines, left_out = case.lines()
    lines += case.fill(lines)
    lines += case.contribution(lines, tuple(contributors))
    chosen = {line.exercise for line in lines}
    return ProposedProgram(
        diagnosis=diagnosis,
        stage=protocol.stage,
        title=protocol.title,
        aim=protocol.aim,
        pain_ceiling=protocol.pain_ceiling,
        lines=tuple(lines),
        left_out=tuple(left_out),
        also=tuple(key for key in protocol.also if key not in chosen and case.why_not(key) is None),
        running=case.running,
        avoid=protocol.avoid,
        move_on=protocol.move_on,
        review=protocol.review,
        expected=protocol.expected(severity),
        note="Irritability is high: half the sets, and one run level lower." if case.is_irritable else "",
        sources=protocol.sources,
    )


@dataclass(frozen=True)
class _Case:
    """The patient in front of one protocol."""

    protocol: Protocol
    irritability: Irritability | None
    painful_side: PainfulSide
    findings: frozenset[str]

    @property
    def is_irritable(self) -> bool:
        return self.irritability is Irritability.HIGH

    @property
    def running(self) -> Running:
        advice = self.protocol.running
        if not self.is_irritable or advice.level is None:
            return advice
        return dataclasses.replace(advice, level=max(advice.level - 1, 0))

    def why_not(self, key: str) -> str | None:
        protocol = self.protocol
        stage = protocol.stage or None
        return why_unsuitable(LIBRARY[key], protocol.diagnosis, stage, self.irritability, self.findings)

    def lines(self) -> tuple[list[ProposedLine], list[LeftOut]]:
        lines: list[ProposedLine] = []
        left_out: list[LeftOut] = []
        for line in self.protocol.lines:
            reason = self.why_not(line.exercise)
            if reason is None:
                lines.append(self._proposed(line))
            else:
                left_out.append(LeftOut(line.exercise, reason))
        return lines, left_out

    def fill(self, lines: Collection[ProposedLine]) -> list[ProposedLine]:
        """Exercises from `also`, in order, when too few lines of the protocol suit."""
        suitable = (key for key in self.protocol.also if self.why_not(key) is None)
        missing = max(LEAST_LINES - len(lines), 0)
        return [
            self._default(key, "Fits where the usual exercise does not.")
            for key, _ in zip(suitable, range(missing), strict=False)
        ]

    def contribution(
        self, lines: Collection[ProposedLine], contributors: Collection[Contributor]
    ) -> list[ProposedLine]:
        present = {line.exercise for line in lines}
        if len(lines) >= MOST_LINES:
            return []
        for suggestion, contributor in self._suggested(contributors):
            key = suggestion.exercise
            if key not in present and self.why_not(key) is None:
                line = self._default(key, self._worded(suggestion, contributor))
                return [self._on_found_side(line, contributor)]
        return []

    def _proposed(self, line: ProtocolLine) -> ProposedLine:
        dose = dataclasses.replace(line.dose, side=line.side_rule.resolve(self.painful_side))
        return ProposedLine(line.exercise, self._eased(dose), line.reason)

    def _default(self, key: str, reason: str) -> ProposedLine:
        exercise = LIBRARY[key]
        dose = dataclasses.replace(exercise.dose, side=exercise.side_rule.resolve(self.painful_side))
        return ProposedLine(key, self._eased(dose), reason)

    def _eased(self, dose: Dose) -> Dose:
        return dataclasses.replace(dose, sets=math.ceil(dose.sets / 2)) if self.is_irritable else dose

    def _on_found_side(self, line: ProposedLine, contributor: Contributor) -> ProposedLine:
        has_sides = LIBRARY[line.exercise].side_rule is not SideRule.BOTH
        dose = line.dose
        if has_sides and contributor.side is not None:
            dose = dataclasses.replace(dose, side=DoseSide.of(contributor.side))
        return dataclasses.replace(line, dose=dose, contributor=contributor.finding)

    def _suggested(self, contributors: Collection[Contributor]) -> Iterator[tuple[Suggestion, Contributor]]:
        """In the order of the file; a finding on both sides is offered for its expected side first."""
        for suggestion in SUGGESTIONS:
            matching = [each for each in contributors if suggestion.answers(each)]
            for contributor in sorted(matching, key=lambda each: self._is_unexpected(suggestion, each)):
                yield suggestion, contributor

    def _is_unexpected(self, suggestion: Suggestion, contributor: Contributor) -> bool:
        if contributor.side is None or suggestion.expected is Expected.ANY:
            return False
        on_injured_side = contributor.side in self.painful_side.sides
        return on_injured_side is not (suggestion.expected is Expected.INJURED)

    def _worded(self, suggestion: Suggestion, contributor: Contributor) -> str:
        if self.painful_side is PainfulSide.BOTH or not self._is_unexpected(suggestion, contributor):
            return suggestion.reason
        return f"{suggestion.reason} Here it was found on the other side than expected."


def _without_protocol(diagnosis: WorkingDiagnosis) -> ProposedProgram:
    note = (
        "The conclusion is to refer: no program is proposed."
        if diagnosis is WorkingDiagnosis.REFER
        else "The picture is outside the four diagnoses: choose exercises yourself."
    )
    return ProposedProgram(
        diagnosis=diagnosis,
        stage=NO_STAGE,
        title="",
        aim="",
        pain_ceiling=CAUTIOUS_CEILING,
        lines=(),
        left_out=(),
        also=(),
        running=NO_RUNNING,
        avoid=(),
        move_on=(),
        review="",
        expected="",
        note=note,
        sources=(),
    )
