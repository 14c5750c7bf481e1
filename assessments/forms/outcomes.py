"""What the runner says, as it arrives: answer-words-1 to 3, answer-psfs-1 to 3 and answer-groc, as the answers of findings.

Each with was-… for what the screen showed before, and mine-… for what the sender had said since and was still on its way.
"""

from dataclasses import dataclass

from django.http import QueryDict

NUMBERS = (1, 2, 3)
"""At most three activities."""
WORDS, SCORE, RATING = "words", "psfs", "groc"
ANSWER, WAS, MINE = "answer-", "was-", "mine-"
PLACES = (*(f"{WORDS}-{number}" for number in NUMBERS), *(f"{SCORE}-{number}" for number in NUMBERS), RATING)
"""In the order they are written: an activity has words before it has a score."""


@dataclass(frozen=True)
class Said:
    """One thing said at one place of the sheet. `seen` is what the sender's screen showed before, None when not known."""

    place: str
    value: str
    seen: str | None = None
    mine: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """words, psfs or groc."""
        return self.place.partition("-")[0]

    @property
    def number(self) -> int:
        """The activity's, 0 for the rating."""
        return int(self.place.partition("-")[2] or 0)

    def expects(self, stored: str) -> bool:
        """Whether the sender knew of what is stored now."""
        return self.seen is None or stored == self.seen or stored in self.mine


def said(data: QueryDict) -> list[Said]:
    """Every known place of a posted form, in the order it is written."""
    return [
        Said(place, data[ANSWER + place].strip(), data.get(WAS + place), tuple(data.getlist(MINE + place)))
        for place in PLACES
        if ANSWER + place in data
    ]
