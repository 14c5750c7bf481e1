"""A signed assessment reasoned over once more: with the knowledge it was signed with, and with today's.

What was shown on the day is frozen with the signature, and so are the answers. Reasoning over these answers with the
version of the knowledge that was kept must give what was shown, on any later day and with any later program: that is
what `replay` looks at. `reread` is the other question: what would be shown today, with what is known now.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clinic.vocabulary.runners import RunningType, Sex
from clinic.vocabulary.sides import PainfulSide

from .case import Case
from .finding_set import FindingError, FindingSet, Value, from_stored
from .knowledge_base import CURRENT, Knowledge
from .reasoning import Reasoning, reason
from .releases import of_version

Stored = tuple[str, str, str]
"""One frozen answer: finding, side ("" without sides), and the value as text."""


class Outcome(StrEnum):
    """What came of a replay."""

    SAME = "same"
    DIFFERS = "differs"
    NOT_KEPT = "not_kept"
    """Its knowledge is no release: it was signed while the knowledge was being written."""
    UNREADABLE = "unreadable"
    """An answer does not fit the knowledge it was signed with."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was shown and is not what the replay gives. `where` is its place in the frozen reasoning."""

    where: str
    then: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of reasoning once more with the version it was signed with; no reasoning where that was impossible."""

    version: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    reasoning: Reasoning | None = None

    @property
    def is_same(self) -> bool:
        """Nothing that was shown differs."""
        return self.outcome is Outcome.SAME


@dataclass(frozen=True, slots=True)
class Today:
    """What today's knowledge would show. `left_out`: findings answered then that cannot be read today."""

    reasoning: Reasoning
    left_out: tuple[str, ...]


def replay(shown: Mapping[str, Any], answers: Iterable[Stored]) -> Replay:
    """Reasons over the frozen answers with the version that `shown` names, and compares with what was shown."""
    version = str(shown["knowledge_version"])
    try:
        knowledge = of_version(version)
    except KeyError:
        return Replay(version, Outcome.NOT_KEPT)
    try:
        findings = _findings(answers, knowledge)
    except (FindingError, ValueError):
        return Replay(version, Outcome.UNREADABLE)
    found = _reasoned(shown, findings, knowledge)
    differences = tuple(_differences(_flat(shown["reasoning"]), _flat(found.to_json())))
    return Replay(version, Outcome.DIFFERS if differences else Outcome.SAME, differences, found)


def reread(shown: Mapping[str, Any], answers: Iterable[Stored], knowledge: Knowledge = CURRENT) -> Today:
    """The same answers with today's knowledge. An answer it cannot read is left out and named, never guessed."""
    kept, left_out = list[Stored](), list[str]()
    for answer in answers:
        try:
            _findings([answer], knowledge)
        except (FindingError, ValueError):
            left_out.append(answer[0])
        else:
            kept.append(answer)
    found = _reasoned(shown, _findings(kept, knowledge), knowledge)
    return Today(found, tuple(dict.fromkeys(left_out)))


def _findings(answers: Iterable[Stored], knowledge: Knowledge) -> FindingSet:
    rows: list[tuple[str, str | None, Value]] = []
    for key, side, stored in answers:
        finding = knowledge.findings.get(key)
        if finding is None:
            raise FindingError(f"findings.{key}: there is no such finding")
        rows.append((key, side or None, from_stored(finding, stored)))
    return FindingSet.of(rows, knowledge.findings)


def _reasoned(shown: Mapping[str, Any], findings: FindingSet, knowledge: Knowledge) -> Reasoning:
    patient = shown["patient"]
    sex, running = patient.get("sex"), patient.get("running_type")
    case = Case(
        painful_side=PainfulSide(shown["painful_side"]),
        findings=findings,
        age=patient.get("age"),
        sex=Sex(sex) if sex else None,
        running_type=RunningType(running) if running else None,
    )
    return reason(case, released=tuple(shown.get("released_flags", ())), knowledge=knowledge)


def _flat(value: Any, where: str = "") -> dict[str, Any]:
    """Every leaf with its place. Hypotheses and flags go by their name, and their order is a leaf of its own."""
    if isinstance(value, Mapping):
        pairs = [(str(key), item) for key, item in value.items()]
    elif isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        pairs = [(str(item.get("key", item.get("id", number))), item) for number, item in enumerate(value)]
    else:
        return {where: value}
    leaves: dict[str, Any] = {} if isinstance(value, Mapping) else {f"{where}.order": [name for name, _ in pairs]}
    for name, item in pairs:
        leaves |= _flat(item, f"{where}.{name}" if where else name)
    return leaves


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    for where in (*then, *(key for key in now if key not in then)):
        if then.get(where) != now.get(where):
            yield Difference(where, then.get(where), now.get(where))
