"""Protocols: what each diagnosis and stage starts from. Data in protocols/*.toml, one file a diagnosis."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from clinic.vocabulary.diagnoses import Severity, WorkingDiagnosis
from clinic.vocabulary.provenance import Reviewed
from programs.library.exercise import Exercise, SideRule
from programs.library.exercises_file import read_dose
from programs.library.reading import Entry, LibraryError, read_toml
from programs.progression.dose import Dose
from programs.progression.runladder import TOP_LEVEL

MOST_LINES: Final = 4
NO_STAGE: Final = 0


@dataclass(frozen=True)
class ProtocolLine:
    """One exercise of a protocol. The side of the dose is not resolved yet: the rule says it."""

    exercise: str
    dose: Dose
    side_rule: SideRule
    reason: str


@dataclass(frozen=True)
class Running:
    """Running advice in the patient's words. `level` is the rung of the ladder to start on; None: own easy
    runs.
    """

    level: int | None
    text: str
    hills: str


@dataclass(frozen=True)
class Course:
    """How long a diagnosis usually takes: at one severity, or at any when that is None."""

    severity: Severity | None
    expected: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Protocol:
    """One stage of one diagnosis. `enter`, `review` and reasons are for staff; the rest the patient may read.

    `stage` is 0 where the diagnosis has no stages. `also` are further exercises that fit, best first.
    """

    diagnosis: WorkingDiagnosis
    stage: int
    title: str
    aim: str
    enter: str
    pain_ceiling: int
    lines: tuple[ProtocolLine, ...]
    also: tuple[str, ...]
    running: Running
    avoid: tuple[str, ...]
    move_on: tuple[str, ...]
    review: str
    courses: tuple[Course, ...]
    sources: tuple[str, ...]
    reviewed: Reviewed

    @property
    def patient_texts(self) -> tuple[str, ...]:
        """Everything of this protocol that a patient may read."""
        return (self.title, self.aim, self.running.text, self.running.hills, *self.avoid, *self.move_on)

    def expected(self, severity: Severity | None = None) -> str:
        """How long it usually takes, for staff: at this severity, or in general; "" when nothing is known.

        For a strain the severities are grades I to III; without one every grade is told.
        """
        told = [course.expected for course in self.courses if severity is None or course.severity in (severity, None)]
        return " ".join(told)


Protocols = Mapping[tuple[WorkingDiagnosis, int], Protocol]


def load_protocols(folder: Path, exercises: Mapping[str, Exercise], sources: Collection[str]) -> Protocols:
    """Every stage of every file. Raises `LibraryError` for a stage that is missing, double or unknown."""
    found: dict[tuple[WorkingDiagnosis, int], Protocol] = {}
    for path in sorted(folder.glob("*.toml")):
        for protocol in _file(path, exercises, sources):
            key = (protocol.diagnosis, protocol.stage)
            if key in found:
                raise LibraryError(path.name, f"stage {protocol.stage}", "stage", "is described twice")
            found[key] = protocol
    for diagnosis in WorkingDiagnosis:
        for stage in _expected_stages(diagnosis):
            if (diagnosis, stage) not in found:
                raise LibraryError(f"{diagnosis.value}.toml", f"stage {stage}", "stage", "is missing")
    return MappingProxyType(found)


def _expected_stages(diagnosis: WorkingDiagnosis) -> tuple[int, ...]:
    return (NO_STAGE,) if diagnosis is WorkingDiagnosis.MIXED else diagnosis.stages


def _file(path: Path, exercises: Mapping[str, Exercise], sources: Collection[str]) -> list[Protocol]:
    whole = Entry(path.name, "", read_toml(path))
    diagnosis = whole.choice("diagnosis", WorkingDiagnosis)
    ceiling = whole.whole("pain_ceiling", 0, 10)
    review, reviewed = whole.text("review"), whole.reviewed()
    courses = tuple(_course(entry, sources) for entry in whole.entries("courses", optional=True))
    protocols = []
    for entry in whole.entries("stages"):
        stage = entry.whole("stage", 0, 4)
        if stage not in _expected_stages(diagnosis):
            raise entry.error("stage", f"{stage} is not a stage of {diagnosis.value}")
        protocols.append(
            Protocol(
                diagnosis=diagnosis,
                stage=stage,
                title=entry.text("title"),
                aim=entry.text("aim"),
                enter=entry.text("enter"),
                pain_ceiling=ceiling,
                lines=_lines(entry, exercises),
                also=_known(entry, "also", exercises),
                running=_running(entry.entry("running")),
                avoid=entry.texts("avoid", least=1, most=6),
                move_on=entry.texts("move_on", least=1, most=6),
                review=review,
                courses=courses,
                sources=entry.sources(sources),
                reviewed=reviewed,
            )
        )
        entry.finish()
    whole.finish()
    return protocols


def _course(entry: Entry, sources: Collection[str]) -> Course:
    severity = entry.choice("severity", Severity) if entry.has("severity") else None
    course = Course(severity, entry.text("expected"), entry.sources(sources))
    entry.finish()
    return course


def _lines(entry: Entry, exercises: Mapping[str, Exercise]) -> tuple[ProtocolLine, ...]:
    lines = tuple(_line(each, exercises) for each in entry.entries("lines"))
    if not 2 <= len(lines) <= MOST_LINES:
        raise entry.error("lines", f"must be 2 to {MOST_LINES} exercises, not {len(lines)}")
    if len({line.exercise for line in lines}) != len(lines):
        raise entry.error("lines", "name an exercise twice")
    return lines


def _line(entry: Entry, exercises: Mapping[str, Exercise]) -> ProtocolLine:
    key = entry.text("exercise")
    if key not in exercises:
        raise entry.error("exercise", f"“{key}” is not an exercise of the library")
    line = ProtocolLine(key, read_dose(entry, "dose"), entry.choice("side", SideRule), entry.text("reason"))
    if (line.side_rule is SideRule.BOTH) != (exercises[key].side_rule is SideRule.BOTH):
        raise entry.error(
            "side",
            f"“{line.side_rule.value}” does not fit an exercise that is done "
            + ("with both sides together" if exercises[key].side_rule is SideRule.BOTH else "one side at a time"),
        )
    if line.dose.tempo == "" and exercises[key].dose.tempo:
        line = dataclasses.replace(line, dose=dataclasses.replace(line.dose, tempo=exercises[key].dose.tempo))
    entry.finish()
    return line


def _running(entry: Entry) -> Running:
    level = entry.whole("level", 0, TOP_LEVEL) if entry.has("level") else None
    running = Running(level, entry.text("text"), entry.text("hills"))
    entry.finish()
    return running


def _known(entry: Entry, name: str, exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    keys = entry.texts(name)
    for key in keys:
        if key not in exercises:
            raise entry.error(name, f"“{key}” is not an exercise of the library")
    return keys
