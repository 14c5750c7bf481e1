"""The only file that knows both the rows of this app and the pure library."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from json import dumps
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from assessments.models import Answer, Conclusion
from assessments.reasoning.finding_set import FindingSet
from clinic.vocabulary.diagnoses import Irritability, WorkingDiagnosis
from clinic.vocabulary.sides import PainfulSide
from programs.library.catalogue import LIBRARY, SOURCES, SUGGESTIONS
from programs.library.contributor import Contributor
from programs.library.exercise import Exercise as LibraryExercise
from programs.library.exercise import SideRule
from programs.library.proposal import protocol_for, why_unsuitable
from programs.library.protocol import Protocol, Running
from programs.models import Exercise, Program, ProgramLine
from programs.models.exercise import as_searched
from programs.progression.dose import Dose, from_json, to_json
from programs.progression.dose_words import Limb, patient_sentence
from programs.progression.runladder import level, move_up_sentence

# --- The library in the database -------------------------------------------------------------------------------


def exercise_content(exercise: LibraryExercise) -> dict[str, Any]:
    """Everything of one library entry in JSON types: dates as text, the dose by its own rule, sources spelled out."""
    content: dict[str, Any] = asdict(exercise)
    content["dose"] = to_json(exercise.dose)
    content["sources"] = [{"code": code, **asdict(SOURCES[code])} for code in exercise.sources]
    reviewed = exercise.reviewed
    content["reviewed"] = {
        "author": reviewed.author,
        "reviewed_on": reviewed.reviewed_on.isoformat(),
        "review_due": reviewed.review_due.isoformat(),
    }
    return content


# What else people type when they look for a target.
ALSO_CALLED = {
    "gluteal": "buttock glutes",
    "hamstring": "back of thigh",
    "quadriceps": "front of thigh quads",
    "trunk": "core",
}


def _search_text(exercise: LibraryExercise) -> str:
    words = [ALSO_CALLED.get(target, "") for target in exercise.targets]
    words += [exercise.name, exercise.purpose, exercise.key, *exercise.targets, *exercise.equipment, exercise.position]
    words += [exercise.load_type, exercise.kind, *exercise.content, *exercise.cues]
    return as_searched(" ".join(words).replace("_", " "))


def _content_hash(content: dict[str, Any]) -> str:
    return sha256(dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def load_library() -> tuple[int, int, int]:
    """Bring the shared library into the database: added, changed, retired. As often as you like, same result.

    Runs as the owner role, the only one that may write rows without a clinic. An entry that left the library is retired,
    not deleted: programs that use it keep it. One query, and one for each row that changed.
    """
    rows = {row.key: row for row in Exercise.objects.filter(clinic=None)}
    added = changed = 0
    for key, exercise in LIBRARY.items():
        content = exercise_content(exercise)
        digest, row = _content_hash(content), rows.get(key)
        search_text = _search_text(exercise)
        if row and (row.content_hash, row.search_text, row.retired_at) == (digest, search_text, None):
            continue
        fields = {"kind": exercise.kind.value, "name": exercise.name, "search_text": search_text, "content": content}
        Exercise.objects.update_or_create(
            clinic=None, key=key, defaults={**fields, "content_hash": digest, "retired_at": None}
        )
        added, changed = added + (row is None), changed + (row is not None)
    gone = [row.pk for key, row in rows.items() if key not in LIBRARY and row.retired_at is None]
    retired = Exercise.objects.filter(pk__in=gone).update(retired_at=timezone.now()) if gone else 0
    return added, changed, retired


# --- Doses and suitability ---------------------------------------------------------------------------------------


def dose_of(line: ProgramLine) -> Dose:
    return from_json(line.dose)


def default_dose(exercise: Exercise, painful_side: str) -> Dose:
    """The library's dose with the side that follows from the painful one."""
    content = exercise.whole
    side = SideRule(content["side_rule"]).resolve(PainfulSide(painful_side))
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

    @classmethod
    def of(cls, program: Program) -> "Suitability":
        """One query for the findings that are present; one more when the conclusion is not loaded."""
        conclusion = Conclusion.objects.filter(assessment=program.assessment_id).only("irritability").first()
        present = Answer.objects.filter(assessment=program.assessment_id, value="present").values_list("key", flat=True)
        return cls(
            diagnosis=WorkingDiagnosis(program.diagnosis),
            stage=program.stage,
            irritability=irritability_of(conclusion),
            findings=frozenset(present),
        )

    def reasons(self, exercise: Exercise) -> str:
        """Why it is unsuitable today, or "". A clinic's own exercise is known to nobody but the clinic."""
        known = LIBRARY.get(exercise.key) if exercise.clinic_id is None or exercise.adapts_id else None
        if known is None:
            return ""
        return why_unsuitable(known, self.diagnosis, self.stage, self.irritability, self.findings) or ""


# Findings that are measured or chosen, and when they count as a contributor (clinical/rehab.md 1a, evidence of the intake).
MEASURED_CONTRIBUTORS = {
    "slr_degrees": lambda value: value < 65,
    "power_position_s": lambda value: value > 2,
    "posture_weight": lambda value: value != "midfoot",
}


def contributors_in(findings: FindingSet) -> list[Contributor]:
    """What may have led to the pain, with its side, as far as the library has an exercise for it."""
    found = []
    for suggestion in SUGGESTIONS:
        counts = MEASURED_CONTRIBUTORS.get(suggestion.finding, lambda value: value == "present")
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
