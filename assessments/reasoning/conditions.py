"""The small language of the knowledge files: "pop", "onset=sudden", "myotome_grade<=3", "age<45", "a|b"."""

import operator
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from clinic.vocabulary.answers import Answer
from clinic.vocabulary.sides import Side

from .entries import Entry
from .finding_set import FindingSet
from .findings import AnswerKind, Finding

AGE = "age"
AGE_FINDING = "age_years"
MODES = ("both", "no", "unknown", "flag")

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_FORM = re.compile(r"^(?:(?P<mode>\w+):)?(?P<key>\w+)(?:(?P<op><=|>=|<|>|=)(?P<value>[\w.]+))?$")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a condition may look at: all findings, on whichever side, the age, and flags raised so far."""

    findings: FindingSet
    age: int | None
    flags: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Atom:
    """One plain condition. True only on knowledge: an unknown never makes it true (but for mode "unknown")."""

    mode: str
    key: str
    op: str
    value: str

    @property
    def shows(self) -> tuple[str, ...]:
        """The finding key to name as the reason when the condition holds; none for absence and unknown."""
        if self.mode in ("no", "unknown", "flag"):
            return ()
        return (AGE_FINDING,) if self.key == AGE else (self.key,)

    def sides_where_true(self, facts: Facts) -> list[Side | None]:
        """The sides on which a finding's value makes the condition true."""
        recorded = facts.findings.recorded(self.key)
        if not self.op:
            return [side for side, value in recorded.items() if value is Answer.PRESENT]
        if self.op == "=":
            return [side for side, value in recorded.items() if value == self.value]
        compare, limit = _OPERATORS[self.op], float(self.value)
        return [side for side, value in recorded.items() if isinstance(value, (int, float)) and compare(value, limit)]

    def holds(self, facts: Facts) -> bool:
        """Whether the condition is known to be true."""
        if not self.mode and not self.op:
            return self.key in facts.findings.present
        if self.mode == "flag":
            return self.key in facts.flags
        if self.mode == "no":
            return facts.findings.absent_everywhere(self.key)
        if self.mode == "unknown":
            return not facts.findings.recorded(self.key)
        if self.key == AGE:
            return facts.age is not None and _OPERATORS[self.op](facts.age, float(self.value))
        return len(self.sides_where_true(facts)) >= (2 if self.mode == "both" else 1)


@dataclass(frozen=True, slots=True)
class Condition:
    """One or several plain conditions, one of which must hold."""

    text: str
    atoms: tuple[Atom, ...]

    def reasons(self, facts: Facts) -> tuple[str, ...] | None:
        """The finding keys that make it true, or None when it does not hold."""
        true = [atom for atom in self.atoms if atom.holds(facts)]
        return tuple(key for atom in true for key in atom.shows) if true else None

    @property
    def keys(self) -> tuple[str, ...]:
        """The finding keys it looks at."""
        return tuple(AGE_FINDING if atom.key == AGE else atom.key for atom in self.atoms if atom.mode != "flag")


def condition(entry: Entry, key: str, text: str, known: Mapping[str, Finding]) -> Condition:
    """Reads a condition; an unknown finding or a comparison that cannot be is an error with its place."""
    return Condition(text, tuple(_atom(entry, key, part.strip(), known) for part in text.split("|")))


def _atom(entry: Entry, key: str, text: str, known: Mapping[str, Finding]) -> Atom:
    match = _FORM.match(text)
    if match is None or (match["mode"] and match["mode"] not in MODES):
        raise entry.fail(key, f"'{text}' is no condition")
    atom = Atom(match["mode"] or "", match["key"], match["op"] or "", match["value"] or "")
    if atom.mode == "flag":
        return atom
    if atom.key == AGE:
        if atom.op not in _OPERATORS or not atom.value.isdigit():
            raise entry.fail(key, f"'{text}' must compare the age with a number")
        return atom
    finding = known.get(atom.key)
    if finding is None:
        raise entry.fail(key, f"'{atom.key}' is not a finding")
    if finding.kind is AnswerKind.CHOICE:
        fits = atom.op == "=" and atom.value in finding.choices
    elif finding.kind is AnswerKind.PRESENCE:
        fits = not atom.op
    else:
        fits = atom.op in _OPERATORS and atom.value.replace(".", "", 1).isdigit()
    if not (fits or atom.mode in ("no", "unknown")) or (atom.mode == "both" and not finding.sided):
        raise entry.fail(key, f"'{text}' does not fit how '{atom.key}' is answered")
    return atom
