"""What was found: one value per finding and side. "Not assessed" is the same as never asked and is never stored."""

import copy
import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import PainfulSide, Side

from .findings import FINDINGS, AnswerKind, Finding

Value = Answer | str | int | float
"""A presence, a choice or a measurement."""

NOT_SIDED = None


class FindingError(ValueError):
    """One finding that cannot be taken as given. The text names it and says what to do."""


def clean_value(finding: Finding, raw: object, where: str) -> Value:
    """The value as stored, or FindingError. `Answer.NOT_ASSESSED` is welcome for every kind of finding."""
    if raw == Answer.NOT_ASSESSED.value and isinstance(raw, str):
        return Answer.NOT_ASSESSED
    if finding.kind is AnswerKind.PRESENCE:
        if not isinstance(raw, str) or raw not in (Answer.PRESENT.value, Answer.ABSENT.value):
            raise FindingError(f"{where}: {shown(raw)} is no answer; use present, absent or not_assessed")
        return Answer(raw)
    if finding.kind is AnswerKind.CHOICE:
        if not isinstance(raw, str) or raw not in finding.choices:
            options = ", ".join(finding.choices)
            raise FindingError(f"{where}: {shown(raw)} is no answer; use {options} or not_assessed")
        return str(raw)
    return _measured(finding, raw, where)


def _measured(finding: Finding, raw: object, where: str) -> int | float:
    what = "a whole number" if finding.kind.is_whole else "a number"
    unit = f" {finding.unit}" if finding.unit else ""
    problem = f"{where}: {shown(raw)} is no answer; use {what} from {finding.lowest:g} to {finding.highest:g}{unit}"
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise FindingError(problem)
    if isinstance(raw, float) and (not math.isfinite(raw) or (finding.kind.is_whole and not raw.is_integer())):
        raise FindingError(problem)
    if finding.lowest is None or finding.highest is None or not finding.lowest <= raw <= finding.highest:
        raise FindingError(problem)
    return int(raw) if finding.kind.is_whole else raw


def from_stored(finding: Finding, stored: str) -> str | int | float:
    """A stored text as the reasoning takes it: numbers become numbers, anything else stays the word it is."""
    if not finding.kind.is_measured or stored == Answer.NOT_ASSESSED.value:
        return stored
    number = float(stored)
    return int(number) if number.is_integer() else number


def shown(raw: object) -> str:
    """A value as an error message shows it, cut short: hostile input must not flood a terminal."""
    text = "null" if raw is None else repr(raw)
    return text if len(text) <= 60 else text[:57] + "..."


def named(key: object) -> str:
    """A key as an error message names it: as it stands when it is a plain word, quoted and cut short otherwise."""
    return key if isinstance(key, str) and key.isidentifier() and len(key) <= 60 else shown(key)


class FindingSet:
    """All answers of one examination. Immutable; asks never guess: what is not there is not assessed."""

    def __init__(self, values: Mapping[str, Mapping[Side | None, Value]]) -> None:
        self._values = {key: dict(by_side) for key, by_side in values.items()}
        self.present: frozenset[str] = frozenset(
            key for key, by_side in self._values.items() if Answer.PRESENT in by_side.values()
        )
        """Findings present on any side. Red flags ask this way."""

    @classmethod
    def of(
        cls, answers: Iterable[tuple[str, Side | str | None, object]], known: Mapping[str, Finding] = FINDINGS
    ) -> "FindingSet":
        """From rows of (key, side, answer); side is None for a finding without sides. FindingError on the first wrong one.

        `known` says which findings there are and how they are answered: those of today unless told otherwise.
        """
        values: dict[str, dict[Side | None, Value]] = {}
        for key, side, raw in answers:
            finding = known.get(key)
            if finding is None:
                raise FindingError(f"findings.{key}: there is no such finding")
            if finding.sided is not (side is not None):
                raise FindingError(f"findings.{key}: {'needs a side' if finding.sided else 'has no sides'}")
            where = f"findings.{key}" if side is None else f"findings.{key}.{side}"
            value = clean_value(finding, raw, where)
            if value is not Answer.NOT_ASSESSED:
                values.setdefault(key, {})[None if side is None else Side(side)] = value
        return cls(values)

    @classmethod
    def from_json(cls, raw: object, known: Mapping[str, Finding] = FINDINGS) -> tuple["FindingSet", list[str]]:
        """From {"onset": "sudden", "palp_ischial": {"right": "present"}}, with every problem named, none guessed away."""
        if not isinstance(raw, dict):
            return cls({}), [f"findings: {shown(raw)} is not an object of findings"]
        values: dict[str, dict[Side | None, Value]] = {}
        problems: list[str] = []
        for key, given in raw.items():
            finding = known.get(key)
            if finding is None:
                problems.append(f"findings.{named(key)}: there is no such finding")
                continue
            kept: dict[Side | None, Value] = {}
            for side, answer, where in _per_side(finding, given, problems):
                try:
                    value = clean_value(finding, answer, where)
                except FindingError as error:
                    problems.append(str(error))
                else:
                    if value is not Answer.NOT_ASSESSED:
                        kept[side] = value
            if kept:
                values[key] = kept
        return cls(values), problems

    def recorded(self, key: str) -> Mapping[Side | None, Value]:
        """The known answers of one finding by side; empty when not assessed."""
        return self._values.get(key, _NOTHING)

    @property
    def answered(self) -> frozenset[str]:
        """The findings with at least one known answer."""
        return frozenset(self._values)

    def absent_everywhere(self, key: str) -> bool:
        """Looked for and found on no side; false when nobody looked."""
        known = self.recorded(key)
        return bool(known) and all(value is Answer.ABSENT for value in known.values())

    def with_answer(self, key: str, side: Side | None, raw: object) -> "FindingSet":
        """A copy with one answer more; "not assessed" takes back what stood there."""
        added = FindingSet.of([(key, side, raw)]).recorded(key)
        there = {place: value for place, value in self.recorded(key).items() if place != side} | dict(added)
        others = {name: by_side for name, by_side in self._values.items() if name != key}
        return FindingSet(others | {key: there} if there else others)

    def mirrored(self) -> "FindingSet":
        """The same findings on the other side of the body."""
        return FindingSet(
            {
                key: {None if side is None else side.opposite: value for side, value in by_side.items()}
                for key, by_side in self._values.items()
            }
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FindingSet) and self._values == other._values

    def __hash__(self) -> int:
        return hash(frozenset((key, frozenset(by_side.items())) for key, by_side in self._values.items()))


