"""Where a piece of clinical content comes from, how far it can be trusted, and when it must be read again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """How we know it, strongest first."""

    VERIFIED = "verified"
    """Read in the source itself, usually its abstract."""
    VERIFIED_SECONDARY = "verified_secondary"
    """Read in another text that quotes the source."""
    DERIVED = "derived"
    """Our arithmetic on verified numbers."""
    RECALLED = "recalled"
    """From the literature by memory; to be checked before it is relied on."""
    EXPERT_OPINION = "expert_opinion"
    """A clinician or coach says so; no study behind it."""
    PROPOSED = "proposed"
    """Our own design judgement; no study behind it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One citation and its standing. The address or DOI is given where one was seen."""

    citation: str
    standing: Standing
    address: str = ""
    doi: str = ""

    def __post_init__(self) -> None:
        if not self.citation.strip():
            raise ValueError("a source needs a citation")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Who wrote an entry, when it was last read critically, and by when it must be read again."""

    author: str
    reviewed_on: date
    review_due: date

    def __post_init__(self) -> None:
        if not self.author.strip():
            raise ValueError("a reviewed entry needs an author")
        if self.review_due <= self.reviewed_on:
            raise ValueError(f"review is due {self.review_due}, which is not after {self.reviewed_on}")

    def is_overdue(self, today: date) -> bool:
        """Whether the review date has passed on the given day."""
        return today > self.review_due
