"""What a letter may draw on: the signed record as plain values, gathered before a word is composed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programs.letters.document import Head, Paper

WORDS = (
    "recipient_name",
    "recipient_organisation",
    "recipient_address",
    "reference",
    "opening",
    "question",
    "closing",
)
"""What a writer types, under one name in the form, in the row and in `Written`."""


@dataclass(frozen=True)
class Amendment:
    """One later version of an assessment: its number, when it was signed, and why."""

    number: int
    signed_on: date
    reason: str


@dataclass(frozen=True)
class Concluded:
    """The clinician's conclusion, in the words of the record's own choices."""

    diagnosis: str
    diagnosis_words: str
    side: str
    stage: int | None = None
    last_stage: int | None = None
    irritability: str = ""
    severity: str = ""
    wording: str = ""
    unexamined_reason: str = ""
    unscreened_reason: str = ""


@dataclass(frozen=True)
class Outcome:
    """One outcome measure: what was scored first, what at this visit, and what the change means."""

    label: str
    first: str
    now: str
    change: str


@dataclass(frozen=True)
class Prescribed:
    """The newest issued program up to the letter's day, and what the runner reported on it."""

    condition: str
    version: int
    issued_on: date
    starts_on: date
    ends_on: date
    phase: str
    aim: str
    ceiling: int
    exercises: tuple[str, ...]
    running: str
    has_ended: bool
    adherence: str = ""
    pain: str = ""


@dataclass(frozen=True)
class Progress:
    """The whole course up to the letter's day, as it is drawn, and the sentence that says the same."""

    text: str
    course: Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody who signed, and when."""

    name: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Basis:
    """One signed assessment and what belongs to it. `answers`: (finding, side) → value as stored, unconfirmed ones left out.

    `shown` is what the screen showed when it was signed: the panel's words, frozen with the signature.
    """

    head: Head
    paper: Paper
    language: str
    patient: str
    born: date
    age: int
    running: tuple[str, ...]
    painful_side: str
    began_on: date | None
    own_words: str
    examined_on: date
    visit: int
    version: int
    amendments: tuple[Amendment, ...] = ()
    knowledge_version: str = ""
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)
    conclusion: Concluded | None = None
    chart: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    program: Prescribed | None = None
    progress: Progress | None = None
    signed_by: Person | None = None
    cosigned_by: tuple[Person, ...] = ()
    emergency_number: str = ""
    urgent_number: str = ""
    emergency_place: str = ""

    @property
    def panel(self) -> Mapping[str, Any]:
        """The differential as it stood on the screen; empty when nothing was kept."""
        return self.shown.get("panel") or {}


@dataclass(frozen=True, kw_only=True)
class Written:
    """What the writer gave: kind, recipient, own paragraphs, sections left out."""

    kind: str
    kind_words: str
    recipient_name: str = ""
    recipient_organisation: str = ""
    recipient_address: str = ""
    reference: str = ""
    opening: str = ""
    question: str = ""
    closing: str = ""
    left_out: frozenset[str] = frozenset()
    writer: str = ""