_NOTHING: Mapping[Side | None, Value] = MappingProxyType({})


def _per_side(finding: Finding, given: Any, problems: list[str]) -> list[tuple[Side | None, object, str]]:
    """One row per side given. A bare value for a finding with sides is an error: which side is never guessed."""
    where = f"findings.{finding.key}"
    if not finding.sided:
        if isinstance(given, dict):
            problems.append(f"{where}: has no sides; give one value")
            return []
        return [(NOT_SIDED, given, where)]
    if not isinstance(given, dict) or not given:
        problems.append(f'{where}: needs a side; give {{"left": ...}}, {{"right": ...}} or both')
        return []
    rows: list[tuple[Side | None, object, str]] = []
    for side, answer in given.items():
        if side in (Side.LEFT.value, Side.RIGHT.value):
            rows.append((Side(side), answer, f"{where}.{side}"))
        else:
            problems.append(f"{where}.{named(side)}: is no side; use left or right")
    return rows


class PainfulView:
    """The findings as they count for the hypotheses: on the painful side only.

    With pain on both sides a finding is present when either side has it and absent only when both were found without.
    The crossed straight-leg raise is the exception: raised is the sound leg, the pain is in the other one, and writers
    differ on whose side that is, so it counts wherever it was recorded. A symptom that
    "changes" without having been there counts as absent: only a reproduced symptom that changes is a positive test.

    `definitions` are the findings of the knowledge it is read with; the answers must have been read with the same.
    """

    def __init__(
        self, findings: FindingSet, painful: PainfulSide, definitions: Mapping[str, Finding] = FINDINGS
    ) -> None:
        self.findings = findings
        self.painful = painful
        self.definitions = definitions
        self._answers = {
            key: self._combine(definitions[key])
            for key in findings.answered
            if definitions[key].kind is AnswerKind.PRESENCE
        }

    def _sides(self, finding: Finding) -> tuple[Side | None, ...]:
        if not finding.sided:
            return (NOT_SIDED,)
        return tuple(self.findings.recorded(finding.key)) if finding.on_sound_side else self.painful.sides

    def values(self, key: str) -> list[Value | None]:
        """The value on each side that counts, None where not assessed."""
        recorded = self.findings.recorded(key)
        return [recorded.get(side) for side in self._sides(self.definitions[key])] if recorded else [None]

    def answer(self, key: str) -> Answer:
        """Present, absent or not assessed, for a finding answered by presence."""
        return self._answers.get(key, Answer.NOT_ASSESSED)

    def with_presence(self, key: str, answer: Answer) -> "PainfulView":
        """The same view with one more finding that counts as present or absent."""
        view = copy.copy(self)
        view._answers = self._answers | {key: answer}
        return view

    def _combine(self, finding: Finding) -> Answer:
        recorded = self.findings.recorded(finding.key)
        answers: list[Value | None] = []
        for side in self._sides(finding):
            value = recorded.get(side)
            answers.append(Answer.ABSENT if value is Answer.PRESENT and self._was_never_there(finding, side) else value)
        if Answer.PRESENT in answers:
            return Answer.PRESENT
        return Answer.ABSENT if all(value is Answer.ABSENT for value in answers) else Answer.NOT_ASSESSED

    def _was_never_there(self, finding: Finding, side: Side | None) -> bool:
        return finding.needs is not None and self.findings.recorded(finding.needs).get(side) is Answer.ABSENT

    def known(self, key: str) -> bool:
        """Whether this finding is answered where it counts."""
        if self.definitions[key].kind is AnswerKind.PRESENCE:
            return self.answer(key).is_known
        return any(value is not None for value in self.values(key))

    def choice(self, key: str) -> str | None:
        """The chosen value of a finding without sides."""
        value = self.values(key)[0]
        return value if isinstance(value, str) else None

    def highest(self, key: str) -> float | None:
        """The highest measurement on the painful side, None when not measured."""
        numbers = [value for value in self.values(key) if isinstance(value, (int, float))]
        return max(numbers) if numbers else None

    def lowest(self, key: str) -> float | None:
        """The lowest measurement on the painful side, None when not measured."""
        numbers = [value for value in self.values(key) if isinstance(value, (int, float))]
        return min(numbers) if numbers else None
