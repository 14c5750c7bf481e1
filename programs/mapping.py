"""The only file that knows both the rows of this app and the pure library."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from json import dumps
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from assessments.models import Answer, Conclusion
from assessments.reasoning.finding_set import FindingSet
from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from clinic.vocabulary.sides import DoseSide, PainfulSide
from programs.library.catalogue import LIBRARY, SUGGESTIONS
from programs.library.contributor import Contributor
from programs.library.exercise import SideRule
from programs.library.proposal import protocol_for, why_unsuitable
from programs.library.protocol import Protocol, Running
from programs.models import Exercise, Program, ProgramLine
from programs.progression.dose import Dose, from_json
from programs.progression.dose_words import Limb, patient_sentence
from programs.progression.runladder import level, move_up_sentence

# --- Doses and suitability ---------------------------------------------------------------------------------------


def dose_of(line: ProgramLine) -> Dose:
    return from_json(line.dose)


def dose_mark(line: ProgramLine) -> str:
    """Short for dose and note as they are now: a page sends it back, and a change made in between is noticed."""
    return sha256(dumps([line.dose, line.note], sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:12]


def default_dose(exercise: Exercise, painful_side: str, found: Mapping[str, DoseSide] | None = None) -> Dose:
    """The library's dose with the side that follows from the painful one, or on which its contributor was `found`."""
    content = exercise.whole
    rule = SideRule(content["side_rule"])
    side = rule.resolve(PainfulSide(painful_side))
    if found and rule is not SideRule.BOTH:
        side = found.get(exercise.key, side)
    return from_json({**content["dose"], "side": side.value})


def sentence_of(line: ProgramLine) -> str:
    """The dose as staff see it before it is issued: in English, whatever the runner will read."""
    content = line.exercise.whole
    return patient_sentence(dose_of(line), limb=Limb(content["limb"]), rep_word=content["rep_word"])


def allows_sides(exercise: Exercise) -> bool:
    """Whether this exercise is done one side at a time; the others are done with both together."""
    return bool(exercise.whole["side_rule"] != SideRule.BOTH)


@dataclass(frozen=True)
class Suitability:
    """What speaks against an exercise for this runner today: diagnosis, stage, irritability, signed findings."""

    diagnosis: WorkingDiagnosis
    stage: int | None
    irritability: Irritability | None
    findings: frozenset[str]
    sides: Mapping[str, DoseSide] = field(default_factory=dict)
    """Exercises for something found on one side only, with that side: tight hip flexors at the left, the stretch left."""

    @classmethod
    def of(cls, program: Program) -> "Suitability":
        """Irritability counts only at the stage of the conclusion: a later one begins when the leg is calm. Two queries."""
        conclusion = Conclusion.objects.filter(assessment=program.assessment_id).only("irritability", "stage").first()
        holds = conclusion is not None and conclusion.stage == program.stage
        asked = Q(value="present") | Q(key__in=MEASURED_CONTRIBUTORS)
        answers = Answer.objects.filter(asked, assessment=program.assessment_id).values_list("key", "side", "value")
        present = [key for key, _side, value in answers if value == "present"]
        return cls(
            diagnosis=WorkingDiagnosis(program.diagnosis),
            stage=program.stage,
            irritability=irritability_of(conclusion) if holds else None,
            findings=frozenset(present),
            sides=_sides_found(answers),
        )

    def at(self, stage: int | None) -> "Suitability":
        """The same runner at another stage."""
        return self if stage == self.stage else replace(self, stage=stage, irritability=None)

    def reasons(self, exercise: Exercise) -> str:
        """Why it is unsuitable today, or "". A clinic's own exercise is known to nobody but the clinic."""
        known = LIBRARY.get(exercise.key) if exercise.clinic_id is None or exercise.adapts_id else None
        if known is None:
            return ""
        return why_unsuitable(known, self.diagnosis, self.stage, self.irritability, self.findings) or ""


# Findings that are measured or chosen, and when they count as a contributor (clinical/rehab.md 1a, evidence of the intake).
MEASURED_CONTRIBUTORS: dict[str, Callable[[Any], bool]] = {
    "slr_degrees": lambda value: value < 65,
    "power_position_s": lambda value: value > 2,
    "posture_weight": lambda value: value != "midfoot",
}


def _is_present(value: Any) -> bool:
    return bool(value == "present")


def _sides_found(answers: Iterable[tuple[str, str, str]]) -> dict[str, DoseSide]:
    """Of answers (key, side, value): the exercise each contributor suggests, where it was found on one side only."""
    sides: dict[str, set[str]] = {}
    given = [(key, side, _measured(value)) for key, side, value in answers if side and value != "not_assessed"]
    for suggestion in SUGGESTIONS:
        counts = MEASURED_CONTRIBUTORS.get(suggestion.finding, _is_present)
        found = {side for key, side, value in given if key == suggestion.finding and counts(value)}
        sides[suggestion.exercise] = sides.get(suggestion.exercise, set()) | found
    return {exercise: DoseSide(*found) for exercise, found in sides.items() if len(found) == 1}


def _measured(value: str) -> Any:
    """A number where it is one: answers are kept as text."""
    try:
        return float(value)
    except ValueError:
        return value


def contributors_in(findings: FindingSet) -> list[Contributor]:
    """What may have led to the pain, with its side, as far as the library has an exercise for it."""
    found = []
    for suggestion in SUGGESTIONS:
        counts = MEASURED_CONTRIBUTORS.get(suggestion.finding, _is_present)
        recorded = findings.recorded(suggestion.finding)
        found += [Contributor(suggestion.finding, side) for side, value in recorded.items() if counts(value)]
    return found


def present_in(findings: FindingSet) -> frozenset[str]:
    """Keys of the findings that are present on any side."""
    return frozenset(key for key in findings.answered if "present" in findings.recorded(key).values())


def irritability_of(conclusion: Conclusion | None) -> Irritability | None:
    return Irritability(conclusion.irritability) if conclusion and conclusion.irritability else None


def protocol_of(program: Program) -> Protocol | None:
    """What the library says about this diagnosis and stage; None where it has nothing."""
    try:
        return protocol_for(WorkingDiagnosis(program.diagnosis), program.stage)
    except ValueError:
        return None


# --- Running -------------------------------------------------------------------------------------------------------


def running_advice(running: Running) -> dict[str, Any]:
    """The library's advice as the program stores it; {} when there is nothing to say."""
    if running.level is None and not running.text:
        return {}
    return running_words(running.level, " ".join(part for part in (running.text, running.hills) if part))


def running_words(number: int | None, text: str) -> dict[str, Any]:
    """Advice on one rung of the walk-run ladder, or in own words when there is no rung."""
    return {
        "title": gettext("Running"),
        "headline": gettext(level(number).headline) if number is not None else gettext("Easy runs only"),
        "text": text,
        "move_up": move_up_sentence(number, gettext) if number is not None else "",
        "level": number,
    }
