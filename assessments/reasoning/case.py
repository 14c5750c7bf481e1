"""One case as it is given to the reasoning: who, which side, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic.vocabulary.runners import RunningType, Sex
from clinic.vocabulary.sides import PainfulSide

from .finding_set import FindingSet, named, shown
from .findings import FINDINGS, Finding

HIGHEST_AGE = 120
CASE_KEYS = ("patient", "painful_side", "findings")
PATIENT_KEYS = ("age", "sex", "running_type")


class CaseError(ValueError):
    """The case cannot be taken as given; `problems` names each thing that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Case:
    """A case. The painful side is always known; anything about the patient may be missing.

    Without an age the rules that ask for one stay silent, and the reasoning says so.
    """

    painful_side: PainfulSide
    findings: FindingSet = field(default_factory=lambda: FindingSet({}))
    age: int | None = None
    sex: Sex | None = None
    running_type: RunningType | None = None

    @classmethod
    def from_json(cls, raw: object, known: Mapping[str, Finding] = FINDINGS) -> "Case":
        """A case from its JSON form, or CaseError naming every problem at once. `known`: the findings there are."""
        if not isinstance(raw, dict):
            raise CaseError([f"{shown(raw)} is not a case; give an object with patient, painful_side and findings"])
        problems = [f"{named(key)}: is not known; use {', '.join(CASE_KEYS)}" for key in raw if key not in CASE_KEYS]
        patient = raw.get("patient", {})
        if not isinstance(patient, dict):
            problems.append(f"patient: {shown(patient)} is not an object")
            patient = {}
        problems += [
            f"patient.{named(key)}: is not known; use {', '.join(PATIENT_KEYS)}"
            for key in patient
            if key not in PATIENT_KEYS
        ]
        age = _age(patient.get("age"), problems)
        sex = _word(patient.get("sex"), tuple(item.value for item in Sex), "patient.sex", problems)
        running = _word(
            patient.get("running_type"), tuple(item.value for item in RunningType), "patient.running_type", problems
        )
        side = raw.get("painful_side")
        sides = tuple(item.value for item in PainfulSide)
        if side is None:
            problems.append(f"painful_side: is missing; use {', '.join(sides)}")
        side = _word(side, sides, "painful_side", problems)
        findings, more = FindingSet.from_json(raw.get("findings", {}), known)
        problems += more
        recorded = next((int(value) for value in findings.recorded("age_years").values()), None)
        if age is not None and recorded is not None and age != recorded:
            problems.append(f"findings.age_years: {recorded} is not patient.age {age}; give one age")
        if problems or side is None:
            raise CaseError(problems)
        return cls(
            painful_side=PainfulSide(side),
            findings=findings,
            age=recorded if age is None else age,
            sex=None if sex is None else Sex(sex),
            running_type=None if running is None else RunningType(running),
        )


def _age(raw: Any, problems: list[str]) -> int | None:
    if raw is None:
        return None
    is_number = isinstance(raw, (int, float)) and not isinstance(raw, bool)
    if not is_number or not 0 <= raw <= HIGHEST_AGE or raw != int(raw):
        problems.append(f"patient.age: {shown(raw)} is no age; use whole years from 0 to {HIGHEST_AGE}")
        return None
    return int(raw)


def _word(raw: object, allowed: tuple[str, ...], where: str, problems: list[str]) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str) or raw not in allowed:
        problems.append(f"{where}: {shown(raw)} is not known; use {', '.join(allowed)}")
        return None
    return raw
