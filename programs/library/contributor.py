"""Contributors: findings that may add one suggestion to a program. They never touch the ranking of
hypotheses.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clinic.vocabulary.provenance import Reviewed
from clinic.vocabulary.sides import Side
from programs.library.exercise import Exercise
from programs.library.reading import Entry, read_toml


class Expected(StrEnum):
    """Where the sources expect the finding, seen from the painful side."""

    OPPOSITE = "opposite"
    INJURED = "injured"
    ANY = "any"


@dataclass(frozen=True)
class Contributor:
    """What contributes in this patient, and on which side where it has one.

    `finding` is the key of a finding that is present, or of a contributor the reasoning names.
    """

    finding: str
    side: Side | None = None


@dataclass(frozen=True)
class Suggestion:
    """What a contributing finding suggests. `contributor` is the reasoning's own key for the same thing."""

    finding: str
    contributor: str
    exercise: str
    expected: Expected
    reason: str
    sources: tuple[str, ...]
    reviewed: Reviewed

    def answers(self, contributor: Contributor) -> bool:
        return contributor.finding in (self.finding, self.contributor)


def load_suggestions(path: Path, exercises: Mapping[str, Exercise], sources: Collection[str]) -> tuple[Suggestion, ...]:
    """Every suggestion of the file, the most important first. Raises `LibraryError` at the first thing to
    mend.
    """
    data = read_toml(path)
    defaults = data.get("defaults", {})
    found: list[Suggestion] = []
    for number, table in enumerate(data.get("contributors", []), start=1):
        name = table.get("finding", f"contributor {number}") if isinstance(table, dict) else f"contributor {number}"
        entry = Entry(path.name, str(name), table, defaults)
        suggestion = Suggestion(
            finding=entry.text("finding"),
            contributor=entry.text("contributor"),
            exercise=entry.text("exercise"),
            expected=entry.choice("expected", Expected),
            reason=entry.text("reason"),
            sources=entry.sources(sources),
            reviewed=entry.reviewed(),
        )
        if suggestion.exercise not in exercises:
            raise entry.error("exercise", f"“{suggestion.exercise}” is not an exercise of the library")
        if suggestion.finding in {each.finding for each in found}:
            raise entry.error("finding", "is named twice")
        entry.finish()
        found.append(suggestion)
    return tuple(found)
