"""The red-flag questions a runner answers at home when something is new, in plain words and without a diagnosis.

Data in screening.toml, words here. A yes asks for help and for a review; a question left open is never a no.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from assessments.reasoning.findings import FINDINGS
from assessments.reasoning.knowledge_base import RED_FLAGS
from clinic.vocabulary.provenance import Reviewed, Source, Standing
from programs.library.reading import Entry, LibraryError, read_toml
from programs.progression.messages import Gettext
from programs.progression.messages import gettext_noop as _
from programs.progression.rules import HERE

WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pee_poo": _("Is it newly hard to start or hold your pee or poo? Or can you not feel it as before?"),
        "between_legs": _(
            "Is it newly numb or odd between your legs or when you wipe? Or do you feel less during sex?"
        ),
        "both_legs": _("Do both legs newly hurt, tingle or feel weak? Or has a foot gone floppy?"),
        "chest_breath": _("Does your chest newly hurt, or are you short of breath?"),
        "hard_thigh": _("Is your thigh hard as a board, with very strong pain? Or is your pee as dark as cola?"),
        "weaker_leg": _("Is one leg getting weaker or more numb from day to day?"),
        "swollen_leg": _("Is one leg newly swollen, hot, red or dark?"),
        "pop_bruise": _("Did you feel a pop? Is there a big new bruise? Or can you hardly walk on the leg?"),
        "groin_hop": _("Does it newly hurt deep in your groin, or when you hop on that leg?"),
        "unwell": _(
            "Do you have a fever or feel ill? Is there pain at night that nothing eases, a new lump, or weight you lost "
            "without trying?"
        ),
    }
)


class Urgency(StrEnum):
    """How soon a yes asks for help; the graver first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"


@dataclass(frozen=True)
class Question:
    """One question. `findings` are keys of the examination's findings it stands for, `flags` the red flags behind it."""

    key: str
    findings: tuple[str, ...]
    flags: tuple[str, ...]
    urgency: Urgency
    standing: Standing

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the red flags behind it come from; the wording is ours."""
        return tuple(dict.fromkeys(RED_FLAGS[flag].source for flag in self.flags))

    def words(self, gettext: Gettext = str) -> str:
        return gettext(WORDS[self.key])


def load_questions(path: Path) -> tuple[tuple[Question, ...], Reviewed]:
    """The questions in the order they are asked. Raises `LibraryError` at the first thing to mend."""
    whole = Entry(path.name, "", read_toml(path))
    reviewed = whole.reviewed()
    questions = tuple(_question(entry) for entry in whole.entries("questions"))
    whole.finish()
    if [question.key for question in questions] != list(WORDS):
        raise LibraryError(path.name, "questions", "key", "are not the questions that have words, in their order")
    return questions, reviewed


def _question(entry: Entry) -> Question:
    question = Question(
        key=entry.text("key"),
        findings=_known(entry, "findings", FINDINGS),
        flags=_known(entry, "flags", RED_FLAGS),
        urgency=entry.choice("urgency", Urgency),
        standing=entry.choice("standing", Standing),
    )
    entry.finish()
    return question


def _known(entry: Entry, name: str, known: Collection[str]) -> tuple[str, ...]:
    keys = entry.texts(name, least=1)
    for key in keys:
        if key not in known:
            raise entry.error(name, f"“{key}” is not known to the examination")
    return keys


QUESTIONS, SCREENING_REVIEWED = load_questions(HERE / "screening.toml")


def question(key: str) -> Question | None:
    """The question of this key; None for one a later version no longer asks."""
    return next((each for each in QUESTIONS if each.key == key), None)


def urgency_of(answers: Mapping[str, bool | None]) -> Urgency | None:
    """How soon these answers ask for help: the gravest yes counts. None without a yes."""
    said = [each.urgency for each in QUESTIONS if answers.get(each.key)]
    return next((urgency for urgency in Urgency if urgency in said), None)
